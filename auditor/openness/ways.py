"""The three lawful ways to open code that was closed, in the order of the guidance, with the figures of this repository."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from auditor.model.levels import Exposure, Grade
from auditor.model.report import HistoryFigures, Way
from auditor.openness.authorities import CLOSED_TO_OPEN, cite
from auditor.openness.grading import grade_of, is_cleared, is_rotated, rotates

if TYPE_CHECKING:
    from collections.abc import Iterable

    from auditor.model.coverage import Coverage
    from auditor.model.finding import Finding
    from auditor.model.policy import Policy
    from auditor.model.view import RepositoryView

_PUBLISHED: Final = (Exposure.BRANCH_OR_TAG, Exposure.PULL_REQUEST_REF, Exposure.OTHER_REF)


@dataclass(frozen=True, slots=True)
class _Figures(HistoryFigures):
    to_rotate: int
    past: int
    now: int


def history_figures(view: RepositoryView) -> HistoryFigures:
    """Count what the history holds."""
    years = sorted(commit.authored for commit in view.commits)
    return HistoryFigures(
        commits=len(view.commits),
        authors=len({commit.author_email.lower() for commit in view.commits}),
        years=_span(years[0].year, years[-1].year) if years else "",
        files=len(view.tree),
        historic=sum(path not in view.tree for path in view.historic_paths),
        refs=len(view.refs),
    )


def ways(history: HistoryFigures, coverage: Coverage, findings: Iterable[Finding], policy: Policy) -> tuple[Way, ...]:
    """Return the three ways; a plain folder knows only the fresh import."""
    figures = _figures(history, coverage, findings, policy)
    fresh = _fresh(figures)
    return (_keep(figures), _rewrite(figures), fresh) if history.commits else (fresh,)


def _figures(history: HistoryFigures, coverage: Coverage, findings: Iterable[Finding], policy: Policy) -> _Figures:
    grave = [f for f in findings if grade_of(f, policy) is Grade.BLOCKER and not is_cleared(f) and not is_rotated(f)]
    now = [f for f in grave if Exposure.HEAD in f.exposure or (not history.commits and Exposure.UNCOMMITTED in f.exposure)]
    past = [f for f in grave if f not in now and set(f.exposure) & set(_PUBLISHED)]
    return _Figures(
        commits=coverage.commits or history.commits,
        authors=history.authors,
        years=history.years,
        files=history.files,
        historic=history.historic,
        refs=coverage.refs or history.refs,
        to_rotate=sum(rotates(f) for f in (*now, *past)),
        past=len(past),
        now=len(now),
    )


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first} to {last}"


def _number(count: int, one: str, many: str) -> str:
    return f"1 {one}" if count == 1 else f"{count:,} {many}"


def _rotations(figures: _Figures) -> tuple[str, ...]:
    if not figures.to_rotate:
        return ()
    return (f"Replace {_number(figures.to_rotate, 'secret', 'secrets')} and record each with `auditor rotated`.",)


def _current(figures: _Figures) -> tuple[str, ...]:
    return (f"Clear {_number(figures.now, 'finding', 'findings')} in the current files.",) if figures.now else ()


def _keep(figures: _Figures) -> Way:
    others = figures.past + figures.now - figures.to_rotate
    left = (
        (f"Answer for {_number(others, 'other finding', 'other findings')}, or choose a way that takes them out.",)
        if others
        else ()
    )
    return Way(
        option="keep-and-rotate",
        title="Keep the history and replace what leaked",
        meaning="Every secret is replaced, so that those of the history open nothing; then the repository is published as it is.",
        stays=(
            f"{_number(figures.commits, 'commit', 'commits')} of {_number(figures.authors, 'author', 'authors')}, {figures.years}",
            f"{_number(figures.refs, 'ref', 'refs')}",
            f"{_number(figures.historic, 'path', 'paths')} that only the history holds",
        ),
        goes=(),
        to_do=(*_rotations(figures), *left),
        source=cite(CLOSED_TO_OPEN, "Option 1: cycle the credentials"),
    )


def _rewrite(figures: _Figures) -> Way:
    return Way(
        option="rewrite",
        title="Rewrite the history",
        meaning="What may not be published is taken out of every commit; the story of the code stays, its commit ids do not.",
        stays=(
            f"authors, dates and messages of {_number(figures.commits, 'commit', 'commits')}",
            f"{_number(figures.files, 'current file', 'current files')}",
        ),
        goes=(
            f"{_number(figures.past, 'finding', 'findings')} of the past, where the rewriting reaches them",
            "all commit ids, and with them signatures, links and open pull requests",
        ),
        to_do=(
            *_rotations(figures),
            *_current(figures),
            "Rewrite a fresh mirror clone, scan it again, and have every old clone thrown away.",
            "Ask the forge to purge its caches and the refs of pull requests.",
        ),
        source=cite(CLOSED_TO_OPEN, "Option 2: rewrite history"),
    )


def _fresh(figures: _Figures) -> Way:
    goes = (
        (
            f"{_number(figures.commits, 'commit', 'commits')} of {_number(figures.authors, 'author', 'authors')}, {figures.years}",
            f"{_number(figures.past, 'finding', 'findings')} of the past",
            "the reasons that commit messages give",
        )
        if figures.commits
        else ()
    )
    return Way(
        option="fresh-import",
        title="Publish the current files as a new repository",
        meaning="Only the current files are published, as the first commit of a new repository.",
        stays=(f"{_number(figures.files, 'current file', 'current files')}",),
        goes=goes,
        to_do=(
            *_current(figures),
            *(("Replace the secrets of the past all the same: the old repository still has them.",) if figures.past else ()),
            "Credit the authors in the README, and say where the code comes from.",
        ),
        source=cite(CLOSED_TO_OPEN, "Option 3: a new repository"),
    )
