"""The pages of emergency opening: asking and opening, and reviewing."""
