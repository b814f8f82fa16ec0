"""Reporting vulnerabilities."""
