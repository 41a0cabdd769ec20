"""Emergency opening: one who has no place around a child reads what is needed, for a short while and in full view."""
