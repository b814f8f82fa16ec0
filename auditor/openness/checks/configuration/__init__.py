"""Configuration and infrastructure detail (CFG)."""
