"""Audit a repository before it is opened: what would become public, what blocks it, and who decides the rest."""

__version__ = "0.1.0"
