"""Sign-in by OpenID Connect: with ID-porten for families, with the municipality's own provider for those who work."""
