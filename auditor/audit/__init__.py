"""The only room that joins the others: one call audits one target."""

from auditor.audit.beside import Online
from auditor.audit.linking import links
from auditor.audit.spine import EVERYTHING, Changes, audit, exit_code

__all__ = ["EVERYTHING", "Changes", "Online", "audit", "exit_code", "links"]
