from __future__ import annotations

from datetime import date

from auditor.model.openness_file import AcceptedFinding, AttestationEntry, ClosedSubset, OpennessFile, Person
from auditor.model.report import Deadline
from auditor.openness.deadlines import deadlines

OWNER = Person("service owner")


def test_everything_that_ends_is_listed_the_next_first() -> None:
    book = OpennessFile(
        attestations=(AttestationEntry("CLS-01", "yes", "None is here.", OWNER, date(2026, 1, 1), date(2027, 1, 1)),),
        accepted=(AcceptedFinding("val-1", "test-data", OWNER, date(2026, 6, 1)),),
        exceptions=(ClosedSubset("fraud", ("src/fraud/**",), "fraud", OWNER, date(2026, 1, 1), date(2026, 9, 1)),),
    )
    assert deadlines(book) == (
        Deadline("accepted", "val-1", "service owner", date(2026, 6, 1)),
        Deadline("exception", "fraud", "service owner", date(2026, 9, 1)),
        Deadline("attestation", "CLS-01", "service owner", date(2027, 1, 1)),
    )
    assert deadlines(OpennessFile()) == ()
