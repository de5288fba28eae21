"""After an agreement: a reminder, a demand on the old schedule or for everything, and an advertisement told apart.

Whether the borrower is up to date decides. What was demanded comes from the record (`Contact.demand`); where it
is silent it is proposed from the words and quoted, and then, as with an oral agreement, the answer is ``review``
at most.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Literal

from jdneg.domain.agreements import InForce, Standing, agreed_open, in_force, standing
from jdneg.domain.conduct.findings import Confidence, Suspicion, weakest
from jdneg.domain.conduct.seen import Seen
from jdneg.domain.dates import ONE_DAY, shanghai_day
from jdneg.domain.instalments import Paid
from jdneg.domain.messages import Message
from jdneg.domain.money import money
from jdneg.domain.records.loan import Instalment
from jdneg.domain.rulebook import Rule, RuleValue
from jdneg.errors import BadAmount
from jdneg.values import dataclass

Asked = Literal["reminder", "promotion", "old", "whole", "not_due", "unknown", "nothing"]

_NUMBER = r"((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?)"
_AMOUNT = rf"[¥￥]\s*{_NUMBER}|(?<![\d.,]){_NUMBER}\s*(?:元|块)"


# Compiled when first asked for: most journals have no agreement.
# The day something is to be paid by, and words that say the day is over (not what would happen if).
_DUE = r"(?:(\d{1,2})月)?(\d{1,2})[日号](?:前|之前|以前|到期|还款|扣款|应还)"
_SAID_LATE = r"(?:已经?|现已|目前)逾期"
# Everything at once only as what may follow, or as an offer: then it is not demanded. A demand for now is one still.
_IF = (
    r"(?:如果?|若|倘若?|一旦|万一|假如|要是|否则|不然|未能?按|不按|(?<!已)(?<!已经)逾期|违约)"
    r"(?:(?!请|必须|务必|立即|立刻|马上|今[日天]|现在).)*$"
)
_OFFERED = (
    r"请问|是否|想不想|要不要|[吗么呢]\s*[,，。?？]?$|自愿|自主选择|可以?.{0,8}(?:选择|申请|提前|一次性|随时)"
    r"|支持|如需|欢迎|有意|您也可"
)
_SENTENCE = r"[^。!?！？;；\n]*[。!?！？;；\n]?"


@dataclass(frozen=True, slots=True)
class Demanded:
    """What was asked, and the words it was read from; ``quote`` None: from the record, not proposed."""

    asked: Asked
    amount: Decimal | None = None
    quote: str | None = None
    proposed: bool = False


def _in_force(seen: Seen) -> InForce | None:
    """The agreement that counted at the contact: what was said before it was made does not go against it."""
    if seen.loan_id is None:
        return None
    found = in_force(seen.world.cases.get(seen.loan_id, ()), seen.loan_id, seen.day)
    return None if found is not None and _came_before(seen, found) else found


def _came_before(seen: Seen, found: InForce) -> bool:
    """On the day itself the hour decides; where one of them has none, nothing is held against the contact."""
    made, at = found.agreement.agreed_at, seen.contact.happened_at
    if shanghai_day(made) != seen.day:
        return False
    return not (isinstance(made, dt.datetime) and isinstance(at, dt.datetime)) or at <= made


def applies(seen: Seen) -> bool:
    """A contact that reached somebody while an agreement for its loan was in force."""
    if not seen.world.cases or seen.incoming is False or seen.contact.answered is False:
        return False
    return _in_force(seen) is not None


def agreement(seen: Seen, rule: Rule, value: RuleValue) -> Suspicion | None:  # noqa: ARG001
    """What a contact after the agreement amounts to."""
    accepted = _in_force(seen)
    if accepted is None:
        return None
    demanded = what_was_asked(seen, accepted)
    if demanded.asked in ("reminder", "promotion", "nothing"):
        return None
    if demanded.asked == "unknown":
        reason = Message("conduct.agreement_unknown", {"agreed": accepted.agreement.starts})
        return Suspicion(
            "cannot_tell", reason, _fact(accepted, seen.fact), quote=demanded.quote, clears_if=_SAY_DEMAND
        )
    return _by_standing(seen, accepted, demanded)


_SAY_DEMAND = Message("conduct.clears_demand")


def _by_standing(seen: Seen, accepted: InForce, demanded: Demanded) -> Suspicion:
    stands = standing(accepted.agreement, _paid(accepted, seen), seen.day)
    facts: dict[str, object] = {"agreed": accepted.agreement.starts, "amount": demanded.amount or "?"}
    if stands == "behind":
        behind = Message("conduct.agreement_behind", facts)
        return Suspicion("cannot_tell", behind, _fact(accepted, seen.fact), quote=demanded.quote)
    fact = _fact(accepted, seen.said_fact if demanded.proposed else seen.fact)
    reason = Message(f"conduct.agreement_{demanded.asked}", facts)
    firm = stands == "up_to_date" and not accepted.agreement.oral and not demanded.proposed
    clears = _what_settles(accepted, demanded, stands)
    return Suspicion("breach" if firm else "review", reason, fact, quote=demanded.quote, clears_if=clears)


def _fact(accepted: InForce, known: Confidence) -> Confidence:
    """What rests on an agreement that nobody confirmed in writing is known no better than somewhat."""
    return weakest(known, "medium") if accepted.agreement.oral else known


def _what_settles(accepted: InForce, demanded: Demanded, stands: Standing) -> Message | None:
    if accepted.agreement.oral:
        return Message("conduct.clears_oral")
    if stands == "late":
        return Message("conduct.clears_late")
    return Message("conduct.clears_demand_read") if demanded.proposed else None


def _paid(found: InForce, seen: Seen) -> Paid:
    """On any of the agreement's loans."""
    return [one for loan in found.loans for one in seen.world.payments.get(loan, ())]


