"""What one worker does with one piece of content: find, confirm, decode, choose, place.

Nothing here depends on paths or on the order of blobs, so that one worker and many give the same matches.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from auditor.detection import text as texts
from auditor.detection.compiled import Shape, anchors_of, compiled, shapes_of
from auditor.detection.confirming import Confirming, Memo, windows
from auditor.detection.decoding import DECODERS
from auditor.detection.decoding import anchors as decoder_anchors
from auditor.detection.derived import kept
from auditor.detection.judge import Judged
from auditor.detection.marks import suppression
from auditor.detection.matcher import Matcher, compile_matcher
from auditor.detection.overlap import Candidate, choose, without_repeats
from auditor.detection.pairs import pair
from auditor.detection.plugins import BUILT_IN, LONGEST_LINE, Plugins
from auditor.detection.spelling import of_key
from auditor.model.blob import Blob, Origin
from auditor.model.finding import AS_EXAMPLE, Match, Span
from auditor.model.levels import Confidence
from auditor.model.rule import Category
from auditor.model.secret import Secret, mask

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import Any

    from auditor.detection.compiled import CompiledRule
    from auditor.detection.decoding import Decoder, Piece
    from auditor.detection.ruleset import Ruleset
    from auditor.model.rule import Rule

_DECODED_BYTES: Final = 32 * 1024 * 1024
_LINED: Final = frozenset({Origin.BLOB, Origin.FILE, Origin.CONFIG, Origin.FORGE})
_DIGEST_BITS: Final = 80
_MASKED_LENGTH: Final = frozenset({Category.SECRET, Category.PRIVATE_KEY})
_GENERIC: Final = 30
_TELLING: Final = 4
_TELLING_ALONE: Final = 8
"""So long a prefix tells even if no sign stands between it and what was drawn."""
_OF_ANYONE: Final = frozenset({"API-", "key-", "live_", "test_", "token-"})
"""Prefixes that any service may put before its keys tell of no provider."""
_LONG_PREFIX: Final = 40
_WORD: Final = re.compile(rb"[A-Za-z0-9_-]+\Z")
_EXAMPLE: Final = re.compile(rb"(?i)(?<![a-z])examples?[\"']?[ \t]{0,4}[:=][ \t\[]{0,4}[\"'`(]{0,3}(?:Bearer |Basic |Token )?\Z")
"""How OpenAPI, RAML, JSON Schema and annotations of Java introduce an example."""
_NAME_AND_SIGNS: Final = 40


@dataclass(frozen=True, slots=True)
class ScanOptions:
    """What a scanner is told: the key of this run for merging, how deep encodings are unpacked, where caches are."""

    key: bytes
    cache_dir: Path | None = None
    depth: int = 3
    plugins: tuple[Path, ...] = ()
    """Python files of detect-secrets plugins, named on the command line."""


class Scanner:
    """Finds the matches of a ruleset in content."""

    def __init__(self, ruleset: Ruleset, options: ScanOptions) -> None:
        """Compile the rules, or load them as compiled by an earlier run.

        Raises:
            ConfigurationError: a rule cannot be compiled.
        """
        self._options = options
        self._rules = _compiled(ruleset, options.cache_dir)
        self._ruleset = ruleset
        self._plugins = Plugins(options.plugins) if BUILT_IN in ruleset or options.plugins else None
        self._matcher: Matcher = matcher_for(ruleset, options.cache_dir, asked_by(options.plugins), self._rules)
        self._confirming = Confirming()
        self._named: Memo[tuple[str, bytes], tuple[str, bytes, str | None]] = Memo()
        self._decoded: Memo[tuple[int, bytes], tuple[Candidate, ...]] = Memo()
        self._prefixes = tuple(
            {
                prefix.encode()
                for rule in ruleset.rules
                for prefix in set(rule.public_prefixes) - _OF_ANYONE
                if len(prefix) >= (_TELLING_ALONE if prefix[-1].isalnum() else _TELLING)
            }
        )
        partners = {need.rule for rule in ruleset.rules for need in rule.requires}
        self._once = {rule.id for rule in ruleset.rules if rule.category is Category.CONFIGURATION} - partners
        self._budget = 0
        self.bound_hit = False
        """Whether the last content held more encoded text than is looked at."""

    def worth_scanning(self, blobs: Sequence[Blob]) -> list[Blob]:
        """Return those of several small pieces of content that may hold a match: looked through together they cost much less."""
        silent = self._matcher.silent([blob.data for blob in blobs])
        return [blob for blob, nothing in zip(blobs, silent, strict=True) if not nothing or not texts.is_plain(blob.data)]

    def scan(self, blob: Blob) -> list[tuple[Match, Secret]]:
        """Return the matches in one piece of content, in the order of their places, with their values."""
        if not blob.data:
            return []
        text = texts.read(blob.data)
        self._budget, self.bound_hit = _DECODED_BYTES, False
        everything = without_repeats(list(self._candidates(text.data, self._options.depth)), self._once)
        if not everything:
            return []
        lines = texts.Lines(text.data)
        chosen = [self._doubted(candidate, text.data) for candidate in choose(everything)]
        if any(candidate.rule.requires for candidate in chosen):
            chosen = pair(chosen, everything, lines)
        chosen = _once_each(chosen)
        return [self._finish(blob, text, lines, candidate) for candidate in chosen]

    def _doubted(self, candidate: Candidate, data: bytes) -> Candidate:
        """Doubt a generic match in a word that begins like a provider's token but is none: its rule would have taken it."""
        if candidate.rule.specificity >= _GENERIC:
            return candidate
        begun = _WORD.search(data, max(0, candidate.start - _LONG_PREFIX), candidate.start)
        before = begun[0] if begun and not candidate.container else b""  # what stands before an encoding is no part of it
        if not candidate.value.startswith(self._prefixes) and not (before + candidate.value).startswith(self._prefixes):
            return candidate
        judged = candidate.judged
        note = "it begins like a token of a known provider, but is none"
        return candidate._replace(judged=judged._replace(confidence=Confidence.LOW, notes=(*judged.notes, note)))

    def _candidates(self, data: bytes, depth: int) -> Iterator[Candidate]:
        places = self._matcher.scan(data)
        shown = set(places.get(len(self._rules) + len(DECODERS), ()))
        for number, ends in places.items():
            if number >= len(self._rules):
                if depth and number < len(self._rules) + len(DECODERS):
                    yield from self._decode(DECODERS[number - len(self._rules)], data, ends[::2], depth - 1)
                continue
            item = self._rules[number]
            rule = item.rule
            is_generic = item.is_secret and rule.specificity < _GENERIC
            for start, end in windows(ends, item, len(data)):
                for found in self._confirming.confirm(item, data[start:end], opens=start == 0, closes=end == len(data)):
                    low, high = start + found.start, start + found.end
                    if is_generic:
                        shown.add(low)
                    yield Candidate(low, high, rule, found, data[low:high])
        if self._plugins and shown and depth == self._options.depth:
            yield from self._by_plugins(self._plugins, data, shown)

    def _by_plugins(self, plugins: Plugins, data: bytes, shown: set[int]) -> Iterator[Candidate]:
        """Show plugins the lines of these places: a generic candidate, or the end of an expression of their own."""
        for start, line in sorted({found for place in shown if (found := _short_line(data, place))}):
            for rule_id, kind, value in plugins.analyse(line):
                if rule_id not in self._ruleset:
                    continue
                rule, low = self._ruleset[rule_id], start + max(0, line.find(value))
                high = low + len(value)
                judged = Judged(low, high, low, high, rule.severity, rule.confidence, (f"plugin: {kind}",))
                if data[low:high] == value:
                    yield Candidate(low, high, rule, judged, value)

    def _decode(self, decoder: Decoder, data: bytes, ends: list[int], depth: int) -> Iterator[Candidate]:
        done = 0
        for end in ends:
            if end <= done:
                continue
            for piece in decoder.pieces(data, end):
                done = max(done, piece.end)
                for inner in self._inside(piece, depth):
                    container = (decoder.name, *inner.container)
                    yield inner._replace(start=piece.start, end=piece.end, container=container)

    def _inside(self, piece: Piece, depth: int) -> tuple[Candidate, ...]:
        key = (depth, piece.text)
        known = self._decoded.get(key)
        if known is None:
            self._budget -= len(piece.text)
            if self._budget < 0:
                self.bound_hit = True
                return ()
            known = tuple(choose(list(self._candidates(piece.text, depth))))
            self._decoded.put(key, known, len(piece.text))
        return known

    def _finish(self, blob: Blob, text: texts.Text, lines: texts.Lines, candidate: Candidate) -> tuple[Match, Secret]:
        rule, found = candidate.rule, candidate.judged
        masked, key, digest = self._names_of(rule, candidate.value)
        named_example = not candidate.container and _EXAMPLE.search(
            text.data, max(0, candidate.start - _NAME_AND_SIGNS), candidate.start
        )
        lined = text.has_lines and blob.origin in _LINED
        line, column = lines.place(candidate.start) if lined else (None, None)
        match = Match(
            rule_id=rule.id,
            oid=blob.oid,
            origin=blob.origin,
            span=Span(text.original(candidate.start), text.original(candidate.end)),
            masked=masked,
            key=key,
            severity=found.severity,
            confidence=found.confidence,
            line=line,
            column=column,
            container=blob.container + candidate.container,
            path=blob.path,
            digest=digest,
            suppression=suppression(*lines.around(candidate.start), rule.id) if lined else None,
            notes=(*found.notes, AS_EXAMPLE) if named_example else found.notes,
        )
        return match, Secret(candidate.value, masked)

    def _names_of(self, rule: Rule, value: bytes) -> tuple[str, bytes, str | None]:
        """Return by what a value is known outside of here: its mask, its key of this run, its digest where it has one."""
        known = self._named.get((rule.id, value))
        if known is None:
            same = of_key(value) if rule.category is Category.PRIVATE_KEY else value
            digest = hashlib.sha256(same).hexdigest() if rule.random_bits >= _DIGEST_BITS else None
            known = masked_value(rule, value), hmac.digest(self._options.key, same, "sha256"), digest
            self._named.put((rule.id, value), known, len(value))
        return known


