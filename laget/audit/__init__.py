"""Append-only record of what was done and what was read."""
