"""The logs of workflow runs: GitHub gives each as an archive behind an address that holds for a minute."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import requests

from auditor.github.client import RefusedError
from auditor.github.reading import moment
from auditor.model.forge import ForgeText, Hidden

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.github.client import Client
    from auditor.model.forge import ForgeFacts

_RUNS: Final = 50
_ARCHIVE: Final = 64 * 1024 * 1024
_CONTENT: Final = 256 * 1024 * 1024
_CHUNK: Final = 1024 * 1024
_TIMEOUT: Final = 60
_GONE: Final = 410
_OK: Final = 200


def read_logs(client: Client, facts: ForgeFacts, unread: list[tuple[str, str]]) -> Iterator[ForgeText]:
    """Yield the logs of the newest runs, one text for each job or step.

    Raises:
        RefusedError: the runs could not be listed.
    """
    path = f"/repos/{facts.full_name}/actions/runs"
    for one in client.items(path, keep=_run, under="workflow_runs", most=_RUNS):
        name = f"actions/runs/{one['id']}"
        try:
            archive = _download(client, client.location(f"{path}/{one['id']}/logs"))
        except RefusedError as error:
            if error.status != _GONE:  # past their time GitHub shows them to nobody
                unread.append((name, error.reason))
            continue
        try:
            yield from (ForgeText(f"{name}/{member}", data, moment(one["created"])) for member, data in _members(archive))
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, OverflowError):
            unread.append((name, "the archive of its logs could not be opened, or is too large"))
    kept = 0 if isinstance(facts.runs, Hidden) else facts.runs.runs
    if kept > _RUNS:
        unread.append(("actions/runs", f"the logs of the newest {_RUNS} runs were read, those of {kept - _RUNS:,} older ones not"))


def _run(one: Any) -> dict[str, Any]:  # noqa: ANN401  JSON
    return {"id": int(one["id"]), "created": one.get("created_at")}


def _download(client: Client, address: str) -> bytes:
    """Fetch an archive from where GitHub keeps it. That is another host, which gets no token."""
    if urlsplit(address).scheme != urlsplit(client.access.api).scheme:
        msg = "the address of its logs does not use TLS"
        raise RefusedError(msg)
    try:
        with requests.Session() as session:
            session.auth = _no_credentials
            with session.get(address, timeout=_TIMEOUT, stream=True, allow_redirects=False) as answer:
                if answer.status_code != _OK:
                    msg = f"its logs could not be fetched ({answer.status_code})"
                    raise RefusedError(msg, status=answer.status_code)
                content = bytearray()
                for chunk in answer.iter_content(_CHUNK):
                    content += chunk
                    if len(content) > _ARCHIVE:
                        msg = "the archive of its logs is too large"
                        raise RefusedError(msg)
                return bytes(content)
    except (requests.RequestException, OSError):
        msg = "its logs could not be fetched"
        raise RefusedError(msg) from None


def _no_credentials(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Keep the library from looking for credentials in files of the user."""
    return request


def _members(archive: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the files of an archive within a bound for all of them.

    Raises:
        OverflowError: they are larger than that.
    """
    left = _CONTENT
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        for info in opened.infolist():
            if not info.is_dir():
                with opened.open(info) as file:
                    data = file.read(left + 1)
                left -= len(data)
                if left < 0:
                    raise OverflowError
                yield info.filename, data
