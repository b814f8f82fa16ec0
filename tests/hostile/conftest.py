"""The reading of targets, shared with the tests of the sources."""

from tests.sources.conftest import look, repo

__all__ = ["look", "repo"]
