"""Checks of rules: every example and counter-example goes through the real scanner, and no rule may be slow.

`python -m auditor.detection.rulelint [FILE...]` checks files of ours before they are committed, or all of them.
"""

from __future__ import annotations

import contextlib
import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from auditor.detection import rulefile
from auditor.detection import ruleset as rulesets
from auditor.detection.compiled import anchors_of, compiled, whole
from auditor.detection.confirming import Confirming, windows
from auditor.detection.filters import is_placeholder
from auditor.detection.globs import Globs
from auditor.detection.matcher import check_anchor
from auditor.detection.scanner import Scanner, ScanOptions, matcher_for
from auditor.errors import AuditorError
from auditor.model.blob import Blob
from auditor.resources import rules_root

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from auditor.detection.ruleset import Ruleset
    from auditor.model.rule import Rule

MAX_PLACES: Final = 1000
"""Places that one rule may ask to confirm in a megabyte of noise."""
MAX_SECONDS: Final = 0.5
"""Time that one rule may take to confirm them."""
_SIZE: Final = 1 << 20
_WORDS: Final = (
    "const",
    "function",
    "return",
    "import",
    "from",
    "value",
    "name",
    "key",
    "token",
    "password",
    "secret",
    "user",
    "data",
    "config",
    "client",
    "server",
    "url",
    "http",
    "https",
    "path",
    "file",
    "string",
    "test",
    "class",
    "public",
    "private",
    "static",
    "void",
    "int",
    "if",
    "else",
    "for",
    "while",
    "api",
    "auth",
    "access",
    "id",
    "type",
    "null",
    "true",
    "false",
    "default",
    "options",
    "password:",
    "token:",
    "key=",
    "secret=",
    "user_id",
    "api_key",
    "'value'",
    '"name"',
    "->",
    "::",
    "==",
    "+=",
    "()",
    "{}",
    "[]",
    ";",
    ",",
    ".",
    "//",
    "#",
    "<div>",
    'class="x"',
    'href="/a/b"',
)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a rule."""

    rule_id: str
    text: str
    file: str = ""

    def __str__(self) -> str:
        """One line."""
        return f"{self.file}: {self.rule_id}: {self.text}" if self.file else f"{self.rule_id}: {self.text}"


def lint(ruleset: Ruleset, *, speed: bool = True) -> list[Problem]:
    """Return everything that is wrong with rules; an empty list when they are good."""
    noise = _noise() if speed else b""
    return [Problem(rule.id, text, rule.source) for rule in ruleset.rules for text in check(rule, ruleset, noise)]


def check(rule: Rule, ruleset: Ruleset, noise: bytes) -> Iterator[str]:
    """Yield what is wrong with one rule of a ruleset."""
    yield from _texts(rule, ruleset)
    if rule.files:
        yield from _file_examples(rule)
        return
    try:
        whole(rule).check()
        for anchor in anchors_of(rule):
            check_anchor((0, anchor, rule.id))
    except AuditorError as error:
        yield str(error)
        return
    if any("(?P<" in text and "(?P<secret>" not in text for text in rule.patterns):
        yield "a pattern has named groups, but none named secret"
    yield from _examples(rule, ruleset)
    if noise:
        yield from _speed(rule, noise)


def _texts(rule: Rule, ruleset: Ruleset) -> Iterator[str]:
    if not rule.remediation.summary:
        yield "there is no remediation"
    if not rule.references:
        yield "there is no reference"
    if rule.random_bits and any(is_placeholder(prefix.encode()) for prefix in rule.public_prefixes):
        yield "a public prefix looks like a placeholder"
    for need in rule.requires:
        if need.rule not in ruleset:
            yield f"it requires {need.rule}, which does not exist"
        elif not need.optional and any(item.rule == rule.id and not item.optional for item in ruleset[need.rule].requires):
            yield f"it and {need.rule} require each other"


def _file_examples(rule: Rule) -> Iterator[str]:
    globs = Globs([(rule.id, rule.files)])
    for text in rule.examples:
        if not globs.match(text):
            yield f"the example path {text!r} does not match"
    for text in rule.counter_examples:
        if globs.match(text):
            yield f"the counter-example path {text!r} matches"


def _examples(rule: Rule, ruleset: Ruleset) -> Iterator[str]:
    needed = {need.rule for need in rule.requires} & {item.id for item in ruleset.rules}
    alone = Scanner(rulesets.of([rule, *(ruleset[name] for name in sorted(needed - {rule.id}))]), ScanOptions(key=b"lint"))
    for number, text in enumerate(rule.examples, 1):
        if not _hits(alone, rule, text):
            yield f"example {number} is not found: {text[:60]!r}"
        if rule.keywords and not any(word.lower() in text.lower() for word in rule.keywords):
            yield f"example {number} holds none of the keywords"
    for number, text in enumerate(rule.counter_examples, 1):
        if _hits(alone, rule, text):
            yield f"counter-example {number} is found: {text[:60]!r}"


def example_bytes(text: str) -> bytes:
    """Return an example as content: text, or after `hex:` the bytes of a binary file."""
    return bytes.fromhex(text[4:]) if text.startswith("hex:") else text.encode("utf-8")


def _hits(scanner: Scanner, rule: Rule, text: str) -> bool:
    data = example_bytes(text)
    return any(match.rule_id == rule.id for match, _ in scanner.scan(Blob("example", len(data), data)))


def _speed(rule: Rule, noise: bytes) -> Iterator[str]:
    places = matcher_for(rulesets.of([rule]), None).scan(noise)
    parts = [(item, places.get(item.number, [])) for item in compiled([rule])]
    count = max((len(ends) // 2 for _, ends in parts), default=0)
    if count > MAX_PLACES:
        yield f"its anchors stop at {count} places of a megabyte of noise (at most {MAX_PLACES}): make them more telling"
        return
    begin = time.process_time()
    confirming = Confirming()
    for item, ends in parts:
        for start, end in windows(ends, item, len(noise)):
            confirming.confirm(item, noise[start:end], opens=start == 0, closes=False)
    taken = time.process_time() - begin
    if taken > MAX_SECONDS:
        yield f"confirming its places in a megabyte of noise takes {taken:.2f} s (at most {MAX_SECONDS})"


def _noise() -> bytes:
    """Return a megabyte that is like code, minified code, hashes, tables and encoded content, the same on every machine."""
    chance = random.Random(20)  # noqa: S311  reproducible noise, no secret
    words = _WORDS
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    parts: list[str] = []
    size = 0
    while size < _SIZE:
        kind = chance.randrange(6)
        if kind == 0:
            line = " ".join(chance.choices(words, k=12))
        elif kind == 1:
            line = "".join(chance.choices(words, k=30))
        elif kind == 2:  # noqa: PLR2004  the third of six kinds
            line = (
                f'"{chance.choice(words)}": "{chance.getrandbits(160):040x}", "integrity": "sha512-{_run(chance, alphabet, 86)}=="'
            )
        elif kind == 3:  # noqa: PLR2004  the fourth
            line = ",".join(str(chance.randrange(10**10)) for _ in range(9))
        elif kind == 4:  # noqa: PLR2004  the fifth
            line = _run(chance, alphabet, 200)
        else:
            one, two, three = chance.choices(words, k=3)
            line = f"{one}_{two} = {three}.{one}({chance.randrange(100)})"
        parts.append(line)
        size += len(line) + 1
    return "\n".join(parts).encode()


def _run(chance: random.Random, alphabet: str, length: int) -> str:
    return "".join(chance.choices(alphabet, k=length))


def _others(root: Path, wanted: Sequence[Path]) -> Iterator[Rule]:
    """Yield the rules of the other files, which a rule under test may require; a wrong file is its author's business."""
    for path in rulesets.own_files(root):
        if path.resolve() not in wanted:
            with contextlib.suppress(AuditorError):
                yield from rulefile.read(path.read_bytes(), path.name, ours=True)


def main(arguments: Sequence[str]) -> int:
    """Check the named files of ours, or all; print the problems; return 1 when there are any."""
    root = rules_root()
    wanted = [Path(name).resolve() for name in arguments] or rulesets.own_files(root)
    chosen: list[Rule] = []
    failed = 0
    for path in wanted:
        try:
            chosen += rulefile.read(path.read_bytes(), path.name, ours=True)
        except (AuditorError, OSError) as error:
            failed += 1
            print(error, file=sys.stderr)  # noqa: T201  a command line of its own
    try:
        everything = rulesets.of([*chosen, *_others(root, wanted)])
    except AuditorError as error:
        print(error, file=sys.stderr)  # noqa: T201  the same
        return 1
    noise = _noise()
    problems = [Problem(rule.id, text, rule.source) for rule in chosen for text in check(rule, everything, noise)]
    for problem in problems:
        print(problem)  # noqa: T201  the same
    print(f"{len(chosen)} rules, {len(problems)} problems", file=sys.stderr)  # noqa: T201  the same
    return 1 if problems or failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
