"""Documents as people read them."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from auditor.openness.reading.prose import headings, section, sentences_of

TEXT = """# Title

[![build](https://example.org/a.svg)](https://example.org)

It counts [things](https://example.org).

Install
-------

```
# not a heading
```

## Running *it* ##

= AsciiDoc
"""


def test_headings_with_their_lines_and_none_from_code() -> None:
    assert [(heading.text, heading.line) for heading in headings(TEXT)] == [
        ("Title", 1),
        ("Install", 7),
        ("Running *it", 14),
        ("AsciiDoc", 16),
    ]
    found = section(TEXT, re.compile("instal", re.IGNORECASE))
    assert found is not None
    assert found.line == 7


def test_only_sentences_are_left() -> None:
    assert sentences_of(TEXT) == "It counts things."


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    assert all(heading.line >= 1 for heading in headings(text))
    sentences_of(text)
