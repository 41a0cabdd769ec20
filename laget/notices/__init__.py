"""Telling people: an inbox that is the truth, and e-mail without content."""
