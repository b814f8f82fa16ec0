"""How secrets are kept."""
