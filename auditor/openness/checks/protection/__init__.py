"""Continuous protection."""
