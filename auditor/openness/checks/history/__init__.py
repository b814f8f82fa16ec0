"""History and commit hygiene."""
