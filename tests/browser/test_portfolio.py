from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from auditor.reports.portfolio import render_site
from auditor.reports.portfolio.standing import page_of
from tests.browser.looking import Opener, html_problems, opening_seconds, problems, until
from tests.portfolio_samples import hostile_portfolio, portfolio, report_of

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

SITES = {"small": portfolio(40), "big": portfolio(2000), "hostile": hostile_portfolio()}
PAGES = ("index", "repositories", "secrets", "checks", "groups")
FEW_ROWS = "document.querySelectorAll('tbody').forEach(body => [...body.rows].slice(20).forEach(row => row.remove()))"


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folders = {}
    for name, of in SITES.items():
        folders[name] = tmp_path_factory.mktemp(name)
        (folders[name] / "repositories").mkdir()
        for path, text in render_site(of, report_of if name == "small" else lambda _: None):
            (folders[name] / path).write_text(text, encoding="utf-8")
    return folders


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("site", "width", "scheme"),
    [
        *(("small", width, scheme) for width in (320, 1280) for scheme in ("light", "dark")),
        ("hostile", 320, "dark"),
        ("hostile", 1280, "light"),
        ("big", 1280, "light"),
    ],
)
def test_every_page_is_accessible_silent_and_fits(  # noqa: PLR0913, PLR0917  fixtures and parameters
    opened: Opener, sites: dict[str, Path], axe: str, site: str, page: str, width: int, scheme: str
) -> None:
    seen = opened(sites[site] / f"{page}.html", width=width, color_scheme=scheme)
    assert not seen.page.evaluate("document.documentElement.scrollWidth > innerWidth")
    seen.page.evaluate("document.querySelectorAll('details').forEach(node => { node.open = true; })")
    seen.page.evaluate(FEW_ROWS)
    assert problems(seen.page, axe) == []
    assert len(seen.requests) == 1
    assert seen.messages == []


@pytest.mark.parametrize("page", PAGES)
def test_two_thousand_repositories_open_in_two_seconds(browser: Browser, sites: dict[str, Path], page: str) -> None:
    assert 0 < opening_seconds(browser, sites["big"] / f"{page}.html") < 2


def test_a_click_on_a_heading_sorts_by_what_stands_there(opened: Opener, sites: dict[str, Path]) -> None:
    page = opened(sites["small"] / "repositories.html").page
    column = "[...document.querySelectorAll('#table-repositories tbody tr')].map(row => row.cells[{}].innerText)"

    def values(index: int) -> list[str]:
        return [str(text) for text in page.evaluate(column.format(index))]

    page.click("#table-repositories button >> text=Blockers")
    assert [int(text) for text in values(2)] == sorted(int(text) for text in values(2))
    page.click("#table-repositories button >> text=Blockers")
    assert [int(text) for text in values(2)] == sorted((int(text) for text in values(2)), reverse=True)
    assert page.get_attribute("#table-repositories th:nth-child(3)", "aria-sort") == "descending"
    page.click("#table-repositories button >> text=Verdict")
    assert values(1)[0] == "Ready"
    assert page.locator("[aria-sort]").count() == 1


def test_a_long_list_is_whole_when_it_is_asked_for(opened: Opener, sites: dict[str, Path]) -> None:
    page = opened(sites["big"] / "repositories.html").page
    rows = "#table-repositories tbody tr:visible"
    assert page.locator(rows).count() == 200
    page.fill("#filter-q", "service-1999")
    until(page, "document.getElementById('shown').textContent === 'Showing 1 of 2,001'")
    assert page.locator(rows).count() == 1
    page.click("#filters button[type=reset]")
    until(page, "location.hash === '#table-repositories'")
    assert page.locator(rows).count() == 200
    page.click("#table-repositories button >> text=Repository")
    page.click("#table-repositories button >> text=Repository")
    assert page.locator(rows).first.locator("th").inner_text().endswith("service-1999")
    page.click("text=Show all 2,001")
    assert page.locator(rows).count() == 2001
    assert opened(sites["big"] / "repositories.html", java_script_enabled=False).page.locator(rows).count() == 2001


