"""Every object once, wherever it hides."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest

from auditor.config import Settings
from auditor.model.blob import Origin
from auditor.model.levels import Exposure
from auditor.sources.commits import person, unsigned
from auditor.sources.target import open_target
from tests.gitrepo import GitRepo

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.sources.conftest import Reading

    Look = Callable[..., Reading]


def test_each_hiding_place_is_read(repo: GitRepo, look: Look) -> None:
    first = repo.commit({"a.txt": "on-main", ".gitattributes": "*.bin -diff\n*.dat binary\n*.txt filter=none\n"}, "subject-first")
    repo.commit({"x.bin": b"minus-diff", "y.dat": b"binary\x00content", "z.txt": "filtered"})
    repo.branch("topic", first)
    repo.checkout("topic")
    repo.commit({"topic.txt": "on-topic"})
    repo.checkout("main")
    repo.merge("topic", files={"merge.txt": "only-in-merge"})
    repo.ref("refs/pull/7/head", repo.dangling_commit({"p.txt": b"in-pull"}))
    repo.ref("refs/custom/x", repo.dangling_commit({"c.txt": b"in-custom"}))
    repo.ref("refs/remotes/origin/far", repo.dangling_commit({"r.txt": b"in-remote"}))
    repo.note(first, "in-note")
    repo.tag("v1", message="in-tag-message")
    lost = repo.commit({"lost.txt": "in-reflog"})
    repo.git("reset", "-q", "--hard", "HEAD~1")
    repo.dangling_blob(b"in-dangling")
    repo.dangling_tree({"dir-name.txt": b"in-dangling-tree"})
    repo.add({"staged.txt": "stash-index"})
    repo.write({"staged.txt": "stash-worktree", "new.txt": "stash-untracked"})
    repo.stash()
    reading = look(repo.path)
    expected = {
        b"on-main": Exposure.HEAD,
        b"minus-diff": Exposure.HEAD,
        b"binary\x00content": Exposure.HEAD,
        b"filtered": Exposure.HEAD,
        b"on-topic": Exposure.HEAD,
        b"only-in-merge": Exposure.HEAD,
        b"in-remote": Exposure.BRANCH_OR_TAG,
        b"in-pull": Exposure.PULL_REQUEST_REF,
        b"in-custom": Exposure.OTHER_REF,
        b"in-note": Exposure.OTHER_REF,
        b"in-reflog": Exposure.LOCAL_ONLY,
        b"in-dangling": Exposure.LOCAL_ONLY,
        b"in-dangling-tree": Exposure.LOCAL_ONLY,
        b"stash-index": Exposure.LOCAL_ONLY,
        b"stash-worktree": Exposure.LOCAL_ONLY,
        b"stash-untracked": Exposure.LOCAL_ONLY,
        b"in-tag-message": Exposure.BRANCH_OR_TAG,
        b"subject-first": Exposure.BRANCH_OR_TAG,
    }
    found = {needle: max((p.exposure for p in reading.places(needle)), key=lambda e: e.rank, default=None) for needle in expected}
    assert found == expected
    assert not reading.gaps
    oids = [blob.oid for blob in reading.blobs if blob.origin is not Origin.CONFIG]
    assert len(oids) == len(set(oids))
    assert lost in oids
    assert next(p.path for p in reading.places(b"in-dangling-tree")) == "dir-name.txt"


def test_merge_only_and_octopus_content_has_its_path_and_commit(repo: GitRepo, look: Look) -> None:
    repo.commit({"a.txt": "a"})
    for name in ("one", "two", "three"):
        repo.branch(name)
        repo.checkout(name)
        repo.commit({f"{name}.txt": name})
        repo.checkout("main")
    merge = repo.merge("one", "two", "three", files={"evil.txt": "brought-by-octopus"})
    reading = look(repo.path)
    (place,) = reading.places(b"brought-by-octopus")
    assert (place.path, place.commit, place.exposure) == ("evil.txt", merge, Exposure.HEAD)


def test_type_change_leaves_both_contents(repo: GitRepo, look: Look) -> None:
    repo.commit({"thing": "was-a-file"})
    (repo.path / "thing").unlink()
    (repo.path / "thing").symlink_to("is-a-link-text")
    repo.git("add", "-A")
    repo.commit()
    reading = look(repo.path)
    (old,) = reading.places(b"was-a-file")
    (new,) = reading.places(b"is-a-link-text")
    assert old.exposure is Exposure.BRANCH_OR_TAG
    assert old.gone is not None
    assert new.exposure is Exposure.HEAD
    assert new.gone is None


def test_removal_is_dated_and_first_commit_is_the_oldest(repo: GitRepo, look: Look) -> None:
    first = repo.commit({"old/name.txt": "wandering"})
    repo.commit({"old/name.txt": None, "new.txt": "wandering"})
    repo.commit({"new.txt": None, "keep": "x"})
    reading = look(repo.path)
    places = {place.path: place for place in reading.places(b"wandering")}
    assert places["old/name.txt"].commit == first
    assert places["old/name.txt"].gone == places["new.txt"].authored
    assert {place.exposure for place in places.values()} == {Exposure.BRANCH_OR_TAG}
    assert reading.history.paths["old/name.txt"].commit == first


def test_tagged_blob_and_tree(repo: GitRepo, look: Look) -> None:
    repo.commit({"a": "a"})
    repo.tag("blob", repo.dangling_blob(b"tagged-blob"), message="a blob")
    reading = look(repo.path)
    assert [p.exposure for p in reading.places(b"tagged-blob")] == [Exposure.BRANCH_OR_TAG]


def test_borrowed_objects_are_read_and_said(repo: GitRepo, tmp_path: Path, look: Look) -> None:
    repo.commit({"a": "in-the-lender"})
    borrower = tmp_path / "borrower"
    repo.git("clone", "-q", "--shared", str(repo.path), str(borrower))
    reading = look(borrower)
    assert reading.found(b"in-the-lender")
    assert any("borrowed" in note for note in reading.coverage.notes)
    assert not reading.gaps


def test_lfs_pointer_is_opaque_until_fetched(repo: GitRepo, look: Look) -> None:
    digest = "ab" * 32
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize 12\n"
    repo.commit({"big.bin": pointer})
    reading = look(repo.path)
    assert [(s.reason, s.path, s.in_tip) for s in reading.opaque] == [("Git LFS object not fetched", "big.bin", True)]
    store = repo.git_dir / "lfs" / "objects" / "ab" / "ab"
    store.mkdir(parents=True)
    (store / digest).write_bytes(b"lfs-content")
    again = look(repo.path)
    assert not again.opaque
    assert again.found(b"lfs-content")[0].container == ("git lfs",)


def test_large_blob_is_left_out_and_said_with_its_path(repo: GitRepo, look: Look) -> None:
    repo.commit({"big.txt": b"x" * 5000, "small.txt": "s"})
    reading = look(repo.path, Settings(max_blob=1000))
    assert [(s.what, s.path) for s in reading.opaque if s.what == "blob"] == [("blob", "big.txt")]
    assert not reading.found(b"xxxx")


def test_sha256_repository(tmp_path: Path, look: Look) -> None:
    repo = GitRepo.create(tmp_path / "wide", object_format="sha256")
    head = repo.commit({"a/b.txt": "in-sha256"})
    repo.write({"new.txt": "new-in-sha256"})
    reading = look(repo.path)
    (place,) = reading.places(b"in-sha256")[:1]
    assert (place.path, place.commit, place.exposure) == ("a/b.txt", head, Exposure.HEAD)
    assert len(head) == 64
    assert [p.exposure for p in reading.places(b"new-in-sha256")] == [Exposure.UNCOMMITTED]
    assert not reading.gaps


def test_shares_pickle_and_split_without_loss(repo: GitRepo) -> None:
    for number in range(30):
        repo.commit({f"{number}.txt": f"content {number} " * 50})
    repo.repack()
    with open_target(repo.path, Settings()) as source:
        whole = [item for share in source.shares(1) for item in share.items()]
        shares = [pickle.loads(pickle.dumps(share)) for share in source.shares(3)]  # noqa: S301  our own
        split = [item for share in shares for item in share.items()]
    assert len(shares) >= 3
    assert {item.oid for item in whole} == {item.oid for item in split}
    assert len(whole) == len(split)


def test_pick_reads_again(repo: GitRepo, look: Look) -> None:
    repo.commit({"a": "content-a", "b": "content-b"})
    repo.write({"c": "content-c"})
    reading = look(repo.path)
    keys = [blob.oid for blob in reading.blobs if blob.data in {b"content-a", b"content-c"}]
    again = [item.data for item in reading.source.pick(keys).items()]  # type: ignore[union-attr]
    assert sorted(again) == [b"content-a", b"content-c"]


def test_signed_commits_and_odd_encodings(repo: GitRepo, look: Look) -> None:
    head = repo.commit({"a": "a"}, "plain")
    tree = repo.head("HEAD^{tree}")
    raw = (
        f"tree {tree}\nparent {head}\nauthor J\xf6rg <j@example.org> 1700000000 +0130\n"
        "committer C <c@example.org> 1700000001 -0800\ngpgsig -----BEGIN\n x\n -----END\n"
        "encoding ISO-8859-1\n\nGr\xfc\xdfe\n\nbody\n"
    ).encode("latin-1")
    odd = repo.git("hash-object", "-t", "commit", "-w", "--stdin", stdin=raw)
    repo.ref("refs/heads/odd", odd)
    view = look(repo.path).view
    commit = next(c for c in view.commits if c.oid == odd)
    assert (commit.author_name, commit.subject, commit.signed) == ("J\xf6rg", "Gr\xfc\xdfe", True)
    assert commit.authored.isoformat() == "2023-11-14T23:43:20+01:30"
    assert commit.parents == (head,)
    assert view.commits[0].oid == odd


def test_of_a_signature_only_what_is_not_random_is_looked_at(repo: GitRepo, look: Look) -> None:
    head, tree = repo.commit({"a": "a"}), repo.head("HEAD^{tree}")
    people = "author A <a@example.org> 1700000000 +0000\ncommitter A <a@example.org> 1700000000 +0000\n"
    drawn = "zcrRBR0ldV/sGTysFhubcSFNSksx8aT0Rn/50MH0isCZnMyl"
    seal = f"gpgsig -----BEGIN PGP SIGNATURE-----\n Comment: a word\n \n {drawn}\n =+wlJ\n -----END PGP SIGNATURE-----\n"
    raw = f"tree {tree}\nparent {head}\n{people}{seal}\nSay {drawn} in the message\n\n{drawn}\n".encode()
    oid = repo.git("hash-object", "-t", "commit", "-w", "--stdin", stdin=raw)
    repo.ref("refs/heads/sealed", oid)
    data = next(blob.data for blob in look(repo.path).blobs if blob.oid == oid)
    assert (len(data), data.count(b"\n")) == (len(raw), raw.count(b"\n"))
    assert data.replace(b" ", b"") == raw.replace(f" {drawn}\n =+wlJ".encode(), b"\n", 1).replace(b" ", b"")
    tag = b"object 1\n\nv1\n-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAA\n-----END SSH SIGNATURE-----\n"
    assert unsigned(tag) == tag.replace(b"U1NIU0lHAAAA", b" " * 12)


@pytest.mark.parametrize("line", [b"A <a@b> x +0000", b"A", b"A <a> 99999999999999999999 +0000", b"A <a@b> 5 +9999", b""])
def test_broken_people_and_times_do_not_stop_anything(line: bytes) -> None:
    assert person(line)[2].year >= 1970
