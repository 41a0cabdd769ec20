"""One row per human or expected child, by an opaque id."""
