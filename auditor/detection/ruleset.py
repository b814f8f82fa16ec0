"""All rules of a run: ours and the user's, minus what was switched off, with the digest that caches are keyed by."""

from __future__ import annotations

import contextlib
import difflib
import hashlib
import json
import os
import tempfile
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from auditor.detection import rulefile
from auditor.detection.plugins import BUILT_IN
from auditor.detection.plugins import rules as plugin_rules
from auditor.errors import ConfigurationError
from auditor.resources import rules_root

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from auditor.model.rule import Rule

FOLDERS: Final = ("secrets", "configuration", "personal-data", "markings", "closed-code", "files")
_CACHE_FORMAT: Final = b"2"
_FOREIGN: Final = ".toml"


@dataclass(frozen=True, slots=True)
class Ruleset:
    """Rules in the order of their ids; `digest` changes whenever any rule does; `notes` say what foreign files lost on the way."""

    rules: tuple[Rule, ...]
    digest: str
    notes: tuple[str, ...] = ()
    _by_id: dict[str, Rule] = field(default_factory=dict, repr=False, compare=False)

    def __getitem__(self, rule_id: str) -> Rule:
        """Return a rule by its id."""
        return self._by_id[rule_id]

    def __contains__(self, rule_id: object) -> bool:
        """Tell whether there is a rule of this id."""
        return rule_id in self._by_id

    def __len__(self) -> int:
        """Count the rules."""
        return len(self.rules)


def of(rules: Iterable[Rule], notes: tuple[str, ...] = (), digests: Mapping[str, str] | None = None) -> Ruleset:
    """Make a ruleset of rules; `digests` are those that are known, by the id of the rule.

    Raises:
        ConfigurationError: two rules have one id, or a rule requires one that is not there.
    """
    by_id: dict[str, Rule] = {}
    for rule in rules:
        if (other := by_id.setdefault(rule.id, rule)) is not rule:
            msg = f"The rule id {rule.id} is used in {other.source or 'one file'} and again in {rule.source or 'another'}."
            raise ConfigurationError(msg, hint="Give one of them another id.")
    ordered = tuple(by_id[key] for key in sorted(by_id))
    known = digests or {}
    text = "".join(known.get(rule.id) or _digest(rulefile.plain(rule)) for rule in ordered)
    return Ruleset(ordered, hashlib.sha256(text.encode()).hexdigest(), notes, {rule.id: rule for rule in ordered})


def _digest(plain: object) -> str:
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


def load(
    extra: Sequence[Path] = (),
    *,
    disabled: Collection[str] = frozenset(),
    cache_dir: Path | None = None,
    own: bool = True,
    plugins: Sequence[Path] = (),
) -> Ruleset:
    """Load our rules and the user's further files.

    Args:
        extra: rule files named by the user.
        disabled: ids of rules to leave out.
        cache_dir: where parsed rules are kept; None keeps nothing.
        own: whether our rules are wanted.
        plugins: files of detect-secrets plugins of an organisation; a rule stands for what they find.

    Raises:
        ConfigurationError: a file cannot be read or is wrong, or a disabled rule does not exist.
    """
    root = rules_root()
    ours = own_files(root) if own else []
    files = [(path, path.relative_to(root).as_posix(), True) for path in ours]
    files += [(path, str(path), False) for path in extra if path.suffix != _FOREIGN]
    texts = [(_read(path), name, flag) for path, name, flag in files]
    cache = _cache_path(texts, cache_dir, root)
    rules, digests = _from_cache(cache)
    if not rules:
        rules = [rule for text, name, flag in texts for rule in rulefile.read(text, name, ours=flag)]
        _to_cache(cache, rules)
    notes: tuple[str, ...] = ()
    for path in extra:
        if path.suffix == _FOREIGN:
            from auditor.detection import foreign  # noqa: PLC0415  it tries expressions with the matcher, which imports this module

            other = foreign.read(_bytes(path), str(path))
            rules += other.rules
            notes += tuple(f"Not taken over from {path.name}: {what}" for what in other.summary())
    rules += [rule for rule in plugin_rules(plugins) if own or rule.id != BUILT_IN]
    _check_disabled(rules, disabled)
    return of((rule for rule in rules if rule.id not in disabled), notes, digests)


def own_files(root: Path) -> list[Path]:
    """List the rule files that are shipped, sorted."""
    return sorted(path for folder in FOLDERS for path in (root / folder).glob("*.yml"))


def _read(path: Path) -> bytes:
    if path.suffix not in {".yml", ".yaml"}:
        msg = f"The rule file {path} is neither YAML nor TOML."
        raise ConfigurationError(
            msg, hint="Name a .yml file in the format of docs/adding-a-rule.md, or a .toml file of gitleaks or Betterleaks."
        )
    return _bytes(path)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        msg = f"The rule file {path} cannot be read: {error.strerror}."
        raise ConfigurationError(msg, hint="Check the path and its permissions.") from error


def _check_disabled(rules: Sequence[Rule], disabled: Collection[str]) -> None:
    known = {rule.id for rule in rules}
    for name in sorted(set(disabled) - known):
        near = difflib.get_close_matches(name, known, n=1)
        msg = f"There is no rule {name} to disable."
        raise ConfigurationError(msg, hint=f"Did you mean {near[0]}?" if near else "`auditor rules list` names them all.")


def _cache_path(texts: Sequence[tuple[bytes, str, bool]], cache_dir: Path | None, root: Path) -> Path | None:
    if cache_dir is None:
        return None
    digest = hashlib.sha256(_CACHE_FORMAT + (root / "schema.json").read_bytes())
    digest.update(Path(rulefile.__file__).read_bytes())
    for text, name, flag in texts:
        digest.update(f"\0{name}\0{flag}\0{len(text)}\0".encode())
        digest.update(text)
    return cache_dir / f"rules-{digest.hexdigest()[:32]}.json"


def _from_cache(path: Path | None) -> tuple[list[Rule], dict[str, str]]:
    """Return rules, and the digest of each by its id; none where there is no cache."""
    if path is None:
        return [], {}
    try:
        rules, digests = _parsed(path)
        return list(rules), digests
    except (OSError, ValueError, TypeError, KeyError):
        # A cache that cannot be read is no cache; the files are the truth.
        return [], {}


@lru_cache(maxsize=1)
def _parsed(path: Path) -> tuple[tuple[Rule, ...], dict[str, str]]:
    """Read a cache file, once in a process that audits many repositories: its name is the digest of what it was made from."""
    entries = json.loads(path.read_bytes())
    rules = tuple(rulefile.rule_from(plain) for _, plain in entries)
    return rules, {rule.id: str(digest) for rule, (digest, _) in zip(rules, entries, strict=True)}


def _to_cache(path: Path | None, rules: Sequence[Rule]) -> None:
    if path is not None:
        entries = [rulefile.plain(rule) for rule in rules]
        write_cache(path, json.dumps([(_digest(plain), plain) for plain in entries]).encode())


def write_cache(path: Path, data: bytes) -> None:
    """Write a cache file whole or not at all; a folder that cannot be written only costs time."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
