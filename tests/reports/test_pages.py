"""The HTML report and the brief, without a browser; tests/browser has the rest."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from auditor.model.finding import Location
from auditor.model.levels import Exposure, Grade
from auditor.reports.conversation import objections
from auditor.reports.facts import forge_address, permalink, place, web_link
from auditor.reports.formats import render
from auditor.reports.pictures import SCALE, by_group, by_place, timeline
from auditor.reports.readiness_page import anchors_of
from tests.samples import SAMPLES, blocker_aws, cannot_tell, hostile, many, not_yet, ready

GOLDEN = Path(__file__).parent / "golden"
TEMPLATES = Path(__file__).parents[2] / "auditor" / "reports" / "templates"


class Tags(HTMLParser):
    """Collects tags, attributes and ids."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def without_assets(html: str) -> str:
    """The page without its style, script, data and the hashes of them: what a golden file is about."""
    html = re.sub(r"<style>.*?</style>", "<style></style>", html, flags=re.DOTALL)
    html = re.sub(r"(<script[^>]*>).*?</script>", r"\1</script>", html, flags=re.DOTALL)
    return re.sub(r"sha256-[A-Za-z0-9+/=]+", "sha256-", html)


@pytest.mark.parametrize(
    ("name", "form", "ending"),
    [(name, form, ending) for name in ("ready", "not-yet", "cannot-tell")
     for form, ending in (("terminal", "txt"), ("markdown", "md"), ("html", "html"), ("brief-markdown", "md"))],
)  # fmt: skip
def test_small_reports_are_as_they_were(name: str, form: str, ending: str) -> None:
    """Set UPDATE_GOLDEN=1 to write them anew, and read the difference."""
    text = without_assets(render(form, SAMPLES[name]()))
    path = GOLDEN / f"{name}.{form}.{ending}"
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["html", "brief"])
@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_page_loads_nothing_and_runs_only_its_own_script(name: str, form: str) -> None:
    html = render(form, SAMPLES[name]())
    tags = Tags(html).tags
    policy = next(attributes["content"] for tag, attributes in tags if attributes.get("http-equiv") == "Content-Security-Policy")
    assert policy
    assert policy.startswith("default-src 'none'; ")
    for content in re.findall(r"<style>(.*?)</style>", html, re.DOTALL) + re.findall(r"<script>(.*?)</script>", html, re.DOTALL):
        assert base64.b64encode(hashlib.sha256(content.encode()).digest()).decode() in policy
    for tag, attributes in tags:
        assert "src" not in attributes
        assert "style" not in attributes
        assert not any(key.startswith("on") for key in attributes)
        assert tag not in {"img", "iframe", "object", "embed", "base"}
        assert tag != "link"
        href = attributes.get("href")
        if href:
            assert href.startswith(("#", "https://"))
            assert href.startswith("#") or "noreferrer" in (attributes.get("rel") or "")
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert [tag for tag, _ in tags].count("h1") == 1
    for inner in (attributes["href"] or "" for _, attributes in tags if (attributes.get("href") or "").startswith("#")):
        assert inner[1:] in ids


def test_nothing_of_govuk_branding_is_in_it() -> None:
    html = re.sub(r"<script.*?</script>", "", render("html", not_yet()), flags=re.DOTALL).lower()
    for mark in ("gds transport", "govuk-crest", "crown copyright logo", "@font-face", "url("):
        assert mark not in html


def test_hostile_text_is_text() -> None:
    html = render("html", hostile())
    body = without_assets(html)
    assert "<script>alert" not in body
    assert "&lt;script&gt;alert(1)&lt;/script&gt;\\u202etxt.exe\\x1b[31m" in body
    assert "{{ 7*7 }}" in body
    assert "a" * 400 not in body
    assert "javascript:" not in "".join(re.findall(r'href="[^"]*"', html))


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_the_data_is_in_the_page(name: str) -> None:
    html = render("html", SAMPLES[name]())
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert data
    assert not set(data[1]) & set("<>&")
    assert json.loads(data[1]) == json.loads(render("json", SAMPLES[name]()))


def test_every_word_of_a_template_comes_from_the_words() -> None:
    for template in sorted(TEMPLATES.rglob("*.html")):
        text = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}|<!DOCTYPE html>", " ", template.read_text(encoding="utf-8"), flags=re.DOTALL)
        shown = re.sub(r"<[^>]*>", " ", text)
        named = " ".join(re.findall(r'(?:aria-label|title|alt|placeholder)="([^"]*)"', text))
        assert re.findall(r"[A-Za-z]{2,}", f"{shown} {named}") == [], template.name


