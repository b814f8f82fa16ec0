from __future__ import annotations

import pytest

from auditor.detection.judge_values import code_like
from auditor.detection.validation import Answer, Context, Verdict
from auditor.detection.validators.logins import uri_password
from auditor.detection.validators.values import password, unquoted_password
from auditor.model.levels import Confidence, Severity


def beside(before: str, value: str, after: str = "\n", **groups: str) -> tuple[bytes, Context]:
    window = f"{before}{value}{after}".encode()
    return value.encode(), Context(
        window, len(before), len(before) + len(value), {key: text.encode() for key, text in groups.items()}
    )


def unquoted(before: str, value: str) -> Answer:
    return unquoted_password(*beside(before, value, name="password"))


@pytest.mark.parametrize("value", ["repl_password", "postgres-password", "input_type_token"])
def test_what_is_called_a_password_is_the_name_of_one_as_often(value: str) -> None:
    assert unquoted("password: ", value).confidence is Confidence.LOW


def test_a_field_of_a_template_is_no_password() -> None:
    assert unquoted("password: ", ".password").verdict is Verdict.INVALID
    assert unquoted("password: ", "tR7vq9LmZ").confidence is Confidence.MEDIUM


@pytest.mark.parametrize(
    ("value", "confidence"),
    [
        ("#password", Confidence.LOW),
        ("/reset-password-requested", Confidence.LOW),
        ("/users/password/:id", Confidence.LOW),
        ("#" + "Winter2019", Confidence.MEDIUM),
        ("/" + "tR7vq9LmZ", Confidence.MEDIUM),
    ],
)
def test_the_field_or_the_page_for_a_password_is_none(value: str, confidence: Confidence) -> None:
    assert password(*beside("password: '", value, "'", name="password")).confidence is confidence


def test_a_number_of_something_is_code() -> None:
    assert code_like(b"2.years.to_i")
    assert not code_like(b"2.y8Kx.Zq7mPr2T")


def test_what_stands_in_an_address_is_judged_with_the_address() -> None:
    assert unquoted("rediss://:somepassword=", "@s9999t99-cache.example-host.uk").verdict is Verdict.INVALID
    assert unquoted("https://api.example-host.uk/x?password=", "tR7vq9LmZ").verdict is Verdict.UNKNOWN


def test_the_password_that_software_is_delivered_with_weighs_less() -> None:
    answer = password(*beside('POSTGRES_PASSWORD="', "postgres", '"', name="PASSWORD"))
    assert (answer.severity, answer.confidence) == (Severity.MEDIUM, Confidence.MEDIUM)


@pytest.mark.parametrize(("store", "weight"), [("cacerts", Confidence.LOW), ("payments.jks", Confidence.MEDIUM)])
def test_the_store_of_public_certificates_of_every_java_has_no_password_to_lose(store: str, weight: Confidence) -> None:
    answer = password(*beside(f"target   => '/opt/java/{store}',\n  password => '", "changeit", "'", name="password"))
    assert answer.confidence is weight


@pytest.mark.parametrize(
    ("host", "severity"), [("localhost/db", Severity.MEDIUM), ("127.0.0.1:5432", Severity.MEDIUM), ("db.example-host.uk/x", None)]
)
def test_what_leads_to_the_same_machine_weighs_less(host: str, severity: Severity | None) -> None:
    answer = uri_password(*beside("postgres://app:", "Kx7mPq2z", f"@{host}", user="app"))
    assert (answer.verdict, answer.severity) == (Verdict.UNKNOWN, severity)


def test_an_account_whose_password_is_its_name_weighs_less() -> None:
    answer = uri_password(*beside("postgres://reports:", "reports", "@db.prod.example-host.uk/x", user="reports"))
    assert (answer.severity, answer.confidence) == (Severity.MEDIUM, Confidence.LOW)
