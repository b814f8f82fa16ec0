"""CODEOWNERS as forges read it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from auditor.openness.reading.codeowners import parse

TEXT = """# comment
*       @example/team  # everything
/docs/  writer@example.gov.uk @someone
/vendor/
^[Optional][2] @example/other
src\\ code/ @example/team
[Default] @example/default
*.rb
"""


def test_rules_owners_and_sections() -> None:
    found = parse("CODEOWNERS", TEXT)
    assert not found.wrong
    assert [(rule.pattern, rule.owners, rule.line) for rule in found.rules] == [
        ("*", ("@example/team",), 2),
        ("/docs/", ("writer@example.gov.uk", "@someone"), 3),
        ("/vendor/", (), 4),
        ("src\\ code/", ("@example/team",), 6),
        ("*.rb", ("@example/default",), 8),
    ]
    assert found.default == ("@example/team",)


def test_what_a_forge_refuses_is_named_with_its_line() -> None:
    found = parse("CODEOWNERS", "* @example/team,\n!docs @example/team\n")
    assert [line for line, _ in found.wrong] == [1, 2]


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    found = parse("CODEOWNERS", text)
    assert all(1 <= rule.line <= len(text.splitlines()) for rule in found.rules)
