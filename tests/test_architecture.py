"""The house rules of docs/how-it-works.md, enforced: layers, who may touch what, and small modules."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "auditor"
MODULES = sorted(PACKAGE.rglob("*.py"))
MOST_LINES = 400
MOST_COMMAND_LINES = 200

# Which folders or modules may import which library, directly.
CONTAINMENT = {
    "git": ("sources/git.py",),
    "dulwich": ("sources/packed.py",),
    "hyperscan": ("detection/matcher.py",),
    "re2": ("detection/matcher.py",),
    "detect_secrets": ("detection/plugins.py", "findings/suppression.py"),
    "github": ("github/",),
    "sqlalchemy": ("org/",),
    "alembic": ("org/",),
    "dask": ("org/",),
    "distributed": ("org/",),
    "jinja2": ("reports/",),
    "typer": ("cli/",),
    "rich": ("cli/", "reports/terminal.py"),
}
MAY_REVEAL = ("detection/", "findings/fingerprint.py", "findings/reveal.py", "model/secret.py")
MAY_START_PROCESSES = (
    "sources/git.py",
    "sources/catalogue.py",
    "sources/objects.py",
    "sources/",
    "detection/pool.py",
    "org/executor.py",
)


def place(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module.partition(".")[0])
    return found


def test_layers_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == EXIT_STATUS_SUCCESS


@pytest.mark.parametrize("library", sorted(CONTAINMENT))
def test_a_library_is_touched_only_where_it_belongs(library: str) -> None:
    outside = [place(m) for m in MODULES if library in imports_of(m) and not place(m).startswith(CONTAINMENT[library])]
    assert outside == []


def test_only_workers_fingerprints_and_the_reveal_file_see_values() -> None:
    callers = [place(m) for m in MODULES if re.search(r"\.reveal\(\)", m.read_text(encoding="utf-8"))]
    assert [caller for caller in callers if not caller.startswith(MAY_REVEAL)] == []


def test_processes_are_started_only_by_sources_and_the_pool() -> None:
    starters = [place(m) for m in MODULES if imports_of(m) & {"subprocess", "multiprocessing"}]
    assert [s for s in starters if not s.startswith(MAY_START_PROCESSES)] == []


def test_modules_stay_small() -> None:
    lengths = {place(m): len(m.read_text(encoding="utf-8").splitlines()) for m in MODULES}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}


def test_a_command_is_one_small_file() -> None:
    lengths = {place(m): len(m.read_text(encoding="utf-8").splitlines()) for m in (PACKAGE / "cli").glob("*.py")}
    assert {name: length for name, length in lengths.items() if length > MOST_COMMAND_LINES} == {}


def test_nothing_in_the_project_points_at_a_machine() -> None:
    words = re.compile(r"(?<![\w./])/(?:work|farm|root)/")
    text_files = [p for p in ROOT.rglob("*") if p.suffix in {".py", ".md", ".yml", ".toml", ".sh"} and ".git" not in p.parts]
    guilty = [
        str(p.relative_to(ROOT))
        for p in text_files
        if "venv" not in str(p) and "node_modules" not in p.parts and words.search(p.read_text(encoding="utf-8", errors="replace"))
    ]
    assert [g for g in guilty if g != "tests/test_architecture.py"] == []
