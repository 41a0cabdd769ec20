"""What a report of concern needs, and what is to be expected back: pure, for anybody to read."""
