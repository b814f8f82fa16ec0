"""Builds a repository with one synthetic token in each hiding place.

A token looks like GitHub's and carries a right checksum, so that no tool can take it for an example; it opens nothing.
"""

from __future__ import annotations

import base64
import json
import os
import random
import subprocess
import zlib
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from tests.sources.containers import builders

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_DATE: Final = "2024-03-01T12:00:00Z"
_HALF: Final = 20


def make_token(place: str) -> str:
    """Return the token of a place, the same in every run."""
    body = "".join(random.Random(f"reach {place}").choices(_ALPHABET, k=30))  # noqa: S311  nothing depends on its secrecy
    number, check = zlib.crc32(body.encode()), ""
    while number:
        number, digit = divmod(number, 62)
        check = _ALPHABET[digit] + check
    return "ghp_" + body + check.rjust(6, "0")


def line(token: str) -> str:
    """Return a line of configuration around a token."""
    return f'github_token = "{token}"\n'


ENCODINGS: Final[Mapping[str, Callable[[str], bytes]]] = {
    "base64": lambda t: b"data: " + base64.b64encode(line(t).encode()) + b"\n",
    "base64, url-safe": lambda t: b"data: " + base64.urlsafe_b64encode(b"\xff\xfe\xfa\xfb " + line(t).encode()) + b"\n",
    "base64, wrapped over lines": lambda t: base64.encodebytes(
        b"Some settings of a service that nobody should see.\n" * 2 + line(t).encode()
    ),
    "base64 in base64": lambda t: b"data: " + base64.b64encode(base64.b64encode(line(t).encode())) + b"\n",
    "Kubernetes secret": lambda t: f"kind: Secret\ndata:\n  token: {base64.b64encode(t.encode()).decode()}\n".encode(),
    "hex": lambda t: b"blob = " + line(t).encode().hex().encode() + b"\n",
    "percent encoding": lambda t: ("q=" + "".join(f"%{ord(c):02X}" for c in t) + "\n").encode(),
    "\\u escapes": lambda t: ('x = "' + "".join(f"\\u{ord(c):04x}" for c in t) + '"\n').encode(),
    "\\x escapes": lambda t: ('x = "' + "".join(f"\\x{ord(c):02x}" for c in t) + '"\n').encode(),
    "HTML entities": lambda t: ("<p>" + "".join(f"&#{ord(c)};" for c in t) + "</p>\n").encode(),
    "quoted-printable": lambda t: f"token=3D{t[:_HALF]}=\n{t[_HALF:]}\n".encode(),
    "literals joined with +": lambda t: f'token = "{t[:_HALF]}" + "{t[_HALF:]}"\n'.encode(),
    "percent in base64": lambda t: base64.b64encode(quote(line(t)).encode()) + b"\n",
    "UTF-16 with BOM": lambda t: line(t).encode("utf-16"),
    "UTF-16 big-endian without BOM": lambda t: line(t).encode("utf-16-be"),
    "Latin-1": lambda t: f"caf\xe9\n{line(t)}".encode("latin-1"),
    "NUL bytes beside it": lambda t: b"\x00\x01\x02\x00" + line(t).encode() + b"\x00\x00",
    "a line of 2 MB": lambda t: b"var a=1;" * 125_000 + line(t).strip().encode() + b";b=2" * 250_000,
}


# Some tools look at names, so every file has the one that it would have.
_NAMES: Final = {
    **{kind: f"f.{kind}" for kind in ("zip", "tar", "tar.gz", "docx", "pptx", "xlsx", "odt", "ods", "pdf", "sqlite", "pyc", "png")},
    **{kind: f"f.{kind}" for kind in ("webp", "tiff", "eml", "mbox", "har", "patch", "xz", "lzma")},
    "zip after a program": "f.pyz",
    "zip lzma": "g.zip",
    "gzip": "f.txt.gz",
    "gzip of two": "g.txt.gz",
    "bzip2": "f.txt.bz2",
    "nested": "nested.zip",
    "docx comment": "comment.docx",
    "docx label": "label.docx",
    "notebook": "f.ipynb",
    "jpeg": "f.jpg",
    "png plain": "plain.png",
    "vcr of Ruby": "ruby.yml",
    "vcr of Python": "python.yaml",
    "ar": "f.a",
    "ds_store": ".DS_Store",
}


