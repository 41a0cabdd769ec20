"""What people upload: made clean, sealed, and shown to those who see what it belongs to."""
