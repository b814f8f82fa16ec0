"""Mirrors of repositories elsewhere: the only place that lets git use the network, and only for a named address.

A mirror holds every ref that the other side shows, `refs/pull` included, and nothing that no ref leads to: what a fresh mirror
clone would hold. Its configuration is ours. A credential goes to git in its environment, bound to one host; it is on no command
line, in no file and in no message.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import shutil
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from auditor.errors import GitError, SourceError
from auditor.sources.git import Git, find_git

_ADDRESS: Final = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~+%@-]+)+/?")
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1"})
_ALL_REFS: Final = "+refs/*:refs/*"
_CONFIG: Final = """\
[core]
	repositoryFormatVersion = {version}
	bare = true
	hooksPath = /dev/null
	attributesFile = /dev/null
	fsmonitor = false
	logAllRefUpdates = false
{extensions}[gc]
	auto = 0
[fetch]
	unpackLimit = 1
	writeCommitGraph = false
[protocol]
	allow = never
[remote "origin"]
	url = {address}
"""
_UNFINISHED: Final = "unfinished"
"""A file that lies in a mirror while git writes to it: where it was left behind, the mirror is made anew."""

_MOST_PACKS: Final = 50
_MEMORY: Final = 4 << 30
_PASSED_ON: Final = ("GIT_SSL_CAINFO", "GIT_SSL_CAPATH")
_ASKED_FOR: Final = "could not read username"
_REFUSED: Final = "the credential was refused"
_NOT_GIT: Final = "what answers there is not git"
_NOBODY: Final = "its host did not answer"
_SLOW: Final = "it took too long"
_CUT: Final = "the other side did not send it whole; it may be damaged there"
_REASONS: Final = (
    (_ASKED_FOR, "it does not exist, or reading it needs a credential that was not given"),
    ("authentication failed", _REFUSED),
    ("error: 403", "the credential may not read it"),
    ("error: 401", _REFUSED),
    ("not found", "it does not exist, or the credential may not see it"),
    ("error: 30", "it was moved or renamed, and has another address now"),
    ("error: 429", "its host has had too many requests"),
    ("error: 5", "its host has a problem of its own"),
    ("info/refs not valid", _NOT_GIT),
    ("invalid index-pack output", _CUT),
    ("bad pack header", _CUT),
    ("early eof", _CUT),
    ("expected flush", _CUT),
    ("could not resolve host", "its host is not known"),
    ("certificate", "the certificate of its host is not trusted"),
    ("failed to connect", _NOBODY),
    ("empty reply from server", _NOBODY),
    ("recv failure", _NOBODY),
    ("did not end within", _SLOW),
    ("operation too slow", _SLOW),
)


@dataclass(frozen=True, slots=True)
class Access:
    """A credential, and the only host (with its port, where there is one) that gets it."""

    host: str
    token: str = field(repr=False)
    user: str = "x-access-token"


@dataclass(frozen=True, slots=True)
class Advertised:
    """What a repository shows of itself in one call: where its HEAD points, and every ref with its object id."""

    head: str
    refs: tuple[tuple[str, str], ...]

    @property
    def digest(self) -> str:
        """One value for all of it: while it stays the same, nothing has moved."""
        lines = "".join(f"{oid} {name}\n" for name, oid in sorted(self.refs))
        return hashlib.sha256(f"{self.head}\n{lines}".encode()).hexdigest()

    @property
    def object_format(self) -> str:
        """How its objects are named."""
        return "sha256" if any(len(oid) == 64 for _, oid in self.refs) else "sha1"  # noqa: PLR2004  hexadecimal digits of a SHA-256


def checked_address(text: str) -> str:
    """Return an address that may be handed to git.

    Raises:
        SourceError: it is not an https address (http on this machine), or holds a credential. The message does not repeat it.
    """
    parts = urlsplit(text)
    if parts.username is not None or parts.password is not None:
        msg = "An address holds a user name or a password."
        raise SourceError(msg, hint="Take it out, and give the token in the environment.")
    if not _ADDRESS.fullmatch(text) or ".." in text:
        msg = "An address is none that can be cloned."
        raise SourceError(msg, hint="Use https://host/owner/name, or a local path.")
    if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
        msg = f"The address at {parts.hostname} is not encrypted."
        raise SourceError(msg, hint="Use https.")
    return text


@dataclass(frozen=True, slots=True)
class Remote:
    """A repository elsewhere: its address, the credential for it, and bounds: seconds that git may take, bytes of one file."""

    address: str
    access: Access | None = None
    timeout: float = 3600
    largest: int = 0

    def look(self) -> Advertised:
        """Ask for its refs, in one call.

        Raises:
            SourceError: the address is none, or the repository cannot be read.
        """
        with tempfile.TemporaryDirectory(prefix="auditor-") as folder:
            _lay_out(Path(folder), self.address, "sha1")
            git = self._git(Path(folder))
            printed = self._run(git, "ls-remote", "--symref", "--", self.address)
            if not printed and not self._speaks_git(git):
                raise self._failed(_NOT_GIT)
        head, refs = "", []
        for line in printed.decode("utf-8", "surrogateescape").splitlines():
            value, _, name = line.partition("\t")
            if value.startswith("ref: ") and name == "HEAD":
                head = value.removeprefix("ref: ")
            elif name.startswith("refs/") and not name.endswith("^{}"):
                refs.append((name, value))
        return Advertised(head, tuple(refs))

    def update(self, mirror: Path, shown: Advertised) -> None:
        """Make a mirror hold what `look` said; a missing or unfinished one is made anew.

        Raises:
            SourceError: the address is none, or the repository cannot be fetched.
            GitError: there is no room.
        """
        try:
            if not (mirror / "HEAD").exists() or (mirror / _UNFINISHED).exists():
                shutil.rmtree(mirror, ignore_errors=True)
            mirror.mkdir(mode=0o700, parents=True, exist_ok=True)
            (mirror / _UNFINISHED).touch(mode=0o600)
            _lay_out(mirror, self.address, shown.object_format)
        except OSError as error:
            msg = f"The clone folder cannot be written: {error.strerror}."
            raise GitError(msg, hint="Make room, or choose another folder with --clones.") from None
        git = self._git(mirror, shown.object_format)
        before = _refs(git)
        quiet = ("--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--no-auto-maintenance")
        self._run(git, "fetch", *quiet, "--prune", "--force", "--", self.address, _ALL_REFS)
        self._run(git, "pack-refs", "--all", "--prune")  # fetch writes a file for each, and a busy repository has 20,000
        if shown.head:
            self._run(git, "symbolic-ref", "HEAD", shown.head)
        if _left_behind(git, before):
            self._run(git, "repack", "-a", "-d", "-q")
            git.run("prune", "--expire=now", check=False)
        (mirror / _UNFINISHED).unlink()

    @property
    def _credential(self) -> str:
        """What git says to this host, empty where nothing is for it."""
        access, host = self.access, urlsplit(self.address).netloc.lower()
        return f"{access.user}:{access.token}" if access is not None and access.token and access.host.lower() == host else ""

    def _git(self, folder: Path, object_format: str = "sha1") -> Git:
        parts = urlsplit(checked_address(self.address))
        settings = [("http.lowSpeedLimit", "1000"), ("http.lowSpeedTime", "120")]
        if self._credential:
            basic = base64.b64encode(self._credential.encode()).decode()
            settings.append((f"http.{parts.scheme}://{parts.netloc}/.extraHeader", f"Authorization: Basic {basic}"))
            settings.append(("http.followRedirects", "false"))
        extra = [("GIT_ALLOW_PROTOCOL", parts.scheme), ("GIT_CONFIG_COUNT", str(len(settings)))]
        for number, (key, value) in enumerate(settings):
            extra += [(f"GIT_CONFIG_KEY_{number}", key), (f"GIT_CONFIG_VALUE_{number}", value)]
        extra += [(name, os.environ[name]) for name in _PASSED_ON if name in os.environ]
        return Git(find_git(), folder, object_format, tuple(extra), _MEMORY, self.largest)

    def _speaks_git(self, git: Git) -> bool:
        """Tell whether it is git that shows no refs: any page without a line end looks so too, as the oldest way to serve files."""
        said = git.git_dir / "said"
        talking = replace(git, extra=(*git.extra, ("GIT_TRACE_PACKET", str(said))))
        self._run(talking, "ls-remote", "--", self.address)
        return said.exists() and said.stat().st_size > 0

    def _failed(self, reason: str) -> SourceError:
        return SourceError(
            f"{self.address} could not be fetched: {reason}.", hint="Check the address and the permissions of the token."
        )

    def _run(self, git: Git, *arguments: str) -> bytes:
        try:
            return git.run(*arguments, timeout=self.timeout)
        except GitError as error:
            said = error.message.lower()
            reason = next((words for sign, words in _REASONS if sign in said), error.message.rstrip("."))
            if self._credential and _ASKED_FOR in said:
                reason = _REFUSED
            raise self._failed(reason) from None


def _lay_out(folder: Path, address: str, object_format: str) -> None:
    """Write the files that make a folder a bare repository; nothing in them is another's."""
    new = object_format != "sha1"
    extensions = f"[extensions]\n\tobjectFormat = {object_format}\n" if new else ""
    text = _CONFIG.format(version=int(new), extensions=extensions, address=checked_address(address))
    (folder / "config").write_text(text, encoding="ascii")
    for name in ("objects", "refs"):
        (folder / name).mkdir(exist_ok=True)
    if not (folder / "HEAD").exists():
        (folder / "HEAD").write_text("ref: refs/heads/main\n", encoding="ascii")


def _refs(git: Git) -> dict[str, str]:
    lines = git.run("for-each-ref", "--format=%(objectname) %(refname)").decode("utf-8", "surrogateescape").splitlines()
    return {name: oid for oid, _, name in (line.partition(" ") for line in lines)}


def _left_behind(git: Git, before: dict[str, str]) -> bool:
    """Tell whether objects are here to which no ref leads any more, or too many packs."""
    after = _refs(git)
    moved = sorted({oid for name, oid in before.items() if after.get(name) != oid})
    if moved and git.run("rev-list", "--objects", "--stdin", "--not", "--all", stdin="\n".join(moved).encode() + b"\n"):
        return True
    return len(list((git.git_dir / "objects" / "pack").glob("*.pack"))) > _MOST_PACKS
