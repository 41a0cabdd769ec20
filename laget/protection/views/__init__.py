"""The pages about a child's protection."""
