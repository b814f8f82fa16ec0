"""Bytes to matches: rules, the multi-pattern pass, confirmation and filters. Knows nothing of git."""
