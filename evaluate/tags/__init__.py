"""How good the tagger is: ``python -m evaluate.tags``."""
