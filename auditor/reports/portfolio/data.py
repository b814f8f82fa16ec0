"""The portfolio as data: CSV for spreadsheets, JSON for programs, in the shape that `portfolio.schema.json` publishes."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from auditor.model.check import Outcome
from auditor.reports.csv_report import cell
from auditor.reports.json_report import plain_values
from auditor.reports.portfolio.groups import check_counts
from auditor.reports.portfolio.lists import held_secrets
from auditor.reports.portfolio.standing import blocking, distance, flags, link_to

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from auditor.model.organisation import Portfolio, RepositoryStanding

SCHEMA_VERSION: Final = "1.0"
_REPOSITORY: Final = (
    "full_name", "decision", "full_history", "fresh_history", "intended", "maturity", "blockers", "to_fix", "answers_due",
    "open_secrets", "hours", "nearest", "visibility", "archived", "fork", "teams", "unit", "topics", "last_commit", "scanned_at",
    "state", "problem", "complete", "flags", "page",
)  # fmt: skip
_SECRET: Final = ("repository", "fingerprint", "rule_id", "title", "masked", "severity", "exposure", "first_seen", "places")
_CHECK: Final = ("check_id", "title", "group", *(outcome.value for outcome in Outcome))


def schema() -> str:
    """Return the published JSON Schema of `portfolio.json`."""
    return files("auditor.reports.portfolio").joinpath("schema.json").read_text(encoding="utf-8")


def data_files(portfolio: Portfolio) -> Iterator[tuple[str, str]]:
    """Yield the data files beside the pages."""
    yield "portfolio.json", json.dumps(document(portfolio), indent=1) + "\n"
    yield "portfolio.schema.json", schema()
    yield "repositories.csv", _csv(_REPOSITORY, (_repository(one, portfolio) for one in _ordered(portfolio)))
    yield "secrets.csv", _csv(_SECRET, _secrets(portfolio))
    yield "checks.csv", _csv(_CHECK, _checks(portfolio))


def document(portfolio: Portfolio) -> dict[str, Any]:
    """Return the portfolio as plain JSON values."""
    plain: dict[str, Any] = plain_values(
        {
            "schema_version": SCHEMA_VERSION,
            "title": portfolio.title,
            "generated": portfolio.generated,
            "version": portfolio.version,
            "policy": portfolio.policy,
            "selection": portfolio.selection,
            "warnings": portfolio.warnings,
            "repositories": [_standing(one, portfolio) for one in _ordered(portfolio)],
            "shared": [asdict(one) for one in portfolio.shared],
            "runs": [{**asdict(run), "decisions": dict(run.decisions)} for run in portfolio.runs],
            "appeared": portfolio.appeared,
            "gone": portfolio.gone,
            "not_visible": list(_not_visible(portfolio)),
        }
    )
    return plain


def _ordered(portfolio: Portfolio) -> list[RepositoryStanding]:
    return sorted(portfolio.repositories, key=distance)


def _standing(one: RepositoryStanding, portfolio: Portfolio) -> dict[str, Any]:
    return {
        **asdict(one.listed),
        "state": one.state,
        "problem": one.problem,
        "scanned_at": one.scanned_at,
        "page": link_to(one) or None,
        "decision": one.decision,
        "routes": {"full_history": one.full_history, "fresh_history": one.fresh_history},
        "intended": one.intended,
        "maturity": one.maturity,
        "blockers": [_open_point(point) for point in one.blockers],
        "attestations_due": [_open_point(point) for point in one.attestations_due],
        "nearest": one.nearest,
        "effort": one.effort,
        "hours": one.hours,
        "secrets": [asdict(secret) for secret in one.secrets],
        "findings": {severity.value: number for severity, number in one.findings},
        "deadlines": [asdict(answer) for answer in one.deadlines],
        "checks": {answer.check_id: answer.outcome for answer in one.checks},
        "gaps": [asdict(gap) for gap in one.gaps],
        "complete": one.complete,
        "last_commit": one.last_commit,
        "commits": one.commits,
        "blobs": one.blobs,
        "flags": flags(one, portfolio.generated),
        "earlier": asdict(one.earlier) if one.earlier else None,
    }


def _not_visible(portfolio: Portfolio) -> Iterator[dict[str, Any]]:
    """Yield what was not told, once for all repositories of which the same is true; none is named where it is the organisation."""
    where: dict[tuple[str, str, str], list[str]] = {}
    for one in portfolio.not_visible:
        where.setdefault((one.what, one.reason, one.permission), []).append(one.repository)
    for (what, reason, permission), names in where.items():
        yield {"what": what, "reason": reason, "permission": permission, "repositories": sorted(filter(None, names))}


def _open_point(point: Any) -> dict[str, Any]:  # noqa: ANN401  a blocker, of which the report has the rest
    return {"id": point.id, "kind": point.kind, "grade": point.grade, "title": point.title, "effort": point.effort}


def _repository(one: RepositoryStanding, portfolio: Portfolio) -> tuple[object, ...]:
    listed = one.listed
    return (
        listed.full_name, one.decision or "", one.full_history or "", one.fresh_history or "", one.intended,
        one.maturity, blocking(one), len(one.blockers) - blocking(one), len(one.attestations_due), len(one.secrets), one.hours,
        one.nearest, listed.visibility,
        str(listed.archived).lower(), str(listed.fork).lower(), " ".join(listed.teams), listed.unit, " ".join(listed.topics),
        _day(one.last_commit), _day(one.scanned_at), one.state, one.problem, str(one.complete).lower(),
        " ".join(flags(one, portfolio.generated)), link_to(one),
    )  # fmt: skip


def _secrets(portfolio: Portfolio) -> Iterator[tuple[object, ...]]:
    for one, secret in held_secrets(portfolio):
        yield (
            one.listed.full_name, secret.fingerprint, secret.rule_id, secret.title, secret.masked, secret.severity,
            secret.exposure, _day(secret.first_seen), secret.places,
        )  # fmt: skip


def _checks(portfolio: Portfolio) -> Iterator[tuple[object, ...]]:
    for answer, counts in check_counts(portfolio):
        yield (answer.check_id, answer.title, answer.group, *(counts[outcome] for outcome in Outcome))


def _day(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _csv(heads: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([cell(str(value)) for value in row] for row in rows)
    return out.getvalue()
