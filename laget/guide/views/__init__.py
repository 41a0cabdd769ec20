"""The pages of the model: read by all who work here, changed by administrators. To others they do not exist."""
