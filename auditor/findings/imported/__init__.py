"""What other scanners found: read from their files as data, told apart by tool, and joined with ours by place."""

from auditor.findings.imported.join import Joined, join
from auditor.findings.imported.reading import read_files
from auditor.findings.imported.record import Imported

__all__ = ["Imported", "Joined", "join", "read_files"]
