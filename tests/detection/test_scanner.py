from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.model.blob import Blob, Origin
from auditor.model.finding import AS_EXAMPLE
from auditor.model.levels import Confidence

if TYPE_CHECKING:
    from auditor.detection.scanner import Scanner
    from auditor.model.finding import Match

TOKEN = "ghp_eWxLQucMv7O4MQl5J7¦990mJ0SFKAfo3tZcrB".replace("¦", "")
PASSWORD = "tR7vq9¦LmZx3".replace("¦", "")


def scan(scanner: Scanner, data: bytes, origin: Origin = Origin.BLOB) -> list[tuple[Match, bytes]]:
    return [(match, secret.reveal()) for match, secret in scanner.scan(Blob("oid", len(data), data, origin))]


def test_place_value_and_mask_of_a_token(scanner: Scanner) -> None:
    ((match, value),) = scan(scanner, f"one\ntwo é {TOKEN}\n".encode())
    assert (match.rule_id, match.line, match.column) == ("github-pat-classic", 2, 7)
    assert value == TOKEN.encode()
    assert match.masked.startswith("ghp_****")
    assert match.confidence is Confidence.HIGH


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", [True, False])
def test_utf_16_is_read_and_the_span_is_of_the_original(scanner: Scanner, codec: str, mark: bool) -> None:  # noqa: FBT001  a parameter
    bom = ("\ufeff" if mark else "").encode(codec)
    data = bom + f"line one\nkey: {TOKEN}\n".encode(codec)
    ((match, value),) = scan(scanner, data)
    assert value == TOKEN.encode()
    assert match.line == 2
    assert data[match.span.start : match.span.end].decode(codec) == TOKEN


def test_latin_1_and_very_long_lines(scanner: Scanner) -> None:
    data = "café ".encode("latin-1") + b"x=1;" * 200_000 + TOKEN.encode() + b";y=2" * 1000
    ((match, value),) = scan(scanner, data)
    assert value == TOKEN.encode()
    assert match.line == 1


def test_content_without_lines_has_none(scanner: Scanner) -> None:
    ((match, _),) = scan(scanner, b"\0\1\2\n\0" * 30 + TOKEN.encode())
    assert match.line is None
    ((match, _),) = scan(scanner, b"tree 123\n\n" + TOKEN.encode(), Origin.COMMIT)
    assert match.line is None


@pytest.mark.parametrize(
    ("text", "called"),
    [
        (f'"example": "Bearer {TOKEN}",', True),
        (f"      examples: [{TOKEN}]", True),
        (f'@Schema(example = "{TOKEN}")', True),
        (f'"counterexample": "{TOKEN}"', False),
        (f'"example": "none", "token": "{TOKEN}"', False),
        (f"an example is {TOKEN}", False),
    ],
)
def test_what_its_name_calls_an_example(scanner: Scanner, text: str, called: bool) -> None:  # noqa: FBT001  a table of cases
    ((match, _),) = scan(scanner, text.encode())
    assert (AS_EXAMPLE in match.notes) is called


def test_one_span_is_one_match_of_the_most_specific_rule(scanner: Scanner) -> None:
    found = scan(scanner, f'GITHUB_TOKEN = "{TOKEN}"\n'.encode())
    assert [match.rule_id for match, _ in found] == ["github-pat-classic"]


@pytest.mark.parametrize(
    "line",
    [
        "password = os.environ['DB_PASSWORD']",
        "password: ${DB_PASSWORD}",
        'password: "{{ vault_db_password }}"',
        'password = "<password>"',
        'password = "changeme"',
        'password = ""',
        "DB_PASSWORD=ENC[AES256_GCM,data:abc]",
        '"password": "Enter your password"',
        '"MANDATORY_PASSWORD": "Palun sisesta parool."',
        "password: string",
        "password = getpass.getpass()",
        '<label for="password">Password</label>',
        '<input type="password" name="password" class="govuk-input">',
        '"hashed_secret": "' + "9f3ab27cde41c8de58f0aa61b2c9aa01b2c3d4e5" + '"',
        "-----BEGIN RSA PRIVATE KEY-----",
    ],
)
def test_harmless_twins(scanner: Scanner, line: str) -> None:
    assert [match.rule_id for match, _ in scan(scanner, f"{line}\n".encode()) if match.confidence is not Confidence.LOW] == []


