"""``jdneg loan close``: the end of a debt, what to do so that it stays the end, and what of it is done."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from jdneg.commands.shared.options import Question, complete
from jdneg.commands.shared.reading import Reader, yes_no
from jdneg.domain.dates import comes_before
from jdneg.domain.messages import Message
from jdneg.errors import BadChoice, BadLoan, FutureTime
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.session import Session
from jdneg.values import dataclass

if TYPE_CHECKING:
    from decimal import Decimal

    from jdneg.commands.shared.dossier import Dossier
    from jdneg.domain.changes import Change
    from jdneg.domain.closing import ClosingStep
    from jdneg.domain.records.base import Stored


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the user said, as typed; all of it may come later, by closing again."""

    at: str | None
    certificate: str | None
    auto_debit_off: str | None
    credit_checked: str | None
    contact_stop: str | None
    reason: str | None


def close_loan(session: Session, loan: str, wanted: Wanted) -> Result:
    """Write the end, or what was done since; a closed loan without anything new only shows its checklist."""
    from jdneg.domain import changes
    from jdneg.domain.closing import unpaid
    from jdneg.views.closing import closing_blocks, closing_json
    from jdneg.views.written import written

    found = session.get(loan, "loan")
    wanted = _asked(session, found, wanted)
    first = _after(session, found.record, wanted)
    extra = _certificate(session, wanted.certificate, found.id) if wanted.certificate else []
    if first == found.record and not extra:
        return closing_page(session, found.id)
    reason = wanted.reason or t("loan.closed_reason")

    def decide() -> list[changes.Change]:
        live = session.store.get(found.id).record
        fresh = _after(session, live, wanted)
        return [*([changes.step("loan", found.id, fresh, reason)] if fresh != live else []), *extra]

    receipt = session.transact(decide)
    fresh, steps = session.store.get(found.id).record, steps_of(session, found.id)
    said = t("closing.closed", loan=found.id, day=fresh.closed_on)
    return written(
        receipt, fresh, said, messages=unpaid(found.id, steps), record_id=found.id,
        view=closing_blocks(found.id, steps, session.rules), more={"closing": closing_json(found.id, steps)},
    )  # fmt: skip


def _asked(session: Session, found: Stored[Any], wanted: Wanted) -> Wanted:
    """The day is needed once; on a terminal the rest is asked with it."""
    names = ("at", "certificate", "auto_debit_off", "credit_checked")
    checks = (session.day, None, None, None)
    questions = [
        Question(f"--{name.replace('_', '-')}", getattr(wanted, name), optional=name != "at", check=check)
        for name, check in zip(names, checks, strict=True)
    ]
    if found.record.closed_on is not None:
        return wanted
    return replace(wanted, **dict(zip(names, complete(session, questions), strict=True)))


def _after(session: Session, record: Any, wanted: Wanted) -> Any:
    from jdneg.domain.records.loan import Closing

    read = Reader(session)
    closed = read.read(wanted.at, lambda text: _past(session, text))
    named = {name: read.read(getattr(wanted, name), lambda text: _when(session, text)) for name in _STEPS}
    read.done()
    if comes_before(closed, record.start):
        raise BadLoan(detail=Message("closing.before_start", {"start": record.start}))
    if record.closed_on not in (None, closed or record.closed_on) and not (wanted.reason or "").strip():
        raise BadLoan(detail=Message("closing.day_stands", {"closed": record.closed_on, "day": closed}))
    done = replace(record.closing or Closing(), **{name: day for name, day in named.items() if day is not None})
    closing = record.closing if done == Closing() else done
    return replace(record, closed_on=closed or record.closed_on, closing=closing)


_STEPS = ("auto_debit_off", "credit_checked", "contact_stop")


def _past(session: Session, text: str) -> dt.date:
    day = session.day(text)
    if day > session.today:
        raise FutureTime(value=text, resolved=day)
    return day


def _when(session: Session, text: str) -> dt.date | None:
    """A day, or yes for today; no and unknown leave it open."""
    try:
        return session.today if yes_no(text) else None
    except BadChoice:
        return _past(session, text)


def _certificate(session: Session, word: str, loan: str) -> list[Change]:
    """The certificate: an exhibit's id, or a file that becomes one; it supports the loan and says what it is."""
    from jdneg.commands.shared.reading import existing
    from jdneg.domain import changes
    from jdneg.domain.ids import parse_id
    from jdneg.errors import BadId
    from jdneg.storage.exhibits import exhibit_of

    known: Any
    try:
        known = session.store.get(parse_id(word, "exhibit"))
    except BadId:
        path = existing(word)
        session.start_writing()
        fresh = replace(exhibit_of(session.store.vault.add(path), (loan,), None), paper="settlement")
        known = next((one for one in session.store.select("exhibit") if one.record.sha256 == fresh.sha256), None)
        if known is None:
            return [changes.add("exhibit", fresh)]
    supports = tuple(dict.fromkeys((*known.record.supports, loan)))
    record = replace(known.record, supports=supports, paper="settlement")
    if record == known.record:
        return []
    return [changes.step("exhibit", known.id, record, t("evidence.supports_more"))]


def _left(file: Dossier) -> Decimal | None:
    """What the terms still leave on the closing day; None where they do not say enough."""
    from jdneg.errors import InvalidValue

    try:
        found = file.verification(file.loan.record.closed_on)
    except InvalidValue:  # no rate, no term: nothing is computed on a guess
        return None
    return next((one.computed for one in found.components if one.name == "total"), None)


def closing_page(session: Session, loan: str) -> Result:
    from jdneg.views.closing import closing_blocks, closing_json

    steps = steps_of(session, loan)
    data = {"id": loan, "ids": [loan], "batch": None, "record": session.get(loan, "loan").record, "findings": [],
            "warnings": [], "undo": None, "closing": closing_json(loan, steps)}  # fmt: skip
    return Result(data, tuple(closing_blocks(loan, steps, session.rules)))


def steps_of(session: Session, loan: str) -> tuple[ClosingStep, ...]:
    """The checklist of a closed loan, from everything the journal holds about it."""
    from jdneg.commands.shared.dossier import dossier
    from jdneg.domain.closing import Settled, closing_steps, settled_by

    file = dossier(session, loan)
    deal, loans = settled_by(file.cases, file.loan.id)
    paid = tuple(one for one in session.store.all("payment") if one.record.loan in loans)
    left = _left(file)
    given = Settled(
        loan=file.loan, payments=paid, exhibits=file.exhibits, letters=file.letters, agreement=deal, left=left,
        lapse=file.lapse(file.loan.record.closed_on), spared=file.spared(file.loan.record.closed_on),
    )  # fmt: skip
    return closing_steps(given, session.rules)
