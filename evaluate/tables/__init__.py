"""How far the tables can be trusted: ``python -m evaluate.tables``."""
