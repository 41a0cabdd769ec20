"""Laget: one system around children, young people and their families."""
