"""Personal data (PII)."""
