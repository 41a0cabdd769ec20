"""Goals, measures, evaluations, and what matters to the child."""
