"""Owners and contributors."""
