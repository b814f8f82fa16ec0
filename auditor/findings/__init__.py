"""Matches and provenance to findings: one secret is one finding."""
