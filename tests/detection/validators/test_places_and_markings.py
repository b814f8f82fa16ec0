"""Hosts, addresses, contacts and markings: what counts, and the harmless twins."""

from __future__ import annotations

import pytest

from auditor.detection.validation import VALIDATORS, Answer, Context, Verdict
from auditor.detection.validators.contact import is_drama_number, is_invented_number, is_persons_address
from auditor.model.levels import Confidence


def whole(text: str) -> str:
    """Take the seam out, which keeps invented values from being found in this file."""
    return text.replace("\u00a6", "")


def ask(name: str, text: str, value: str, groups: dict[str, bytes] | None = None) -> Answer:
    text, value = whole(text), whole(value)
    groups = {key: whole(item.decode()).encode() for key, item in (groups or {}).items()}
    window = text.encode()
    start = window.find(value.encode())
    assert start >= 0
    return VALIDATORS[name](value.encode(), Context(window, start, start + len(value.encode()), groups))


@pytest.mark.parametrize(
    "text",
    [
        "SECRET\n\nConcept of operations",
        "# SECRET #\n",
        "Classification: SECRET\n",
        "SECRET - UK ¦EYES ONLY\n",
        "<b>SECRET</b>\n",
        "SECRET page 3 of 12\n",
        "<w:t>SECRET</w:t>\n",
        "Ministry of Ledgers,\nSECRET\n",
    ],
)
def test_marking_of_a_document(text: str) -> None:
    assert ask("document-marking", text, "SECRET").verdict is Verdict.VALID


@pytest.mark.parametrize(
    "text",
    [
        "the word SECRET in a sentence\n",
        "OFFICIAL\nSECRET\nTOP SECRET\n",
        "case SECRET:\n",
        "SECRET = load()\n",
        '    "SECRET",\n',
        "export SECRET;\n",
        "<SecretAccess¦Key>SECRET</SecretAccess¦Key>\n",
        "enum Tier {\n    SECRET\n}\n",
        "    OPEN,\n    SECRET\n",
    ],
)
def test_word_that_marks_nothing(text: str) -> None:
    assert ask("document-marking", text, "SECRET").verdict is Verdict.INVALID


def test_official_sensitive_is_surest_as_a_header() -> None:
    mark = "OFFICIAL-¦SENSITIVE".replace("¦", "")
    assert ask("marking-in-prose", f"{mark}\n", mark).verdict is Verdict.VALID
    text = f"documents that are {mark} must be kept apart\n"
    assert ask("marking-in-prose", text, mark).confidence is Confidence.LOW


@pytest.mark.parametrize(
    ("rest", "fits"),
    [
        ("INSERT INTO `people` VALUES (1);", True),
        ("INSERT INTO \"schema_migrations\" (version) VALUES ('1');", False),
        ("INSERT INTO public.schema_migrations VALUES ('1');\nINSERT INTO public.\"people\" VALUES (1);", True),
        ("INSERT INTO schema_migrations VALUES ('1');\nCOPY people (id) FROM stdin;\n1\n", True),
    ],
)
def test_a_copy_of_tables_alone_holds_no_rows(rest: str, fits: bool) -> None:  # noqa: FBT001  a table of cases
    answer = ask("rows-of-a-table", f"-- MySQL dump 10\n{rest}\n", "-- MySQL dump 1")
    assert (answer.verdict is not Verdict.INVALID) is fits


