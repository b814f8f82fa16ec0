"""As whom GitHub is asked: tokens that go nowhere else, an App with its key, and addresses that are safe to send them to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from auditor.errors import RemoteError, UsageError
from auditor.github.access import PUBLIC_API, Access, access_from
from auditor.github.client import Client
from auditor.github.facts import Gatherer
from auditor.github.installation import credential, installed
from auditor.model.forge import Hidden
from tests.github.server import TOKEN, Fault

if TYPE_CHECKING:
    from pathlib import Path

    from tests.github.server import GitHub

ENTERPRISE = "https://github.example.gov.uk"
ORG = "example-department"


def test_the_token_of_one_place_is_not_sent_to_another() -> None:
    environment = {"GITHUB_TOKEN": "for-github", "GH_ENTERPRISE_TOKEN": "for-ours"}
    assert access_from(environment).token == "for-github"
    assert access_from(environment, api_url="https://api.octo.ghe.com").token == "for-github"
    assert access_from(environment, api_url=ENTERPRISE).token == "for-ours"
    assert access_from({"GITHUB_TOKEN": "for-github"}, api_url=ENTERPRISE).token == ""
    inside = {"GITHUB_TOKEN": "of-the-job", "GITHUB_API_URL": f"{ENTERPRISE}/api/v3"}
    assert access_from(inside).token == "of-the-job"
    assert access_from({}).how == "nobody (anonymous)"


def test_a_file_wins_over_the_environment(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("from-the-file\n")
    assert access_from({"GH_TOKEN": "other"}, token_file=tmp_path / "token").token == "from-the-file"


@pytest.mark.parametrize(
    ("given", "api", "web"),
    [
        ("", PUBLIC_API, "https://github.com"),
        (ENTERPRISE, f"{ENTERPRISE}/api/v3", ENTERPRISE),
        (f"{ENTERPRISE}/api/v3/", f"{ENTERPRISE}/api/v3", ENTERPRISE),
        ("https://api.octo.ghe.com", "https://api.octo.ghe.com", "https://octo.ghe.com"),
    ],
)
def test_addresses_of_the_api(given: str, api: str, web: str) -> None:
    access = access_from({}, api_url=given)
    assert (access.api, access.web) == (api, web)


@pytest.mark.parametrize(
    "address",
    ["http://github.example.gov.uk", "ftp://x", "github.com", "https://user:pass@github.example.gov.uk", "https://a/?b=c"],
)
def test_addresses_that_no_token_is_sent_to(address: str) -> None:
    with pytest.raises(UsageError) as caught:
        access_from({}, api_url=address)
    assert "pass" not in str(caught.value)


def test_an_app_needs_its_id_and_its_key(tmp_path: Path) -> None:
    (tmp_path / "empty").write_text("\n")
    for options in ({"app_id": "7"}, {"app_key_file": tmp_path / "empty"}, {"app_id": "7", "app_key_file": tmp_path / "empty"}):
        with pytest.raises(UsageError):
            access_from({}, **options)


def test_nothing_shows_a_credential() -> None:
    assert TOKEN not in repr(Access(token=TOKEN))
    assert "PRIVATE" not in repr(Access(app="7", key="-----BEGIN PRIVATE"))


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture
def app(github: GitHub, key: rsa.RSAPrivateKey) -> Access:
    """An App that is installed on the organisation, which it sees with tokens that its installation gives it."""
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    github.app_key = key.public_key()
    github.wants_token = True
    installation = github.api.example("/orgs/{org}/installation")
    github.organisation(ORG)
    github.answers[f"/orgs/{ORG}/installation"] = installation | {"id": 42}
    github.tokens.add("of-the-installation")
    given = github.api.example("/app/installations/{installation_id}/access_tokens", 201, "post")
    given.pop("repositories", None)
    github.answers["/app/installations/42/access_tokens"] = given | {
        "token": "of-the-installation",
        "expires_at": "2099-01-01T00:00:00Z",
    }
    return Access(github.url, app="7", key=private)


def test_an_app_finds_its_installation_and_asks_with_its_token(github: GitHub, app: Access) -> None:
    repo = github.repository(f"{ORG}/service")
    access = installed(app, ORG)
    assert access.installation == 42
    with Client(access) as client:
        assert not isinstance(Gatherer(client).facts(repo.full_name).settings, Hidden)
    github.wrong.clear()  # this test is about the token, not about the rest of the answers
    assert credential(access) == "of-the-installation"


def test_an_app_that_is_not_installed(github: GitHub, app: Access) -> None:
    with pytest.raises(RemoteError, match="GitHub App 7 is not installed on nobody"):
        installed(app, "nobody")
    assert github.asked


@pytest.mark.parametrize("fault", [Fault.UNAUTHORISED, Fault.DROPPED])
def test_an_app_whose_key_is_refused_is_one_sentence(github: GitHub, app: Access, fault: Fault) -> None:
    access = Access(app.api, app=app.app, key=app.key, installation=42)
    github.fail(fault, "access_tokens")
    with pytest.raises(RemoteError, match="no credential to GitHub App 7"):
        credential(access)
    with Client(access, sleep=lambda _: None) as client:
        assert isinstance(Gatherer(client).facts(f"{ORG}/service").settings, Hidden)


def test_a_key_that_is_none_is_one_sentence(github: GitHub) -> None:
    with pytest.raises(RemoteError):
        installed(Access(github.url, app="7", key="not a key"), ORG)


def test_what_is_no_app_stays_as_it_is() -> None:
    access = Access(token=TOKEN)
    assert installed(access, ORG) is access
    assert credential(access) == TOKEN
    assert credential(Access()) == ""
