"""A case beside its offers: contacts, promises, stops, ends, steps, outcomes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from jdneg.domain.messages import Message
from jdneg.domain.negotiation.cases import Acceptance, accept, add_offer, close_case, open_case
from jdneg.domain.negotiation.outcomes import outcomes
from jdneg.domain.negotiation.playbook import playbook_of
from jdneg.domain.negotiation.steps import CaseFacts, contacts_of, promise_lines, state_of, steps
from jdneg.domain.negotiation.talks import (
    add_promise,
    end_agreement,
    get_stuck,
    link_contacts,
    link_messages,
    pass_milestone,
    set_messages,
    set_promise,
    tick,
)
from jdneg.domain.records.base import Stored
from jdneg.domain.records.case import Case
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.loan import Loan
from jdneg.domain.records.promise import Promise
from jdneg.errors import BadChoice, BadOffer, EmptyText, ManyErrors
from jdneg.storage.texts import playbooks

DAY = dt.date(2026, 11, 21)
AT = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)
BOOK = playbook_of(playbooks(), None, "credit")


def stored(record_id: str, record: Any) -> Stored[Any]:
    return Stored(record_id, record, AT)


def call(number: int, day: dt.date = DAY, **more: Any) -> Stored[Contact]:
    return stored(f"C{number}", Contact(channel="call", happened_at=day, **more))


def opened(**more: Any) -> Case:
    return open_case(["L1"], "延长", DAY, "credit", **more)


def names(case: Case, *contacts: Stored[Contact], exhibits: tuple[str, ...] = ()) -> dict[str, str]:
    facts = CaseFacts(case=stored("G1", case), contacts=contacts, exhibits=exhibits)
    return {one.name: one.state for one in steps(facts, BOOK, DAY)}


# --- steps


def test_the_five_steps_follow_the_records() -> None:
    case = opened()
    assert [k for k, v in names(case).items() if v == "now"] == ["confirm"]
    assert [k for k, v in names(case, exhibits=("E1",)).items() if v == "now"] == ["contact"]
    assert [k for k, v in names(opened(orders=("1",)), call(1)).items() if v == "now"] == ["wait"]
    offered = add_offer(case, "lender", DAY, months=3, monthly=Decimal(5), due_day=10)
    assert [k for k, v in names(offered).items() if v == "now"] == ["solution"]
    oral = accept(offered, 1, Acceptance(when=DAY))
    assert [k for k, v in names(oral).items() if v == "now"] == ["solution"]
    written = accept(offered, 1, Acceptance(when=DAY, proof=("E1",), oral=False))
    assert [k for k, v in names(written).items() if v == "now"] == ["close"]
    closed = close_case(written, DAY, "好", 4)
    assert list(names(closed).values()) == ["skipped", "skipped", "skipped", "done", "done"]
    assert set(names(closed, call(1), exhibits=("E1",)).values()) == {"done"}


def test_the_clock_of_the_third_step() -> None:
    def waiting(case: Case) -> list[str]:
        facts = CaseFacts(case=stored("G1", case), contacts=(call(1, dt.date(2026, 11, 18)),))
        return [one.code for one in steps(facts, BOOK, DAY)[2].notes]

    assert waiting(opened()) == ["steps.no_clock"]
    assert waiting(opened(reply_by=dt.date(2026, 11, 25), ticket="7")) == ["steps.ticket", "steps.reply_by"]
    assert waiting(opened(reply_by=dt.date(2026, 11, 20))) == ["steps.reply_late"]


def test_items_of_the_playbook_are_ticked_once() -> None:
    case = tick(tick(opened(), ["budget"], BOOK, DAY), ["budget", "verify-debt"], BOOK, DAY)
    assert [one.item for one in case.checked] == ["budget", "verify-debt"]
    first = steps(CaseFacts(case=stored("G1", case)), BOOK, DAY)[0]
    assert [one.id for one in first.done] == ["verify-debt", "budget"] and "proof-of-hardship" in [
        one.id for one in first.open
    ]
    with pytest.raises(ManyErrors) as caught:
        tick(case, ["x", "budget", "y"], BOOK, DAY)
    assert len(caught.value.errors) == 2


# --- contacts, promises, refusals


PROMISED = Promise(by="lender", what="停催", due=dt.date(2026, 11, 20))


def test_linked_contacts_bring_their_promises_and_refusals_once() -> None:
    talk = call(7, promises=(PROMISED,), refusal="risk", loan="L9")
    once = link_contacts(opened(), [talk], reply_by=dt.date(2026, 11, 30), ticket="T7")
    again = link_contacts(once, [talk])
    assert once == again
    assert (once.contacts, once.ticket, once.reply_by) == (("C7",), "T7", dt.date(2026, 11, 30))
    assert once.promises[0].contact == "C7" and once.stuck[0].reason == "risk"
    assert [one.code for one in link_messages(once, [talk])] == ["case.other_loan"]
    assert link_messages(once, [call(8, loan="L1"), call(9)]) == ()


def test_contacts_logged_for_the_case_count_with_those_linked() -> None:
    case = link_contacts(opened(), [call(2)])
    found = contacts_of(stored("G1", case), [call(3, case="G1"), call(2), call(1), call(3, case="G1")])
    assert [one.id for one in found] == ["C2", "C3"]


def test_a_contacts_promise_shows_without_a_number_until_it_is_taken_over() -> None:
    talk = call(7, case="G1", promises=(PROMISED,))
    facts = CaseFacts(case=stored("G1", opened()), contacts=(talk,))
    (line,) = promise_lines(facts, DAY)
    assert (line.number, line.contact, line.overdue) == (0, "C7", True)
    linked = CaseFacts(case=stored("G1", link_contacts(opened(), [talk])), contacts=(talk,))
    assert [one.number for one in promise_lines(linked, DAY)] == [1]


def test_how_a_promise_was_kept() -> None:
    case = add_promise(add_promise(opened(), PROMISED), Promise(by="me", what="寄材料", due=dt.date(2026, 12, 1)))
    kept = set_promise(case, 1, "kept", DAY)
    assert (kept.promises[0].state, kept.promises[0].seen_on, kept.promises[1]) == ("kept", DAY, case.promises[1])
    assert set_messages(kept, 1, DAY) == ()
    early = set_promise(case, 2, "broken", DAY)
    assert [one.code for one in set_messages(early, 2, DAY)] == ["case.promise_not_due"]
    with pytest.raises(BadChoice):
        set_promise(case, 3, "kept", DAY)
    with pytest.raises(EmptyText):
        add_promise(case, Promise(by="me", what=" "))


def test_stuck_until_something_is_offered() -> None:
    case = get_stuck(opened(), DAY, "authority", None, None)
    assert state_of(case) == "stuck"
    later = add_offer(case, "lender", DAY + dt.timedelta(days=1), months=3)
    assert state_of(later) == "open"
    assert state_of(get_stuck(later, DAY + dt.timedelta(days=2), "risk", None, None)) == "stuck"
    with pytest.raises(EmptyText):
        get_stuck(case, DAY, None, None, " ")


def test_milestones_stand_in_the_order_of_their_days() -> None:
    case = pass_milestone(pass_milestone(opened(), DAY, "转复核", "C1"), DAY - dt.timedelta(days=1), "受理", None)
    assert [one.what for one in case.milestones] == ["受理", "转复核"]
    with pytest.raises(EmptyText):
        pass_milestone(case, DAY, "", None)


# --- an agreement's end and its successor


def agreed() -> Case:
    return accept(
        add_offer(opened(), "lender", DAY, months=3, monthly=Decimal(5), due_day=10), 1, Acceptance(when=DAY)
    )


def fault(case: Case, on: dt.date) -> str:
    with pytest.raises(BadOffer) as caught:
        end_agreement(case, on)
    detail = caught.value.facts["detail"]
    assert isinstance(detail, Message)
    return detail.code


def test_the_end_of_an_agreement() -> None:
    case = end_agreement(agreed(), DAY, "对方撤回")
    assert case.agreement is not None
    assert (state_of(case), case.agreement.ended_on, case.agreement.ended_note) == ("ended", DAY, "对方撤回")
    assert fault(case, DAY) == "case.already_ended"
    assert fault(opened(), DAY) == "case.nothing_to_end"
    assert fault(agreed(), DAY - dt.timedelta(days=1)) == "case.ended_before_made"


@pytest.mark.parametrize("ended", [True, False])
def test_a_second_agreement_keeps_the_first_readable(ended: bool) -> None:
    first = end_agreement(agreed(), DAY) if ended else agreed()
    offered = add_offer(first, "lender", DAY, months=6, monthly=Decimal(3), due_day=10)
    second = accept(offered, 2, Acceptance(when=DAY, replaces=not ended))
    assert [one.offer for one in second.agreements] == [1, 2]
    assert second.earlier[0] == first.agreement
    if not ended:
        with pytest.raises(BadOffer):
            accept(offered, 2, Acceptance(when=DAY))


# --- outcomes


def test_outcomes_by_lender_and_by_who_was_spoken_to() -> None:
    loans = {
        "L1": Loan(lender="甲", kind="bank", principal=Decimal(1), start=DAY),
        "L2": Loan(lender="乙", kind="bank", principal=Decimal(1), start=DAY),
    }
    cases = [
        stored(
            "G2",
            close_case(open_case(["L1"], "b", DAY + dt.timedelta(days=1)), DAY + dt.timedelta(days=9), "没谈成", 2),
        ),
        stored("G1", agreed()),
        stored("G3", open_case(["L1", "L2"], "c", DAY + dt.timedelta(days=2))),
    ]
    talks = {"G1": [call(1, agent="8812"), call(2, agent="8812")], "G2": [call(3, agent="8812"), call(4)]}
    lenders, agents = outcomes(cases, loans, talks)
    assert [(one.who, [row.case for row in one.cases]) for one in lenders] == [
        ("乙", ["G3"]),
        ("甲", ["G1", "G2", "G3"]),
    ]
    assert [(one.ended("oral"), one.ended("none"), one.ended("running"), one.ratings) for one in lenders] == [
        (0, 0, 1, ()), (1, 1, 1, (2,)),
    ]  # fmt: skip
    (one,) = agents
    assert (one.who, one.contacts, [row.case for row in one.cases]) == ("8812", 3, ["G1", "G2"])
