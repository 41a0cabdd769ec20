"""Statutes as dated data, and what they say about ages, kinds of information and consent, as pure rules."""
