"""One pass over the source code of the tip for what several checks ask: headers, who holds copyright, where secrets come from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from auditor.openness.reading import kinds

if TYPE_CHECKING:
    from auditor.openness.registry import CheckContext

_READ = 200_000
_HEAD = 3_000
_SPDX = re.compile(r"SPDX-License-Identifier:\s*\S+")
COPYRIGHT = re.compile(
    r"(?:copyright\s*(?:\(c\)|©|&copy;)?|©|\(c\)\s*(?=crown|\d{4}))\s*(?P<years>\d{4}(?:\s*(?:[-,\u2013]|to)\s*(?:\d{4}|"
    r"present|now))*)?[\s,:]*"
    r"(?P<owner>[^\n]{0,120})",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"\ball rights reserved\b|\b(?:strictly |private (?:and|&) )?confidential\b(?!ity)|\bproprietary (?:and confidential|"
    r"information|software|source|code)\b|"
    r"\bcommercial(?:ly)? in[- ]confidence\b|\bdo not (?:distribute|copy|disclose)\b|\bunauthori[sz]ed (?:copying|use|"
    r"distribution|reproduction)\b|"
    r"\btrade secrets?\b|\binternal use only\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"licen[cs]ed under|released under|permission is hereby granted|redistribution and use|SPDX-|apache|\bmit\b|\bbsd\b|"
    r"\bgpl\b|\bmpl\b|creative commons|"
    r"open government licence|public domain|@license|governed by|licen[cs]e file|https?://\S*licen[cs]e",
    re.IGNORECASE,
)
_MANAGERS = (
    (
        "AWS Secrets Manager",
        ("secretsmanager", "get_secret_value", "getsecretvalue"),
        re.compile(r"aws_secretsmanager_secret|secretsmanager|get_secret_value|GetSecretValue", re.IGNORECASE),
    ),
    (
        "AWS Systems Manager parameters",
        ("ssm",),
        re.compile(r"aws_ssm_parameter|\bssm\b.{0,40}get_?parameter|{{resolve:ssm|ssm-parameter", re.IGNORECASE),
    ),
    (
        "HashiCorp Vault",
        ("vault", "hvac"),
        re.compile(r"\bhvac\.|vault_generic_secret|vault_kv_secret|hashicorp/vault|vault\.hashicorp\.com"),
    ),
    (
        "Azure Key Vault",
        ("vault", "secretclient("),
        re.compile(r"azurerm_key_vault|azure[.-]keyvault|KeyVaultSecret|SecretClient\(|keyVaults?:", re.IGNORECASE),
    ),
    (
        "Google Secret Manager",
        ("secret_manager", "secretmanager"),
        re.compile(r"google_secret_manager|secretmanager\.googleapis|SecretManagerServiceClient"),
    ),
    (
        "Kubernetes secrets",
        ("secret",),
        re.compile(r"secretKeyRef|ExternalSecret|SealedSecret|SecretProviderClass|kubernetes_secret"),
    ),
    ("Credentials store of the build server", ("credentials(",), re.compile(r"withCredentials\(|credentials\(['\"]")),
)
"""Names, small letters of which some stand wherever the expression matches (they are found far sooner), and the expression."""
_ENVIRONMENT = (
    (("os.environ",), re.compile(r"os\.environ")),
    (("os.getenv",), re.compile(r"os\.getenv")),
    (("ENV.fetch(", "ENV["), re.compile(r"\bENV(?:\.fetch\(|\[)")),
    (("process.env",), re.compile(r"process\.env\b")),
    (("System.getenv",), re.compile(r"System\.getenv")),
    (("getenv(",), re.compile(r"getenv\(")),
    (("Environment.GetEnvironmentVariable",), re.compile(r"Environment\.GetEnvironmentVariable")),
    (("env::var",), re.compile(r"env::var")),
    (("os.Getenv",), re.compile(r"os\.Getenv")),
    (("sys.env",), re.compile(r"sys\.env")),
    (("${",), re.compile(r"\$\{[A-Z_]{4,}\??}")),
)
"""What some of stands wherever the expression matches, and the expression; as one they take ten times as long."""
_CLAIMS = ("copyright", "©", "&copy;", "(c)")
"""One of these stands, in small letters, in every plain text that `COPYRIGHT` matches."""


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file with what stands there."""

    path: str
    line: int
    text: str


