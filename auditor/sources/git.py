"""The only place that starts git, and the only one that loads GitPython.

git never runs in the repository that is scanned. It runs in a git folder of our own: our configuration, the object files
linked one by one, the refs copied. So no hook, filter, alias, fsmonitor, textconv, include or promisor of the scanned
repository is ever read by git, and nothing can be written to it.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from auditor.errors import GitError
from auditor.sources.layout import read_regular
from auditor.sources.refs import packed

if sys.platform == "linux":
    import fcntl
    import resource

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from auditor.sources.layout import Layout
    from auditor.sources.refs import Refs

MINIMUM: Final = (2, 34)
"""What distributions under support carry; older ones lack parts that are used here."""

_PIPE: Final = 1 << 20
MEMORY: Final = 1 << 30
"""What one git may take for itself: a few hundred bytes of nested trees can name billions of paths, all kept in memory."""

_COPY_LIMIT: Final = 64 * 1024 * 1024
_PACK_SUFFIXES: Final = (".pack", ".idx", ".rev")

_CONFIG: Final = """\
[core]
	repositoryFormatVersion = {version}
	bare = true
	fsmonitor = false
	untrackedCache = false
	hooksPath = /dev/null
	attributesFile = /dev/null
	excludesFile = /dev/null
	commitGraph = false
	multiPackIndex = false
	useReplaceRefs = false
	logAllRefUpdates = false
	quotePath = false
	deltaBaseCacheLimit = 96m
[gc]
	auto = 0
[protocol]
	allow = never
[diff]
	renames = false
"""


@dataclass(frozen=True, slots=True)
class Git:
    """A way to start git in one git folder of ours; picklable, so that workers start their own.

    `extra` are further variables of its environment, which only mirrors.py gives, to reach the network; they may hold a
    credential, so they are never shown. `largest_file` bounds what it may write, 0 for no bound.
    """

    executable: str
    git_dir: Path
    object_format: str = "sha1"
    extra: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    memory: int = MEMORY
    largest_file: int = 0

    @property
    def digits(self) -> int:
        """Length of an object id in hexadecimal digits."""
        return 64 if self.object_format == "sha256" else 40

    def environment(self, work_tree: Path | None = None, index: Path | None = None) -> dict[str, str]:
        """Return the environment for git: ours, with every variable of git's own taken out."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        nowhere = str(self.git_dir)
        ours = {
            "GIT_DIR": nowhere,
            "HOME": nowhere,
            "XDG_CONFIG_HOME": nowhere,
            "LC_ALL": "C",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_SYSTEM": os.devnull,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_ATTR_NOSYSTEM": "1",
            "GIT_NO_LAZY_FETCH": "1",
            "GIT_NO_REPLACE_OBJECTS": "1",
            "GIT_ALLOW_PROTOCOL": "",
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_OPTIONAL_LOCKS": "0",
            "GIT_LITERAL_PATHSPECS": "1",
            "GIT_PAGER": "cat",
        }
        if work_tree is not None:
            ours["GIT_WORK_TREE"] = str(work_tree)
        if index is not None:
            ours["GIT_INDEX_FILE"] = str(index)
        return inherited | ours | dict(self.extra)

    def run(
        self,
        *arguments: str,
        stdin: bytes = b"",
        work_tree: Path | None = None,
        index: Path | None = None,
        timeout: float | None = None,
        check: bool = True,
    ) -> bytes:
        """Run git to its end and return what it printed.

        Raises:
            GitError: it failed (unless `check` is off), or took longer than `timeout` seconds.
        """
        pipes = (subprocess.PIPE, subprocess.PIPE, subprocess.PIPE)
        process = self._spawn(arguments, work_tree, index, pipes, own_group=timeout is not None)
        try:
            printed, complaints = process.communicate(stdin, timeout)
        except subprocess.TimeoutExpired as error:
            msg = f"git {arguments[0]} did not end within {timeout:.0f} seconds."
            raise GitError(msg) from error
        finally:
            _end(process, group=timeout is not None)
        if check and process.returncode:
            msg = f"git {arguments[0]} failed: {_reason(complaints)}."
            raise GitError(msg)
        return printed

    def start(
        self, *arguments: str, stdin: IO[bytes] | int, stdout: IO[bytes] | int, errors: IO[bytes] | int
    ) -> subprocess.Popen[bytes]:
        """Start git and leave it running; a pipe on its output is made as large as the system allows."""
        process = self._spawn(arguments, None, None, (stdin, stdout, errors))
        if stdout == subprocess.PIPE and process.stdout is not None:
            _widen(process.stdout.fileno())
        return process

    def _spawn(
        self,
        arguments: tuple[str, ...],
        work_tree: Path | None,
        index: Path | None,
        files: tuple[IO[bytes] | int, IO[bytes] | int, IO[bytes] | int],
        *,
        own_group: bool = False,
    ) -> subprocess.Popen[bytes]:
        try:
            process = subprocess.Popen(
                [self.executable, *arguments],
                stdin=files[0],
                stdout=files[1],
                stderr=files[2],
                bufsize=_PIPE,
                cwd=work_tree or self.git_dir,
                env=self.environment(work_tree, index),
                process_group=0 if own_group and sys.platform != "win32" else None,
            )
        except OSError as error:
            msg = f"git could not be started: {error.strerror}."
            raise GitError(msg, hint="Check the installation of git.") from error
        _limit(process.pid, self.memory, self.largest_file)
        return process


