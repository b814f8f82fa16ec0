"""Many repositories as a static site: pages, data files and the readiness report of each, as text; no file is written here."""

from auditor.reports.portfolio.site import render_site

__all__ = ["render_site"]
