"""Child, parents, parental responsibility, siblings."""