def _widen(descriptor: int) -> None:
    """Make a pipe larger, where the system can: fewer switches between git and us."""
    if sys.platform == "linux":
        with suppress(OSError):  # a system that allows less works too, more slowly
            fcntl.fcntl(descriptor, fcntl.F_SETPIPE_SZ, _PIPE)


def _end(process: subprocess.Popen[bytes], *, group: bool) -> None:
    """End git where it still runs, with what it started: a helper that waits for the network would keep its output open."""
    if process.poll() is None:
        if group and sys.platform != "win32":
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
    process.communicate()


def _limit(process: int, memory: int, largest_file: int) -> None:
    """Bound what a process may take for itself and write, where the system can."""
    if sys.platform == "linux":
        with suppress(OSError, ValueError):  # it may have ended already
            resource.prlimit(process, resource.RLIMIT_DATA, (memory, memory))
            if largest_file:
                resource.prlimit(process, resource.RLIMIT_FSIZE, (largest_file, largest_file))


class GitDirectory:
    """A temporary git folder that shows a repository to git; a context manager that removes it."""

    def __init__(self, layout: Layout, refs: Refs) -> None:
        """Make the folder.

        Raises:
            GitError: git is missing or too old, or there is no room for temporary files.
        """
        executable = find_git()
        try:
            self._temporary = tempfile.TemporaryDirectory(prefix="auditor-", ignore_cleanup_errors=True)
        except OSError as error:
            raise _no_room(error) from error
        self.path = Path(self._temporary.name)
        try:
            self._fill(layout, refs)
        except OSError as error:
            self.close()
            raise _no_room(error) from error
        self.git = Git(executable, self.path, layout.object_format)

    def close(self) -> None:
        """Remove the folder."""
        self._temporary.cleanup()

    def _fill(self, layout: Layout, refs: Refs) -> None:
        config = _CONFIG.format(version=0 if layout.object_format == "sha1" else 1)
        if layout.object_format != "sha1":
            config += f"[extensions]\n\tobjectFormat = {layout.object_format}\n"
        (self.path / "config").write_bytes(config.encode())
        head = refs.head_name if refs.head_name is not None and refs.head_name.startswith(b"refs/") else refs.head
        symbolic = head is not None and head == refs.head_name
        (self.path / "HEAD").write_bytes((b"ref: " if symbolic else b"") + (head or b"ref: refs/heads/none") + b"\n")
        (self.path / "refs").mkdir()
        (self.path / "packed-refs").write_bytes(packed(refs))
        (self.path / "info").mkdir()
        for name in ("shallow", "info/exclude"):
            source = layout.git_dir if (layout.git_dir / name).exists() else layout.common
            if (content := read_regular(source / name, _COPY_LIMIT)) is not None:
                (self.path / name).write_bytes(content)
        for entry in _scan(layout.git_dir):
            if entry.name.startswith("sharedindex.") and entry.is_file():
                _show(Path(entry.path), self.path / entry.name)
        borrowed: list[str] = []
        for number, folder in enumerate(layout.objects):
            mirror = self.path / ("objects" if number == 0 else f"borrowed-{number}")
            _link_objects(folder, mirror)
            if number:
                borrowed.append(str(mirror))
        if borrowed:
            (self.path / "objects" / "info").mkdir(exist_ok=True)
            (self.path / "objects" / "info" / "alternates").write_bytes(os.fsencode("\n".join(borrowed) + "\n"))


