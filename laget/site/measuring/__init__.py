"""What `laget bench` measures, and how."""
