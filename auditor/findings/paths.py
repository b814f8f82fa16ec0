"""What a path says about the content: a test, an example, documentation or the code of others lowers severity, and never hides.

A password in a package that was copied in whole is one that its makers published; keys for a virtual machine on a laptop are
as made-up as those of a test. Whether that is so in this place, a person has to say.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final

import pathspec

if TYPE_CHECKING:
    from collections.abc import Iterable

_OF_TESTS: Final = (
    "test|tests|testing|testdata|test[-_]resources|androidtest|it|e2e|specs?|__tests__|__mocks__|__fixtures__|fixtures?|cassettes|vcr|"
    "features|cypress|mocks?|stubs?|fakes?|examples?|samples?|demos?|docs?|documentation|seeds?|goldens?|snapshots?|vagrant|pacts?|"
    "[^/]*[._-](?:tests?|specs?|mocks?|fixtures?|examples?|samples?)|examples?[._-][^/]*|(?:[^/]*[._-])?(?:tests[._-][^/]*|seed(?:s|ing))|"
    "test[._-](?:codecept|utils?|helpers?|support|suites?|e2e|ui|api|unit|integration|functional)|"
    "(?:playwright|codecept|protractor|nightwatch|gatling|locust)[^/]*|bower|(?-i:[^/]*[a-z0-9]Tests?)|"
    "[^/]*(?:unit|integration|acceptance|functional|contract)[._-]?tests?|"
    "(?:test|mock|sample|dummy|fake|example)[._-](?:data|files?|payloads?|requests?|responses?)"
)
_OF_OTHERS: Final = (
    r"vendor|vendored|third[-_]?party|node_modules|bower_components|site-packages|"
    r"\.yarn/(?:releases|cache|plugins)|sorbet/rbi|\.gem_rbs_collection|charts/[^/]+/(?:tmp)?charts"
)
_FILES: Final = (
    r"test_[^/]*|test\.[^/]{1,12}|[^/]*[._-](?:test|tests|spec|specs|example|sample|template|dist|fixture|mock)s?(?:\.[^/]{1,12}){0,2}",
    r"charts/[^/]+-v?\d[^/]*\.tgz|(?:mock|fake|stub|dummy)(?:ed)?[_-][^/]*\.[^/]{1,12}",
    r"(?:[^/]*[._-])?(?:test|mock|sample|dummy|fake|example)[._-]?(?:data|users?|accounts?)\.[^/]{1,12}",
    r"[^/]*Tests?\.(?:java|kt|cs|scala|groovy)|(?-i:(?:Mock|Fake|Stub)[A-Z])[^/]*\.[a-z]{1,6}",
    r"[^/]*(?:vagrant|localhost|snakeoil)[^/]*|conftest\.py|README(?:\.[^/]*)?|CHANGELOG(?:\.[^/]*)?",
)
_TEST_PATH: Final = re.compile(rf"(?:^|/)(?:(?:{_OF_TESTS}|{_OF_OTHERS})/|(?:{'|'.join(_FILES)})$)", re.IGNORECASE)
_GENERATED: Final = re.compile(
    r"(?:^|/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|[^/]*\.lock(?:\.json)?|go\.sum|"
    r"[^/]*[.-]min\.(?:js|css|mjs)|[^/]*\.(?:bundle|chunk)\.m?js|[^/]*\.map)$",
    re.IGNORECASE,
)


@functools.lru_cache(maxsize=65_536)
def is_generated(path: str) -> bool:
    """Tell whether a program wrote the file: lock files, minified code and source maps are full of words beside random text."""
    return _GENERATED.search(path) is not None


@functools.lru_cache(maxsize=65_536)
def is_test_or_example(path: str) -> bool:
    """Tell whether a path is test code, an example, a template, documentation or vendored, by the names people give them."""
    return _TEST_PATH.search(path) is not None


@functools.lru_cache(maxsize=512)
def _spec(globs: tuple[str, ...]) -> pathspec.GitIgnoreSpec:
    return pathspec.GitIgnoreSpec.from_lines(globs)


def matches(path: str, globs: Iterable[str]) -> bool:
    """Tell whether a path matches one of the globs, with the semantics of .gitignore lines."""
    return _matches(path, tuple(globs))


@functools.lru_cache(maxsize=65_536)
def _matches(path: str, patterns: tuple[str, ...]) -> bool:
    return bool(patterns) and bool(_spec(patterns).match_file(path))
