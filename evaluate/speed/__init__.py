"""How fast, how steady, and what happens when it is killed."""
