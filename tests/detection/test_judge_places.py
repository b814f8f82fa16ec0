from __future__ import annotations

import pytest

from auditor.detection.filters import is_placeholder, is_reference
from auditor.detection.judge_places import is_session, opens_nothing

LISTED = b'%sword", "' % b"pass"


@pytest.mark.parametrize(
    ("name", "before", "value", "after"),
    [
        (b'token" value="', b'<input type="hidden" name="csrfmiddlewaretoken" value="', b"q41DfAPnWoTRMdRe", b'">'),
        (b'token" content="', b'<meta name="authenticity_token" content="', b"q41DfAPnWoTRMdRe", b'">'),
        (b"Token: ", b"X-CSRFToken: ", b"q41DfAPnWoTRMdRe", b"\n"),
        (b"PASSWORD: ", b"CF_PASSWORD: ", b"CF_$", b"{{ inputs.environment }}_PASSWORD"),
        (LISTED, b'{"fields": ("username", "password", "', b"status", b'", "kind")}'),
        (LISTED, b'{"fields": ("password", "', b"status", b'")}'),
        (LISTED, b'["npmUser", "npmPassword", "', b"npm2FaToken", b'", "npmTag"]'),
        (b"BvPassKey => ", b"      case BvPassKey => ", b"BvPass", b"\n"),
        (b'passcodeKey = "', b'val passcodeKey = "', b"email-passcode", b'"\n'),
        (b"PasswordKey: ", b"  adminPasswordKey: ", b"postgresqlPassword", b"\n"),
        (b"passwordHidden' : '", b"status = isHidden ? 'passwordHidden' : '", b"passwordShown", b"'\n"),
        (b"passcode = ", b"error.incorrect_passcode = ", b"Nodwch", b" y cod cadarnhau cywir\n"),
        (b"password = ", b"label.password = ", "Gwnêwch".encode(), " y côd cywir\n".encode()),
    ],
)
def test_what_opens_nothing_by_its_surroundings(name: bytes, before: bytes, value: bytes, after: bytes) -> None:
    assert opens_nothing(name, before, value, after)


@pytest.mark.parametrize(
    ("name", "before", "value", "after"),
    [
        (b'SECRET_KEY = "', b'WTF_CSRF_SECRET_KEY = "', b"q41DfAPnWoTRMdRe", b'"\n'),
        (b"password = ", b"db.password = ", b"hunter", b"\n"),
        (b"PASSWORD=", b"PGPASSWORD=", b"hunter", b" psql -h db\n"),
        (b"password: ", b"db_password: ", b"tR7vq9", b" # rotate it soon\n"),
        (LISTED, b'.option("password", "', b"hunter", b'")'),
        (LISTED, b'["app", "password", "', b"tR7vq9", b'"]'),
        (b"PASSWORD=", b"PASSWORD=", b"cost$", b"\n"),
        (b"PasswordKey: ", b"  adminPasswordKey: ", b"tR7vq9LmZ", b"\n"),
    ],
)
def test_what_could_open_something_stays(name: bytes, before: bytes, value: bytes, after: bytes) -> None:
    assert not opens_nothing(name, before, value, after)


def test_a_session_ends_by_itself() -> None:
    assert is_session(b'key" = ', b'WHERE "django_session"."session_')
    assert is_session(b'key\\\\" = ', b'WHERE \\\\"django_session\\\\".\\\\"session_')
    assert is_session(b"", b"Cookie: PHPSESSID=")
    assert not is_session(b"secret: ", b"session_")


@pytest.mark.parametrize(
    "value",
    [b"not-a-secret-jw7kQcb35fcDR", b"thisisnotapassword", b"not_a_password", b"nothing", b"mock_id_token_abc123", b"2fooBAR9x"],
)
def test_values_that_say_that_they_are_none(value: bytes) -> None:
    assert is_placeholder(value)


def test_an_indirect_variable_is_a_reference() -> None:
    assert is_reference(b"${!password_var}")
    assert not is_placeholder(b"tR7vq9LmZ")


def test_a_token_that_begins_with_one_letter_over_and_over_is_no_placeholder() -> None:
    assert not is_placeholder(b"AAAAAAAAAAAAAAAAAAAAAM0Q7XEeuF70UprXaE2kVw9Tz")
