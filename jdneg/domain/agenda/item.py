"""Something to do, to ask for or to wait for, with its day and the command that deals with it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Literal

from jdneg.domain.messages import Message
from jdneg.values import dataclass

# In the order of their weight: between two of the same day the earlier kind stands first, and of what has no day.
KINDS = (
    "instalment_behind", "instalment", "contract_behind", "contract", "left_call", "closed_contact", "appointment",
    "promise_mine", "talk_again", "reply", "promise_theirs", "offer_theirs", "oral", "late_cost", "claim",
    "complaint", "letter_in", "letter_answer", "offer_mine", "offer_lapsed", "settled", "stuck", "begin", "watch",
)  # fmt: skip
AGREED = ("instalment_behind", "instalment")
State = Literal["overdue", "today", "coming", "open"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """``kind`` is one of `KINDS`; ``id`` the record it is about, empty where there is none
    yet; ``due`` None: it has no day of its own.

    ``amount`` is yuan to be paid. ``command`` is without its ``jdneg``.
    """

    kind: str
    id: str
    what: Message
    due: dt.date | None = None
    amount: Decimal | None = None
    command: str | None = None

    def state(self, as_of: dt.date) -> State:
        if self.due is None:
            return "open"
        if self.due < as_of:
            return "overdue"
        return "today" if self.due == as_of else "coming"
