"""Services, units, and the people who work there, with their positions."""