@pytest.mark.parametrize(
    ("text", "host", "found"),
    [
        ("url: http://auth.core-compute-aat.¦internal/x", "auth.core-compute-aat.¦internal", True),
        ("host: ledger.¦corp", "ledger.¦corp", True),
        ("import org.mockito.internal.util", "org.mockito.internal", False),
        ("ip-10-0-0-1.eu-west-2.compute.internal", "ip-10-0-0-1.eu-west-2.compute.internal", False),
        ("http://api.default.svc.cluster.local", "api.default.svc.cluster.local", False),
        ("move rkhunter.conf.local away", "rkhunter.conf.local", False),
        ("a.b.internal.c()", "a.b.internal", False),
        ("using NUnit.Framework.Internal;", "NUnit.Framework.Internal", False),
        ("url: http://Ledger.Office.¦Corp/", "Ledger.Office.¦Corp", True),
        ("DC01.OFFICE.¦CORP", "DC01.OFFICE.¦CORP", True),
        ("when node t.Class.PRIVATE then", "t.Class.PRIVATE", False),
        ("for ( var fn in DataTable.ext.internal ) {", "DataTable.ext.internal", False),
        ("internal = each.value.internal", "each.value.internal", False),
        ("it runs in puppet.perftesting.¦internal and", "puppet.perftesting.¦internal", True),
        ("group.organisation.team.internal?", "group.organisation.team.internal", False),
        ("if user.profile.internal is not None:", "user.profile.internal", False),
        ("db01.perf.¦internal is the first of them", "db01.perf.¦internal", True),
        ("tag: ${{ needs.get-version.outputs.internal }}", "needs.get-version.outputs.internal", False),
        ("= \"#{t('admin.cases.index.internal')}\"", "admin.cases.index.internal", False),
        ("'licence.surrender.title.private' => 'Apply'", "licence.surrender.title.private", False),
        ("'ledger.west.prod.¦private',", "ledger.west.prod.¦private", True),
        ("see changelog/python-3.6.7.internal", "python-3.6.7.internal", False),
        ("url: http://docker.for.mac.host.internal:5000", "docker.for.mac.host.internal", False),
        ("host: exporter.apps.internal", "exporter.apps.internal", False),
        ("host: exporter.myapps.¦internal", "exporter.myapps.¦internal", True),
    ],
)
def test_internal_hosts_and_what_looks_like_them(text: str, host: str, found: bool) -> None:  # noqa: FBT001  a table of cases
    answer = ask("internal-host", text, host, {"host": host.encode()})
    assert (answer.verdict is not Verdict.INVALID) is found


@pytest.mark.parametrize(
    ("text", "address", "found"),
    [
        ("gateway 10.¦23.14.7", "10.¦23.14.7", True),
        ('cidr = "10.¦45.16.0/20"', "10.¦45.16.0/20", True),
        ("http://172.¦27.9.41/", "172.¦27.9.41", True),
        ('cidr = "10.0.0.0/8"', "10.0.0.0/8", False),
        ("version 10.¦23.14.7", "10.¦23.14.7", False),
        ("    autoprefixer-rails (10.¦2.0.0)", "10.¦2.0.0", False),
        ("see the ledger (10.¦2.0.0)", "10.¦2.0.0", True),
        ("host 192.168.0.1", "192.168.0.1", False),
        ("10.300.1.1", "10.300.1.1", False),
    ],
)
def test_private_addresses(text: str, address: str, found: bool) -> None:  # noqa: FBT001  a table of cases
    answer = ask("private-address", text, address, {"address": address.encode()})
    assert (answer.verdict is not Verdict.INVALID) is found


def test_default_account_on_the_same_machine_is_development() -> None:
    for host, found in ((b"localhost", False), (b"127.0.0.1:5432", False), (b"db", False), (b"rabbit.example.org:5672", True)):
        answer = ask("remote-host", "guest:guest", "guest:guest", {"host": host})
        assert (answer.verdict is not Verdict.INVALID) is found


@pytest.mark.parametrize("address", ["agnes.tremaine@¦digital.example-office.gov.uk", "b_okonjo2@¦nhs.net"])
def test_address_of_a_person(address: str) -> None:
    assert is_persons_address(whole(address))


@pytest.mark.parametrize(
    "address",
    [
        "support.team@x.gov.uk",
        "first.last@nhs.net",
        "agnes.tremaine@example.gov.uk",
        "info@nhs.net",
        "cloud.platforms@x.gov.uk",
        "socialvisits.norham@x.gov.uk",
        "alternative.formats@x.gov.uk",
        "court_citizen3@x.gov.uk",
        "office.surveys@x.gov.uk",
    ],
)
def test_address_of_a_role_or_an_example(address: str) -> None:
    assert not is_persons_address(address)


def test_lines_of_authors_are_no_leak() -> None:
    address = "agnes.tremaine@¦nhs.net"
    assert ask("persons-email", f"owner: {address}\n", address).verdict is Verdict.UNKNOWN
    assert ask("persons-email", f"author {address} <{address}> 1 +0000\n", address).verdict is Verdict.INVALID
    assert ask("persons-email", f"Co-authored-by: A {address}\n", address).verdict is Verdict.INVALID


@pytest.mark.parametrize(
    "number", ["07700 900461", "+44 7700 900461", "01632 960001", "020 7946 0123", "0808 157 0000", "03069 990123"]
)
def test_numbers_kept_for_drama(number: str) -> None:
    assert is_drama_number(number)
    assert ask("telephone", number, number).verdict is Verdict.INVALID


def test_invented_and_real_looking_telephone_numbers() -> None:
    assert is_invented_number("07123123123")
    assert is_invented_number("07900 100100")
    assert ask("telephone", "0797¦4381926", "07974¦381926").verdict is Verdict.UNKNOWN
