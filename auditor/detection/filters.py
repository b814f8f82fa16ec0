"""Values that only stand for a secret: placeholders, dummies, references to where the secret really is, published samples.

All functions take the bare value. They are deliberately narrow: whatever is not clearly one of these kinds stays.
"""

from __future__ import annotations

import functools
import itertools
import re
from typing import Final

from auditor.detection.samples import known_sample

_PLACEHOLDER: Final = re.compile(
    rb"""(?ix)
    ^<[^<>]{0,200}>$ | ^&lt;.{0,200}&gt;$ | ^\[[a-z _-]{2,60}\]$ | ^\{[a-z0-9 _.-]{2,60}\}$        # <token> [token] {token}
    | ^[x*#.\-_?=~+0 ]+$ | ^(.)\1+$                                           # xxxx **** 0000
    | x{5,} | \*{4,} | \.{3,}$ | _{4,} | -{6,}$ | \#{4,} | 0{10,} | (?:1234567890|abcdefghij){2}
    | example
    | ^(?:your|insert|enter|put|(?:my|some|the|an?|add|use)[-_ .])[-_ .a-z]*[-_ .]?(?:key|token|secret|password|pass|passwd|pwd
      |value|id|name|here|string|code|credential|account)s?(?:[-_ .]?(?:here|goes.?here|value|id|key|\d))?[.!)>]*$
    | ^(?:my|some|the|an?|add|use)(?:api|secret|auth)?(?:key|token|secret|id|value|name|here|string|code)s?\d?$
    | (?:^|[-_. ])(?:your|insert|replace|change|fixme|todo|redacted|removed|hidden|masked|placeholder|dummy|sample
      |foobar)(?:$|[-_. ])
    | ^(?:change.?(?:me|this)|change[-_ ]it|replace.?(?:me|this)|redacted|removed|hidden|masked|placeholder|dummy|todo|tbd|fixme
      |fill.?me(?:.in)?|not[-_ ]?(?:set|used|needed|available|configured)
      |n/?a|none|null|nil|undefined|unset|empty|blank|true|false|yes|no|default|unknown|required|optional
      |nothing|string|integer|boolean|bytes|foo|bar|baz|foobar|lorem|ipsum)\d{0,3}[.!]*$
    | \*{3}removed\*{3} | ^do[-_ ]?not[-_ ] | ^abc[-_]123[-_]def
    | ^(?:copy|get|take|fetch|see|ask|look|find)[-_ ](?:it[-_ ])?(?:from|in|for|up)[-_ ]
    | (?:goes|put|key|token|secret|password|value)[-_ ]?here | redacted | placeholder | change[-_]?me
    | replace[-_]?(?:me|this|with) | not[-_ ]?an?[-_ ]?(?:real|secret|password|passwd|token|key)
    | override[-_]me
    | fake | dummy | foo_?bar | ^mock[-_] | [-_]mock[-_] | (?P<unit>(?P<one>[0-9a-z])(?!(?P=one))[0-9a-z]{1,2})(?P=unit){4,}
    | ^(?:utf-?(?:8|16|32)(?:[-_]?(?:le|be|sig))?|(?:us-?)?ascii|latin-?1|iso-8859-\d{1,2}|windows-125\d|base64|hex)$
    """
)
_REFERENCE: Final = re.compile(
    rb"""(?ix)
    ^\$+\{?!?[a-z_][\w.:/-]*\}?$ | \$\{[a-z_]\w*(?:[}.:|?\#%/\[(+ @^,*!'"-][^}]*)?\} | \$\([^)]*\)
    | ^%[a-z_]\w*%$ | ^&[a-z_]\w*\.$ | ^%[-\d.]*[sdvrfuxq@]$ | ^%\(\w+\)[sd]$ | ^%\{[^}]*\}$
    | \{\{[^{}]*\}\} | ^\{\{ | ^[^{]*\}\}$ | <% | %> | ^\#\{ | \#\{[^}]*\} | ^@[\w@.]+@$ | ^__\w+__$ | ^ENC\[
    | ^!(?:vault|reference|ref|sub|getatt|env|include|secret|join|importvalue)\b | ^\{cipher\} | ^ENC\(
    | ^\{[a-z_]\w*(?:\.\w+|\[[^\]]*\])*\}$
    | ^--?[a-z][\w-]*=\$ | \$\{[a-z_]\w*\[[^\]]*$ | %\w+=\$ | (?-i:^[A-Z_]+\$[A-Z_]+$)
    | ^(?:os\.environ|os\.getenv|process\.env|ENV\[|env\.|env\(|getenv|System\.getenv|secrets\.|vault:|vault\.|ssm:|arn:
      |secretsmanager|op://|keyvault|azurekeyvault|ref\+|data\.|var\.|local\.|module\.|self\.|this\.|config\.|settings\.
      |params\.|props\.|Rails\.|credentials\.|\$Env:|lookup\()
    | ^[a-z_][\w.]*\([^()]*\)?\)?;?$ | ^sops: | ^resolve: | ^\d{4}-\d{2}-\d{2}(?:[T ][\d:.,+Z -]*)?$
    """
)


@functools.lru_cache(maxsize=1 << 16)
def is_placeholder(value: bytes) -> bool:
    """Tell whether the value only marks the place where one goes, or is plainly a dummy."""
    return not known_sample(value) and (_PLACEHOLDER.search(value) is not None or is_sequence(value))


@functools.lru_cache(maxsize=1 << 16)
def is_reference(value: bytes) -> bool:
    """Tell whether the value says where the secret is, instead of being it."""
    return _REFERENCE.search(value) is not None


def is_sequence(value: bytes) -> bool:
    """Tell whether most of the value counts up or down or repeats one character, or whether it holds a long run of the alphabet."""
    if len(value) < _SHORT:
        return len(set(value)) <= 1
    lower = _JOINTS.sub(b"", value.lower())
    steps = [after - before for before, after in itertools.pairwise(lower)]
    if max(sum(step in {0, 1} for step in steps), sum(step in {0, -1} for step in steps)) >= _MOSTLY * len(steps):
        return True
    return any(run in lower for run in _RUNS)


def is_monotonous(value: bytes) -> bool:
    """Tell whether one letter or digit is repeated all along, with nothing else between but joints."""
    return len(set(value.translate(None, _BETWEEN))) == 1


_BETWEEN: Final = bytes(sign for sign in range(128) if not chr(sign).isalnum())
_JOINTS: Final = re.compile(rb"[-_. ]")
_SHORT: Final = 6
_MOSTLY: Final = 0.8
_LONG_RUN: Final = 10
_RUNS: Final = tuple(
    text[place : place + _LONG_RUN]
    for text in (b"abcdefghijklmnopqrstuvwxyz", b"0123456789012345", b"9876543210987", b"qwertyuiop")
    for place in range(len(text) - _LONG_RUN + 1)
)
