"""The same findings under another key of the organisation: new hashes in the place of the old ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from auditor.org import tables as t

if TYPE_CHECKING:
    from collections.abc import Mapping


def link_anew(connection: sa.Connection, repository: int, links: Mapping[str, str], key_id: str) -> None:
    """Put in the hashes under the key of this name, for what is still found; what went, or was not read, is linked with nothing."""
    f = t.findings.c
    here, linked = f.repository_id == repository, f.link != ""
    known = connection.execute(sa.select(f.fingerprint).where(here, linked, f.gone.is_(None))).scalars()
    found = [{"name": name, "hash": links[name]} for name in known if name in links]
    connection.execute(sa.update(t.findings).where(here, linked).values(link=""))
    if found:
        change = sa.update(t.findings).where(here, f.fingerprint == sa.bindparam("name")).values(link=sa.bindparam("hash"))
        connection.execute(change, found)
    connection.execute(sa.update(t.reports).where(t.reports.c.repository_id == repository).values(key_id=key_id))
