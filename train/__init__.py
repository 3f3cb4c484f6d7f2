"""How ``models/`` comes out of ``corpora/``: one seeded command a model."""
