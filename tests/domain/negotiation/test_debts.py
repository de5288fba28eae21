import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from jdneg.domain.debt.accrual import position
from jdneg.domain.debt.schedule import build_schedule
from jdneg.domain.debt.shares import Terms
from jdneg.domain.debt.verify import Verification, verify
from jdneg.domain.negotiation.cases import Acceptance, accept, add_offer, confirm, open_case
from jdneg.domain.negotiation.debts import plan_debts
from jdneg.domain.negotiation.held import Held
from jdneg.domain.negotiation.offers import owed_of
from jdneg.domain.negotiation.plan import make_plan
from jdneg.domain.negotiation.plan_debt import PlanDebt, not_plannable
from jdneg.domain.negotiation.strategies import STRATEGIES
from jdneg.domain.rate import Rate
from jdneg.domain.records.account import Claim, Payment
from jdneg.domain.records.base import Stored
from jdneg.domain.records.loan import Loan, OverdueTerms
from jdneg.domain.rulebook import RuleBook

D = Decimal
AS_OF = dt.date(2026, 11, 22)
NOW = dt.datetime(2026, 11, 22, 10, tzinfo=dt.timezone(dt.timedelta(hours=8)))
DAILY = Rate(D("0.05"), "day")


def stored(record: Any, record_id: str = "L1") -> Stored[Any]:
    return Stored(record_id, record, NOW)


def loan(**more: Any) -> Loan:
    fields = {
        "lender": "京东金融", "product": "金条", "kind": "microlender", "principal": D("20000.00"),
        "start": dt.date(2026, 3, 10), "rate": DAILY, "term": 12, "due_day": 10, "method": "equal-payment",
        "overdue": OverdueTerms(factor=D("1.5")),
    } | more  # fmt: skip
    return Loan(**fields)


def paid_until(record: Loan, day: dt.date) -> list[Stored[Payment]]:
    rows = [row for row in build_schedule(record).rows if row.due <= day]
    return [stored(Payment(loan="L1", amount=row.payment, at=row.due), f"Y{row.n}") for row in rows]


def seen(
    record: Loan, payments: list[Stored[Payment]], claims: list[Stored[Claim]] | None = None
) -> dict[str, Verification]:
    return {"L1": verify(stored(record), claims or [], payments, [], Terms(), RuleBook({}, ""), (), AS_OF)}


def one(record: Loan, payments: list[Stored[Payment]], claims: list[Stored[Claim]] | None = None) -> PlanDebt:
    [found] = plan_debts([stored(record)], seen(record, payments, claims), claims or [], payments, [], AS_OF)
    return found


def claim(**parts: str) -> Stored[Claim]:
    amounts: Any = {name: D(amount) for name, amount in parts.items()}
    return stored(Claim(loan="L1", at=AS_OF, **amounts), "D1")


# --- which balance


def test_a_debt_kept_up_to_date() -> None:
    payments = paid_until(loan(), AS_OF)
    found, at = one(loan(), payments), seen(loan(), payments)["L1"].position
    assert (found.balance, found.basis) == (at.total, "contract")
    assert found.run is not None and found.run.principal == at.principal
    assert at.next_due is not None
    assert (found.minimum, found.overdue, found.disputed) == (at.next_due.payment, 0, 0)
    to_come = found.run.rows[found.run.next :]
    assert [row.due for row in to_come] == [dt.date(2026, 12, 10), *(dt.date(2027, n, 10) for n in (1, 2, 3))]


def test_verified_only_where_their_total_is_ours() -> None:
    payments = paid_until(loan(), AS_OF)
    total = seen(loan(), payments)["L1"].position.total
    assert one(loan(), payments, [claim(total=str(total))]).basis == "verified"
    off = one(loan(), payments, [claim(total=str(total + D("100.01")))])
    assert (off.basis, off.balance, off.disputed) == ("contract", total, D("100.01"))
    less = one(loan(), payments, [claim(total=str(total - 5))])
    assert (less.basis, less.balance, less.disputed) == ("contract", total, 0)


def test_an_overdue_debt() -> None:
    payments = paid_until(loan(), dt.date(2026, 9, 30))
    found, at = one(loan(), payments), seen(loan(), payments)["L1"].position
    assert [row.due for row in at.overdue] == [dt.date(2026, 10, 10), dt.date(2026, 11, 10)]
    assert at.next_due is not None
    assert found.minimum == at.overdue_amount + at.next_due.payment
    assert found.overdue == at.overdue_amount
    assert (found.overdue_since, found.penalty) == (dt.date(2026, 10, 10), Rate(D("0.075"), "day"))
    rows = make_plan([found], D(20000), "minimums", AS_OF).rows
    penalty = rows[0].payment - found.minimum
    assert 0 < penalty < 200  # what has come up besides, to the first due day


def test_past_its_whole_term() -> None:
    record = loan(start=dt.date(2025, 9, 10))
    found = one(record, paid_until(record, dt.date(2026, 8, 30)))
    assert found.run is not None and found.run.next == len(found.run.rows)
    assert found.due_day == 10
    assert not_plannable(found) is None
    assert make_plan([found], D(5000), "min-first", AS_OF).ends is not None


