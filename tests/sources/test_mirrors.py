from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from auditor.errors import SourceError
from auditor.sources.mirrors import Access, Remote, checked_address
from tests.githttp import serve
from tests.gitrepo import GitRepo

if TYPE_CHECKING:
    from pathlib import Path

TOKEN = "a-token-of-the-tests"


def refs(mirror: Path) -> dict[str, str]:
    lines = GitRepo(mirror).git("for-each-ref", "--format=%(refname) %(objectname)").splitlines()
    return dict(line.split() for line in lines)


def objects(mirror: Path) -> set[str]:
    return set(GitRepo(mirror).git("cat-file", "--batch-all-objects", "--batch-check=%(objectname)", "--unordered").split())


@pytest.fixture
def served(tmp_path: Path) -> GitRepo:
    repo = GitRepo.create(tmp_path / "served" / "team" / "service")
    repo.commit({"a.txt": "one"}, "First")
    return repo


def test_a_mirror_holds_what_the_other_side_shows(served: GitRepo, tmp_path: Path) -> None:
    proposed = served.dangling_commit({"b.txt": b"proposed"})
    served.ref("refs/pull/1/head", proposed)
    served.tag("v1", message="One")
    with serve(tmp_path / "served") as host:
        remote = Remote(f"{host.url}/team/service")
        shown = remote.look()
        assert len(host.calls) <= 2  # protocol 2 asks for capabilities first
        remote.update(tmp_path / "mirror", shown)
    assert refs(tmp_path / "mirror") == dict(shown.refs) == refs(served.path)
    assert not [path for path in (tmp_path / "mirror" / "refs").rglob("*") if path.is_file()]
    assert GitRepo(tmp_path / "mirror").git("symbolic-ref", "HEAD") == shown.head == "refs/heads/main"
    GitRepo(tmp_path / "mirror").git("fsck", "--strict")


def test_an_update_brings_what_is_new_and_drops_what_no_ref_leads_to(served: GitRepo, tmp_path: Path) -> None:
    served.branch("topic")
    served.checkout("topic")
    left = served.commit({"secret.txt": "gone soon"}, "On a branch")
    served.checkout("main")
    with serve(tmp_path / "served") as host:
        remote = Remote(f"{host.url}/team/service")
        first = remote.look()
        remote.update(tmp_path / "mirror", first)
        assert left in objects(tmp_path / "mirror")
        served.git("branch", "-D", "topic")
        new = served.commit({"c.txt": "three"}, "More")
        second = remote.look()
        remote.update(tmp_path / "mirror", second)
        fresh = Remote(f"{host.url}/team/service")
        fresh.update(tmp_path / "fresh", second)
    assert first.digest != second.digest
    assert refs(tmp_path / "mirror") == {"refs/heads/main": new}
    assert objects(tmp_path / "mirror") == objects(tmp_path / "fresh")


def test_nothing_moved_means_the_same_digest(served: GitRepo, tmp_path: Path) -> None:
    with serve(tmp_path / "served") as host:
        remote = Remote(f"{host.url}/team/service")
        assert remote.look().digest == remote.look().digest
        before = remote.look().digest
        served.ref("refs/pull/9/head", served.dangling_commit({"d": b"d"}))
        assert remote.look().digest != before


@pytest.mark.usefixtures("served")
def test_an_unfinished_mirror_is_made_anew(tmp_path: Path) -> None:
    mirror = tmp_path / "mirror"
    with serve(tmp_path / "served") as host:
        remote = Remote(f"{host.url}/team/service")
        shown = remote.look()
        remote.update(mirror, shown)
        (mirror / "unfinished").touch()
        (mirror / "packed-refs.lock").touch()
        (mirror / "objects" / "pack" / "tmp_pack_x").write_bytes(b"half")
        remote.update(mirror, shown)
    assert refs(mirror) == dict(shown.refs)
    assert not (mirror / "packed-refs.lock").exists()
    assert not (mirror / "unfinished").exists()


