import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, strategies as st

from jdneg.documents.chinese import sentence
from jdneg.domain.agreements import gate
from jdneg.domain.messages import Message
from jdneg.domain.negotiation.cases import (
    Acceptance,
    accept,
    acceptance_messages,
    add_offer,
    close_case,
    confirm,
    counter,
    open_case,
)
from jdneg.domain.negotiation.derived import Derived, derived, my_promise
from jdneg.domain.negotiation.held import Held
from jdneg.domain.negotiation.offers import Owed, offer_messages
from jdneg.domain.records.case import Case
from jdneg.domain.records.loan import Instalment
from jdneg.errors import (
    BadDueDay,
    BadOffer,
    ContradictoryFlags,
    EmptyText,
    JdnegError,
    ManyErrors,
    MissingFlags,
    NegativeAmount,
    UnknownOffer,
)
from jdneg.i18n import area, say

DAY = dt.date(2026, 11, 21)
MADE = dt.datetime(2026, 11, 22, 10, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))
OWED = Owed(
    total=Decimal("16480.55"), interest=Decimal("612.00"), penalty=Decimal("1668.55"), fee=Decimal("0.00"),
    monthly_interest=Decimal("213.00"), running=("interest", "penalty"),
)  # fmt: skip


def case(by: str = "lender", **terms: object) -> Case:
    return add_offer(open_case(["L1"], "延长24期", DAY, "credit"), by, DAY, **terms)  # type: ignore[arg-type]


def agreed(
    found: Case,
    *,
    balance: Decimal | None = None,
    due_day: int | None = None,
    contract: tuple[Instalment, ...] = (),
    **said: object,
) -> Case:
    held = Held(None if balance is None else Owed(total=balance), due_day, contract)
    return accept(found, len(found.offers), Acceptance(when=MADE, held=held, **said))  # type: ignore[arg-type]


def details(action: Callable[[], object]) -> list[str]:
    with pytest.raises(JdnegError) as caught:
        action()
    faults = caught.value.errors if isinstance(caught.value, ManyErrors) else [caught.value]
    messages = [fault.facts.get("detail") for fault in faults]
    for message in messages:
        assert not isinstance(message, Message) or (say(message, "zh") and say(message, "en"))
    return [
        message.code if isinstance(message, Message) else type(fault).__name__
        for fault, message in zip(faults, messages, strict=True)
    ]


# --- the whole way of journey J4


def test_from_opening_to_a_written_agreement() -> None:
    found = open_case(["L1", "L1"], " 延长24期, 减免违约金 ", DAY, "credit")
    assert (found.loans, found.goal) == (("L1",), "延长24期, 减免违约金")
    found = add_offer(found, "me", DAY, months=24, monthly=Decimal(650), waive=("penalty",), owed=OWED)
    found = counter(found, "lender", DAY, months=18, monthly=Decimal(820), valid_until=dt.date(2026, 11, 30))
    assert [(one.number, one.by) for one in found.offers] == [(1, "me"), (2, "lender")]

    oral = accept(
        found, 2, Acceptance(when=MADE, agent="工号8812", starts=dt.date(2026, 11, 25), held=Held(due_day=10))
    )
    agreement = oral.agreement
    assert agreement is not None
    assert (agreement.oral, agreement.agent, agreement.offer) == (True, "工号8812", 2)
    assert len(agreement.instalments) == 18
    assert {one.amount for one in agreement.instalments} == {Decimal(820)}
    assert [one.due for one in agreement.instalments[:2]] == [dt.date(2026, 12, 10), dt.date(2027, 1, 10)]
    assert [one.code for one in acceptance_messages(oral)] == ["case.derived", "case.gate", "case.ask_confirmation"]

    written = confirm(oral, ["E4"])
    assert written.agreement is not None
    assert (written.agreement.oral, written.agreement.proof) == (False, ("E4",))
    assert gate(written.agreement) is None
    assert written.offers == found.offers
    assert found.agreement is None


def promised(**terms: Any) -> tuple[str, dt.date | None]:
    found = agreed(case(**terms), balance=Decimal(100), due_day=10)
    assert found.agreement is not None
    what, due = my_promise(found.offers[0], found.agreement) or (None, None)
    assert what is not None and say(what, "en")
    return sentence(what), due


def test_i_promised_what_was_said_and_no_more() -> None:
    first = dt.date(2026, 12, 10)
    assert promised(months=2, monthly=Decimal(50), first_due=first) == (
        "从2026年12月10日到2027年1月10日分2期还款，每期¥50.00，最后一期¥50.00", dt.date(2027, 1, 10),
    )  # fmt: skip
    assert promised(monthly=Decimal(30)) == ("每期还款¥30.00", None)
    assert promised(monthly=Decimal(30), first_due=first) == ("从2026年12月10日起，每期还款¥30.00", None)
    assert promised(months=3) == ("分3期还款", None)
    assert promised(months=2, monthly=Decimal(50)) == ("分2期还款，每期¥50.00", None)
    assert promised(lump_sum=Decimal(80)) == ("一次性还¥80.00", None)
    assert promised(lump_sum=Decimal(80), first_due=first) == ("2026年12月10日前一次性还¥80.00", first)


