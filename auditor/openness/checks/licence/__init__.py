"""Licence and copyright."""
