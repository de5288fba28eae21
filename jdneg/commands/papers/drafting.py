"""From the journal to a letter's or a complaint's facts, its text, its file and its record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from jdneg.domain.messages import Message, warning
from jdneg.errors import MissingFlags
from jdneg.i18n import pick, speaking, t
from jdneg.result import Result
from jdneg.session import Session, expanded
from jdneg.values import dataclass

if TYPE_CHECKING:
    from jdneg.commands.shared.dossier import Dossier
    from jdneg.documents.letter import Draft
    from jdneg.domain.complaint.draft import Concern
    from jdneg.domain.records.paper import Cited


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the user asked for, as typed."""

    kind: str
    loan: str | None
    case: str | None
    recipient: str | None
    hours: str | None
    channels: tuple[str, ...]
    no_third_party: bool
    items: tuple[str, ...]
    letter: str | None
    output: str | None


def draft_letter(session: Session, wanted: Wanted) -> Result:
    from jdneg.commands.shared.limits import limitation_notice
    from jdneg.commands.shared.reading import choose
    from jdneg.documents.letter import render
    from jdneg.domain.correspondence.letters import KINDS, RESTARTS, compose, notices, preference_terms
    from jdneg.domain.records.paper import Letter
    from jdneg.storage.texts import letter_template

    kind = choose(wanted.kind, dict(zip(KINDS, KINDS, strict=True)))
    case = session.get(wanted.case, "case") if wanted.case else None
    came = _answered(session, kind, wanted.letter)
    file = _dossier(session, wanted.loan or (came.record.loan if came else None), case)
    notice = limitation_notice(session, file) if kind in RESTARTS else ()
    facts = _letter_facts(session, wanted, file, case, came, guarded=bool(notice))
    context = compose(kind, facts)
    draft = render(letter_template(kind), context.values)
    letter = Letter(
        kind=kind, direction="out", drafted_on=session.today, loan=file.loan.id, case=case.id if case else None,
        recipient=facts.recipient, text=_markdown(draft), missing=draft.missing, cites=context.cites,
        terms=preference_terms(kind, facts), answers=came.id if came else None,
    )  # fmt: skip
    said = _tone(facts.case) if kind == "proposal" else ()
    return _keep(session, "letter", letter, draft, wanted.output, (*notice, *notices(kind, context), *said))


def draft_complaint(session: Session, to: str, loan: str | None, case_id: str | None, output: str | None) -> Result:
    from jdneg.documents.letter import render
    from jdneg.domain.complaint.channels import channel
    from jdneg.domain.complaint.draft import compose, notices
    from jdneg.domain.records.paper import Complaint
    from jdneg.storage.texts import channels, complaint_template

    case = session.get(case_id, "case") if case_id else None
    file = _dossier(session, loan, case)
    facts = _complaint_facts(session, file, case)
    context = compose(to, facts)
    draft = render(complaint_template(to), context.values)
    complaint = Complaint(
        to=to, drafted_on=session.today, loan=file.loan.id, case=case.id if case else None, text=_markdown(draft),
        missing=draft.missing, cites=context.cites,
    )  # fmt: skip
    takes = channel(channels(), to)
    told = notices(facts, takes.fits_kind(file.loan.record.kind), pick(takes.name))
    said = _tone(facts.case) if context.values["matter"] else ()
    return _keep(session, "complaint", complaint, draft, output, (*told, *said))


def _tone(case: Any) -> tuple[Message, ...]:
    """The goal of a case is the user's own words, and stands in the text as typed."""
    from jdneg.storage.texts import heated

    goal = "".join(case.record.goal.lower().split()) if case else ""
    found = next((word for word in heated() if "".join(word.split()) in goal), None)
    return (warning("paper.heated", case=case.id, word=found),) if found else ()


def _dossier(session: Session, loan: str | None, case: Any) -> Dossier:
    from jdneg.commands.shared.dossier import dossier

    if loan is None and case is None:
        raise MissingFlags(flags="--loan")
    return dossier(session, loan or case.record.loans[0])


def _answered(session: Session, kind: str, letter: str | None) -> Any:
    """The letter that is answered; only a reply has one."""
    if kind != "reply":
        return None
    if letter is None:
        raise MissingFlags(flags="--letter")
    from jdneg.commands.papers.answering import letter_that_came

    return letter_that_came(session, letter)


def _class_of(came: Any) -> Any:
    """What it was taken for, else what its words speak for."""
    from jdneg.domain.correspondence.classify import classify
    from jdneg.storage.cards import letter_book

    if came is None or came.record.letter_class is not None:
        return came and came.record.letter_class
    words = "\n".join(one for one in (came.record.subject, came.record.text) if one)
    kind = classify(words, letter_book()).kind
    return kind.id if kind else None


def _letter_facts(session: Session, wanted: Wanted, file: Dossier, case: Any, came: Any, *, guarded: bool) -> Any:
    from jdneg.domain.correspondence.context import Exhibits
    from jdneg.domain.correspondence.letters import REQUESTS, LetterFacts
    from jdneg.domain.records.paper import ContactTerms
    from jdneg.storage.texts import grounds

    day, about = session.today, case or _open_case(file)
    told = _contacts(session, file, about) if wanted.kind.strip().lower() == "confirm" else file.contacts
    claim = file.latest_claim(day)
    on, computed, over = _account(file, claim.record.at if claim else day)
    return LetterFacts(
        drafted_on=day, loan=file.loan, profile=session.owner, recipient=wanted.recipient,
        claim=claim, computed=computed, computed_on=on, over=over, payments=file.payments,
        contacts=told, case=about, other_loans=_beside(session, file, about),
        exhibits=Exhibits(file.exhibits), grounds=grounds(),
        terms=ContactTerms(hours=wanted.hours, channels=wanted.channels, no_third_party=wanted.no_third_party),
        requests=wanted.items or REQUESTS, budget=_budget(session), guarded=guarded,
        came=came, came_class=_class_of(came),
    )  # fmt: skip