def _link_objects(source: Path, mirror: Path) -> None:
    """Link packs and loose objects, regular files only: a FIFO among them would block git for ever.

    Left out on purpose: `info/` (alternates and commit-graph, which may lie about parents), the multi-pack index and the
    promisor marks, which would make git ask another place for what is missing.
    """
    (mirror / "pack").mkdir(parents=True)
    for entry in _scan(source):
        if len(entry.name) == 2 and entry.is_dir():  # noqa: PLR2004  the fan-out folders, 00 to ff
            if all(item.is_file() for item in _scan(entry.path)):
                _show(Path(entry.path), mirror / entry.name)
            else:
                (mirror / entry.name).mkdir()
                for item in _scan(entry.path):
                    if item.is_file():
                        _show(Path(item.path), mirror / entry.name / item.name)
    for entry in _scan(source / "pack"):
        if entry.name.endswith(_PACK_SUFFIXES) and entry.is_file():
            _show(Path(entry.path), mirror / "pack" / entry.name)


def _show(what: Path, where: Path) -> None:
    """Link to a file or folder; a system that lets nobody make symbolic links gets its files by name, or copied."""
    try:
        where.symlink_to(what.resolve())
    except OSError:
        if os.name == "posix":
            raise
        if what.is_dir():
            where.mkdir()
            for item in _scan(what):
                _show(Path(item.path), where / item.name)
            return
        try:
            os.link(what, where)
        except OSError:
            shutil.copyfile(what, where)


def _scan(folder: str | Path) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            yield from entries
    except OSError:
        return


def keep(path: Path, data: bytes) -> Path:
    """Write a file of the temporary folder and return its path.

    Raises:
        GitError: there is no room.
    """
    try:
        path.write_bytes(data)
    except OSError as error:
        raise _no_room(error) from error
    return path


def temporary() -> IO[bytes]:
    """Return a temporary file without a name.

    Raises:
        GitError: there is no room.
    """
    try:
        return tempfile.TemporaryFile()
    except OSError as error:
        raise _no_room(error) from error


def _no_room(error: OSError) -> GitError:
    msg = f"A temporary file could not be written: {(error.strerror or 'no reason given').lower()}."
    return GitError(msg, hint="Make room in the temporary folder, or set TMPDIR to another one.")


def _reason(stderr: bytes) -> str:
    lines = stderr.decode("utf-8", "replace").strip().splitlines()
    cleaned = "".join(c if c.isprintable() else "?" for c in (lines[-1] if lines else "no reason given"))
    return cleaned.removeprefix("fatal: ").rstrip(".")[:200]


@cache
def find_git() -> str:
    """Return the absolute path of a git that is new enough.

    Raises:
        GitError: there is none.
    """
    found = shutil.which("git")
    if found is None or not Path(found).is_absolute():
        msg = "git is not installed."
        raise GitError(msg, hint=f"Install git {_dotted(MINIMUM)} or newer.")
    try:
        printed = subprocess.run([found, "version"], capture_output=True, check=False, cwd="/", timeout=30).stdout
    except (OSError, subprocess.TimeoutExpired) as error:
        msg = f"git could not be started: {error}."
        raise GitError(msg, hint="Check the installation of git.") from error
    match = re.search(rb"(\d+)\.(\d+)", printed)
    version = (int(match[1]), int(match[2])) if match else (0, 0)
    if version < MINIMUM:
        msg = f"git {_dotted(version)} is too old."
        raise GitError(msg, hint=f"Install git {_dotted(MINIMUM)} or newer.")
    return found


def _dotted(version: tuple[int, int]) -> str:
    return f"{version[0]}.{version[1]}"


def read_config(path: Path) -> dict[str, list[str]]:
    """Read a git configuration file as data: `section.subsection.key` to its values. Includes are not followed.

    A file that cannot be parsed gives nothing.
    """
    # Loading GitPython makes it look for git by name; tell it which one, and keep it quiet.
    os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")
    os.environ.setdefault("GIT_PYTHON_GIT_EXECUTABLE", find_git())
    from git.config import GitConfigParser  # noqa: PLC0415  slow to load, and often not needed

    if read_regular(path, 1) is None:
        return {}
    found: dict[str, list[str]] = {}
    try:
        with GitConfigParser(str(path), read_only=True, merge_includes=False) as parser:
            for section in parser.sections():
                name, _, subsection = section.partition(" ")
                prefix = f"{name.lower()}.{subsection.strip().strip(chr(34))}." if subsection else f"{name.lower()}."
                for key, values in _items(parser.items_all(section)).items():
                    found.setdefault(prefix + key.lower(), []).extend(values)
    except Exception:  # noqa: BLE001  the parser raises many kinds on hostile input; nothing read is the answer to each
        return found
    return found


def _items(pairs: list[tuple[str, list[str | None]]]) -> Mapping[str, list[str]]:
    return {key: [str(value) for value in values if value is not None] for key, values in pairs}
