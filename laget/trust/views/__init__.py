"""The pages of who has looked: the family's, those for answering, and the data protection officer's."""
