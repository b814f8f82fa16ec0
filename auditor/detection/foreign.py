"""Rule files of gitleaks and Betterleaks (TOML) as experimental rules.

What their format says and ours cannot is left out and listed, so that nobody takes such a rule for the whole of the original.
Whatever is left out makes a rule report more, never less. Live checks and revocations that a file holds are never run.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from auditor.detection import foreign_expr
from auditor.detection.compiled import anchors_of, whole
from auditor.detection.matcher import Expression
from auditor.errors import AuditorError, ConfigurationError
from auditor.model.levels import Confidence, Grade, Severity
from auditor.model.rule import Allow, Category, PathCondition, Provider, Remediation, Requirement, Rule, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

PREFIX: Final = "extra-"
_KNOWN: Final = frozenset(
    {
        *("id", "description", "regex", "path", "keywords", "entropy", "secretGroup", "valueGroup", "confidence", "specificity"),
        *("filter", "allowlist", "allowlists", "components", "required", "requires", "skipReport", "tags", "prefilter"),
    }
)
_LIVE: Final = ("validate", "analyze", "revoke")
_GROUP: Final = re.compile(r"\\.|\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]|\((?!\?)|\(\?P?<(\w+)>", re.DOTALL)
_EXTENSIONS: Final = re.compile(r"(?:\(\?i\))?(?:\.\*|\.\+)?\\\.(\w[\w?]*|\((?:\?:)?[\w?|]+\))\$")
_LINES: Final = re.compile(r"(\d+)L")
_ANYWHERE: Final = 50
# Longer expressions may be more than the multi-pattern pass can hold: it looks for their keywords instead.
_LONG: Final = 300
_CONFIDENCES: Final = {item.value: item for item in Confidence}
_SPECIFICITY: Final = 40
_PROVIDER: Final = Provider("extra", "Further rules")
_REMEDIATION: Final = Remediation(
    "Find out what the value opens and who can withdraw it, withdraw it, then take it out of the code.",
    ("Withdraw or change the value at its provider.", "Read what was done with it.", "Keep the new one out of the repository."),
)


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that was not translated; `rule` is empty where it holds for the whole file."""

    rule: str
    what: str

    def __str__(self) -> str:
        """Write it on one line."""
        return f"{self.rule}: {self.what}" if self.rule else self.what


@dataclass(frozen=True, slots=True)
class Foreign:
    """The rules of a file, and what they lack of the original."""

    rules: tuple[Rule, ...]
    notes: tuple[Note, ...]

    def summary(self) -> tuple[str, ...]:
        """Say what was left out, the same thing once with its count."""
        counts = Counter(note.what for note in self.notes)
        return tuple(what if count == 1 else f"{what} ({count} rules)" for what, count in counts.most_common())


