"""Fjordvik kommune, invented: people, stories, and a list to choose who one is."""
