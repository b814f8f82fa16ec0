"""What sort of file a path is: somebody else's, a test's, source code, documentation, a binary."""

from __future__ import annotations

import posixpath
import re

_THIRD_PARTY = re.compile(
    r"(?:^|/)(?:node_modules|bower_components|jspm_packages|third[-_]?party|3rd[-_]?party|vendor|vendors|vendored|_vendor|"
    r"site-packages|Pods|Carthage|thirdparty)/",
    re.IGNORECASE,
)
_TESTS = re.compile(
    r"(?:^|/)(?:tests?|specs?|__tests__|__fixtures__|fixtures?|features|testdata|test[-_]data|examples?|samples?|cassettes|"
    r"e2e|cypress|mocks?)/",
    re.IGNORECASE,
)
_CODE = frozenset(
    [
        "py",
        "rb",
        "js",
        "jsx",
        "ts",
        "tsx",
        "mjs",
        "cjs",
        "java",
        "kt",
        "kts",
        "scala",
        "go",
        "rs",
        "c",
        "h",
        "cc",
        "cpp",
        "hpp",
        "cs",
        "fs",
        "vb",
        "php",
        "pl",
        "pm",
        "sh",
        "bash",
        "ps1",
        "swift",
        "m",
        "r",
        "R",
        "jl",
        "sql",
        "tf",
        "hcl",
        "pp",
        "groovy",
        "clj",
        "ex",
        "exs",
        "erl",
        "hs",
        "lua",
        "dart",
        "vue",
        "svelte",
        "sas",
        "do",
        "ipynb",
        "erb",
        "haml",
        "slim",
        "njk",
        "gradle",
    ]
)
_DOCUMENTS = frozenset(
    ["md", "markdown", "rst", "adoc", "asciidoc", "txt", "html", "htm", "erb", "tex", "org", "pdf", "docx", "odt"]
)
_BINARY = frozenset(
    [
        "png",
        "jpg",
        "jpeg",
        "gif",
        "ico",
        "webp",
        "bmp",
        "tif",
        "tiff",
        "pdf",
        "doc",
        "docx",
        "xls",
        "xlsx",
        "ppt",
        "pptx",
        "odt",
        "ods",
        "zip",
        "gz",
        "tgz",
        "bz2",
        "xz",
        "7z",
        "tar",
        "jar",
        "war",
        "ear",
        "class",
        "so",
        "dll",
        "exe",
        "dylib",
        "woff",
        "woff2",
        "ttf",
        "otf",
        "eot",
        "mp3",
        "mp4",
        "mov",
        "avi",
        "webm",
        "ogg",
        "pyc",
        "whl",
        "egg",
        "p12",
        "jks",
        "db",
        "sqlite",
        "sqlite3",
        "parquet",
        "rds",
        "rda",
        "pkl",
        "npy",
    ]
)


def extension(path: str) -> str:
    """Return the extension without its dot, lower case."""
    return posixpath.splitext(path)[1][1:].lower()


def third_party(path: str) -> bool:
    """Tell whether a folder on the way says that somebody else wrote it."""
    return _THIRD_PARTY.search(path) is not None


def third_party_root(path: str) -> str:
    """Return the folder of the vendored component that a path belongs to (`vendor/lib`), empty where there is none."""
    match = _THIRD_PARTY.search(path)
    if not match:
        return ""
    rest = path[match.end() :].split("/")
    return path[: match.end()] + rest[0] if len(rest) > 1 else path[: match.end()].rstrip("/")


def test(path: str) -> bool:
    """Tell whether a path is test code, a fixture or an example."""
    return _TESTS.search(path) is not None


def code(path: str) -> bool:
    """Tell whether a path is source code by its extension."""
    return extension(path) in _CODE


def prose(path: str) -> bool:
    """Tell whether a path is documentation by its extension."""
    return extension(path) in _DOCUMENTS


def binary(path: str) -> bool:
    """Tell whether a path is a binary format by its extension."""
    return extension(path) in _BINARY
