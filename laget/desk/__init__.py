"""My day, the child's page, the family's page and search: gathers the rooms below, and owns no facts."""
