"""Nothing is scanned twice, and nobody can tell from the report."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import sqlite3
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from auditor.audit import Changes, audit
from auditor.audit.payload import unpacked
from auditor.config import Settings
from auditor.detection.scanner import Scanner
from auditor.model.progress import NoProgress
from auditor.reports.json_report import document
from tests.gitrepo import GitRepo

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from auditor.model.blob import Blob
    from auditor.model.finding import Match
    from auditor.model.secret import Secret

NOW = datetime(2026, 5, 1, tzinfo=UTC)
TOKEN = "ghp_h3RkW9bTq2XsLd7¦VnZ4cYf8GpJ6mUa1QtE5B".replace("¦", "")
PASSWORD = "password = 'gK4wz8¦VpHd6'\n".replace("¦", "")


@pytest.fixture
def settings(tmp_path: Path, own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    cache = tmp_path / "cache"
    cache.mkdir()
    for kind in ("rules", "classes", "anchors", "kinds", "database"):
        for path in own_cache.rglob(f"{kind}-*"):
            shutil.copy(path, cache)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return Settings(cache_dir=cache, workers=1)


@pytest.fixture
def scanned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note which objects are scanned, alone or together with others."""
    seen: list[str] = []
    scan, worth_scanning = Scanner.scan, Scanner.worth_scanning

    def note(*blobs: Blob) -> None:
        seen.extend(blob.oid for blob in blobs if len(blob.oid) == 40 and blob.oid not in seen)

    def alone(self: Scanner, blob: Blob) -> list[tuple[Match, Secret]]:
        note(blob)
        return scan(self, blob)

    def together(self: Scanner, blobs: list[Blob]) -> list[Blob]:
        note(*blobs)
        return worth_scanning(self, blobs)

    monkeypatch.setattr(Scanner, "scan", alone)
    monkeypatch.setattr(Scanner, "worth_scanning", together)
    return seen


def report(path: Path, settings: Settings, changes: Changes | None = None) -> dict[str, Any]:
    found = audit(path, settings, now=NOW, changes=changes or Changes())
    return document(replace(found, target=replace(found.target, name="", path="")))


def leaky(path: Path) -> GitRepo:
    repository = GitRepo.create(path)
    repository.commit({"app.py": f"token = '{TOKEN}'\n", "README.md": "# Service\n"}, "Begin")
    repository.commit({"live.py": PASSWORD}, f"Add {TOKEN}")
    repository.commit({"app.py": "token = ''\n"}, "Take it out")
    return repository


def test_a_second_scan_reads_nothing_again_and_says_the_same(tmp_path: Path, settings: Settings, scanned: list[str]) -> None:
    mirror = leaky(tmp_path / "service").mirror(tmp_path / "mirror.git").path
    first = report(mirror, settings)
    assert len(set(scanned)) == 7
    scanned.clear()
    assert report(mirror, settings) == first == report(mirror, replace(settings, cache=False))
    assert len(scanned) == 7
    assert {finding["rule_id"] for finding in first["findings"]} >= {"github-pat-classic"}


def test_an_interrupted_scan_goes_on_where_it_ended(tmp_path: Path, settings: Settings, scanned: list[str]) -> None:
    class Interrupted(NoProgress):
        def phase(self, name: str, *, total: int = 0) -> None:  # noqa: ARG002  as the others
            if name == "Tracing history":
                raise KeyboardInterrupt

    mirror = leaky(tmp_path / "service").mirror(tmp_path / "mirror.git").path
    with pytest.raises(KeyboardInterrupt):
        audit(mirror, settings, now=NOW, progress=Interrupted())
    assert len(scanned) == 7
    scanned.clear()
    found = report(mirror, settings)
    assert scanned == []
    assert found == report(mirror, replace(settings, cache=False))


def test_no_cache_neither_asks_nor_keeps(tmp_path: Path, settings: Settings, scanned: list[str]) -> None:
    repository = leaky(tmp_path / "service")
    for _ in range(2):
        scanned.clear()
        report(repository.path, replace(settings, cache=False))
        assert len(scanned) == 7
    assert not list(settings.cache_dir.glob("results-*")) if settings.cache_dir else False


def test_only_what_is_new_is_scanned(tmp_path: Path, settings: Settings, scanned: list[str]) -> None:
    repository = leaky(tmp_path / "service")
    mirror = repository.mirror(tmp_path / "mirror.git").path
    report(mirror, settings)
    scanned.clear()
    commit = repository.commit({"new.py": f"other = '{TOKEN}'\n"}, "Put it back")
    later = repository.mirror(tmp_path / "later.git").path
    found = report(later, settings)
    assert commit in scanned
    assert len(set(scanned)) == 2
    assert found == report(later, replace(settings, cache=False))


def test_a_blob_that_forks_share_costs_once(tmp_path: Path, settings: Settings, scanned: list[str]) -> None:
    repository = leaky(tmp_path / "service")
    report(repository.mirror(tmp_path / "one.git").path, settings)
    scanned.clear()
    report(repository.mirror(tmp_path / "fork.git").path, settings)
    assert scanned == []


def test_other_rules_scan_again(tmp_path: Path, settings: Settings, scanned: list[str]) -> None:
    mirror = leaky(tmp_path / "service").mirror(tmp_path / "mirror.git").path
    report(mirror, settings)
    scanned.clear()
    found = report(mirror, replace(settings, disabled_rules=frozenset({"github-pat-classic"})))
    assert len(set(scanned)) == 7
    assert "github-pat-classic" not in {finding["rule_id"] for finding in found["findings"]}