def is_reminder(seen: Seen) -> bool:
    """Only of what the agreement in force asks for, or nothing of it at all (an advertisement)."""
    accepted = _in_force(seen) if seen.world.cases else None
    return accepted is not None and what_was_asked(seen, accepted).asked in ("reminder", "promotion", "nothing")


def what_was_asked(seen: Seen, accepted: InForce) -> Demanded:
    """From the record first; else proposed from the words."""
    if not accepted.agreement.instalments:
        return Demanded("unknown")
    demand = seen.contact.demand
    if demand is not None and (demand.amount is not None or demand.whole_balance is not None):
        if demand.whole_balance:
            return Demanded("whole", demand.amount)
        if demand.amount is not None:
            known = _is_reminder(demand.amount, demand.due, seen, accepted)
            return Demanded("reminder" if known else "old", demand.amount)
    return _from_words(seen, accepted)


def _from_words(seen: Seen, accepted: InForce) -> Demanded:
    said, reading = seen.contact.said, seen.reading
    if said is None:
        return Demanded("unknown")
    if not reading.debt:
        return Demanded("nothing")
    whole = _whole(seen)
    if whole == "demanded":
        return Demanded("whole", quote=reading.whole, proposed=True)
    amounts = amounts_in(said)
    offered = reading.promotion or (whole == "offered" and not amounts)
    if offered and not any(word in said for word in ("逾期", "应还", "欠")):
        return Demanded("promotion")
    if any(_is_reminder(amount, None, seen, accepted) for amount, _ in amounts):
        return _early(said, seen, accepted) or Demanded("reminder")
    if len({amount for amount, _ in amounts}) == 1:
        return Demanded("old", amounts[0][0], amounts[0][1], proposed=True)
    return Demanded("unknown", quote=None)


def _whole(seen: Seen) -> Literal["demanded", "offered", "if"] | None:
    """How the whole balance is spoken of. The record's own no stands before the words."""
    said, quote, demand = seen.contact.said or "", seen.reading.whole, seen.contact.demand
    if quote is None or (demand is not None and demand.whole_balance is False):
        return None
    spoken = {_spoken(found[0], quote) for found in re.finditer(_SENTENCE, said) if quote in found[0]}
    return "demanded" if "demanded" in spoken or not spoken else "if" if "if" in spoken else "offered"


def _spoken(sentence: str, quote: str) -> Literal["demanded", "offered", "if"]:
    if re.search(_IF, sentence[: sentence.index(quote)]):
        return "if"
    return "offered" if re.search(_OFFERED, sentence) else "demanded"


def _early(said: str, seen: Seen, accepted: InForce) -> Demanded | None:
    """The agreed amount, but said to be late already, or for another day than agreed."""
    dues = {one.due for one in _open(seen, accepted)}
    late = re.search(_SAID_LATE, said)
    if late is not None and all(due >= seen.day for due in dues):
        return Demanded("not_due", quote=late[0], proposed=True)
    for found in re.finditer(_DUE, said):
        month, day = int(found[1] or 0), int(found[2])
        if not any(day == due.day and month in (0, due.month) for due in dues):
            return Demanded("not_due", quote=found[0], proposed=True)
    return None


def amounts_in(text: str) -> list[tuple[Decimal, str]]:
    """Amounts of yuan in a text, each with its words."""
    found = []
    for match in re.finditer(_AMOUNT, text):
        try:
            found.append((money((match[1] or match[2]).replace(",", "")), match[0]))
        except BadAmount:
            continue
    return found


def _is_reminder(amount: Decimal, due: dt.date | None, seen: Seen, accepted: InForce) -> bool:
    """Names exactly the next or an unpaid instalment, with its due date or none."""
    return any(one.amount == amount and due in (None, one.due) for one in _open(seen, accepted))


def _open(seen: Seen, found: InForce) -> list[Instalment]:
    """The instalments not covered by what was paid before the day, up to and with the next one due."""
    still: list[Instalment] = []
    for row, _ in agreed_open(found.agreement, _paid(found, seen), seen.day - ONE_DAY):
        still.append(row)
        if row.due >= seen.day:
            break
    return still
