"""``jdneg plan``: what can be paid, when, and what each way costs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jdneg.commands.shared.options import Need, Switch, Text
from jdneg.commands.shared.pages import noted, target
from jdneg.commands.shared.reading import Reader, words_of
from jdneg.commands.talks.funds import MoneyFlags, funds_of, gather_debts, to_come
from jdneg.domain.money import ZERO
from jdneg.result import Result
from jdneg.session import Session
from jdneg.values import dataclass

if TYPE_CHECKING:
    from jdneg.commands.shared.dossier import Dossier
    from jdneg.domain.messages import Message
    from jdneg.domain.negotiation.plan_debt import PlanDebt
    from jdneg.domain.negotiation.proposing import Ask, Debt, Proposal
    from jdneg.domain.negotiation.room import Room
    from jdneg.domain.negotiation.ways import OpenOffer


@dataclass(frozen=True)
class OfferFlags:
    """What can be paid, and how it is to be offered."""

    monthly: Text = None
    months: Text = None
    lump_sum: Text = None
    pause: Text = None
    due_day: Text = None
    then_talk: Switch = False
    budget: Text = None
    begin: Text = None


def plan(session: Session, flags: MoneyFlags, strategy: Text = None, rows: Text = None) -> Result:
    from jdneg.domain.negotiation.plan import make_plan
    from jdneg.domain.negotiation.strategies import BEST, CUSTOM, STRATEGIES
    from jdneg.errors import ContradictoryFlags
    from jdneg.views.plans import plan_page

    read = Reader(session)
    order = _order(flags)
    chosen = read.choice(strategy, {name: name for name in (*STRATEGIES, BEST, *([CUSTOM] if order else []))})
    shown = read.number(rows, least=1)
    if order and chosen not in (None, CUSTOM):
        read.errors.append(ContradictoryFlags(first=f"--strategy {chosen}", second="--order"))
    funds = read.also(lambda: funds_of(session, flags))
    read.done()
    assert funds is not None
    debts = gather_debts(session, include_disputed=flags.include_disputed)
    way = chosen or (CUSTOM if order else "min-first")
    made = make_plan(debts, funds.cash, way, session.as_of, order=order)
    return plan_page(made, debts, funds, session.as_of, shown, known=bool(session.store.all("loan")))


def compare(session: Session, flags: MoneyFlags, output: Text = None) -> Result:
    from jdneg.documents.writers import write
    from jdneg.domain.negotiation.ways import ways
    from jdneg.views.ways import ways_page

    path = target(output, ".html") if output else None
    order = _order(flags)
    funds = funds_of(session, flags)
    debts = gather_debts(session, include_disputed=flags.include_disputed)
    offers = _open_offers(session, debts)
    found, least = ways(debts, funds.cash, session.as_of, order=order, offers=offers)
    page = ways_page(found, least, debts, funds, offers, session.as_of, known=bool(session.store.all("loan")))
    return noted(page.result, write(page.document, path)) if path else page.result


def propose(session: Session, loan: Need, flags: OfferFlags) -> Result:
    from jdneg.commands.shared.dossier import dossier
    from jdneg.commands.shared.limits import limitation_notice
    from jdneg.commands.talks.affording import agreement_told, debts_room
    from jdneg.domain.correspondence.dealletters import PAUSE
    from jdneg.domain.negotiation.proposing import Ask, propose as proposals, standstill
    from jdneg.views.proposals import proposal_page, room_told

    file = dossier(session, loan)
    read = Reader(session)
    ask = Ask(
        monthly=read.amount(flags.monthly, zero=False), months=read.number(flags.months, least=1, most=120),
        lump=read.amount(flags.lump_sum, zero=False), pause=read.number(flags.pause, least=1, most=120),
        due_day=read.due_day(flags.due_day), then_talk=flags.then_talk,
        begin=read.read(flags.begin, lambda text: to_come(session, text), "--begin"),
    )  # fmt: skip
    given = read.amount(flags.budget)
    read.done()
    room = debts_room(session, (file.loan.id,), given, begin=flags.begin, ask_for=not ask.sized)
    debt, seen = _debt(session, file)
    if debt.due_day is None and room is not None:  # the day one can pay on
        ask = replace(ask, due_day=ask.due_day or room.cash.day)
    nothing = not ask.sized and not ask.then_talk and room is not None and not room.monthly
    if nothing:
        found = (standstill(PAUSE), *(proposals(debt, ask, session.as_of, room) if ask.pause or ask.due_day else ()))
    else:
        found = proposals(debt, ask, session.as_of, room)
    told = [*limitation_notice(session, file), *agreement_told(file, session.as_of), *room_told(room, debt.loan, ask)]
    told += _on_claim(debt, seen)
    kept: tuple[Proposal, ...] = ()
    if room is not None and not any(one.fits for one in found):
        open_ask = Ask(due_day=ask.due_day, pause=ask.pause, begin=ask.begin)
        kept = proposals(debt, open_ask, session.as_of, room) if ask.sized else ()
        told += _other_day(debt, ask, file.loan.record.lender, room)
    return proposal_page(
        found, file.loan, ask, session.as_of, _case_of(session, debt.loan), owed=debt.owed, nothing=nothing,
        disputed=seen.disputed if seen else ZERO, by_claim=seen is not None and seen.basis == "claimed",
        kept=kept, messages=told, next_case=session.store.next_id("case"), room=room,
    )  # fmt: skip


def _other_day(debt: Debt, ask: Ask, lender: str, room: Room) -> tuple[Message, ...]:
    from jdneg.domain.negotiation.plan import before_payday

    payday = room.cash.day
    if not payday or not debt.due_day or debt.due_day >= payday or ask.due_day is not None:
        return ()
    return (before_payday(debt.loan, lender, debt.due_day, payday),)


def _order(flags: MoneyFlags) -> list[str]:
    return [one.upper() for one in words_of(flags.order)]


def _on_claim(debt: Debt, seen: PlanDebt | None) -> tuple[Message, ...]:
    """What they claim that the offers do not rest on, or rest on alone."""
    from jdneg.domain.messages import warning

    if seen is not None and seen.disputed:
        return (warning("plan.propose_disputed", loan=debt.loan, owed=debt.owed.total, disputed=seen.disputed),)
    if seen is not None and seen.basis == "claimed" and not seen.agreement:
        return (warning("plan.propose_claimed", loan=debt.loan, total=debt.owed.total),)
    return ()


def _debt(session: Session, file: Dossier) -> tuple[Debt, PlanDebt | None]:
    """What an offer is about, and the same as a plan sees it; where nothing can be computed, by their claim alone."""
    from jdneg.domain.agreements import in_force
    from jdneg.domain.negotiation.owed import owed_by_claim, owed_of
    from jdneg.domain.negotiation.proposing import Debt
    from jdneg.domain.records.loan import Instalment
    from jdneg.errors import NotComputable

    record, day = file.loan.record, session.as_of
    seen = next((one for one in gather_debts(session, include_disputed=False) if one.loan == file.loan.id), None)
    try:
        at = file.verification(day).position
    except NotComputable:
        claim = file.latest_claim(day)
        if claim is None or seen is None:
            raise
        owed = owed_by_claim(claim.record, seen.balance)
        return Debt(loan=file.loan.id, owed=owed, rate=record.rate, basis=record.basis, due_day=record.due_day), seen
    to_come = tuple(Instalment(due=row.due, amount=row.payment) for row in at.rows if row.due > day)
    agreed = in_force(file.cases, file.loan.id, day)
    settled = agreed is not None and not agreed.agreement.then_talk
    made = Debt(  # on what is agreed no interest runs
        loan=file.loan.id, owed=owed_of(record, at), rate=None if settled else record.rate,
        basis=record.basis, due_day=record.due_day or (to_come[0].due.day if to_come else None), to_come=to_come,
    )  # fmt: skip
    return made, seen


def _case_of(session: Session, loan: str) -> str | None:
    """The open case about this loan, where there is one."""
    found = [
        one.id for one in session.store.all("case") if loan in one.record.loans and one.record.closed_on is None
    ]  # fmt: skip
    return found[-1] if found else None


def _open_offers(session: Session, debts: list[PlanDebt]) -> list[OpenOffer]:
    """Offers of open cases that nobody has accepted and that are still valid, each as the debts it would make."""
    from jdneg.commands.talks.owing import owed_in
    from jdneg.domain.negotiation.openoffers import open_offers

    cases = [one for one in session.store.all("case") if one.record.closed_on is None]
    held = {}
    for case in cases:
        known = owed_in(session, case.record, session.as_of)
        last = known.contract[-1].due.day if known.contract else None
        held[case.id] = replace(known, due_day=known.due_day or last)
    return open_offers(cases, debts, held, session.as_of)
