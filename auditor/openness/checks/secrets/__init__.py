"""Keys and credentials (SEC)."""
