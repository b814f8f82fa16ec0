"""The command line as a person meets it: exit codes, sentences, files; a real process each time."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

LICENCE = Path(__file__).parents[1] / "LICENSE"


def run(*arguments: str | Path, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-c", "from auditor.cli import main; main()", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env={**os.environ, **environment},
        timeout=120,
    )


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=Dev", "-c", "user.email=dev@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(folder), *identity, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "service"
    folder.mkdir()
    git(folder, "init", "-q")
    (folder / "LICENSE").write_text(LICENCE.read_text())
    (folder / "README.md").write_text("# Service\n\nThis service does one thing.\n")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "Begin")
    return folder


def plant(folder: Path) -> str:
    value = "AKIAQYLPM¦N5HHHFPZAM2".replace("¦", "")
    secret = "tX9fJ2mQ7vLb4Rk8Zc1W¦hN6yGp3DsUa5Eo0KiT2V".replace("¦", "")
    (folder / "deploy.sh").write_text(f"export AWS_ACCESS_KEY_ID={value}\nexport AWS_SECRET_ACCESS_KEY={secret}\n")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "Deploy")
    return secret


def test_help_names_every_command() -> None:
    shown = run("--help")
    assert shown.returncode == 0
    for command in (
        "scan",
        "rules",
        "explain",
        "schema",
        "init",
        "triage",
        "accept",
        "rotated",
        "attest",
        "verdict",
        "diff",
        "policy",
    ):
        assert command in shown.stdout


def test_the_version_is_shown() -> None:
    assert run("--version").stdout.startswith("auditor ")


def test_a_secret_blocks_and_is_masked_everywhere(repository: Path, tmp_path: Path) -> None:
    secret = plant(repository)
    reports = [f"{name}={tmp_path / name}" for name in ("json", "sarif", "csv", "markdown", "html")]
    done = run(
        "scan", repository, *(part for report in reports for part in ("--report", report)), "--cache-dir", tmp_path / "cache"
    )
    assert done.returncode == 1, done.stderr
    assert secret not in done.stdout + done.stderr
    for file in [*tmp_path.glob("*"), *(tmp_path / "cache").rglob("*")]:
        if file.is_file():
            assert secret.encode() not in file.read_bytes()
    report = json.loads((tmp_path / "json").read_text())
    assert report["verdict"]["decision"] == "not_yet"
    assert (tmp_path / "json").stat().st_mode & 0o777 == 0o600


def test_no_licence_is_not_yet(tmp_path: Path) -> None:
    folder = tmp_path / "bare-bones"
    folder.mkdir()
    git(folder, "init", "-q")
    (folder / "main.py").write_text("print('hello')\n")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "Begin")
    done = run("scan", folder, "--format", "json")
    assert done.returncode == 1, done.stderr
    assert "LIC-01" in {blocker["id"] for blocker in json.loads(done.stdout)["verdict"]["blockers"]}


def test_what_cannot_be_audited_is_one_sentence(tmp_path: Path) -> None:
    for arguments in (["scan", tmp_path / "nowhere"], ["scan", tmp_path, "--format", "rubbish"], ["explain", "LIC-99"]):
        done = run(*arguments)
        assert done.returncode == 2
        assert done.stderr.startswith("auditor: ")
        assert len(done.stderr.strip().splitlines()) == 1
        assert "Traceback" not in done.stderr


def test_an_unwritable_output_fails_before_the_scan(repository: Path, tmp_path: Path) -> None:
    done = run("scan", repository, "--output", tmp_path / "missing" / "report")
    assert done.returncode == 2
    assert "does not exist" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_one_sentence(repository: Path) -> None:
    done = run("scan", repository, "--report", "json=/dev/full")
    assert done.returncode == 2
    assert "could not be written" in done.stderr


def test_an_unknown_setting_names_the_nearest(repository: Path) -> None:
    (repository / ".auditor.yml").write_text("polcy: moj\n")
    done = run("scan", repository)
    assert done.returncode == 2
    assert "'policy'" in done.stderr


def test_settings_of_the_tree_that_only_the_user_may_set_are_refused_aloud(repository: Path) -> None:
    (repository / ".auditor.yml").write_text("rules: [evil.yml]\n")
    done = run("scan", repository)
    assert "only you can set that" in done.stderr


def test_reveal_writes_the_values_and_only_outside_repositories(repository: Path, tmp_path: Path) -> None:
    secret = plant(repository)
    assert run("scan", repository, "--reveal", repository / "values").returncode == 2
    done = run("scan", repository, "--reveal", tmp_path / "values")
    assert done.returncode == 1, done.stderr
    rows = [json.loads(line) for line in (tmp_path / "values").read_text().splitlines()]
    assert secret in {row["secret"] for row in rows}
    assert (tmp_path / "values").stat().st_mode & 0o777 == 0o600


def test_no_colour_means_no_escape_sequences(repository: Path) -> None:
    assert "\x1b" not in run("scan", repository, NO_COLOR="1").stdout


def test_the_summary_is_ten_lines(repository: Path) -> None:
    assert 0 < len(run("scan", repository, "--summary").stdout.strip().splitlines()) <= 10


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such terminal")
def test_a_person_who_watches_sees_how_far_it_is(repository: Path) -> None:
    terminal, theirs = os.openpty()
    command = [sys.executable, "-P", "-c", "from auditor.cli import main; main()", "scan", str(repository), "--summary"]
    environment = {**os.environ, "TERM": "xterm-256color"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, text=True, env=environment)
    os.close(theirs)
    seen = b""
    # A terminal that nobody holds any more says so by an error.
    with contextlib.suppress(OSError):
        while said := os.read(terminal, 4096):
            seen += said
    os.close(terminal)
    printed, _ = process.communicate(timeout=60)
    assert process.returncode in {0, 1}, seen
    assert b"Reading content" in seen
    assert "What was looked at" in printed


def test_an_interrupt_exits_130(tmp_path: Path) -> None:
    folder = tmp_path / "large"
    folder.mkdir()
    for number in range(300):
        (folder / f"{number}.txt").write_bytes(os.urandom(400_000).hex().encode())
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", "from auditor.cli import main; main()", "scan", str(folder), "--workers", "1", "--no-cache"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert "Interrupted" in errors


@pytest.mark.parametrize("name", ["report", "config", "rules", "openness", "policy"])
def test_every_schema_is_published(name: str) -> None:
    assert json.loads(run("schema", name).stdout)["$schema"].startswith("https://json-schema.org/")


def test_rules_are_listed_shown_and_explained() -> None:
    listed = run("rules", "list")
    assert len(listed.stdout.splitlines()) > 180
    assert "GitHub" in run("explain", "LIC-01").stdout or "licence" in run("explain", "LIC-01").stdout.lower()
    assert "What to do" in run("rules", "show", "generic-password").stdout


def test_a_python_file_of_the_scanned_folder_is_never_imported(repository: Path) -> None:
    for name in ("csv", "json", "re2", "hyperscan", "auditor"):
        (repository / f"{name}.py").write_text("raise SystemExit('executed')\n")
    done = run("scan", ".", cwd=repository)
    assert "executed" not in done.stdout + done.stderr
    assert done.returncode in {0, 1}, done.stderr
