"""Bytes in: repositories, working trees, changes and containers. Knows nothing of rules."""
