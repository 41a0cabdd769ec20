"""Who has looked: what the family may know about the readings of its child's record."""
