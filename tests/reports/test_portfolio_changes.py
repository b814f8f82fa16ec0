"""What a portfolio says of the run before, and that its counts and its links agree with each other."""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import replace
from urllib.parse import parse_qs

from auditor.model.check import Outcome
from auditor.model.organisation import Earlier
from auditor.model.verdict import Decision
from auditor.reports.portfolio import render_site
from auditor.reports.portfolio.charts import counts, outcome_bar
from auditor.reports.portfolio.groups import by_group
from auditor.reports.portfolio.lists import moves
from auditor.reports.portfolio.standing import flags, to_answer
from auditor.reports.portfolio.words import headline, sentence
from tests.portfolio_samples import portfolio, standing
from tests.samples import NOW


def test_more_keys_are_a_change_though_the_verdict_is_the_same() -> None:
    one = replace(standing(3), decision=Decision.NOT_YET)
    as_now = Earlier(NOW, Decision.NOT_YET, len(one.blockers), len(one.secrets))
    same = replace(one, earlier=as_now)
    more = replace(standing(13), decision=Decision.NOT_YET)
    more = replace(more, earlier=replace(as_now, blockers=len(more.blockers), secrets=len(more.secrets) - 1))
    worse = replace(one, listed=replace(one.listed, full_name="z/z"), earlier=replace(as_now, decision=Decision.READY))
    fewer = replace(one, listed=replace(one.listed, full_name="a/a"), earlier=replace(as_now, blockers=9))
    of = replace(portfolio(0), repositories=(same, fewer, more, worse))
    assert [row.cells[0].text for row in moves(of).rows] == ["z/z", more.listed.full_name, "a/a"]
    keys = [cell.text for cell in moves(of).rows[1].cells[-2:]]
    assert keys == [str(len(more.secrets) - 1), str(len(more.secrets))]
    assert "changed" in flags(more, NOW)
    assert "changed" not in flags(same, NOW)
    assert "Keys not replaced: 8, and 7 in the run before." in dict(render_site(of, lambda _: None))["index.html"]


def test_the_first_sentences_count_every_repository() -> None:
    of = portfolio(40)
    found = counts(of)
    said = sentence(found["ready_when_attested"], found["keep_closed"], found["not_yet"], found["cannot_tell"] + found["none"], 0)
    total = len(of.repositories)
    numbers = re.findall(r"(?:^|; )(\d+)", said)
    assert sum(map(int, numbers)) + found["ready"] == total
    assert headline(found["ready"], total).startswith(f"{found['ready']} of {total}")


def test_a_link_to_all_of_a_list_leads_to_as_many_as_it_says() -> None:
    of = portfolio(200)
    page = dict(render_site(of, lambda _: None))["index.html"]
    links = re.findall(r'href="repositories\.html#find\?(flag=[^"]+)">See all ([\d,]+)<', html.unescape(page))
    assert len(links) == 6
    for query, number in links:
        (flag,) = parse_qs(query)["flag"]
        held = sum(flag in flags(one, of.generated) for one in of.repositories)
        assert held == int(number.replace(",", "")), flag


def test_the_bar_of_a_check_begins_with_what_holds() -> None:
    counted = Counter({Outcome.FAIL: 2, Outcome.ATTESTED: 3, Outcome.PASS: 4, Outcome.NOT_CHECKED: 1, Outcome.NOT_APPLICABLE: 9})
    segments = outcome_bar(counted, 10).segments
    assert [(one.tone, one.length) for one in segments] == [("good", 400), ("fair", 300), ("bad", 200), ("none", 100)]


def test_groups_count_what_is_to_fix_or_answer_as_the_list_does() -> None:
    of = portfolio(40)
    for table in by_group(of):
        for row in table.rows:
            way = table.name.removeprefix("by-")
            held = [
                one
                for one in of.repositories
                if row.cells[0].text in {"team": one.listed.teams, "unit": (one.listed.unit,), "topic": one.listed.topics}[way]
            ]
            assert row.cells[-1].text == f"{sum(map(to_answer, held)):,}"