class Corpus:
    """The repository while it grows; `tokens` says what lies where."""

    def __init__(self, root: Path) -> None:
        """Begin an empty repository."""
        self.root = root
        self.tokens: dict[str, dict[str, str]] = {"git": {}, "paths": {}, "encodings": {}, "containers": {}}
        root.mkdir(parents=True)
        self.git("init", "-q", "-b", "main")
        self.git("config", "gc.auto", "0")

    def git(self, *arguments: str, text: str = "", cwd: Path | None = None, env: Mapping[str, str] | None = None) -> str:
        """Run git with nothing of the user's configuration."""
        names = {
            f"GIT_{who}_{what}": value
            for who in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", "A"), ("EMAIL", "a@example.org"), ("DATE", _DATE))
        }
        clean = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1", **names, **(env or {})}
        done = subprocess.run(
            ["git", *arguments], cwd=cwd or self.root, env=clean, input=text, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    def token(self, group: str, place: str) -> str:
        """Make the token of a place, and remember it."""
        return self.tokens[group].setdefault(place, make_token(place))

    def write(self, path: str, content: bytes | str, root: Path | None = None) -> None:
        """Write a file of the working tree."""
        file = (root or self.root) / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)

    def commit(self, message: str, **env: str) -> str:
        """Commit everything."""
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message, env=env)
        return self.git("rev-parse", "HEAD")

    def plant(self, place: str, path: str, group: str = "git") -> None:
        """Write a file with the token of a place."""
        self.write(path, line(self.token(group, place)))


def build(root: Path) -> Corpus:
    """Build everything."""
    corpus = Corpus(root)
    corpus.write("README.md", "# A service\n")
    corpus.write(".gitignore", "ignored/\n")
    corpus.write(".gitattributes", "nodiff.py -diff\nbinary.py binary\nfiltered.py filter=none\n")
    corpus.commit("Begin")
    _files(corpus)
    _history(corpus)
    _refs(corpus)
    _messages(corpus)
    _local(corpus)
    _working_tree(corpus)
    return corpus


def _files(corpus: Corpus) -> None:
    """Plant what lies in files of the tip."""
    corpus.plant("file of the tip", "settings.py")
    for place, path in (("-diff attribute", "nodiff.py"), ("binary attribute", "binary.py"), ("filter attribute", "filtered.py")):
        corpus.plant(place, path)
    for place, path in (
        ("node_modules", "node_modules/left/index.js"),
        ("vendor", "vendor/lib/conf.rb"),
        ("lock file", "package-lock.json"),
        ("test folder", "tests/fixtures/config.py"),
    ):
        corpus.plant(place, path, "paths")
    corpus.write(
        "package-lock.json", json.dumps({"resolved": f"https://x:{corpus.token('paths', 'lock file')}@npm.example.org/a.tgz"})
    )
    corpus.write(
        ".gitmodules",
        f'[submodule "s"]\n\tpath = s\n\turl = https://x:{corpus.token("git", ".gitmodules URL")}@example.org/s.git\n',
    )
    corpus.write(f"names/{corpus.token('git', 'file name')}.txt", "empty\n")
    (corpus.root / "link").symlink_to(corpus.token("git", "symlink target"))
    for group, makers in (("encodings", ENCODINGS), ("containers", builders.FORMATS)):
        for number, (place, make) in enumerate(makers.items()):
            content = make(corpus.token(group, place))
            corpus.write(f"{group}/{number:02}/{_NAMES.get(place, 'f.txt')}", content)
    corpus.commit("Add files")