def test_a_credential_goes_to_its_host_only_and_stays_nowhere(served: GitRepo, tmp_path: Path) -> None:
    address = "{url}/team/service"
    with serve(tmp_path / "served", token=TOKEN) as host:
        remote = Remote(address.format(url=host.url), Access(host.netloc, TOKEN))
        assert TOKEN not in repr(remote)
        remote.update(tmp_path / "mirror", remote.look())
        with pytest.raises(SourceError, match="could not be fetched") as refused:
            Remote(address.format(url=host.url), Access(host.netloc, "another")).look()
        assert "another" not in str(refused.value)
        with pytest.raises(SourceError, match="needs a credential"):
            Remote(address.format(url=host.url)).look()
        host.calls.clear()
        with pytest.raises(SourceError):
            Remote(address.format(url=host.url), Access("github.com", TOKEN)).look()
        assert {call.authorization for call in host.calls} == {""}
    kept = [path for path in (tmp_path / "mirror").rglob("*") if path.is_file() and TOKEN.encode() in path.read_bytes()]
    assert kept == []
    assert served.head() in objects(tmp_path / "mirror")


@pytest.mark.skipif(sys.platform != "linux", reason="command lines are read in /proc")
def test_the_credential_is_on_no_command_line(served: GitRepo, tmp_path: Path) -> None:
    served.commit({"big.bin": os.urandom(200_000)})
    seen: list[bytes] = []
    with serve(tmp_path / "served", token=TOKEN) as host:
        allows = host.allows

        def looking(authorization: str) -> bool:
            seen.append(subprocess.run(["ps", "-eo", "args"], capture_output=True, check=True).stdout)
            return allows(authorization)

        host.allows = looking  # type: ignore[method-assign]  # look around while git is talking
        remote = Remote(f"{host.url}/team/service", Access(host.netloc, TOKEN))
        remote.update(tmp_path / "mirror", remote.look())
    assert any(b"remote-http" in lines for lines in seen)
    assert not any(TOKEN.encode() in lines for lines in seen)


@pytest.mark.parametrize(
    "address",
    [
        "ext::sh -c true",
        "--upload-pack=touch x",
        "-oProxyCommand=x",
        "ssh://-oProxyCommand=x/y",
        "git://example.org/a/b",
        "git@example.org:a/b.git",
        "file:///etc",
        "http://example.org/a/b",
        "https://example.org/",
        "https://example.org/a b",
        "https://example.org/a\nb",
        "https://example.org/../b",
        "https://-x.example.org/a",
        "",
    ],
)
def test_only_addresses_are_handed_to_git(address: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        checked_address(address)
    with pytest.raises(SourceError):
        Remote(address).look()
    assert list(tmp_path.iterdir()) == []


def test_an_address_with_a_password_is_refused_without_repeating_it() -> None:
    with pytest.raises(SourceError, match="user name or a password") as refused:
        checked_address("https://someone:" + "hidden-word@example.org/a/b")
    assert "hidden-word" not in str(refused.value)


def test_a_repository_of_sha256_objects(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "served" / "new", object_format="sha256")
    head = repo.commit({"a": "b"})
    with serve(tmp_path / "served") as host:
        remote = Remote(f"{host.url}/new")
        remote.update(tmp_path / "mirror", remote.look())
    assert refs(tmp_path / "mirror") == {"refs/heads/main": head}


def test_an_empty_repository_is_mirrored_too(tmp_path: Path) -> None:
    GitRepo.create(tmp_path / "served" / "empty")
    with serve(tmp_path / "served") as host:
        remote = Remote(f"{host.url}/empty")
        shown = remote.look()
        remote.update(tmp_path / "mirror", shown)
    assert shown.refs == ()
    assert (tmp_path / "mirror" / "HEAD").exists()


def test_a_repository_that_does_not_exist_says_so(tmp_path: Path) -> None:
    with serve(tmp_path) as host, pytest.raises(SourceError, match="does not exist, or the credential may not see it"):
        Remote(f"{host.url}/nobody/nothing").look()