@pytest.mark.parametrize(
    "line",
    [
        f"password = '{PASSWORD}'",
        f'"db_password": "{PASSWORD}"',
        f"spring.datasource.password={PASSWORD}",
        f"  password: {PASSWORD}",
        f"postgres://app:{PASSWORD}@db.service.example/app",
        f"curl -u app:{PASSWORD} https://example.org",
        f"mysql -u root -p{PASSWORD} app",
        f"sshpass -p {PASSWORD} ssh app@host",
        f"<password>{PASSWORD}</password>",
        f'<add key="SmtpPassword" value="{PASSWORD}" />',
        f"CREATE USER app IDENTIFIED BY '{PASSWORD}';",
        f"machine host.example login app password {PASSWORD}",
        f"db.internal:5432:app:app:{PASSWORD}",
        f"Server=db;User ID=app;Password={PASSWORD};",
        f"Log in with the password `{PASSWORD}`.",
        f"ENV DB_PASS¦WORD={PASSWORD}".replace("¦", ""),
        f"export PGPASSWORD={PASSWORD}",
        f"enable secret {PASSWORD}",
    ],
)
def test_passwords_in_the_shapes_that_people_write(scanner: Scanner, line: str) -> None:
    assert PASSWORD.encode() in [value.rstrip(b".`;") for _, value in scan(scanner, f"{line}\n".encode())]


def test_equal_values_have_equal_keys_and_only_random_formats_a_digest(scanner: Scanner) -> None:
    found = [match for match, _ in scan(scanner, f"a {TOKEN}\nb {TOKEN}\npassword = '{PASSWORD}'\n".encode())]
    assert found[0].key == found[1].key != found[2].key
    assert found[0].digest is not None
    assert found[2].digest is None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text("abcdefghKLMNOPQR0123456789!#", min_size=6, max_size=40))
def test_the_mask_of_a_password_shows_nothing_and_nothing_is_pickled(scanner: Scanner, value: str) -> None:
    data = f'password = "{value}"\n'.encode()
    for match, secret in scanner.scan(Blob("oid", len(data), data)):
        if match.rule_id.startswith("generic-password"):
            assert match.masked == "****"
        assert secret.reveal() not in pickle.dumps((match, secret))
        assert secret.reveal().decode() not in repr((match, secret))


def test_marks_suppress_with_their_source(scanner: Scanner) -> None:
    lines = {
        f"t = '{TOKEN}'  # auditor: ignore[github-pat-classic] rotated in March": "rotated in March",
        f"t = '{TOKEN}'  # auditor: ignore[github-pat-classic]": None,
        f"t = '{TOKEN}'  # auditor: ignore[other-rule] because": None,
        f"t = '{TOKEN}'  # gitleaks:allow": "marked in the code for another tool",
        f"t = '{TOKEN}'  # pragma: allowlist secret": "marked in the code for another tool",
        f"# auditor: ignore[github-pat-classic] a test\nt = '{TOKEN}'": "a test",
        f"# pragma: allowlist nextline secret\nt = '{TOKEN}'": "marked in the code for another tool",
    }
    for text, reason in lines.items():
        ((match, _),) = scan(scanner, text.encode())
        assert (match.suppression.reason if match.suppression else None) == reason, text


def test_the_end_of_a_token_that_is_none_is_doubted(scanner: Scanner) -> None:
    text = "AGE-SEC¦RET-K¦EY-1KZYHJJ¦GJ5DEC3RXG¦PEUA97WG99¦HU4Z3Z9ZK6¦9GHAFZWJ08¦SFVF0QZ3WFSX\n".replace("¦", "")
    assert {match.confidence for match, _ in scan(scanner, text.encode())} <= {Confidence.LOW}