def _contacts(session: Session, file: Dossier, case: Any) -> tuple[Any, ...]:
    """Those of the loan, those of the case and the one in which the agreement was made, wherever they were logged."""
    linked = (*case.record.contacts, *(one.contact for one in case.record.agreements)) if case is not None else ()
    found = session.store.by_id([str(one) for one in linked if one]).values()
    return tuple({one.id: one for one in (*file.contacts, *found)}.values())


def _beside(session: Session, file: Dossier, case: Any) -> tuple[Any, ...]:
    """The other loans of the case."""
    ids = [str(one) for one in case.record.loans if str(one) != file.loan.id] if case is not None else []
    return tuple(session.store.by_id(ids).values())


def _complaint_facts(session: Session, file: Dossier, case: Any) -> Any:
    from jdneg.domain.complaint.draft import ComplaintFacts
    from jdneg.domain.correspondence.context import Exhibits
    from jdneg.storage.texts import grounds

    day = session.today
    claim = file.latest_claim(day)
    on, computed, _ = _account(file, claim.record.at if claim else day)
    return ComplaintFacts(
        drafted_on=day, loan=file.loan, profile=session.owner, concerns=_concerns(session, file),
        contacts=file.contacted, claim=claim, computed=computed, computed_on=on,
        payments=file.payments, letters=file.letters, complaints=file.complaints, case=case or _open_case(file),
        exhibits=Exhibits(file.exhibits), grounds=grounds(),
    )  # fmt: skip


def _account(file: Dossier, on: Any) -> tuple[Any, Any, Any]:
    """The figures and the ceilings passed on the claim's own day: a later day's interest was not claimed yet."""
    from jdneg.errors import NotComputable

    try:
        found = file.verification(on)
    except NotComputable:
        return on, {}, ()
    computed = {one.name: one.computed for one in found.components}
    return on, computed, tuple(one for one in found.ceilings if one.result == "over")


def _concerns(session: Session, file: Dossier) -> tuple[Concern, ...]:
    from jdneg.commands.shared.judging import check_journal
    from jdneg.domain.complaint.draft import Concern

    found = []
    for one in check_journal(session, file.loan.id).findings:
        rule = session.rules.get(one.rule)
        value = rule.on(one.in_force_from)
        assert value is not None and one.contact is not None
        found.append(
            Concern(
                contact=one.contact, title=pick(rule.title, "zh"), level=rule.level, checked=value.checked,
                result=one.result, quote=one.quote,
            )
        )  # fmt: skip
    return tuple(found)


def _open_case(file: Dossier) -> Any:
    return file.cases[-1] if file.cases else None


def _budget(session: Session) -> Any:
    """What the statement says of it too."""
    from jdneg.commands.talks.funds import latest_budget
    from jdneg.domain.negotiation.budget import summary

    known = latest_budget(session)
    if known is None:
        return None
    budget, left = known.record, summary(known.record)
    dated = {
        every: tuple({"on": one.on, "amount": one.amount} for one in budget.incomes if one.every == every)
        for every in ("once", "from")
    }
    figures = {name: getattr(left, name) for name in ("income", "spending", "reserve", "available", "short")}
    said = {"cause": budget.cause, "dependants": budget.dependants, "expected": dated["once"], "later": dated["from"]}
    return figures | said


def _markdown(draft: Draft) -> str:
    from jdneg.documents.markdown import to_markdown

    with speaking("zh"):
        return to_markdown(draft.blocks)


def _keep(
    session: Session, kind: str, record: Any, draft: Draft, output: str | None, notice: tuple[Message, ...]
) -> Result:
    """Look first, then write the file, then the record: a refused file leaves no record behind."""
    from jdneg.documents.writers import write
    from jdneg.domain import changes
    from jdneg.views.written import written

    session.start_writing()
    path = None
    if output:
        with speaking("zh"):
            path = write(draft.blocks, expanded(output))
    receipt = session.commit([changes.add(kind, record)])
    said = t("paper.drafted", id=receipt.ids[0], path=str(path) if path else "-")
    messages = [*notice, *_blanks(draft)]
    view = () if path else draft.blocks
    more = {"missing": list(draft.missing), "path": str(path) if path else None}
    return written(receipt, record, said, view=view, messages=messages, more=more)


def _blanks(draft: Draft) -> Iterable[Message]:
    if draft.missing:
        yield warning("paper.to_fill_in", items=list(draft.missing))


def with_moved(session: Session, page: Result, paper: Any) -> Result:
    """The page of a paper that went out, with what became of the records it rests on since."""
    from dataclasses import replace

    from jdneg.domain.correspondence.freezing import moved_on

    moved = moved_on(paper.frozen, session.store.by_id([str(one.id) for one in paper.frozen]))
    told = tuple(warning(f"paper.cite_{how}", id=record) for record, how in moved.items())
    return replace(page, data={**page.data, "moved": moved}, messages=(*page.messages, *told))


def frozen_cites(session: Session, cites: Iterable[Any]) -> tuple[Cited, ...]:
    """What a paper rests on, held as it stands now."""
    from jdneg.domain.correspondence.freezing import freeze

    return freeze(cites, {str(one): session.store.get(str(one)) for one in cites})