def _history(corpus: Corpus) -> None:
    """Plant what only older commits hold."""
    corpus.plant("overwritten in history", "old.py")
    corpus.plant("deleted file", "deleted.py")
    (corpus.root / "type").symlink_to("README.md")
    corpus.commit("Add")
    corpus.write("old.py", "nothing\n")
    (corpus.root / "deleted.py").unlink()
    (corpus.root / "type").unlink()
    corpus.plant("link that became a file", "type")
    corpus.commit("Change")
    (corpus.root / "type").unlink()
    (corpus.root / "type").symlink_to("README.md")
    corpus.commit("Change back")
    corpus.git("checkout", "-q", "-b", "side", "HEAD~1")
    corpus.write("side.txt", "side\n")
    corpus.commit("Side")
    corpus.git("checkout", "-q", "main")
    corpus.git("merge", "-q", "--no-ff", "--no-commit", "side")
    corpus.plant("only in a merge commit", "merged.py")
    corpus.commit("Merge side")
    (corpus.root / "merged.py").unlink()
    corpus.commit("Tidy")
    corpus.git("branch", "-D", "side")


def _refs(corpus: Corpus) -> None:
    """Plant what other refs hold."""
    for place, ref in (
        ("other branch", "refs/heads/feature"),
        ("tag only", "refs/tags/v1"),
        ("pull request ref", "refs/pull/1/head"),
        ("remote-tracking branch", "refs/remotes/origin/old"),
        ("custom ref", "refs/backup/one"),
    ):
        corpus.git("checkout", "-q", "--detach", "main")
        corpus.plant(place, "other.py")
        corpus.git("update-ref", ref, corpus.commit("Other"))
    corpus.git("checkout", "-q", "-f", "main")
    corpus.git("branch", corpus.token("git", "branch name"))
    corpus.git("tag", corpus.token("git", "tag name"))
    corpus.git("notes", "add", "-m", line(corpus.token("git", "note")))
    corpus.git("tag", "-a", "v2", "-m", line(corpus.token("git", "tag message")))


def _messages(corpus: Corpus) -> None:
    """Plant what commits say of themselves."""
    corpus.commit(f"Use {corpus.token('git', 'commit message')} for now")
    corpus.commit("One", GIT_AUTHOR_NAME=corpus.token("git", "author name"))
    corpus.commit("Two", GIT_AUTHOR_EMAIL=f"{corpus.token('git', 'author e-mail')}@example.org")
    corpus.commit("Three", GIT_COMMITTER_NAME=corpus.token("git", "committer name"))
    corpus.git("commit-tree", "HEAD^{tree}", "-m", f"Old {corpus.token('git', 'message of an unreachable commit')}")


def _local(corpus: Corpus) -> None:
    """Plant what only this clone holds."""
    corpus.plant("reflog only", "reflog.py")
    corpus.commit("Mistake")
    corpus.git("reset", "-q", "--hard", "HEAD~1")
    corpus.git("hash-object", "-w", "--stdin", text=line(corpus.token("git", "dangling blob")))
    corpus.plant("older stash", "README.md")
    corpus.git("stash", "push", "-q")
    corpus.plant("stash: index", "settings.tmp")
    corpus.git("add", "settings.tmp")
    corpus.plant("stash: working tree", "settings.tmp")
    corpus.plant("stash: untracked", "new.tmp")
    corpus.git("stash", "push", "-q", "--include-untracked")
    corpus.git("repack", "-q", "-d")
    corpus.git("remote", "add", "origin", f"https://x:{corpus.token('git', 'URL in .git/config')}@example.org/r.git")


def _working_tree(corpus: Corpus) -> None:
    """Plant what is not committed."""
    corpus.plant("staged", "staged.py")
    corpus.git("add", "staged.py")
    corpus.write("staged.py", "nothing\n")
    corpus.plant("unstaged", "README.md")
    corpus.plant("untracked", "untracked.py")
    corpus.plant("ignored", "ignored/local.py")
    nested = corpus.root / "nested"
    nested.mkdir()
    corpus.git("init", "-q", cwd=nested)
    corpus.write("a.py", line(corpus.token("git", "history of a nested repository")), nested)
    corpus.git("add", "-A", cwd=nested)
    corpus.git("commit", "-q", "-m", "a", cwd=nested)
    corpus.git("rm", "-q", "a.py", cwd=nested)
    corpus.git("commit", "-q", "-m", "b", cwd=nested)