def test_another_key_of_the_organisation_reads_only_what_holds_something(
    tmp_path: Path, settings: Settings, scanned: list[str]
) -> None:
    mirror = leaky(tmp_path / "service").mirror(tmp_path / "mirror.git").path

    def links(key: bytes, settings: Settings) -> dict[str, str]:
        return {found.fingerprint: found.link for found in audit(mirror, settings, now=NOW, link_key=key).findings}

    first = links(b"one" * 11, settings)
    assert len(set(scanned)) == 7
    holding = {place.oid for found in audit(mirror, settings, now=NOW).findings for place in found.locations}
    scanned.clear()
    second = links(b"two" * 11, settings)
    assert set(scanned) == holding
    assert len(holding) < 7
    assert first.keys() == second.keys()
    assert all(first.values())
    assert not set(first.values()) & set(second.values())
    assert second == links(b"two" * 11, replace(settings, cache=False))
    scanned.clear()
    assert links(b"one" * 11, settings) == first
    assert scanned == []


def test_what_was_left_out_is_looked_for_again(tmp_path: Path, settings: Settings, scanned: list[str]) -> None:
    repository = leaky(tmp_path / "service")
    content = f"model = '{TOKEN[:-4]}wXyZ'\n".encode()
    digest = hashlib.sha256(content).hexdigest()
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize {len(content)}\n"
    repository.commit({"model.bin": pointer}, "Add a model")
    mirror = repository.mirror(tmp_path / "mirror.git").path
    first = report(mirror, settings)
    scanned.clear()
    assert report(mirror, settings) == first
    assert scanned == []
    place = mirror / "lfs" / "objects" / digest[:2] / digest[2:4]
    place.mkdir(parents=True)
    (place / digest).write_bytes(content)
    later = report(mirror, settings)
    assert len(set(scanned)) == 1
    assert len(later["findings"]) == len(first["findings"]) + 1
    assert later == report(mirror, replace(settings, cache=False))


def damaged(path: Path, place: int) -> None:
    path.chmod(0o600)
    with path.open("r+b") as file:
        file.seek(place)
        old = file.read(1)
        file.seek(place)
        file.write(bytes([old[0] ^ 0xFF]))


def pack_of(repository: GitRepo) -> Path:
    repository.git("repack", "-adq")
    return next((repository.git_dir / "objects" / "pack").glob("*.pack"))


def test_damage_since_the_first_scan_is_a_gap_all_the_same(tmp_path: Path, settings: Settings) -> None:
    repository = leaky(tmp_path / "service")
    pack = pack_of(repository)
    assert report(repository.path, settings)["coverage"]["complete"]
    damaged(pack, pack.stat().st_size // 2)
    found = report(repository.path, settings)
    assert not found["coverage"]["complete"]
    assert found == report(repository.path, replace(settings, cache=False))


def test_a_damaged_loose_object_is_a_gap_all_the_same(tmp_path: Path, settings: Settings) -> None:
    repository = leaky(tmp_path / "service")
    assert report(repository.path, settings)["coverage"]["complete"]
    oid = repository.git("rev-parse", "HEAD:live.py").strip()
    damaged(repository.git_dir / "objects" / oid[:2] / oid[2:], 20)
    found = report(repository.path, settings)
    assert not found["coverage"]["complete"]
    assert found == report(repository.path, replace(settings, cache=False))


def test_a_damaged_cache_costs_time_and_a_warning_only(tmp_path: Path, settings: Settings) -> None:
    mirror = leaky(tmp_path / "service").mirror(tmp_path / "mirror.git").path
    first = report(mirror, settings)
    for path in settings.cache_dir.glob("results-*") if settings.cache_dir else ():
        path.write_bytes(os.urandom(10_000))
    second = report(mirror, settings)
    assert any("thrown away" in warning for warning in second["warnings"])
    assert {**second, "warnings": first["warnings"]} == first


PARTS = (Changes(staged=True), Changes(commits="HEAD~1..HEAD"))


def test_a_part_of_a_repository_that_was_scanned_costs_nothing(tmp_path: Path, settings: Settings, scanned: list[str]) -> None:
    repository = leaky(tmp_path / "service")
    (repository.path / "live.py").write_text(PASSWORD + f"again = '{TOKEN}'\n")
    repository.git("add", "live.py")
    report(repository.path, settings)
    for changes in PARTS:
        scanned.clear()
        found = report(repository.path, settings, changes)
        assert scanned == []
        assert found == report(repository.path, replace(settings, cache=False), changes)


def test_no_value_is_kept_packed_or_not(tmp_path: Path, settings: Settings) -> None:
    repository = leaky(tmp_path / "service")
    repository.commit({f"keys/{TOKEN}.txt": "see the name\n", "openness.yml": f"note: {TOKEN}\n"}, "Add a name")
    repository.branch(f"try-{TOKEN}")
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("inner/settings.py", PASSWORD)
    repository.commit({"data.zip": archive.getvalue()}, "Add data")
    (repository.path / "openness.yml").unlink()
    report(repository.path, settings)
    rows = [value for path in settings.cache_dir.glob("results-*.sqlite") for value in facts_in(path)] if settings.cache_dir else []
    assert len(rows) > 20
    for value in (TOKEN, PASSWORD.split("'")[1]):
        assert not [row for row in rows if value.encode() in row or value[::-1].encode() in row]


def facts_in(path: Path) -> list[bytes]:
    connection = sqlite3.connect(path)
    try:
        return [repr(unpacked(value[16:])).encode() for (value,) in connection.execute("SELECT value FROM facts")]
    finally:
        connection.close()
