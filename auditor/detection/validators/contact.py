"""Addresses and telephone numbers of people, set apart from roles, examples and the numbers that drama uses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from auditor.detection.checkdigits import all_same_or_run, digits_of
from auditor.detection.validation import validator, verdict_of

if TYPE_CHECKING:
    from auditor.detection.validation import Answer, Context

_ROLE_WORDS: Final = frozenset(
    [
        "accessible",
        "address",
        "admin",
        "administrator",
        "alert",
        "alerts",
        "alternative",
        "another",
        "api",
        "app",
        "applications",
        "apps",
        "architecture",
        "ats",
        "auth",
        "authority",
        "befta",
        "bereavement",
        "bot",
        "british",
        "build",
        "business",
        "call",
        "campaign",
        "campaigns",
        "change",
        "ci",
        "civil",
        "cloud",
        "code",
        "comms",
        "complaints",
        "compliance",
        "consulate",
        "contact",
        "contactus",
        "content",
        "coordinator",
        "courtadmin",
        "cs",
        "customer",
        "customerservice",
        "data",
        "datamanagement",
        "default",
        "department",
        "dept",
        "desk",
        "dev",
        "devops",
        "different",
        "digital",
        "director",
        "disabled",
        "do",
        "donotreply",
        "dpr",
        "dummy",
        "duty",
        "email",
        "emergency",
        "engagement",
        "engineering",
        "enquiries",
        "enquiry",
        "error",
        "event",
        "events",
        "example",
        "fake",
        "feedback",
        "first",
        "firstname",
        "flood",
        "foi",
        "foo",
        "forename",
        "forensic",
        "format",
        "formats",
        "freedom",
        "gds",
        "general",
        "geography",
        "grants",
        "group",
        "growth",
        "growthhub",
        "hearings",
        "hello",
        "help",
        "helpdesk",
        "hostmaster",
        "hr",
        "hub",
        "incident",
        "info",
        "infra",
        "infrastructure",
        "intel",
        "invalid",
        "it",
        "jane",
        "jenkins",
        "joe",
        "john",
        "labs",
        "last",
        "lastname",
        "legal",
        "licence",
        "licences",
        "live",
        "local",
        "locked",
        "mail",
        "mailbox",
        "management",
        "manager",
        "marketing",
        "media",
        "message",
        "mobile",
        "museums",
        "my",
        "name",
        "national",
        "netsec",
        "news",
        "no",
        "noreply",
        "not",
        "notify",
        "office",
        "old",
        "on",
        "online",
        "ops",
        "organisation",
        "organise",
        "other",
        "owner",
        "person",
        "platform",
        "policy",
        "post",
        "postmaster",
        "press",
        "preview",
        "privacy",
        "prod",
        "product",
        "project",
        "public",
        "pull",
        "random",
        "recruitment",
        "register",
        "regression",
        "reply",
        "report",
        "request",
        "research",
        "review",
        "reviewer",
        "robot",
        "root",
        "safety",
        "sales",
        "sample",
        "school",
        "secretary",
        "security",
        "sender",
        "service",
        "services",
        "shared",
        "signup",
        "simulate",
        "socvis",
        "some",
        "someone",
        "sre",
        "staff",
        "staging",
        "standards",
        "standingdata",
        "stats",
        "submission",
        "success",
        "support",
        "surname",
        "system",
        "systems",
        "tax",
        "teaching",
        "team",
        "tech",
        "technical",
        "temporary",
        "test",
        "tester",
        "testing",
        "tests",
        "text",
        "the",
        "training",
        "unit",
        "unverified",
        "update",
        "user",
        "username",
        "users",
        "valid",
        "validator",
        "vehicle",
        "volunteers",
        "warnings",
        "web",
        "webmaster",
        "webops",
        "website",
        "work",
        "your",
    ]
)
_ROLE_PART: Final = re.compile(
    r"platform|support|service|team|apps$|ops$|devs?$|office|engineer|security|[ei]nquir|helpdesk|digital|notif|visit|vacanc|referral"
    r"|mailbox|inbox|survey|consult|regist|caseworker|solicitor|citizen|stakeholder|admission"
)
_AUTHOR_LINE: Final = re.compile(rb"^(?:author |committer |tagger |.{0,30}-by:)", re.IGNORECASE)
_NAME_PARTS: Final = re.compile(r"[._]")
_EXAMPLE_DOMAIN: Final = re.compile(
    r"(?:^|\.)(?:example|test|invalid|localhost|local)(?:\.|$)|^(?:foo|bar|baz|email|domain|some|test)\.", re.IGNORECASE
)
_DRAMA: Final = (
    "7700900",
    "1632960",
    "2079460",
    "8081570",
    "9098790",
    "3069990",
    "1134960",
    "1144960",
    "1154960",
    "1164960",
    "1174960",
    "1184960",
    "1214960",
    "1314960",
    "1414960",
    "1514960",
    "1614960",
    "1914980",
    "2890180",
    "28964960",
    "2920180",
)
_RUN: Final = 4
_FEW_KINDS: Final = 3


def is_persons_address(text: str) -> bool:
    """Tell whether the local part is made of a person's names and the domain is no example."""
    local, _, domain = text.lower().rpartition("@")
    words = [re.sub(r"\d+$", "", part) for part in _NAME_PARTS.split(local)]
    return (
        len(words) >= 2  # noqa: PLR2004  a name and a surname
        and not _ROLE_WORDS.intersection(words)
        and not any(_ROLE_PART.search(word) for word in words)
        and all(word.isalpha() for word in words)
        and max(map(len, words)) > 2  # noqa: PLR2004  initials alone name nobody
        and not _EXAMPLE_DOMAIN.search(domain)
    )


def national_digits(text: str) -> str:
    """Return a British number without country code and leading zero."""
    digits = "".join(map(str, digits_of(text.replace("(0)", ""))))
    if text.lstrip().startswith("+"):
        digits = digits.removeprefix("44")
    return digits.removeprefix("0044").lstrip("0")


def is_drama_number(text: str) -> bool:
    """Tell whether the number lies in the ranges that Ofcom keeps for drama."""
    return national_digits(text).startswith(_DRAMA)


def is_invented_number(text: str) -> bool:
    """Tell whether the number is plainly made up."""
    digits = [int(character) for character in national_digits(text)]
    return len(set(digits[-6:])) <= _FEW_KINDS or all_same_or_run(digits, _RUN)


def is_telephone_number(text: str) -> bool:
    """Tell whether the numbering plan has this number, by the library of the plans; it is loaded only when one is met."""
    import phonenumbers  # noqa: PLC0415  dear to import

    try:
        number = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(number)


@validator("persons-email")
def persons_email(value: bytes, context: Context) -> Answer:
    """Accept addresses of a person, not of a role or an example; lines in which authors name themselves are no leak."""
    named = _AUTHOR_LINE.match(context.line) is not None
    return verdict_of(not named and is_persons_address(value.decode("latin-1")), sure=False)


@validator("telephone")
def telephone(value: bytes, context: Context) -> Answer:  # noqa: ARG001  the number says it all
    """Accept numbers of the plan that are neither kept for drama nor made up."""
    text = value.decode("latin-1")
    return verdict_of(not is_drama_number(text) and not is_invented_number(text) and is_telephone_number(text), sure=False)