def test_five_thousand_findings_leave_the_page_itself_small() -> None:
    html = re.sub(r'<script type="application/json".*?</script>', "", render("html", many()), flags=re.DOTALL)
    assert len(re.sub(r'<ul class="rest">.*?</ul>', "", html, flags=re.DOTALL)) < 250_000
    assert html.count('class="finding row"') > 4900


def test_the_page_without_data_is_small() -> None:
    for build in (ready, not_yet, cannot_tell):
        html = render("html", build())
        assert len(re.sub(r'<script type="application/json".*?</script>', "", html, flags=re.DOTALL)) < 250_000


def test_every_finding_and_check_has_its_deep_link() -> None:
    ids = {attributes.get("id") for _, attributes in Tags(render("html", many(500))).tags}
    assert {f"f-{n:016x}" for n in range(500)} <= ids
    assert "c-LIC-01" in ids
    assert list(anchors_of("f", ["a b", "a-b", "a/b", ""]).values()) == ["f-a-b", "f-a-b-2", "f-a-b-3", "f-x"]


def test_not_checked_is_shown_as_such_and_never_as_good() -> None:
    html = render("html", ready())
    good = html[html.index('id="good"') : html.index('id="picture"')]
    assert "PRO-02" not in good.split('id="cautions"')[0]
    assert "Not checked" in html[html.index('id="c-PRO-02"') :][:400]


def test_objections_are_answered_with_the_facts_of_the_repository() -> None:
    bad = {one.title: one for one in objections(not_yet())}
    fine = {one.title: one for one in objections(ready())}
    assert bad["“Someone will find our passwords”"].short.startswith("They would find 1")
    assert fine["“Someone will find our passwords”"].short.startswith("None was found")
    assert "Part of the history" in " ".join(objections(cannot_tell())[1].seen)
    assert bad["“We would publish personal data”"].short.startswith("1 finding looks like personal data")
    assert "Nothing is left" in fine["“It costs too much”"].short
    for one in bad.values():
        assert all(web_link(source.url) for source in one.sources)


def test_a_must_is_due_and_a_blocker_blocks() -> None:
    def chips(grade: Grade) -> list[str]:
        report = not_yet()
        route = replace(report.verdict.full_history, blockers=(replace(blocker_aws(), grade=grade),))
        verdict = replace(report.verdict, full_history=route, fresh_history=replace(report.verdict.fresh_history, blockers=()))
        page = render("html", replace(report, verdict=verdict))
        return re.findall(r'<span class="chip">((?:Blocks|Due)[^<]*)', page)

    assert chips(Grade.BLOCKER) == ["Blocks only publishing the full history"]
    assert chips(Grade.MUST) == ["Due only before publishing the full history"]


def test_pictures_stay_on_their_scale() -> None:
    report = many(200)
    drawn = timeline(report, {})
    assert drawn
    assert len(drawn.rows) == 30
    assert drawn.left == 170
    for row in (*drawn.rows, *by_place(report), *by_group(report)):
        for segment in row.segments:
            assert 0 <= segment.start <= SCALE
            assert segment.length > 0
            assert segment.start + segment.length <= SCALE + 30
    assert timeline(replace(report, findings=()), {}) is None


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("git@github.com:example/app.git", "https://github.com/example/app"),
        ("ssh://git@gitlab.example.org:2222/group/app.git", "https://gitlab.example.org/group/app"),
        ("https://github.com/example/app/", "https://github.com/example/app"),
        ("https://git.example.org/app", ""),
        ("https://evilgithub.com.example.org/app", ""),
        ("https://evilgithub.com/app", ""),
        ("javascript:alert(1)//github.com", ""),
        ("/srv/app", ""),
        (None, ""),
    ],
)
def test_only_known_forges_are_linked(remote: str | None, address: str) -> None:
    assert forge_address(remote) == address


def test_permalinks_are_quoted_and_only_where_the_forge_has_the_commit() -> None:
    report = not_yet()
    commit = "a" * 40
    there = Location('a b/"#?.yml', 3, commit=commit, exposure=Exposure.HEAD)
    assert permalink(report, there) == f"https://github.com/example-department/benefit-checker/blob/{commit}/a%20b/%22%23%3F.yml#L3"
    assert permalink(report, replace(there, exposure=Exposure.LOCAL_ONLY)) == ""
    assert permalink(report, replace(there, commit="not a commit")) == ""
    assert permalink(report, replace(there, path=None)).endswith(f"/commit/{commit}")


def test_places_are_written_as_people_say_them() -> None:
    assert place(Location("docs/plan.docx", container="word/comments.xml")) == "docs/plan.docx > word/comments.xml"
    assert place(Location("deploy.yml", 14, container="base64")) == "deploy.yml:14 (base64)"
    assert place(Location(None, 3, container="commit message")) == "commit message, line 3"
    assert place(Location("a.py", 1)) == "a.py:1"