def test_the_keyboard_alone_sorts_and_filters(opened: Opener, sites: dict[str, Path]) -> None:
    page = opened(sites["small"] / "repositories.html").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Skip to the report"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "filter-verdict"
    page.keyboard.type("Not yet")
    until(page, "location.hash === '#find?verdict=not_yet'")
    assert page.locator("#table-repositories tbody tr:visible").count() == 8
    page.focus("#table-repositories th:first-child button")
    page.keyboard.press("Enter")
    assert page.get_attribute("#table-repositories th:first-child", "aria-sort") == "ascending"


def test_a_group_leads_to_its_repositories(opened: Opener, sites: dict[str, Path]) -> None:
    page = opened(sites["small"] / "groups.html").page
    page.click("#table-by-team a >> text=team-3")
    assert page.url.endswith("repositories.html#find?team=team-3")
    wanted = sum("team-3" in one.listed.teams for one in SITES["small"].repositories)
    assert page.locator("#table-repositories tbody tr:visible").count() == wanted
    assert page.locator("#shown").inner_text() == f"Showing {wanted} of 41"


def test_hostile_names_can_be_filtered_by(opened: Opener, sites: dict[str, Path]) -> None:
    seen = opened(sites["hostile"] / "repositories.html")
    seen.page.select_option("#filter-team", index=1)
    until(seen.page, "document.getElementById('shown').textContent.startsWith('Showing 1 of 2')")
    assert seen.messages == []


def test_a_report_leads_back_to_the_list(opened: Opener, sites: dict[str, Path]) -> None:
    page = opened(sites["small"] / "index.html").page
    page.click("#table-nearest tbody tr:first-child a")
    assert "/repositories/" in page.url
    page.click("nav a >> text=All repositories of example-department")
    assert page.url.endswith("/index.html")


@pytest.mark.parametrize("width", [320, 1280])
def test_a_report_of_the_site_is_accessible_and_valid(  # noqa: PLR0913, PLR0917  fixtures and parameters
    opened: Opener, sites: dict[str, Path], axe: str, html_validate: Path, tmp_path: Path, width: int
) -> None:
    path = sites["small"] / page_of("example-department/service-0003")
    seen = opened(path, width=width)
    assert not seen.page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert problems(seen.page, axe) == []
    assert html_problems(html_validate, path, tmp_path) == []


def test_without_script_the_pages_read_in_order(opened: Opener, sites: dict[str, Path]) -> None:
    page = opened(sites["small"] / "index.html", java_script_enabled=False).page
    headings = [text.strip() for text in page.locator("h2").all_inner_texts()]
    wanted = ["Where they stand", "How that changed", "What changed since the run before", "Nearest to ready"]
    assert [heading.rstrip(" 0123456789") for heading in headings][:4] == wanted
    assert page.locator("button").count() == 0
    page = opened(sites["small"] / "repositories.html", java_script_enabled=False).page
    assert page.locator("#filters").is_hidden()
    assert page.locator("#table-repositories tbody tr").count() == 41


def test_it_prints(opened: Opener, sites: dict[str, Path], tmp_path: Path) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is missing")
    for name in ("index", "repositories"):
        opened(sites["small"] / f"{name}.html").page.pdf(path=str(tmp_path / f"{name}.pdf"), format="A4", tagged=True)
        text = subprocess.run(["pdftotext", str(tmp_path / f"{name}.pdf"), "-"], check=True, capture_output=True, text=True).stdout
        # A name is broken at its hyphens, and the reader of the file leaves those out.
        assert "service0003" in text.replace("\n", "").replace("-", "")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("site", ["small", "hostile"])
def test_the_html_of_the_site_is_valid(sites: dict[str, Path], html_validate: Path, site: str, page: str, tmp_path: Path) -> None:
    assert html_problems(html_validate, sites[site] / f"{page}.html", tmp_path) == []
