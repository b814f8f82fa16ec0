"""A real browser over rendered pages. Skipped aloud where Chromium or the npm packages are missing; in CI that is a failure."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.looking import Seen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.browser.looking import Opener

CHROMIUM = Path(os.environ.get("AUDITOR_CHROMIUM", "/usr/bin/chromium"))
MODULES = Path(os.environ.get("AUDITOR_BROWSER_TOOLS", Path(__file__).parent / "node_modules"))
HOW = "run .ci/install-test-tools"


def missing(what: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing; {HOW}")
    pytest.skip(f"{what} is missing; {HOW}")


@pytest.fixture(scope="session")
def axe() -> str:
    path = MODULES / "axe-core" / "axe.min.js"
    if not path.is_file():
        missing(f"{path}")
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def html_validate() -> Path:
    path = MODULES / ".bin" / "html-validate"
    if not path.exists():
        missing(f"{path}")
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.is_file():
        missing(f"{CHROMIUM}")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  only where there is a browser

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(CHROMIUM))
        yield running
        running.close()


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opener]:
    contexts = []

    def open_page(path: Path, *, fragment: str = "", width: int = 1280, **options: Any) -> Seen:  # noqa: ANN401  of Playwright
        context = browser.new_context(viewport={"width": width, "height": 900}, offline=True, **options)
        contexts.append(context)
        seen = Seen(context.new_page())
        seen.page.goto(path.as_uri() + fragment)
        return seen

    yield open_page
    for context in contexts:
        context.close()