def read(text: bytes, name: str) -> Foreign:
    """Translate a file.

    Raises:
        ConfigurationError: it is no TOML, or holds no rules.
    """
    try:
        document = tomllib.loads(text.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        msg = f"The rule file {name} is not valid TOML: {error}."
        raise ConfigurationError(msg, hint="Name a rule file of gitleaks or Betterleaks, or one in our own format.") from error
    entries = document.get("rules")
    if not isinstance(entries, list) or not all(isinstance(entry, dict) and entry.get("id") for entry in entries):
        msg = f"The rule file {name} holds no list of rules with an id each."
        raise ConfigurationError(msg, hint="A rule file of gitleaks or Betterleaks has [[rules]] tables with id and regex.")
    return _Reader(name).read(document, entries)


class _Reader:
    """Translates one file, and notes what it cannot."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._notes: list[Note] = []

    def read(self, document: Mapping[str, Any], entries: Iterable[Mapping[str, Any]]) -> Foreign:
        if "extend" in document:
            self._note("", "[extend] is not followed: name each file yourself")
        if "prefilter" in document:
            self._note("", "paths that the file leaves out are looked at: a path never hides a finding")
        everywhere = list(_tables(document, "allowlist", "allowlists"))
        shared = Allow()
        shared = self._filter(shared, str(document.get("filter", "")), "")[0]
        rules: dict[str, Rule] = {}
        for entry in entries:
            rule = self._rule(entry, everywhere, shared)
            if rule is not None and rule.id in rules:
                self._note(str(entry["id"]), "the id is used twice: only the first rule is taken")
            elif rule is not None:
                rules[rule.id] = rule
        return Foreign(tuple(self._linked(rules)), tuple(self._notes))

    def _note(self, rule: str, what: str) -> None:
        self._notes.append(Note(rule, what))

    def _rule(self, entry: Mapping[str, Any], everywhere: Iterable[Mapping[str, Any]], shared: Allow) -> Rule | None:
        own = str(entry["id"])
        for key in sorted(set(entry) - _KNOWN):
            self._note(own, "live checks are not run" if key in _LIVE else f"{key} is not known")
        regex, path = str(entry.get("regex", "")), str(entry.get("path", ""))
        globs = _globs(path)
        if path and not globs:
            self._note(own, "its condition on paths is no list of file name endings" + ("" if regex else ": the rule is left out"))
        if not regex and not globs:
            if not path:
                self._note(own, "it has neither regex nor path: the rule is left out")
            return None
        confidence = _CONFIDENCES.get(str(entry.get("confidence", "")).lower(), Confidence.MEDIUM)
        helper = bool(entry.get("skipReport"))
        if helper:
            self._note(own, "it only helps other rules: its own findings are of low confidence")
            confidence = Confidence.LOW
        sure = confidence is Confidence.HIGH
        allow, entropy = self._filter(shared, str(entry.get("filter", "")), own)
        allow = self._allowed(allow, own, (*_tables(entry, "allowlist", "allowlists"), *_aimed(everywhere, own)))
        if "prefilter" in entry:
            self._note(own, "its prefilter is left out")
        keywords = tuple(map(str, entry.get("keywords", ())))
        rule = Rule(
            id=PREFIX + re.sub(r"[^a-z0-9]+", "-", own.lower()).strip("-"),
            title=_title(str(entry.get("description", "")), own),
            category=Category.SECRET if regex else Category.RISKY_FILE,
            severity=Severity.INFO if helper or not regex else Severity.HIGH if sure else Severity.MEDIUM,
            confidence=confidence if regex else Confidence.LOW,
            grade=Grade.INFO if helper or not regex else Grade.BLOCKER if sure else Grade.MUST,
            description=str(entry.get("description", "")),
            provider=_PROVIDER,
            patterns=(self._named(regex, own, entry.get("secretGroup") or entry.get("valueGroup") or 1),) if regex else (),
            files=() if regex else globs,
            paths=PathCondition(include=globs if regex else ()),
            keywords=keywords,
            anchors=tuple(f"(?i){re.escape(word)}" for word in keywords) if len(regex) > _LONG else (),
            min_entropy=max(entropy, float(entry.get("entropy", 0.0))),
            allow=allow,
            requires=tuple(self._required(entry, own)),
            specificity=max(0, min(_SPECIFICITY + int(entry.get("specificity", 0)) // 10, 50)),
            remediation=_REMEDIATION,
            status=Status.EXPERIMENTAL,
            source=self._name,
        )
        return rule if not regex or self._compiles(rule, own) else None

    def _named(self, regex: str, own: str, wanted: int) -> str:
        """Give the group that holds the value its name; without groups the whole match is the value."""
        pieces, number, place = [], 0, 0
        for match in _GROUP.finditer(regex):
            if match[0].startswith("("):
                number += 1
                opening = "(?P<secret>" if number == wanted else "("
                pieces += [regex[place : match.start()], opening]
                place = match.end()
        if number and wanted > number:
            self._note(own, f"it has no group {wanted}: the whole match is taken as the value")
        return "".join((*pieces, regex[place:]))

    def _compiles(self, rule: Rule, own: str) -> bool:
        """Try both engines; a rule that either refuses is left out."""
        try:
            whole(rule).check()
            anchors_of(rule)
        except AuditorError as error:
            reason = error.message.rpartition(": ")[2]
            self._note(own, f"its expression is not supported ({reason}): the rule is left out")
            return False
        return True

    def _filter(self, base: Allow, text: str, own: str) -> tuple[Allow, float]:
        """Add what a filter of Betterleaks says of values."""
        said = foreign_expr.read(text)
        for part in said.left_out:
            self._note(own, f"a part of its filter is left out ({part})")
        return self._grown(base, said.patterns, said.stopwords, own), said.entropy

    def _allowed(self, base: Allow, own: str, tables: Iterable[Mapping[str, Any]]) -> Allow:
        """Add allowlists of gitleaks that speak of values."""
        for table in tables:
            if str(table.get("condition", "OR")).upper() in {"AND", "&&"}:
                self._note(own, "an allowlist whose conditions must all hold is left out")
                continue
            if table.get("paths"):
                self._note(own, "an allowlist of paths is left out: a path never hides a finding")
            if table.get("commits"):
                self._note(own, "an allowlist of commits is left out")
            patterns = list(map(str, table.get("regexes", ())))
            if patterns and table.get("regexTarget", "secret") not in {"", "secret"}:
                self._note(own, "an allowlist that looks at the line or the whole match is left out")
                patterns = []
            base = self._grown(base, patterns, map(str, table.get("stopwords", ())), own)
        return base

    def _grown(self, base: Allow, patterns: Iterable[str], stopwords: Iterable[str], own: str) -> Allow:
        """Return an allowance with more in it; expressions that are not supported are left out."""
        kept = []
        for pattern in patterns:
            try:
                Expression(pattern)
            except AuditorError:
                self._note(own, "an expression of an allowlist is not supported")
            else:
                kept.append(pattern)
        return replace(
            base, patterns=(*base.patterns, *kept), stopwords=(*base.stopwords, *stopwords), reason="allowed by its rule file"
        )

    def _required(self, entry: Mapping[str, Any], own: str) -> Iterator[Requirement]:
        """Yield the rules that must match nearby."""
        for need in (*entry.get("components", ()), *entry.get("required", ()), *entry.get("requires", ())):
            lines = need.get("withinLines")
            if found := _LINES.match(str(need.get("within", ""))):
                lines = int(found[1])
            if need.get("withinColumns") or "C" in str(need.get("within", "")):
                self._note(own, "a distance in columns is left out")
            if lines is None:
                self._note(own, f"a part that may stand anywhere is looked for within {_ANYWHERE} lines")
            name = PREFIX + re.sub(r"[^a-z0-9]+", "-", str(need.get("id", "")).lower()).strip("-")
            yield Requirement(name, _ANYWHERE if lines is None else int(lines), bool(need.get("optional", False)))

    def _linked(self, rules: Mapping[str, Rule]) -> Iterator[Rule]:
        """Drop requirements of rules that were left out."""
        for rule in rules.values():
            kept = tuple(need for need in rule.requires if need.rule in rules)
            if len(kept) < len(rule.requires):
                self._note(rule.id.removeprefix(PREFIX), "a rule that it requires was left out")
            yield replace(rule, requires=kept)


def _tables(holder: Mapping[str, Any], *keys: str) -> Iterator[Mapping[str, Any]]:
    """Yield tables that are written alone or in a list."""
    for key in keys:
        found = holder.get(key, ())
        yield from (found,) if isinstance(found, dict) else found


def _aimed(tables: Iterable[Mapping[str, Any]], own: str) -> Iterator[Mapping[str, Any]]:
    """Yield the allowlists of the file that hold for a rule."""
    return (table for table in tables if not table.get("targetRules") or own in table["targetRules"])


def _globs(path: str) -> tuple[str, ...]:
    """Return globs for an expression that only names endings, none for others."""
    found = _EXTENSIONS.fullmatch(path)
    if not found:
        return ()
    names = found[1].removeprefix("(").removeprefix("?:").removesuffix(")").split("|")
    return tuple(f"**/*.{ending}" for name in names for ending in _spelt(name))


def _spelt(name: str) -> set[str]:
    """Spell out optional letters: `ya?ml` is `yml` and `yaml`."""
    at = name.find("?")
    return {name} if at < 1 else _spelt(name[:at] + name[at + 1 :]) | _spelt(name[: at - 1] + name[at + 1 :])


def _title(description: str, own: str) -> str:
    """Take the first clause of a description."""
    first = re.split(r"[,.;](?:\s|$)", description, maxsplit=1)[0].strip()
    return first or own
