"""What a worry may hold, and which step comes next: pure, for anybody to read."""