def test_a_flat_fee_is_fixed_and_bears_no_interest() -> None:
    record = loan(rate=None, fee=Rate(D("0.6"), "month"), principal=D("6000.00"), method="flat-fee", overdue=None)
    payments = paid_until(record, AS_OF)
    found = one(record, payments)
    left = [row for row in build_schedule(record).rows if row.due > AS_OF]
    plan = make_plan([found], D(1000), "minimums", AS_OF)
    assert found.balance == sum(row.principal for row in left)
    assert [(row.date, row.payment) for row in plan.rows] == [(row.due, row.payment) for row in left]
    assert plan.totals.cost == plan.totals.fees == sum(row.fee for row in left)


def test_a_loan_nothing_is_known_of_goes_by_the_claim() -> None:
    bare = loan(rate=None, term=None, due_day=None, method=None)
    [nothing] = plan_debts([stored(bare)], {}, [], [], [], AS_OF)
    assert (nothing.balance, nothing.basis) == (None, None)
    assert not_plannable(nothing) is not None
    card = loan(rate=None, term=None, due_day=5, minimum=D(300))
    parts = claim(principal="14200", interest="612")
    [said] = plan_debts([stored(card)], {}, [parts], [], [], AS_OF)
    assert (said.balance, said.basis, said.minimum) == (D(14812), "claimed", D(300))
    assert not_plannable(said) is not None  # no rate: not guessed


def test_on_demand_by_the_stated_minimum() -> None:
    record = loan(term=None, method="daily", minimum=D(800))
    found = one(record, [])
    assert (found.minimum, found.due_day) == (D(800), 10)
    assert make_plan([found], D(900), "min-first", AS_OF).ends is not None
    [without] = [one(loan(term=None, method="daily"), [])]
    message = not_plannable(without)
    assert message is not None
    assert [part.code for part in message.facts["missing"]] == ["plan.missing_minimum"]  # type: ignore[attr-defined]


def test_closed_and_paid_loans_are_left_out() -> None:
    closed = loan(closed_on=AS_OF)
    assert plan_debts([stored(closed)], {}, [claim(total="5")], [], [], AS_OF) == []
    assert plan_debts([stored(loan())], {}, [claim(total="0")], [], [], AS_OF) == []


# --- agreements


def agreed_case(*, proof: bool) -> Stored[Any]:
    case = add_offer(open_case(["L1", "L2"], "x", AS_OF), "lender", AS_OF, months=3, monthly=D(820))
    case = accept(case, 1, Acceptance(when=AS_OF, held=Held(due_day=10)))
    return stored(confirm(case, ["E1"]) if proof else case, "G1")


@pytest.mark.parametrize(("proof", "basis"), [(True, "contract"), (False, "claimed")])
def test_an_agreement_says_what_is_paid_when(proof: bool, basis: str) -> None:
    loans = [stored(loan()), stored(loan(), "L2")]
    payments = [stored(Payment(loan="L2", amount=D(820), at=dt.date(2026, 12, 10)), "Y1")]
    as_of = dt.date(2026, 12, 20)
    [found] = plan_debts(loans, seen(loan(), []), [], payments, [agreed_case(proof=proof)], as_of)
    assert (found.loan, found.balance, found.basis, found.minimum) == ("L1", D(1640), basis, D(820))
    plan = make_plan([found], D(820), "min-first", as_of)
    assert [(row.date, row.payment) for row in plan.rows] == [(dt.date(2027, n, 10), D(820)) for n in (1, 2)]
    assert plan.totals.cost == 0


def test_a_missed_instalment_of_an_agreement_is_due_first() -> None:
    as_of = dt.date(2026, 12, 20)
    [found] = plan_debts([stored(loan())], {}, [], [], [agreed_case(proof=True)], as_of)
    assert (found.minimum, found.overdue_since) == (D(1640), dt.date(2026, 12, 10))
    assert make_plan([found], D(2000), "minimums", as_of).rows[0].payment == D(1640)


def test_what_an_offer_is_held_against() -> None:
    at = seen(loan(), paid_until(loan(), dt.date(2026, 9, 30)))["L1"].position
    owed = owed_of(loan(), at)
    assert (owed.total, owed.penalty) == (at.total, at.penalty)
    assert owed.monthly_interest == (at.principal * D("0.015")).quantize(D("0.01"))
    assert owed.running == ("interest", "penalty")
    assert owed.after(("penalty",)) == at.total - (at.penalty or 0)


# --- the plan and the debt engine agree


@pytest.mark.parametrize("strategy", STRATEGIES)
@pytest.mark.parametrize(
    "record", [loan(), loan(term=None, method="daily", minimum=D(800))], ids=["instalments", "daily"]
)
def test_a_payer_who_follows_the_plan_is_at_zero_by_the_debt_engine(record: Loan, strategy: str) -> None:
    payments = paid_until(record, AS_OF)
    plan = make_plan([one(record, payments)], D(2500), strategy, AS_OF)
    assert plan.ends is not None
    followed = [row.record for row in payments]
    followed += [Payment(loan="L1", amount=row.payment, at=row.date) for row in plan.rows]
    schedule = build_schedule(record)
    before = position(record, schedule, followed[:-1], plan.ends)
    assert before.total == plan.rows[-1].payment
    assert position(record, schedule, followed, plan.ends).total == 0