def _short_line(data: bytes, place: int) -> tuple[int, bytes] | None:
    """Return where the line of a place begins and the line; None where it is too long for plugins."""
    before = data.rfind(b"\n", max(0, place - LONGEST_LINE), place)
    if before < 0 and place > LONGEST_LINE:
        return None
    line, newline, _ = data[before + 1 : before + 2 + LONGEST_LINE].partition(b"\n")
    return (before + 1, line) if newline or len(line) <= LONGEST_LINE else None


def asked_by(plugins: Sequence[Path]) -> list[str]:
    """Return the expressions that an organisation's plugins ask for."""
    return Plugins(plugins).expressions() if plugins else []


def _once_each(chosen: list[Candidate]) -> list[Candidate]:
    """Keep one place of each configuration value in a text: an address list of a thousand lines is one thing to know."""
    seen: set[tuple[str, bytes]] = set()
    kept = []
    for candidate in chosen:
        if candidate.rule.category is Category.CONFIGURATION:
            key = (candidate.rule.id, candidate.value)
            if key in seen:
                continue
            seen.add(key)
        kept.append(candidate)
    return kept


def matcher_for(ruleset: Ruleset, cache_dir: Path | None, asked: Sequence[str] = (), known: Sequence[CompiledRule] = ()) -> Matcher:
    """Compile or load the database of a ruleset, with further expressions that plugins ask for; `known` are its rules made ready.

    Raises:
        ConfigurationError: a rule cannot be compiled; it is named.
    """
    rules = known or _compiled(ruleset, cache_dir)
    anchors = kept("anchors", ruleset.digest, cache_dir, lambda: list(_anchors(ruleset, rules)), _as_anchors)
    anchors += [(len(rules) + len(DECODERS), expression, "of a detect-secrets plugin") for expression in asked]
    return compile_matcher(anchors, cache_dir, exact_from=len(rules))


