"""Services built from the repository."""
