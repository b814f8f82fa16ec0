"""Mail messages and mailboxes: the parts that travel encoded, and attachments."""

from __future__ import annotations

import email
import re
from typing import TYPE_CHECKING, Final

from auditor.sources.containers.adapter import container
from auditor.sources.containers.budget import Member, NotThisError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

    from auditor.sources.containers.budget import Budget, Closed

_HEADER: Final = re.compile(
    rb"(From |From:|To:|Cc:|Date:|Subject:|Received:|Return-Path:|Delivered-To:|MIME-Version:|Message-I[dD]:|Content-Type:"
    rb"|DKIM-Signature:|Reply-To:|Sender:|X-[A-Za-z-]+:|Authentication-Results:)"
)
_STARTS: Final = tuple(b"Fr To Cc Da Su Re De MI Me Co DK Se X- Au".split())
_PATCH: Final = re.compile(rb"From [0-9a-f]{40} ")
_ENCODED: Final = re.compile(
    rb"^content-(transfer-encoding:\s*(base64|quoted-printable)|disposition:\s*attachment)", re.IGNORECASE | re.MULTILINE
)
_BETWEEN: Final = re.compile(rb"^From (?=\S+ .*\d{4})", re.MULTILINE)


def _looks(head: bytes, size: int) -> bool:
    """Look at the first header; a patch from a mailing list is text as it is."""
    return size > 40 and _HEADER.match(head) is not None and not _PATCH.match(head)  # noqa: PLR2004  less is no message


@container("mail", *_STARTS, sniff=_looks, isolated=True)
def open_mail(data: bytes, budget: Budget) -> Iterator[Member | Closed]:
    """Yield what the text as it stands does not show."""
    if _ENCODED.search(data) is None:
        raise NotThisError
    messages = [piece for piece in _BETWEEN.split(data) if piece.strip()] if data.startswith(b"From ") else [data]
    for number, raw in enumerate(messages, 1):
        prefix = f"message {number} " if len(messages) > 1 else ""
        # A mailbox puts the rest of its dividing line before the first header.
        text = raw.partition(b"\n")[2] if data.startswith(b"From ") else raw
        yield from _parts(email.message_from_bytes(text), prefix, budget)


def _parts(message: Message, prefix: str, budget: Budget) -> Iterator[Member]:
    """Yield the decoded leaves."""
    number = 0
    for part in message.walk():
        if part.is_multipart():
            continue
        number += 1
        budget.member()
        name = part.get_filename()
        encoded = str(part.get("content-transfer-encoding", "")).strip().lower() in {"base64", "quoted-printable"}
        payload = part.get_payload(decode=True)
        if (name or encoded) and isinstance(payload, bytes) and payload:
            yield Member(f"{prefix}{name or f'part {number} ({part.get_content_type()})'}", _utf8(part, payload))


def _utf8(part: Message, payload: bytes) -> bytes:
    """Turn text in another character set into UTF-8."""
    charset = part.get_content_charset()
    if part.get_content_maintype() != "text" or charset in {None, "utf-8", "us-ascii"}:
        return payload
    try:
        return payload.decode(str(charset)).encode()
    except (LookupError, ValueError):
        return payload
