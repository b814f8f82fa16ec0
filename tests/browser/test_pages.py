from __future__ import annotations

import json
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from auditor.reports.formats import render
from tests.browser.looking import TOO_FAINT, Opener, html_problems, opening_seconds, problems, until
from tests.samples import cannot_tell, hostile, many, not_yet, ready

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser


pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

PAGES = {"ready": ready, "not-yet": not_yet, "cannot-tell": cannot_tell, "many": many, "hostile": hostile}


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    paths = {}
    for name, build in PAGES.items():
        for kind, prefix in (("html", ""), ("brief", "brief-")):
            paths[prefix + name] = folder / f"{prefix}{name}.html"
            paths[prefix + name].write_text(render(kind, build()), encoding="utf-8")
    return paths


THIN = """document.querySelectorAll('.kind').forEach(
  kind => [...kind.querySelectorAll(':scope > .finding')].slice(4).forEach(one => one.remove()))"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", ["ready", "not-yet", "cannot-tell", "many", "hostile", "brief-not-yet"])
def test_page_is_accessible_silent_and_fits(  # noqa: PLR0913, PLR0917  fixtures and parameters
    opened: Opener, pages: dict[str, Path], axe: str, name: str, width: int, scheme: str
) -> None:
    seen = opened(pages[name], width=width, color_scheme=scheme)
    assert not seen.page.evaluate("document.documentElement.scrollWidth > innerWidth")
    # A fold holds the same row over and over, and axe takes a minute for 5,000 of them: a few stay, and are opened.
    seen.page.evaluate(
        "document.querySelectorAll('.rest').forEach(list => [...list.children].slice(4).forEach(one => one.remove()))"
    )
    seen.page.evaluate(THIN)
    seen.page.evaluate("document.querySelectorAll('.fold').forEach(fold => { fold.open = true; })")
    assert problems(seen.page, axe) == []
    assert len(seen.requests) == 1
    assert seen.messages == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_opened_is_accessible_too(opened: Opener, pages: dict[str, Path], axe: str, scheme: str) -> None:
    seen = opened(pages["not-yet"], color_scheme=scheme)
    seen.page.evaluate("document.querySelectorAll('details').forEach(node => { node.open = true; })")
    assert problems(seen.page, axe) == []


def test_a_faint_sign_or_cell_is_seen(opened: Opener, pages: dict[str, Path]) -> None:
    page = opened(pages["not-yet"]).page
    assert page.evaluate(TOO_FAINT, ["h1"]) == []
    page.evaluate("document.querySelector('h1').style.color = '#c44'")
    page.evaluate("document.querySelector('.goods').style.setProperty('--r-good', '#aaa')")
    assert len(page.evaluate(TOO_FAINT, ["h1"])) > 1


def test_five_thousand_findings_open_in_two_seconds(browser: Browser, pages: dict[str, Path]) -> None:
    assert 0 < opening_seconds(browser, pages["many"]) < 2


def test_filters_keep_their_state_in_the_address(opened: Opener, pages: dict[str, Path]) -> None:
    page = opened(pages["not-yet"]).page
    page.select_option("#filter-severity", "critical")
    until(page, "location.hash.includes('severity=critical')")
    assert page.locator("#shown").inner_text() == "Showing 1 of 4"
    assert page.locator(".finding:visible").count() == 1
    page.fill("#filter-q", "no such thing")
    until(page, "document.getElementById('shown').textContent.startsWith('Showing 0')")
    page.click("#filters button[type=reset]")
    until(page, "location.hash === '#findings'")
    assert page.locator(".finding:visible").count() == 4


def test_a_filter_in_the_address_is_applied(opened: Opener, pages: dict[str, Path]) -> None:
    page = opened(pages["not-yet"], fragment="#find?category=personal_data").page
    assert page.locator(".finding:visible").count() == 1
    assert page.input_value("#filter-category") == "personal_data"


def test_free_text_finds_what_is_folded_away(opened: Opener, pages: dict[str, Path]) -> None:
    page = opened(pages["many"]).page
    page.fill("#filter-q", "settings_4321.yml")
    until(page, "document.getElementById('shown').textContent.startsWith('Showing 1 of 5,000')")
    assert page.locator(".finding:visible").count() == 1


@pytest.mark.parametrize("anchor", ["f-3c9a41d07be65f2a", "c-LIC-01", "r-aws-access-key"])
def test_a_deep_link_opens_what_it_names(opened: Opener, pages: dict[str, Path], anchor: str) -> None:
    page = opened(pages["not-yet"], fragment=f"#{anchor}").page
    assert page.evaluate("id => document.getElementById(id).open", anchor)
    assert page.locator(f"#{anchor}").is_visible()


def test_a_deep_link_opens_the_fold_around_it(opened: Opener, pages: dict[str, Path]) -> None:
    page = opened(pages["many"], fragment=f"#f-{4321:016x}").page
    assert page.locator(f"#f-{4321:016x}").is_visible()


def test_the_keyboard_reaches_the_report_and_opens_it(opened: Opener, pages: dict[str, Path]) -> None:
    page = opened(pages["not-yet"]).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Skip to the report"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main-content"
    page.focus("#c-LIC-01 > summary")
    page.keyboard.press("Enter")
    assert page.evaluate("document.getElementById('c-LIC-01').open")


def test_without_script_everything_reads_in_order(opened: Opener, pages: dict[str, Path]) -> None:
    page = opened(pages["not-yet"], java_script_enabled=False).page
    assert page.locator("#filters").is_hidden()
    assert page.locator("#download").is_hidden()
    headings = [text.strip() for text in page.locator("h2").all_inner_texts()]
    wanted = ["What blocks it", "What a person must answer", "What is already good", "What to keep in mind", "The picture"]
    wanted += ["Every check", "What was found", "For the conversation", "What was looked at, and what was not"]
    assert [re.sub(r"\s*\d+$", "", heading) for heading in headings] == wanted
    page.click("#f-3c9a41d07be65f2a > summary")
    assert page.locator("#f-3c9a41d07be65f2a .rows").is_visible()


def test_the_data_can_be_downloaded(opened: Opener, pages: dict[str, Path]) -> None:
    page = opened(pages["not-yet"], accept_downloads=True).page
    with page.expect_download() as download:
        page.click("#download")
    with open(download.value.path(), encoding="utf-8") as file:  # noqa: PTH123  a path of Playwright's
        assert json.load(file) == json.loads(render("json", not_yet()))


def test_print_opens_everything_and_the_brief_is_one_page(opened: Opener, pages: dict[str, Path], tmp_path: Path) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is missing")
    for name in ("not-yet", "brief-not-yet", "brief-many", "brief-hostile", "brief-ready"):
        opened(pages[name]).page.pdf(path=str(tmp_path / f"{name}.pdf"), format="A4", print_background=True, tagged=True)
    text = subprocess.run(["pdftotext", str(tmp_path / "not-yet.pdf"), "-"], check=True, capture_output=True, text=True).stdout
    for part in ("Not ready to be opened yet", "Delete the old key", "LICENCE holds the whole MIT text", "docs/cases.docx"):
        assert part in re.sub(r"\s+", " ", text)
    for name in ("brief-not-yet", "brief-many", "brief-hostile", "brief-ready"):
        info = subprocess.run(["pdfinfo", str(tmp_path / f"{name}.pdf")], check=True, capture_output=True, text=True).stdout
        assert re.search(r"Pages:\s+1$", info, re.MULTILINE), name


@pytest.mark.parametrize("name", ["ready", "not-yet", "cannot-tell", "hostile", "brief-not-yet"])
def test_the_html_is_valid(pages: dict[str, Path], html_validate: Path, name: str, tmp_path: Path) -> None:
    assert html_problems(html_validate, pages[name], tmp_path) == []
