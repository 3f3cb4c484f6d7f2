"""How far our corpora are from real text: ``python -m evaluate.distance``."""
