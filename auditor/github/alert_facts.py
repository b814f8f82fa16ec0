"""GitHub's own alerts. The values of secrets are never asked for: `hide_secret` leaves them out of the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from auditor.github.client import RefusedError
from auditor.github.permissions import ALERTS_ON_SECRETS
from auditor.github.reading import moment
from auditor.model.forge import AlertPlace, CodeAlert, CodeScanning, DependencyAlert, SecretAlert

if TYPE_CHECKING:
    from collections.abc import Mapping

    from auditor.github.client import Client

_GENERIC: Final = (
    "ec_private_key",
    "generic_private_key",
    "http_basic_authentication_header",
    "http_bearer_authentication_header",
    "mongodb_connection_string",
    "mysql_connection_string",
    "mysql_connection_url",
    "openssh_private_key",
    "password",
    "pgp_private_key",
    "postgres_connection_string",
    "rsa_private_key",
)
"""The types that GitHub leaves out of its list unless they are named: docs.github.com, Supported secret scanning patterns."""

_NOT_THERE: Final = 404
_MOST: Final = 1000
_PLACES: Final = 300


def secret_alerts(client: Client, kept: Mapping[str, Any]) -> tuple[SecretAlert, ...]:
    """Return the open alerts on secrets of known providers, with their places."""
    return _alerts(client, kept)


def generic_alerts(client: Client, kept: Mapping[str, Any]) -> tuple[SecretAlert, ...]:
    """Return the open alerts on passwords, private keys and the like: GitHub leaves them out of its list unless they are named."""
    return _alerts(client, kept, secret_type=",".join(_GENERIC))


def _alerts(client: Client, kept: Mapping[str, Any], **which: str) -> tuple[SecretAlert, ...]:
    path = f"/repos/{kept['full_name']}/secret-scanning/alerts"
    question = {"state": "open", "hide_secret": True, "sort": "created", "direction": "asc", **which}
    return tuple(_secret(client, path, one) for one in client.items(path, keep=_secret_alert, parameters=question, most=_MOST))


def _secret(client: Client, path: str, one: Mapping[str, Any]) -> SecretAlert:
    try:
        listed = client.items(f"{path}/{one['number']}/locations", keep=_place, most=_PLACES)
        places = tuple(AlertPlace(**place) for place in listed)
    except RefusedError as error:
        return SecretAlert(**{**one, "created": moment(one["created"])}, places=error.hidden(ALERTS_ON_SECRETS))
    return SecretAlert(**{**one, "created": moment(one["created"])}, places=places)


def _secret_alert(one: Any) -> dict[str, Any]:  # noqa: ANN401  JSON
    return {
        "number": int(one["number"]),
        "type": str(one["secret_type"]),
        "title": str(one.get("secret_type_display_name") or one["secret_type"]),
        "created": one.get("created_at"),
        "validity": str(one.get("validity") or ""),
        "publicly_leaked": bool(one.get("publicly_leaked")),
        "bypassed": bool(one.get("push_protection_bypassed")),
    }


def _place(one: Any) -> dict[str, Any]:  # noqa: ANN401  JSON
    details = one.get("details") or {}
    page = next((str(v) for k, v in sorted(details.items()) if k.endswith("_url") and k not in {"blob_url", "commit_url"}), "")
    return {
        "sort": str(one.get("type") or ""),
        "path": str(details.get("path") or "").removeprefix("/"),
        "line": int(details.get("start_line") or 0),
        "oid": str(details.get("blob_sha") or ""),
        "commit": str(details.get("commit_sha") or ""),
        "page": page,
    }


def dependency_alerts(client: Client, kept: Mapping[str, Any]) -> tuple[DependencyAlert, ...]:
    """Return the open critical and high alerts on dependencies."""
    question = {"state": "open", "severity": "critical,high", "sort": "created", "direction": "asc"}
    path = f"/repos/{kept['full_name']}/dependabot/alerts"
    listed = client.items(path, keep=_dependency_alert, parameters=question, most=_MOST)
    return tuple(DependencyAlert(**{**one, "created": moment(one["created"])}) for one in listed)


def _dependency_alert(one: Any) -> dict[str, Any]:  # noqa: ANN401  JSON
    package = one["dependency"]["package"]
    return {
        "number": int(one["number"]),
        "severity": str(one["security_vulnerability"]["severity"]),
        "package": str(package["name"]),
        "ecosystem": str(package["ecosystem"]),
        "manifest": str(one["dependency"].get("manifest_path") or ""),
        "created": one.get("created_at"),
        "fix_known": bool(one["security_vulnerability"].get("first_patched_version")),
    }


def code_scanning(client: Client, kept: Mapping[str, Any]) -> CodeScanning:
    """Return the open alerts of code scanning on the default branch; GitHub says where nothing was ever analysed."""
    try:
        listed = client.items(
            f"/repos/{kept['full_name']}/code-scanning/alerts", keep=_code_alert, parameters={"state": "open"}, most=_MOST
        )
        return CodeScanning(used=True, alerts=tuple(CodeAlert(**one) for one in listed))
    except RefusedError as error:
        off = ("no analysis found", "code scanning is not enabled", "advanced security must be enabled", "code security must be")
        if error.status in {403, _NOT_THERE} and any(words in error.message for words in off):
            return CodeScanning(used=False)
        raise


def _code_alert(one: Any) -> dict[str, Any]:  # noqa: ANN401  JSON
    rule, place = one["rule"], (one.get("most_recent_instance") or {}).get("location") or {}
    return {
        "number": int(one["number"]),
        "severity": str(rule.get("security_severity_level") or rule.get("severity") or ""),
        "rule": str(rule.get("id") or ""),
        "tool": str(one["tool"].get("name") or ""),
        "path": str(place.get("path") or ""),
        "line": int(place.get("start_line") or 0),
    }
