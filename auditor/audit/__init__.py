"""The only room that joins the others: one call audits one target."""

from auditor.audit.order import EVERYTHING, Changes
from auditor.audit.spine import audit, exit_code

__all__ = ["EVERYTHING", "Changes", "audit", "exit_code"]
