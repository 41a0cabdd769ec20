"""Who is kept away from a child's record, whose address is protected, and what may leave the house about them."""
