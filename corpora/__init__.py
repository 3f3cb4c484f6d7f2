"""Corpora of the project; a package so that ``python -m corpora.generate`` runs from a checkout."""
