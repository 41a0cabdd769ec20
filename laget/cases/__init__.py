"""The relay: the case, its baton, its levels and its log."""