def test_what_nobody_said_is_named() -> None:
    found = agreed(case(monthly=Decimal(30)), balance=Decimal(100), due_day=10)
    assert found.agreement is not None
    points = derived(found.offers[0], found.agreement)
    assert points == Derived(months=4, last=Decimal(10), first_due=dt.date(2026, 12, 10)) and not points.settled
    told = [one.code for one in acceptance_messages(found)]
    assert {"case.derived", "case.interest_open"} <= set(told)
    said = agreed(case(months=2, monthly=Decimal(50), first_due=dt.date(2026, 12, 10)), balance=Decimal("99.50"))
    assert said.agreement is not None
    assert derived(said.offers[0], said.agreement) == Derived(last=Decimal("49.50"))
    assert "case.interest_open" not in [one.code for one in acceptance_messages(said)]
    moved = Instalment(due=dt.date(2026, 12, 10), amount=Decimal(50))
    later = agreed(case(pause=2), contract=(moved,))
    assert later.agreement is not None and derived(later.offers[0], later.agreement) == Derived()


def test_it_stays_oral_without_proof() -> None:
    said = agreed(case(months=2, monthly=Decimal(5), due_day=1), oral=False)
    proven = agreed(case(months=2, monthly=Decimal(5), due_day=1), oral=False, proof=("E1",))
    assert said.agreement is not None and said.agreement.oral
    assert proven.agreement is not None and not proven.agreement.oral


# --- instalments


def amounts(found: Case) -> list[Decimal]:
    assert found.agreement is not None
    return [one.amount for one in found.agreement.instalments]


def test_the_last_row_settles_what_rounding_left() -> None:
    even = agreed(case(months=18, monthly=Decimal(823), due_day=10), balance=Decimal("14812.00"))
    assert amounts(even) == [Decimal(823)] * 17 + [Decimal(821)]


def test_stated_instalments_stand_where_rounding_does_not_explain_the_difference() -> None:
    found = agreed(case(months=18, monthly=Decimal(820), due_day=10), balance=Decimal("16480.55"))
    assert amounts(found) == [Decimal(820)] * 18


def test_months_alone_and_an_amount_alone() -> None:
    by_term = agreed(case(months=3, due_day=10, waive=("interest",)), balance=Decimal(100))
    assert amounts(by_term) == [Decimal("33.33"), Decimal("33.33"), Decimal("33.34")]
    by_amount = agreed(case(monthly=Decimal(30), due_day=10), balance=Decimal(100))
    assert amounts(by_amount) == [Decimal(30)] * 3 + [Decimal(10)]
    open_interest = agreed(case(months=3, due_day=10), balance=Decimal(100))
    assert "case.interest_open" in [one.code for one in acceptance_messages(open_interest)]


def test_a_lump_sum() -> None:
    found = agreed(case(lump_sum=Decimal(12000), first_due=dt.date(2026, 12, 31)))
    assert found.agreement is not None
    assert [(one.due, one.amount) for one in found.agreement.instalments] == [(dt.date(2026, 12, 31), Decimal(12000))]


def test_real_dates() -> None:
    end_of_month = agreed(case(months=4, monthly=Decimal(1), due_day=31))
    first_said = agreed(case(months=3, monthly=Decimal(1), first_due=dt.date(2026, 12, 1), due_day=15))
    by_contract = agreed(case(months=2, monthly=Decimal(1)), due_day=22)
    starts_on_it = agreed(case(months=2, monthly=Decimal(1), due_day=5), starts=dt.date(2027, 1, 5))
    dates = [
        [f"{one.due:%m-%d}" for one in found.agreement.instalments]  # type: ignore[union-attr]
        for found in (end_of_month, first_said, by_contract, starts_on_it)
    ]
    assert dates == [
        ["11-30", "12-31", "01-31", "02-28"],
        ["12-01", "01-15", "02-15"],
        ["12-22", "01-22"],  # made on the 22nd itself
        ["01-05", "02-05"],
    ]


@given(balance=st.integers(600, 10**9), months=st.integers(1, 600))
def test_instalments_sum_to_the_balance(balance: int, months: int) -> None:
    owed = Decimal(balance) / 100
    rows = amounts(agreed(case(months=months, due_day=10), balance=owed))
    assert len(rows) == months
    assert sum(rows) == owed
    assert len(set(rows[:-1])) <= 1
    assert rows[-1] > 0


# --- bad input


def test_an_offer_without_terms() -> None:
    assert details(case) == ["case.offer_without_terms"]


def test_all_faults_of_an_offer_at_once() -> None:
    found = details(
        lambda: case(
            "me", months=0, monthly=Decimal(0), lump_sum=Decimal(-1), due_day=32, first_due=dt.date(2026, 11, 1),
            valid_until=dt.date(2026, 11, 2), waive=("fee", "penalty"), owed=OWED,
        )
    )  # fmt: skip
    assert found == [
        ContradictoryFlags.__name__, NegativeAmount.__name__, NegativeAmount.__name__, "case.offer_months",
        BadDueDay.__name__, "case.offer_due_before", "case.offer_valid_before", "case.waives_no_fee",
    ]  # fmt: skip


