"""Make docs/images/*.png, the first screens of four sample reports and of a portfolio: python tests/browser/screenshots.py."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from auditor.reports.formats import render  # noqa: E402  the checkout goes first
from auditor.reports.portfolio import render_site  # noqa: E402  the same
from tests.portfolio_samples import portfolio  # noqa: E402  the same
from tests.samples import cannot_tell, many, not_yet, ready  # noqa: E402  the same

PAGES = {"ready": (ready, "light"), "not-yet": (not_yet, "light"), "cannot-tell": (cannot_tell, "dark"), "many": (many, "light")}


def main() -> None:
    """Render, open and photograph each page."""
    images = ROOT / "docs" / "images"
    images.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium")
        for name, (build, scheme) in PAGES.items():
            path = Path(folder) / f"{name}.html"
            path.write_text(render("html", build()), encoding="utf-8")
            page = browser.new_page(viewport={"width": 1280, "height": 1100}, color_scheme="dark" if scheme == "dark" else "light")
            page.goto(path.as_uri())
            page.screenshot(path=str(images / f"report-{name}.png"))
        index = Path(folder) / "index.html"
        index.write_text(dict(render_site(portfolio(), lambda _: None))["index.html"], encoding="utf-8")
        page = browser.new_page(viewport={"width": 1280, "height": 1100}, color_scheme="light")
        page.goto(index.as_uri())
        page.screenshot(path=str(images / "portfolio.png"))
        browser.close()


if __name__ == "__main__":
    main()
