"""Names and calls beside a value that say it is none."""

from __future__ import annotations

import pytest

from auditor.detection.judge_lines import asks
from auditor.detection.judge_names import is_about


@pytest.mark.parametrize(
    "name", ["no-password", "mysql_password.rb", "passwordLabel", "PASSWORD_RESET_URL", "has_password", "db_password_rotated_date"]
)
def test_a_switch_or_a_file_named_after_passwords_is_about_them(name: str) -> None:
    assert is_about(name)


@pytest.mark.parametrize("name", ["password", "db.password2", "NOVA_PASSWORD", "json_token", "client-secret"])
def test_the_name_of_a_password_is_not(name: str) -> None:
    assert not is_about(name)


@pytest.mark.parametrize("call", [b"hiera(", b"extlookup(", b"credentials(", b"os.getenv(", b"config.fetch("])
def test_a_call_that_looks_a_value_up_is_given_its_name(call: bytes) -> None:
    assert asks(call)


def test_other_calls_are_given_values() -> None:
    assert not asks(b"connect(")
