"""One module for each command of `laget`."""
