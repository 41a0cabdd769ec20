"""Level 0: the notebook of a worry, without a name. Only the one who wrote it reads it."""
