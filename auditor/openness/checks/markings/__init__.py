"""Protective markings (MRK)."""
