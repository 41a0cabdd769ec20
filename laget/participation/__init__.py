"""How those who are helped take part: their own way in, the grown-up they trust, and what they leave unanswered."""
