"""Load what people answered: openness.yml of the repository, with the private part that a user keeps outside merged in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from auditor.model.openness_file import (
    PLACES,
    AcceptedFinding,
    AttestationEntry,
    ClosedSubset,
    OpennessFile,
    Person,
    ReviewedContent,
    Reviewer,
    RotatedSecret,
)
from auditor.openness.dates import add_months
from auditor.openness.documents import Document, read_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SCHEMA: Final = "openness.schema.json"
DEFAULT_MONTHS: Final = 6
_THREAT: Final = ("attacker", "publication_adds", "path_to_harm")
_EARLY: Final = date.min


def find_book(read: Callable[[str], bytes | None]) -> tuple[str, bytes] | None:
    """Return path and content of the published file, None where there is none."""
    return next(((path, content) for path in PLACES if (content := read(path)) is not None), None)


def load_book(published: tuple[str, bytes] | None, private: tuple[str, bytes] | None = None) -> OpennessFile:
    """Return what both files say; an exception that both name is one, the private part adding to the published.

    Raises:
        ConfigurationError: a file is not valid; the message names file, line and key.
    """
    book = parse_book(published[1], published[0]) if published else OpennessFile()
    if private is None:
        return book
    return merge_books(book, parse_book(private[1], private[0]))


def parse_book(content: bytes, name: str) -> OpennessFile:
    """Return what one file says.

    Raises:
        ConfigurationError: it is not valid.
    """
    document = read_document(content, name, SCHEMA)
    data = document.data
    repository, history = data.get("repository", {}), data.get("history", {})
    return OpennessFile(
        owner_team=repository.get("owner_team", ""),
        contact=repository.get("contact", ""),
        organisation=repository.get("organisation", ""),
        policy=repository.get("policy", ""),
        intended=repository.get("intended", "open"),
        history_option=history.get("option", ""),
        history_reason=history.get("reason", ""),
        attestations=tuple(_attestation(item, line) for item, line in _entries(document, "attestations")),
        rotated=tuple(_rotated(item, line) for item, line in _entries(document, "secrets_rotated")),
        accepted=tuple(_accepted(item, line) for item, line in _entries(document, "findings_accepted")),
        exceptions=tuple(_exception(item, line) for item, line in _entries(document, "exceptions")),
        reviewed=tuple(_reviewed(item, line) for item, line in _entries(document, "content_reviewed")),
        reviewers=tuple(_reviewer(item) for item, _ in _entries(document, "reviewers")),
        path=name,
        problems=tuple(_too_open(document, name)),
    )


def merge_books(published: OpennessFile, private: OpennessFile) -> OpennessFile:
    """Put the private part beside the published one. What only the private file holds keeps no line: nobody can blame it."""
    known = {entry.id: entry for entry in published.exceptions}
    for entry in private.exceptions:
        known[entry.id] = _completed(known[entry.id], entry) if entry.id in known else replace(entry, line=None)
    return replace(
        published,
        attestations=(*published.attestations, *(replace(entry, line=None) for entry in private.attestations)),
        rotated=(*published.rotated, *(replace(entry, line=None) for entry in private.rotated)),
        accepted=(*published.accepted, *(replace(entry, line=None) for entry in private.accepted)),
        reviewed=(*published.reviewed, *(replace(entry, line=None) for entry in private.reviewed)),
        reviewers=(*published.reviewers, *private.reviewers),
        exceptions=tuple(known.values()),
        owner_team=published.owner_team or private.owner_team,
        contact=published.contact or private.contact,
        organisation=published.organisation or private.organisation,
        policy=published.policy or private.policy,
        intended=published.intended if published.path else private.intended,
        history_option=published.history_option or private.history_option,
        history_reason=published.history_reason or private.history_reason,
        path=published.path or "openness.yml",
    )


def _completed(published: ClosedSubset, private: ClosedSubset) -> ClosedSubset:
    return replace(
        published,
        attacker=published.attacker or private.attacker,
        publication_adds=published.publication_adds or private.publication_adds,
        path_to_harm=published.path_to_harm or private.path_to_harm,
        plan_to_open=published.plan_to_open or private.plan_to_open,
    )


def _entries(document: Document, key: str) -> Iterator[tuple[dict[str, Any], int | None]]:
    for index, item in enumerate(document.data.get(key) or ()):
        yield item, document.lines.get((key, index))


def _day(text: str | None, default: date = _EARLY) -> date:
    return date.fromisoformat(text) if text else default


def _person(item: dict[str, Any] | None) -> Person:
    return Person(role=(item or {}).get("role", ""), name=(item or {}).get("name", ""))


def _attestation(item: dict[str, Any], line: int | None) -> AttestationEntry:
    on = _day(item["on"])
    return AttestationEntry(
        check=item["check"],
        answer=item["answer"],
        statement=item["statement"],
        by=_person(item["by"]),
        on=on,
        expires=_day(item.get("expires"), add_months(on, DEFAULT_MONTHS)),
        commit=item.get("commit", ""),
        covers=tuple(item.get("covers", ())),
        evidence=item.get("evidence", ""),
        line=line,
    )


def _rotated(item: dict[str, Any], line: int | None) -> RotatedSecret:
    return RotatedSecret(
        item["fingerprint"], _day(item["rotated_on"]), _person(item["by"]), item.get("evidence", ""), item.get("commit", ""), line
    )


def _accepted(item: dict[str, Any], line: int | None) -> AcceptedFinding:
    return AcceptedFinding(
        fingerprint=item["fingerprint"],
        reason=item["reason"],
        by=_person(item["by"]),
        expires=_day(item["expires"]),
        on=_day(item["on"]) if "on" in item else None,
        note=item.get("note", ""),
        commit=item.get("commit", ""),
        line=line,
    )


def _exception(item: dict[str, Any], line: int | None) -> ClosedSubset:
    return ClosedSubset(
        id=item["id"],
        paths=tuple(item.get("paths", ())),
        ground=item.get("ground", ""),
        approved_by=_person(item.get("approved_by")),
        on=_day(item.get("on")),
        review_by=_day(item.get("review_by")),
        attacker=item.get("attacker", ""),
        publication_adds=item.get("publication_adds", ""),
        path_to_harm=item.get("path_to_harm", ""),
        plan_to_open=item.get("plan_to_open", ""),
        line=line,
        private_threat_model=item.get("threat_model") == "private",
    )


def _reviewed(item: dict[str, Any], line: int | None) -> ReviewedContent:
    return ReviewedContent(item["oid"], item["path"], _person(item["by"]), _day(item["on"]), item["reason"], line)


def _reviewer(item: dict[str, Any]) -> Reviewer:
    return Reviewer(item["role"], item["independent"], _day(item["on"]), item["scope"], item.get("name", ""))


def _too_open(document: Document, name: str) -> Iterator[str]:
    """Warn of a threat model in the file that gets published; the private part is where it belongs."""
    if name not in PLACES:
        return
    for item, line in _entries(document, "exceptions"):
        told = [key for key in _THREAT if item.get(key)]
        if told:
            yield (
                f"{name} line {line}: the exception {item['id']} tells {', '.join(told)} to everyone who reads the repository. "
                "Keep these in a private file and name it with --openness."
            )
