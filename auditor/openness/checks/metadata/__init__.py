"""Machine-readable metadata."""
