"""What the corpora bring: ``python -m evaluate.corpora``."""
