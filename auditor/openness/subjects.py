"""Which check a finding belongs to: one answer for each finding, by its category, the words of its rule id, and its place.

A blocking finding is listed as itself. Findings of lesser grade are listed together under their check, and a person answers
for them together, by attesting that check.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from auditor.model.levels import Exposure
from auditor.model.rule import Category
from auditor.openness.places import is_name_or_message

if TYPE_CHECKING:
    from auditor.model.finding import Finding

_PERSONAL: Final = (
    ("PII-01", r"nino|national-insurance"),
    ("PII-02", r"nhs|chi\b|health-and-care|hcn|health-number|patient"),
    ("PII-10", r"table|column|record|dump"),
    ("PII-03", r"utr|hmrc|vat\b|paye|tax|employer"),
    ("PII-04", r"passport|mrz|driver|driving|licence|travel|identity-card"),
    ("PII-05", r"sort-code|bank|iban|account"),
    ("PII-06", r"card|pan\b"),
    ("PII-08", r"postcode|address-of|home-address|birth|dob"),
    ("PII-09", r"email|e-mail|phone|mobile|mailbox"),
    ("PII-11", r"special|health-condition|ethnic|religion|offence"),
    ("PII-12", r"notebook"),
    ("PII-13", r"image|exif|gps|document|metadata|screenshot"),
    ("PII-07", r""),
)
_MARKING: Final = (
    ("MRK-06", r"label|msip|sensitivity"),
    ("MRK-02", r"official"),
    ("MRK-04", r"legacy|restricted|confidenti|protect\b|unclassified"),
    ("MRK-05", r"foreign|noforn|cui|fouo|vs-nfd|tlp|nato"),
    (
        "MRK-03",
        r"handling|do-not-publish|descriptor|caveat|eyes|code-?word|personal|commercial|locsen|privilege|embargo|recipients|prefix",
    ),
    ("MRK-01", r""),
)
_CONFIGURATION: Final = (
    ("CFG-05", r"state|tfplan|tfvars|kubeconfig|terraform|pulumi|vault"),
    ("CFG-07", r"default|debug|admin|switch|verification"),
    ("CFG-02", r"host|domain|dns|network-name|gsi|psn|mail|package-source"),
    ("CFG-03", r"address|cidr|\bip\b|ipv|subnet"),
    ("CFG-04", r"account|subscription|tenant|project|storage|\barn\b"),
    ("CFG-06", r"link|jira|confluence|trello|slack|docs|sharepoint|internal-tool|wiki"),
    ("CFG-08", r"waf|firewall|rate|threshold|abuse"),
    ("CFG-09", r"rota|on-call|staff|phone|office|pager"),
    ("CFG-10", r"supplier|contract|price|commercial"),
    ("CFG-01", r""),
)
_KEY_FILES: Final = re.compile(
    r"private-key|keystore|pkcs|pfx|p12|jks|kdbx|ppk|ovpn|id-rsa|master-key|netrc|pypirc|npmrc|ssh-key|key-file"
)
_ENV_FILES: Final = re.compile(r"(?:^|-)env(?:-|$)|dotenv|environment-file")
_ADDRESSES: Final = re.compile(
    r"connection|dsn|database-url|basic-auth|url-(?:with-)?(?:credential|password|user)|uri-|jdbc|-url\b|in-url"
)
_STATE_FILES: Final = re.compile(r"tfstate|terraform|tfvars|tfplan|pulumi|kubeconfig|kubernetes|ansible")
_DATA_FILES: Final = re.compile(r"dump|database|mail|sqlite|\bsql\b|spreadsheet|parquet|backup|har\b|cassette|export")
_CI_PATH: Final = re.compile(
    r"(?:^|/)\.github/workflows/|(?:^|/)(?:\.travis\.yml|\.gitlab-ci\.yml|Jenkinsfile|azure-pipelines\.ya?ml)$|(?:^|/)\.circleci/"
)


def check_for(finding: Finding) -> str:
    """Return the id of the check that a finding belongs to."""
    match finding.category:
        case Category.PERSONAL_DATA:
            return _by_words(finding.rule_id, _PERSONAL)
        case Category.MARKING:
            return _by_words(finding.rule_id, _MARKING)
        case Category.CONFIGURATION:
            return _by_words(finding.rule_id, _CONFIGURATION)
        case Category.CLOSED_CODE:
            return "CLS-03" if re.search(r"policy|unreleased|embargo|commencement|legislation", finding.rule_id) else "CLS-01"
        case Category.RISKY_FILE:
            return _risky_file(finding.rule_id)
        case _:
            return _secret(finding)


def is_key_file(finding: Finding) -> bool:
    """Tell whether it is a private key, a keystore or a file that exists to hold credentials."""
    return finding.category is Category.PRIVATE_KEY or _KEY_FILES.search(finding.rule_id) is not None


def is_environment_file(finding: Finding) -> bool:
    """Tell whether it is a file of environment variables."""
    return _ENV_FILES.search(finding.rule_id) is not None


def is_address_with_password(finding: Finding) -> bool:
    """Tell whether it is a connection string or an address with credentials in it."""
    return _ADDRESSES.search(finding.rule_id) is not None


def is_ci_definition(path: str | None) -> bool:
    """Tell whether a path holds the definition of a build."""
    return path is not None and _CI_PATH.search(path) is not None


def is_state_file(finding: Finding) -> bool:
    """Tell whether it is state, variables or cluster access of an infrastructure tool."""
    return _STATE_FILES.search(finding.rule_id) is not None


@lru_cache(maxsize=4096)
def _by_words(rule_id: str, table: tuple[tuple[str, str], ...]) -> str:
    return next(check for check, words in table if not words or re.search(words, rule_id))


def _risky_file(rule_id: str) -> str:
    if _STATE_FILES.search(rule_id):
        return "CFG-05"
    if _ENV_FILES.search(rule_id):
        return "SEC-07"
    return "PII-10" if _DATA_FILES.search(rule_id) else "SEC-06"


def _secret(finding: Finding) -> str:
    if finding.locations and all(is_name_or_message(place) for place in finding.locations):
        return "SEC-04"
    exposure = max(finding.exposure, key=lambda level: level.rank, default=Exposure.LOCAL_ONLY)
    if exposure in {Exposure.HEAD, Exposure.UNCOMMITTED}:
        return "SEC-01"
    return "SEC-02" if exposure is Exposure.BRANCH_OR_TAG else "SEC-03"