def test_a_waiver_of_what_is_not_there_but_not_of_what_still_runs_or_is_unknown() -> None:
    nothing = Owed(total=Decimal(100), interest=Decimal(0), penalty=Decimal(0))
    assert details(lambda: case("me", months=3, waive=("interest", "penalty"), owed=nothing)) == [
        "case.waives_no_interest", "case.waives_no_penalty",
    ]  # fmt: skip
    running = Owed(interest=Decimal(0), running=("interest",))
    assert case("me", months=3, waive=("interest", "penalty"), owed=running).offers[0].waive == (
        "interest",
        "penalty",
    )


def test_below_the_interest_is_a_warning() -> None:
    low, waived = case(monthly=Decimal(200)), case(monthly=Decimal(200), waive=("interest",))
    said = offer_messages(low.offers[0], OWED)[0]
    assert (said.code, said.level, said.facts["grows_by"]) == ("case.below_interest", "warning", Decimal(13))
    assert offer_messages(waived.offers[0], OWED) == ()
    assert offer_messages(low.offers[0], None) == ()


@pytest.mark.parametrize(
    ("by", "monthly", "code"),
    [
        ("lender", "1000", "case.offer_above"), ("me", "1000", "case.own_interest"), ("me", "800", "case.offer_below"),
        ("me", "823", None),
    ],
)  # fmt: skip
def test_an_offer_beside_the_balance(by: str, monthly: str, code: str | None) -> None:
    offer = case(by, months=18, monthly=Decimal(monthly), waive=("penalty",)).offers[0]
    assert [one.code for one in offer_messages(offer, OWED)] == ([code] if code else [])
    assert OWED.after(("penalty",)) == Decimal("14812.00")


def test_all_faults_of_an_acceptance_at_once() -> None:
    found = add_offer(case(months=3), "me", dt.date(2026, 12, 1), months=6)
    assert details(lambda: agreed(found, starts=dt.date(2026, 11, 20))) == [
        "case.accepted_before_offer", "case.starts_before_made", "case.amount_missing", "case.day_missing",
    ]  # fmt: skip


def test_an_unknown_offer_names_those_there_are() -> None:
    with pytest.raises(UnknownOffer) as caught:
        accept(case(months=3), 7, Acceptance(when=MADE))
    assert caught.value.facts == {"number": 7, "known": "1"}


def test_accepted_only_once_unless_it_has_ended() -> None:
    found = agreed(case(months=3, monthly=Decimal(9), due_day=1))
    assert details(lambda: agreed(found)) == ["case.already_agreed"]
    assert found.agreement is not None
    over = replace(found, agreement=replace(found.agreement, ended_on=dt.date(2026, 11, 22)))
    assert agreed(over).agreement is not None


def test_an_instalment_before_the_day_it_was_agreed() -> None:
    found = case(months=3, monthly=Decimal(9), first_due=DAY)
    assert details(lambda: agreed(found)) == ["case.due_before_agreed"]


def test_an_instalment_before_the_agreement_starts_or_inside_its_pause() -> None:
    found = case(months=3, monthly=Decimal(9), first_due=dt.date(2026, 12, 31))
    assert details(lambda: agreed(found, starts=dt.date(2027, 1, 1))) == ["case.due_before_starts"]
    paused = case(months=3, monthly=Decimal(9), pause=2)
    settled = replace(paused, offers=(replace(paused.offers[0], first_due=dt.date(2026, 12, 31)),))
    assert details(lambda: agreed(settled)) == ["case.offer_due_in_pause"]


def test_an_offer_past_its_validity_is_a_warning() -> None:
    found = agreed(case(months=3, monthly=Decimal(9), due_day=1, valid_until=DAY))
    assert acceptance_messages(found)[0].code == "case.offer_expired"


def test_the_small_refusals() -> None:
    with pytest.raises(EmptyText):
        open_case(["L1"], "  ", DAY)
    with pytest.raises(ManyErrors):
        open_case([], "", DAY)
    with pytest.raises(MissingFlags):
        confirm(agreed(case(months=3, monthly=Decimal(9), due_day=1)), [])
    empty = open_case(["L1"], "x", DAY)
    assert details(lambda: confirm(empty, ["E1"])) == ["case.nothing_to_confirm"]
    assert details(lambda: counter(empty, "me", DAY, months=3)) == ["case.nothing_to_counter"]
    with pytest.raises(BadOffer):
        add_offer(close_case(empty, DAY), "me", DAY, months=3)


def test_closing() -> None:
    over = close_case(case(months=3), DAY, "paid")
    assert (over.closed_on, over.outcome) == (DAY, "paid")
    assert details(lambda: close_case(over, DAY)) == ["case.closed"]
    assert details(lambda: close_case(case(months=3), dt.date(2026, 1, 1))) == ["case.closed_before_opened"]


@pytest.mark.parametrize("name", ["plan", "case"])
def test_the_sentences_are_there_in_both_languages(name: str) -> None:
    assert area("zh", name).keys() == area("en", name).keys()
