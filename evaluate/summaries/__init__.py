"""How good the summaries are: ``python -m evaluate.summaries``."""
