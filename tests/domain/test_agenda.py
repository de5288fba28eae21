"""What is due or late: every kind, in one order, with one thing to do next."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import given, strategies as st

from jdneg.domain.agenda.agenda import agenda, suggested
from jdneg.domain.agenda.item import KINDS, Item
from jdneg.domain.agenda.known import Known
from jdneg.domain.rate import Rate
from jdneg.domain.records.account import Claim, Payment
from jdneg.domain.records.base import Stored
from jdneg.domain.records.case import Agreement, Case, Offer, Stuck
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.loan import Instalment, Loan, OverdueTerms
from jdneg.domain.records.paper import Complaint, Letter
from jdneg.domain.records.promise import Promise
from jdneg.i18n import say
from jdneg.storage.texts import channels

CHINA = dt.timezone(dt.timedelta(hours=8))
DAY = dt.date(2026, 11, 21)
AT = dt.datetime(2026, 11, 21, tzinfo=CHINA)
CHANNELS = {one.id: one for one in channels()}


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def stored(record_id: str, record: Any) -> Stored[Any]:
    return Stored(record_id, record, AT)


LOAN = stored(
    "L1",
    Loan(
        lender="某银行", kind="bank", principal=Decimal(1200), start=day("2026-09-10"), rate=Rate(Decimal(12), "year"),
        term=12, due_day=10, method="equal-principal", overdue=OverdueTerms(factor=Decimal("1.5")),
    ),
)  # fmt: skip
ROWS = tuple(Instalment(due=day(one), amount=Decimal(100)) for one in ("2026-12-10", "2027-01-10"))
MADE = Agreement(offer=1, agreed_at=day("2026-11-01"), starts=day("2026-11-01"), oral=False, instalments=ROWS)


def case(number: int = 1, **more: Any) -> Stored[Case]:
    return stored(f"G{number}", Case(**{"loans": ("L1",), "goal": "g", "opened_on": day("2026-10-01")} | more))


def of(known: dict[str, Any], as_of: dt.date = DAY, **more: Any) -> tuple[Item, ...]:
    return agenda(Known(**{"channels": CHANNELS} | known), as_of, **more)


def kinds(items: tuple[Item, ...]) -> list[str]:
    for one in items:
        assert one.kind in KINDS and say(one.what, "zh") and say(one.what, "en")
    return [one.kind for one in items]


def test_the_next_agreed_instalment_stays_on_top_however_far_away() -> None:
    items = of({"loans": [LOAN], "cases": [case(agreement=MADE), case(2, reply_by=day("2026-11-20"))]}, days=0)
    assert kinds(items) == ["instalment", "reply"]
    assert items[0].command == "pay L1 100.00 --at 2026-11-21"
    first = suggested(items, DAY)
    assert first is not None and first.kind == "reply"  # what is late comes before what is far
    near = suggested(items, day("2026-12-08"))
    assert near is not None and near.kind == "instalment"


def test_behind_comes_before_all() -> None:
    items = of({"loans": [LOAN], "cases": [case(agreement=MADE)]}, day("2026-12-11"))
    assert kinds(items)[:2] == ["instalment_behind", "instalment"]
    assert items[0].amount == Decimal(100) and items[1].due == day("2027-01-10")


def test_paid_up_leaves_only_the_next_one() -> None:
    paid = [stored("Y1", Payment(loan="L1", amount=Decimal(100), at=day("2026-12-10")))]
    items = of({"loans": [LOAN], "cases": [case(agreement=MADE)], "payments": paid}, day("2026-12-11"))
    assert kinds(items) == ["instalment"] and items[0].due == day("2027-01-10")


def test_by_contract_where_nothing_is_agreed_and_beside_what_is_only_oral() -> None:
    assert kinds(of({"loans": [LOAN]})) == ["contract_behind"]
    assert kinds(of({"loans": [LOAN]}, days=30)) == ["contract_behind", "contract"]
    oral = Agreement(offer=1, agreed_at=DAY, starts=DAY, oral=True, instalments=ROWS)
    items = of({"loans": [LOAN], "cases": [case(agreement=oral)]})
    assert kinds(items) == ["instalment", "contract_behind", "oral"]
    first = suggested(items, DAY)
    assert first is not None and first.command == "letter draft confirm --case G1"


def test_a_loan_without_terms_says_nothing() -> None:
    bare = stored("L2", Loan(lender="x", kind="unknown", principal=Decimal(1), start=day("2026-01-01")))
    assert of({"loans": [bare]}) == ()


def test_promises_of_both_sides_and_of_contacts() -> None:
    promises = (
        Promise(by="lender", what="停催", due=day("2026-11-20")),
        Promise(by="me", what="寄材料", due=day("2026-11-25")),
        Promise(by="lender", what="已做", due=day("2026-11-20"), state="kept"),
        Promise(by="lender", what="没说哪天"),
        Promise(by="me", what="分期", due=ROWS[-1].due),  # the agreement's own rows say that
    )
    said = Contact(
        channel="call",
        happened_at=day("2026-11-10"),
        loan="L1",
        promises=(Promise(by="lender", what="回电", due=DAY),),
    )
    taken = Contact(
        channel="call", happened_at=day("2026-11-10"), promises=(Promise(by="lender", what="停催", due=DAY),)
    )
    adopted = Promise(by="lender", what="停催", due=day("2026-11-20"), contact="C2")
    held = case(promises=(adopted, *promises[1:]), agreement=MADE)
    items = of({"loans": [LOAN], "cases": [held], "contacts": [stored("C1", said), stored("C2", taken)]})
    assert [(one.kind, one.id, one.command) for one in items[1:]] == [
        ("promise_theirs", "G1", "negotiate show G1"),
        ("promise_theirs", "C1", "negotiate contact G1 --call C1"),
        ("promise_mine", "G1", "negotiate show G1"),
    ]


def test_a_promise_to_come_is_not_asked_about() -> None:
    held = case(promises=(Promise(by="lender", what="停催", due=day("2026-11-25")),))
    (one,) = of({"cases": [held]})
    assert one.what.code == "today.promise_theirs_ahead"
    (one,) = of({"cases": [held]}, day("2026-11-26"))
    assert one.what.code == "today.promise_theirs_note"


def test_offers_that_run_out() -> None:
    offers = (
        Offer(number=1, by="me", at=day("2026-11-01"), months=3, valid_until=day("2026-11-30")),
        Offer(number=2, by="lender", at=day("2026-11-02"), months=3, valid_until=day("2026-11-22")),
        Offer(number=3, by="lender", at=day("2026-11-02"), months=3, valid_until=day("2026-11-20")),
    )
    found = of({"cases": [case(offers=offers)]})
    assert sorted(kinds(found)) == ["offer_lapsed", "offer_mine", "offer_theirs"]
    (gone,) = (one for one in found if one.kind == "offer_lapsed")
    assert gone.due == day("2026-11-20")
    assert "offer_lapsed" not in kinds(of({"cases": [case(offers=offers)]}, day("2026-12-05")))
    assert (
        kinds(
            of({"cases": [case(offers=offers, agreement=Agreement(offer=2, agreed_at=DAY, starts=DAY, oral=False))]})
        )
        == []
    )
    assert kinds(of({"cases": [case(offers=offers, closed_on=DAY)]})) == []


def test_appointments_a_day_after_them_at_the_longest() -> None:
    call = stored("C1", Contact(channel="call", happened_at=day("2026-11-01"), next_at=AT, next_text="周六"))
    assert [kinds(of({"contacts": [call]}, DAY + dt.timedelta(days=n))) for n in (-14, -15, 1, 2)] == [
        ["appointment"], [], ["appointment"], [],
    ]  # fmt: skip


def test_claims_the_contract_does_not_come_to() -> None:
    known = {
        "loans": [LOAN],
        "payments": [stored("Y1", Payment(loan="L1", amount=Decimal(224), at=day("2026-11-10")))],
    }
    claims = [stored("D1", Claim(loan="L1", at=DAY, total=Decimal("99999")))]
    items = of(known | {"claims": claims})
    assert [one.command for one in items if one.kind == "claim"] == ["verify L1 --as-of 2026-11-21"]
    computed = next(one.what.facts["computed"] for one in items if one.kind == "claim")
    same = [stored("D1", Claim(loan="L1", at=DAY, total=computed))]
    assert "claim" not in kinds(of(known | {"claims": same}))


def test_letters_and_complaints() -> None:
    asked = Letter(
        kind="request-info", direction="out", drafted_on=day("2026-11-01"), loan="L1", sent_at=day("2026-11-02")
    )
    wish = Letter(
        kind="contact-preference", direction="out", drafted_on=day("2026-11-01"), loan="L1", sent_at=day("2026-11-02")
    )
    draft = Letter(kind="dispute", direction="out", drafted_on=day("2026-11-01"), loan="L1")
    came = Letter(kind="answer", direction="in", drafted_on=day("2026-11-10"), loan="L1")
    letters = [stored("T1", asked), stored("T2", wish), stored("T3", draft)]
    assert kinds(of({"letters": letters})) == ["letter_answer", "watch"]
    assert kinds(of({"letters": [*letters, stored("T4", came)]})) == ["letter_in", "watch"]
    pressing = replace(came, reply_by=day("2026-11-20"))
    (late, *_) = of({"letters": [*letters, stored("T4", pressing)]})
    assert (late.kind, late.due, late.what.code) == ("letter_in", day("2026-11-20"), "today.letter_in_by")
    answered = replace(asked, sent_at=day("2026-11-12"))
    assert kinds(of({"letters": [*letters, stored("T4", pressing), stored("T5", answered)]})) == [
        "letter_answer",
        "watch",
    ]
    filed = Complaint(to="platform", drafted_on=day("2026-11-01"), loan="L1", filed_at=day("2026-11-10"))
    (item,) = [one for one in of({"loans": [LOAN], "complaints": [stored("K1", filed)]}) if one.kind == "complaint"]
    assert item.due == day("2026-11-25") and item.what.code == "today.complaint_clock"


def test_contacts_after_the_end() -> None:
    ended = stored(
        "L1",
        Loan(lender="x", kind="bank", principal=Decimal(1), start=day("2026-01-01"), closed_on=day("2026-10-01")),
    )
    calls = [
        stored(f"C{n}", Contact(channel="call", happened_at=day(at), direction=which, loan="L1"))
        for n, (at, which) in enumerate([("2026-09-01", "in"), ("2026-10-05", "in"), ("2026-10-06", "out"), ("2026-12-01", "in")], 1)
    ]  # fmt: skip
    items = of({"loans": [ended], "of_loan": lambda _: calls})
    assert kinds(items) == ["closed_contact"] and items[0].what.facts["count"] == 1


def test_nothing() -> None:
    assert of({}) == () and suggested((), DAY) is None


@given(st.permutations(range(4)))
def test_the_order_does_not_depend_on_the_order_of_the_records(order: list[int]) -> None:
    cases = [case(n + 1, agreement=MADE if n == 2 else None, reply_by=DAY) for n in range(4)]
    found = [of({"loans": [LOAN], "cases": some}) for some in ([cases[n] for n in order], cases)]
    assert found[0] == found[1]


def test_what_an_agreement_and_its_proof_answer() -> None:
    """An agreement answers the day they named, its proof the letter that asked for it."""
    asked = Letter(
        direction="out", kind="confirm", drafted_on=DAY, text="x", case="G1", loan="L1", sent_at=day("2026-11-21")
    )
    late = day("2026-12-20")
    oral = replace(MADE, oral=True, instalments=())
    for made, wanted in ((oral, ["oral", "letter_answer"]), (replace(oral, oral=False), [])):
        one = case(agreement=made, reply_by=day("2026-11-28"))
        items = of({"cases": [one], "letters": [stored("T1", asked)]}, late)
        assert kinds(items) == wanted
        if made.oral:
            assert items[0].command == "negotiate confirm G1" and "T1" in say(items[0].what, "en")
    assert of({"cases": [case(agreement=oral)]}, late)[0].command == "letter draft confirm --case G1"


def test_all_paid_asks_for_the_paper_and_the_end() -> None:
    paid = [stored(f"Y{n}", Payment(loan="L1", at=row.due, amount=row.amount)) for n, row in enumerate(ROWS, 1)]
    items = of({"loans": [LOAN], "cases": [case(agreement=MADE)], "payments": paid}, day("2027-01-10"))
    assert kinds(items) == ["settled"] and items[0].command == "loan close L1"
    ended = stored("L1", replace(LOAN.record, closed_on=day("2027-01-10")))
    assert of({"loans": [ended], "cases": [case(agreement=MADE)], "payments": paid}, day("2027-01-10")) == ()


def test_a_case_without_a_next_day_is_not_forgotten() -> None:
    assert kinds(of({"cases": [case()]})) == ["begin"]
    stuck = case(stuck=(Stuck(at=DAY, reason="authority"),))
    assert kinds(of({"cases": [stuck]})) == ["stuck"]
    called = stored("C1", Contact(happened_at=AT, channel="call", loan="L1", case="G1"))
    assert of({"cases": [case()], "of_loan": lambda _: [called]}) == ()
    assert of({"cases": [case(closed_on=DAY)]}) == ()


def test_a_promise_without_a_day_stands_for_a_while() -> None:
    said = (Promise(by="lender", what="三个工作日内回电"),)
    called = stored("C1", Contact(happened_at=AT, channel="call", loan="L1", promises=said))
    assert kinds(of({"contacts": [called]})) == ["promise_theirs"]
    assert of({"contacts": [called]}, day("2026-12-06")) == ()
