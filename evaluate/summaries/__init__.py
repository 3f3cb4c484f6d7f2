"""How good the summaries are."""
