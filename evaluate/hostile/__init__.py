"""Files that would break a reader: how long each takes, how much memory, and what is said."""
