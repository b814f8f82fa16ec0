"""Names of hosts and addresses that are only known inside a network, set apart from what merely looks like them."""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING, Final

from auditor.detection.validation import Answer, Verdict, validator, verdict_of
from auditor.model.levels import Confidence

if TYPE_CHECKING:
    from auditor.detection.validation import Context

_GENERIC: Final = re.compile(
    rb"(?i)(?:^|\.)(?:compute|ec2|svc\.cluster|cluster|docker|metadata\.google|google|host\.docker|gateway\.docker|containers"
    rb"|kubernetes\.docker|docker\.for\.(?:mac|win)\.host|(?:host|gateway)\.testcontainers|minikube|lima|k3d|googleapis|apps|service\.cf"
    rb"|c\.[\w-]+)\.(?:internal|local)$|^(?:host|your|my|foo|bar|example|test|some|server|app|db|domain|company|corp"
    rb"|www|ad|dc|localhost|printer|raspberrypi|settings|config|env|options|appsettings|override|docker-compose|logback|bootstrap|gems"
    rb"|application|secrets|variables|credentials|overrides|common|production|development|staging|test|local)\.(?:internal|corp|local|lan|intra|intranet|private)$"
)
_CODE_WORDS: Final = re.compile(
    rb"(?i)^(?:com|org|net|io|java|javax|jakarta|sun|jdk|kotlin|scala|uk|de|fr|eu|gov|android|androidx|google|apache|eclipse|gradle"
    rb"|this|self|super|window|module|exports|process|node|_|react|vue|ember|jquery|DataTable|each|var|props|ctx|args|params|\$)\."
)
_CODE_AFTER: Final = re.compile(
    rb"^(?:\.[a-zA-Z_]|\(|\[|[ \t]*=[^=]|_|-?[a-z]*\.(?:js|ts|py|rb|java|go|md|html|ya?ml|json|conf|env|sh|tf))"
)
_CODE_BEFORE: Final = re.compile(rb"(?:import|package|from|require|extends|new|class|@|\$|->|::|\.)[ \t(\"']{0,3}$")
_INTERPOLATED: Final = re.compile(rb"(?:\{\{-?[ \t]{0,2}|#\{|\$\{)$")
_NAME_BEFORE: Final = re.compile(
    rb"(?:\bfor\b[^\n]{0,40}\b(?:in|of)[ \t]+|\b(?:if|unless|while|elif|when)[ \t]*\(!?|\b(?:return|unless|elif|typeof|await)[ \t]+"
    rb"|&&[ \t]?|\|\|[ \t]?|!|\b(?:t|i18n|I18n\.t|translate|__|get[A-Z]?\w{0,20})\([\"'])$"
)
"""What stands before the name of a property, or the key of a text or a setting."""
_NAME_AFTER: Final = re.compile(rb"^(?:[?!]|[ \t]+(?:&&|\|\||[!=]==?|\?[ \t]|is (?:not )?(?:None|null|nil)\b))")
_KEY_AFTER: Final = re.compile(rb"^[\"'][ \t]{0,8}(?:=>|:)")
_PLAIN_WORDS: Final = re.compile(rb"(?:[A-Za-z_]+\.)+[A-Za-z_]+")
_HOST_BEFORE: Final = re.compile(
    rb"(?i)(?:://(?:[^\s/@]{1,80}@)?|@|\b(?:host(?:name)?s?|server(?:_?name)?s?|domain|endpoint|url|uri|fqdn|address|dns|proxy|zone"
    rb"|search|cname|ssh|ping|curl|telnet|smtp|ldap|vhost|bind|upstream|nameserver|broker|registry|gateway|node|peer)[\w]{0,12}[\"']?"
    rb"[ \t]{0,4}(?:[:=]>?|=>|\bis\b|[ \t])[ \t\[\"']{0,6})$"
)
_DOCUMENTED: Final = frozenset(
    {
        "10.0.0.0",
        "10.0.0.1",
        "10.0.0.2",
        "10.1.1.1",
        "10.1.2.3",
        "10.10.10.10",
        "192.168.0.0",
        "192.168.0.1",
        "192.168.1.1",
        "192.168.1.0",
    }
    | {
        "172.16.0.0",
        "172.16.0.1",
        "172.17.0.1",
        "172.17.0.2",
        "172.18.0.1",
        "192.168.99.100",
        "192.168.33.10",
        "192.168.50.4",
        "10.0.2.2",
    }
    | {
        "10.0.2.15",
        "10.96.0.1",
        "10.96.0.10",
        "10.244.0.0",
        "172.31.0.2",
        "192.168.1.100",
        "192.168.2.1",
        "192.168.100.100",
        "10.11.12.13",
    }
)
_WHOLE_RANGES: Final = frozenset({"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "10.0.0.0/16", "10.0.0.0/24"})
_VERSION_BEFORE: Final = re.compile(
    rb"(?i)(?:\bversions?|\bver|\bv|\brelease|\brev|\bbuild|[<>~^!]=?|==|[a-z]/|chrome|firefox|safari|edg|opera)[\"' :=]{0,5}$"
    rb"|(?m:^)[ \t]{2,8}[a-z][\w.-]{0,60} \((?:[<>=~!]{1,2} )?$"
)


def is_internal_host(host: bytes, before: bytes, after: bytes) -> bool:
    """Tell whether a dotted name is that of a host or zone, not of a package, a file or a property."""
    if _GENERIC.search(host) or _CODE_WORDS.match(host) or _CODE_AFTER.match(after) or _CODE_BEFORE.search(before):
        return False
    if not before.endswith(b"://") and (_is_namespace(host) or _is_property(host, before, after)):
        return False
    labels = host.split(b".")
    if labels[-1].lower() == b"local":
        return _HOST_BEFORE.search(before) is not None
    return len(labels) > 2 or _HOST_BEFORE.search(before) is not None  # noqa: PLR2004  two labels are too often a file or a property


def _is_namespace(host: bytes) -> bool:
    """Tell whether it is written as programs write names of their parts: `Company.Service.Internal`, `Modifier.PRIVATE`."""
    return host.rpartition(b".")[2] != host.rpartition(b".")[2].lower() and not host.isupper()


def _is_property(host: bytes, before: bytes, after: bytes) -> bool:
    """Tell whether it is a property (`record.team.internal?`), the key of a text (`title.private`) or the end of a version."""
    if host.split(b".")[-2].isdigit() or _INTERPOLATED.search(before) or (host.endswith(b".private") and _KEY_AFTER.match(after)):
        return True
    in_code = _NAME_BEFORE.search(before) or _NAME_AFTER.match(after)
    return in_code is not None and _PLAIN_WORDS.fullmatch(host) is not None


@validator("internal-host")
def internal_host(value: bytes, context: Context) -> Answer:
    """Accept names of hosts; surer where a scheme or a word such as `host` stands before."""
    place = context.window.find(context.groups.get("host", value), max(0, context.start - 120))
    host = context.groups.get("host", value)
    before, after = context.window[max(0, place - 60) : place], context.window[place + len(host) : place + len(host) + 20]
    if not is_internal_host(host, before, after):
        return verdict_of(fits=False)
    sure = _HOST_BEFORE.search(before) is not None
    return Answer(Verdict.UNKNOWN, confidence=Confidence.HIGH if sure else None)


@validator("private-address")
def private_address(value: bytes, context: Context) -> Answer:  # noqa: ARG001  the network is only what findings are gathered by
    """Accept addresses of private ranges that are no example, no version and not the whole range."""
    text = context.groups.get("address", b"").decode("latin-1")
    place = context.window.find(context.groups.get("address", b""), max(0, context.start - 4))
    try:
        network = ipaddress.ip_network(text, strict=False)
    except ValueError:
        return verdict_of(fits=False)
    if text.partition("/")[0] in _DOCUMENTED or text in _WHOLE_RANGES or _VERSION_BEFORE.search(context.window[:place][-80:]):
        return verdict_of(fits=False)
    return verdict_of(network.is_private and not network.is_loopback, sure=False)


@validator("public-address")
def public_address(value: bytes, context: Context) -> Answer:  # noqa: ARG001  the network is only what findings are gathered by
    """Accept small networks that are routed in the internet: no private, documentation or otherwise reserved range."""
    try:
        network = ipaddress.ip_network(context.groups.get("address", b"").decode("latin-1"), strict=False)
    except ValueError:
        return verdict_of(fits=False)
    return verdict_of(network.is_global and not network.is_multicast, sure=False)


@validator("remote-host")
def remote_host(value: bytes, context: Context) -> Answer:  # noqa: ARG001  where it leads is what counts
    """Reject what leads to the same machine or to a container beside it: `localhost`, a loopback address, a name without a dot."""
    host = re.sub(rb":\d*$", b"", context.groups.get("host", b"").lower()).strip(b"[]")
    local = host.startswith((b"127.", b"0.0.0.0", b"::1", b"localhost")) or (host and b"." not in host)
    return verdict_of(not local, sure=False)