@dataclass(slots=True)
class Survey:
    """What the pass saw. `files` counts source files of the project's own, tests included."""

    files: int = 0
    with_spdx: int = 0
    with_copyright: int = 0
    copyrights: list[Place] = field(default_factory=list)
    closed: list[Place] = field(default_factory=list)
    managers: dict[str, Place] = field(default_factory=dict)
    environment: int = 0
    environment_place: Place | None = None


def survey(context: CheckContext) -> Survey:
    """Return the survey, made once per audit."""
    return context.once("survey", lambda: _look(context))


def _look(context: CheckContext) -> Survey:
    seen = Survey()
    wanted = [p for p in context.view.tree if (kinds.code(p) or _settings(p)) and not kinds.third_party(p) and ".min." not in p]
    for path, data in context.view.read_many(sorted(wanted), limit=_READ):
        text = data.decode("utf-8", "replace")
        if kinds.code(path):
            seen.files += 1
            _header(seen, path, text[:_HEAD])
        _secrets(seen, path, text)
    return seen


def _settings(path: str) -> bool:
    return kinds.extension(path) in {"yml", "yaml", "json", "properties", "conf"} and not path.endswith(
        ("package-lock.json", "composer.lock")
    )


def _header(seen: Survey, path: str, head: str) -> None:
    seen.with_spdx += bool(_SPDX.search(head))
    small = head.lower()
    claimed = not head.isascii() or any(word in small for word in _CLAIMS)
    notice = claimed and next((m for m in COPYRIGHT.finditer(head) if m["years"] or "crown" in m["owner"].lower()), None)
    if notice:
        seen.with_copyright += 1
        seen.copyrights.append(Place(path, head.count("\n", 0, notice.start()) + 1, notice[0].strip(" *#/-\r")))
    comment = _leading_comment(head)
    closed = _CLOSED.search(comment)
    if closed and not _OPEN.search(comment):
        seen.closed.append(Place(path, head.count("\n", 0, head.find(closed[0])) + 1, closed[0]))


def _leading_comment(head: str) -> str:
    """Return the lines before the first line of code: what stands there is said of the whole file."""
    lines = []
    block = False
    for line in head.splitlines():
        bare = line.strip()
        opens = bare.startswith(("/*", "<!--", '"""', "'''", "{{!--", "{#", "<%#", "=begin"))
        if not (block or opens or not bare or bare.startswith(("#", "//", "--", "*", ";", "%", "<?", "package ", "'"))):
            break
        lines.append(line)
        closes = any(mark in bare[2:] for mark in ("*/", "-->", '"""', "'''", "--}}", "#}", "%>", "=end"))
        block = (block or opens) and not closes
    return "\n".join(lines)


def _secrets(seen: Survey, path: str, text: str) -> None:
    if kinds.test(path):
        return
    lower = text.lower()
    for name, needed, pattern in _MANAGERS:
        if name not in seen.managers and any(word in lower for word in needed):
            match = pattern.search(text)
            if match:
                seen.managers[name] = Place(path, text.count("\n", 0, match.start()) + 1, match[0])
    if kinds.code(path):
        found = (pattern.search(text) for needed, pattern in _ENVIRONMENT if any(word in text for word in needed))
        match = min(filter(None, found), key=lambda one: one.start(), default=None)
        if match:
            seen.environment += 1
            seen.environment_place = seen.environment_place or Place(path, text.count("\n", 0, match.start()) + 1, match[0])
