"""How good: one command a question."""
