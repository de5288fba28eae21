"""Complaints as a list, and the clocks that run once one is filed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from jdneg.blocks import Table
from jdneg.domain.complaint.channels import Channel, Clock, answers_due
from jdneg.domain.dates import shanghai_day
from jdneg.domain.messages import Message, hint
from jdneg.domain.records.base import Stored
from jdneg.domain.records.paper import Complaint
from jdneg.i18n import pick
from jdneg.result import Result
from jdneg.views.records import empty, rows_of
from jdneg.views.words import label, time, word


def complaint_list(complaints: Sequence[Stored[Complaint]]) -> Result:
    """``complain list``."""
    if not complaints:
        return empty("paper.no_complaints", "complaints")
    headers = tuple(label(name) for name in ("id", "to", "loan", "drafted_on", "filed_at", "number", "missing"))
    rows = tuple(
        (
            one.id, word(one.record.to), str(one.record.loan or "-"), one.record.drafted_on.isoformat(),
            time(one.record.filed_at), one.record.number or "-", str(len(one.record.missing) or "-"),
        )
        for one in complaints
    )  # fmt: skip
    return Result({"complaints": rows_of(complaints)}, (Table(headers, rows),))


def clock_messages(complaint: Complaint, takes: Channel, kind: str) -> tuple[Message, ...]:
    """When an answer is due, as far as the rules on file give a day; and whether they are only reported."""
    assert complaint.filed_at is not None
    running = answers_due(takes, kind, shanghai_day(complaint.filed_at))
    reported = any(clock.checked == "reported" for clock, _ in running)
    found = (*(_clock(clock, last) for clock, last in running), *((hint("complaint.clock_reported"),) * reported))
    return found or (hint("complaint.no_clock"),)


def _clock(clock: Clock, last: dt.date | None) -> Message:
    if last is None:
        return hint("complaint.clock_working", what=pick(clock.what), days=clock.days)
    return hint("complaint.clock", what=pick(clock.what), day=last.isoformat())