def _as_anchors(plain: Iterable[Any]) -> list[tuple[int, str, str]]:
    return [(int(number), str(expression), str(name)) for number, expression, name in plain]


def _compiled(ruleset: Ruleset, cache_dir: Path | None) -> tuple[CompiledRule, ...]:
    def as_shapes(plain: Iterable[Any]) -> list[list[Shape]]:
        shapes = [[Shape(None if most is None else int(most), str(relaxed)) for most, relaxed in item] for item in plain]
        if [len(item) for item in shapes] != [len(rule.patterns) for rule in ruleset.rules]:
            msg = "shapes of other rules"
            raise ValueError(msg)
        return shapes

    return compiled(ruleset.rules, kept("shapes", ruleset.digest, cache_dir, lambda: shapes_of(ruleset.rules), as_shapes))


def _anchors(ruleset: Ruleset, rules: Sequence[CompiledRule]) -> Iterator[tuple[int, str, str]]:
    for item in rules:
        for anchor in anchors_of(item.rule, item.patterns):
            yield item.number, anchor, item.rule.id
    prefixes = [prefix for rule in ruleset.rules for prefix in rule.public_prefixes]
    for number, decoder in enumerate(DECODERS, len(rules)):
        for anchor in decoder_anchors(decoder, prefixes):
            yield number, anchor, f"of the decoder for {decoder.name}"


def masked_value(rule: Rule, value: bytes) -> str:
    """Show the prefix that the format publishes and a length class; nothing of what people choose or what is about them."""
    if rule.category not in _MASKED_LENGTH or rule.specificity < _GENERIC:
        return mask("", show_length=False)
    text = value.decode("utf-8", "replace")
    prefixes = [prefix for prefix in rule.public_prefixes if text.startswith(prefix)]
    return mask(text, public_prefix=max(prefixes, key=len, default=""))
