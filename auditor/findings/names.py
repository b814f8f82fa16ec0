"""A path or a ref name can hold a secret itself; then nobody may see the name in full, wherever it appears."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from auditor.model.blob import Origin
from auditor.model.rule import Category

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from auditor.model.finding import Match, Span
    from auditor.model.rule import Rule

_STARS: Final = "****"
_HIDDEN: Final = frozenset({Category.SECRET, Category.CREDENTIAL, Category.PRIVATE_KEY, Category.PERSONAL_DATA})


@dataclass(frozen=True, slots=True)
class Names:
    """Names that hold a secret, and what is shown in their place."""

    shown: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, name: str) -> str:
        """Return the name as it may be shown."""
        return self.shown.get(name, name)


def hide(found: Iterable[Match], rules: Mapping[str, Rule]) -> Names:
    """Collect the names in which something was found that must not be shown."""
    spans: defaultdict[str, list[Span]] = defaultdict(list)
    for match in found:
        rule = rules.get(match.rule_id)
        if match.origin in {Origin.FILE_NAME, Origin.REF_NAME} and rule is not None and rule.category in _HIDDEN:
            spans[match.oid.partition(":")[2]].append(match.span)
    return Names({name: blank(name, where) for name, where in spans.items()})


def blank(text: str, spans: Iterable[Span]) -> str:
    """Return the text with the byte ranges of its UTF-8 form replaced by stars."""
    data = text.encode("utf-8", "surrogateescape")
    for span in sorted(spans, key=lambda s: -s.start):
        data = data[: span.start] + _STARS.encode() + data[span.end :]
    return data.decode("utf-8", "replace")
