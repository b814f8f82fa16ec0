"""The site of a portfolio, without a browser; tests/browser has the rest."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.organisation import Visibility
from auditor.model.verdict import Decision
from auditor.reports.portfolio import render_site
from auditor.reports.portfolio.charts import split, trend
from auditor.reports.portfolio.data import schema
from auditor.reports.portfolio.lists import everything, nearest, secrets
from auditor.reports.portfolio.standing import distance, ending, movement, page_of
from auditor.reports.portfolio.words import percent
from tests.portfolio_samples import failed, hostile_portfolio, portfolio, report_of, standing
from tests.samples import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from auditor.model.organisation import Portfolio

PAGES = ("index.html", "repositories.html", "secrets.html", "checks.html", "groups.html")
DATA = ("portfolio.json", "portfolio.schema.json", "repositories.csv", "secrets.csv", "checks.csv")


def site(of: Portfolio, *, public_safe: bool = False, reports: bool = True) -> dict[str, str]:
    files = list(render_site(of, report_of if reports else lambda _: None, public_safe=public_safe))
    assert len(dict(files)) == len(files)
    return dict(files)


class Links(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def hrefs(self) -> list[str]:
        return [attributes["href"] or "" for _, attributes in self.tags if "href" in attributes]


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    return site(portfolio())


def test_the_site_has_its_pages_its_data_and_a_report_of_each(files: dict[str, str]) -> None:
    reports = {page_of(one.listed.full_name) for one in portfolio().repositories if one.decision is not None}
    assert set(files) == {*PAGES, *DATA, *reports}
    assert len(reports) == 30


def test_every_link_inside_the_site_leads_somewhere(files: dict[str, str]) -> None:
    for name, text in files.items():
        if not name.endswith(".html"):
            continue
        for href in Links(text).hrefs():
            if href.startswith(("#", "https://")):
                continue
            target = PurePosixPath(name).parent / href.partition("#")[0]
            parts: list[str] = []
            for part in target.parts:
                parts = parts[:-1] if part == ".." else [*parts, part]
            assert "/".join(parts) in files, (name, href)


def test_each_report_leads_back_and_carries_the_name_of_the_list(files: dict[str, str]) -> None:
    name = "example-department/service-0003"
    page = files[page_of(name)]
    assert '<a class="govuk-link" href="../index.html">All repositories of example-department</a>' in page
    assert f'<span class="verdict__name">{name}</span>' in page


@pytest.mark.parametrize("build", [portfolio, hostile_portfolio])
def test_pages_load_nothing_and_run_only_their_own_script(build: Callable[[], Portfolio]) -> None:
    for name, text in site(build()).items():
        if not name.endswith(".html"):
            continue
        tags = Links(text).tags
        policy = next(a["content"] or "" for _, a in tags if a.get("http-equiv") == "Content-Security-Policy")
        assert policy.startswith("default-src 'none'; ")
        for content in re.findall(r"<(?:style|script)>(.*?)</(?:style|script)>", text, re.DOTALL):
            assert base64.b64encode(hashlib.sha256(content.encode()).digest()).decode() in policy
        for tag, attributes in tags:
            assert tag not in {"img", "iframe", "object", "embed", "base", "link"}
            assert not {key for key in attributes if key in {"src", "style"} or key.startswith("on")}
        assert [tag for tag, _ in tags].count("h1") == 1
        ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
        assert len(ids) == len(set(ids))


def test_hostile_text_is_text_on_pages_in_data_and_in_file_names() -> None:
    for name, text in site(hostile_portfolio()).items():
        assert re.fullmatch(r"(?:repositories/)?[a-z0-9][a-z0-9._-]*\.(?:html|json|csv)", name)
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u2028\x07\x1b]", text)
        if name.endswith(".html"):
            assert "<script>alert" not in text
            assert "<img" not in text
            assert not [href for href in Links(text).hrefs() if "javascript:" in href.lower()]
        if name.endswith(".csv"):
            for row in csv.reader(io.StringIO(text)):
                assert not [cell for cell in row if cell.lstrip(" ").startswith(("=", "+", "-", "@", "|", "%"))]


@given(st.text(max_size=80), st.text(max_size=80))
def test_file_names_are_safe_and_differ(one: str, other: str) -> None:
    names = page_of(one), page_of(other)
    assert (names[0] == names[1]) == (one == other)
    assert all(re.fullmatch(r"repositories/[a-z0-9_][a-z0-9._-]*-[0-9a-f]{8}\.html", name) for name in names)


def test_the_json_is_of_its_published_shape_and_the_csv_of_the_same_length(files: dict[str, str]) -> None:
    assert files["portfolio.schema.json"] == schema()
    validator = jsonschema.Draft202012Validator(json.loads(schema()), format_checker=jsonschema.FormatChecker())
    for build in (portfolio, hostile_portfolio):
        for public_safe in (False, True):
            assert not list(
                validator.iter_errors(json.loads(site(build(), public_safe=public_safe, reports=False)["portfolio.json"]))
            )
    document = json.loads(files["portfolio.json"])
    assert len(list(csv.reader(io.StringIO(files["repositories.csv"])))) == len(document["repositories"]) + 1
    held = sum(len(one["secrets"]) for one in document["repositories"])
    assert len(list(csv.reader(io.StringIO(files["secrets.csv"])))) == held + 1


def test_the_same_portfolio_gives_the_same_bytes() -> None:
    assert site(portfolio(8)) == site(portfolio(8))


def test_nothing_of_a_repository_that_is_not_public_is_in_the_edition_for_everybody() -> None:
    """What is there does not depend on the others at all: leave them out, and the same bytes come out."""
    whole = portfolio(24)
    public = tuple(one for one in whole.repositories if one.listed.visibility is Visibility.PUBLIC)
    names = {one.listed.full_name for one in public}
    alone = replace(
        whole,
        repositories=public,
        shared=(),
        runs=(),
        appeared=tuple(name for name in whole.appeared if name in names),
        gone=(),
        not_visible=tuple(one for one in whole.not_visible if one.repository in names),
        selection=(),
        warnings=(),
    )
    edition = site(whole, public_safe=True)
    assert edition == site(alone, public_safe=True)
    text = "".join((*edition, *edition.values()))
    for one in whole.repositories:
        if one.listed.visibility is not Visibility.PUBLIC:
            assert one.listed.full_name.rpartition("/")[2] not in text
    assert "team-1" not in text
    assert "Unit 1" not in text
    assert "gone-service" not in text
    assert "/srv/repositories" not in text


def test_secrets_of_history_are_only_counted_in_the_edition_for_everybody() -> None:
    edition = site(portfolio(24), public_safe=True)
    document = json.loads(edition["portfolio.json"])
    held = [secret for one in document["repositories"] for secret in one["secrets"]]
    assert {secret["masked"] for secret in held if secret["exposure"] == "branch_or_tag"} == {""}
    assert {secret["first_seen"] for secret in held if secret["exposure"] == "branch_or_tag"} == {None}
    for name, text in edition.items():
        if name.startswith("repositories/"):
            assert "docs/cases.docx" not in text  # a finding that only a pull request ref holds


def test_the_nearest_comes_first_and_what_nobody_looked_at_last() -> None:
    order = [row.cells[1].state for row in everything(portfolio()).rows]
    groups = ["ready", "ready_when_attested", "keep_closed", "cannot_tell", "none"]
    assert [name for name in dict.fromkeys(order) if name != "not_yet"] == groups
    on_the_way = [one for one in sorted(portfolio().repositories, key=distance) if one.decision is Decision.NOT_YET]
    assert [one.hours for one in on_the_way] == sorted(one.hours for one in on_the_way)
    assert {row.cells[1].state for row in nearest(portfolio()).rows} == {"ready_when_attested", "not_yet"}


def test_the_gravest_and_oldest_secrets_come_first() -> None:
    ages = [row.cells[5].sort for row in secrets(portfolio()).rows]
    assert ages == sorted(ages, reverse=True)
    assert len(secrets(portfolio(3000)).rows) == 1000
    assert secrets(portfolio(3000)).left.endswith("in secrets.csv")


def test_answers_end_soon_or_have_ended() -> None:
    one = next(one for one in portfolio().repositories if one.deadlines)
    until = one.deadlines[0].until
    noon = NOW.replace(year=until.year, month=until.month, day=until.day)
    assert ending(one, noon - timedelta(days=31)) == []
    assert [answer.kind for answer in ending(one, noon - timedelta(days=30))] == ["exception"]
    assert [answer.kind for answer in ending(one, noon + timedelta(days=1))] == ["exception"]


def test_movement_is_by_the_order_of_verdicts() -> None:
    one = replace(standing(3), decision=Decision.NOT_YET)
    assert one.earlier
    assert movement(replace(one, earlier=replace(one.earlier, decision=Decision.READY))) == -1
    assert movement(replace(one, earlier=replace(one.earlier, decision=Decision.CANNOT_TELL))) == 1
    assert movement(replace(one, earlier=None)) == 0
    assert movement(failed("a/b", "gone")) == 0


def test_pictures_count_every_repository() -> None:
    drawn = split(portfolio())
    assert sum(int(row.cells[0].replace(",", "")) for row in drawn) == 31
    columns = trend(portfolio())
    assert columns
    assert len(columns.columns) == len(columns.rows) == 13
    for column in columns.columns:
        assert all(one.start >= 0 and one.length > 0 and one.start + one.length <= columns.height for one in column.segments)
    assert trend(replace(portfolio(), runs=portfolio().runs[-1:])) is None


def test_an_empty_portfolio_says_so() -> None:
    empty = replace(portfolio(0), repositories=(), shared=(), runs=(), appeared=(), gone=(), not_visible=(), warnings=())
    assert "0 of 0 repositories are ready to be opened" in site(empty, reports=False)["index.html"]


@pytest.mark.parametrize(
    ("part", "whole", "text"), [(0, 0, "-"), (0, 9, "0%"), (9, 9, "100%"), (1, 1000, "1%"), (999, 1000, "99%"), (1, 3, "33%")]
)
def test_a_share_is_never_rounded_to_all_or_nothing(part: int, whole: int, text: str) -> None:
    assert percent(part, whole) == text


def test_one_report_is_asked_for_at_a_time() -> None:
    asked: list[str] = []

    def reports(name: str) -> None:
        asked.append(name)

    files = render_site(portfolio(5), reports)
    for name, _ in files:
        if name == "checks.csv":
            break
    assert asked == []
    assert list(files) == []
    assert asked == [f"example-department/service-{number:04}" for number in range(5)]
