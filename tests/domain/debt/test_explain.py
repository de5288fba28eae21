"""The search for the reading behind a figure: it finds what made it, says so when nothing does, and stays fast."""

import datetime as dt
import time
from dataclasses import replace
from decimal import Decimal

import pytest
from debt_loans import day, gold
from hypothesis import assume, given, settings, strategies as st

from jdneg.domain.debt.accrual import position
from jdneg.domain.debt.agreed import Bound
from jdneg.domain.debt.explain import LIMIT, explain
from jdneg.domain.debt.explain_readings import Setting
from jdneg.domain.debt.explain_run import Accounts
from jdneg.domain.debt.schedule import build_schedule
from jdneg.domain.money import half_up, money
from jdneg.domain.rate import Rate, parse_rate
from jdneg.domain.records.account import Claim, Payment
from jdneg.domain.records.case import Agreement
from jdneg.domain.records.loan import Charge, Instalment, OverdueTerms

AS_OF = day("2026-11-20")
INSTALMENT = OverdueTerms(factor=Decimal("1.5"), base="overdue_instalment")
FIRST = [Payment(loan="L1", at=day("2026-04-10"), amount=money("1900.00"))]


def at(loan, payments=(), as_of=AS_OF, agreement=None):
    return position(loan, build_schedule(loan), list(payments), as_of, [Bound(agreement)] if agreement else [])


def claim_of(found, *names, on=AS_OF, **changes):
    named = {name: getattr(found, name) for name in names or ("principal", "interest", "penalty", "fee", "total")}
    return Claim(loan="L1", at=on, **(named | changes))


def codes(explanation):
    return [one.words.code.removeprefix("debt.reads_") for one in explanation.readings]


def why(loan, claim, payments=FIRST, as_of=AS_OF, **more):
    return explain(loan, payments, claim, as_of, **more)


def test_the_penalty_on_the_whole_balance():
    loan = gold(overdue=INSTALMENT)
    theirs = at(replace(loan, overdue=replace(INSTALMENT, base="balance")), FIRST)
    found = why(loan, claim_of(theirs))
    best = found.found[0]
    assert codes(best) == ["balance_for_instalment"]
    assert (best.exact, best.distance, best.components["total"]) == (True, 0, theirs.total)
    assert [one.code for one in found.notes] == ["debt.explain_exact", "debt.explain_possible"]


def test_the_schedules_interest_runs_on_beside_a_penalty_on_the_whole_balance():
    """Worked by hand: interest on what is not due yet, the penalty on all principal from the first missed day."""
    loan = gold(overdue=INSTALMENT)
    rows = build_schedule(loan).rows
    interest, penalty, starts = Decimal(0), Decimal(0), [day("2026-03-10"), *(row.due for row in rows)]
    balances = [loan.principal, *(row.balance for row in rows)]
    for start, end, balance in zip(starts, [*starts[1:], AS_OF], balances, strict=False):
        days = (min(end, AS_OF) - start).days
        if days > 0:
            interest += balance * days * Decimal("0.0005")
            penalty += loan.principal * days * Decimal("0.00075") * (start > starts[0])
    claim = Claim(loan="L1", at=AS_OF, principal=loan.principal, interest=half_up(interest), penalty=half_up(penalty))
    found = why(loan, claim, ())
    assert codes(found.found[0]) == ["balance_scheduled"] and found.found[0].exact
    assert found.found[0].fits == ("penalty",) and found.met == ("principal", "interest")


def test_what_the_contract_meets_already_is_no_evidence_and_what_does_not_fit_is_named():
    theirs = at(gold(overdue=replace(INSTALMENT, base="balance")), FIRST)
    found = why(gold(overdue=INSTALMENT), claim_of(theirs, interest=money("1.23"), total=None))
    best = found.found[0]
    assert found.met == ("principal", "fee")
    assert (codes(best), best.fits, best.misses) == (["balance_for_instalment"], ("penalty",), ("interest",))


def test_a_reading_that_meets_only_what_the_contract_meets_is_no_explanation():
    claim = Claim(loan="L1", at=AS_OF, principal=money("18410.00"), penalty=money("987654.32"))
    found = why(gold(overdue=INSTALMENT), claim)
    assert found.notes[0].code == "debt.explain_none" and found.met == ("principal",)
    assert not any(one.fits for one in found.found)


def test_before_the_payout_there_is_nothing_to_explain():
    found = why(gold(), Claim(loan="L1", at=day("2026-03-01"), total=money("1.00")), (), day("2026-03-09"))
    assert [one.code for one in found.notes] == ["debt.explain_before_start"] and found.tried == 0


def test_two_changes_at_once_after_one_alone_failed():
    loan = gold(overdue=INSTALMENT)
    theirs = at(replace(loan, overdue=OverdueTerms(factor=Decimal(2), base="balance")), FIRST)
    assert codes(why(loan, claim_of(theirs)).found[0]) == ["balance_for_instalment", "factor"]


def test_a_single_figure_is_met_where_no_reading_meets_all():
    theirs = at(gold(overdue=replace(INSTALMENT, base="balance")), FIRST)
    claim = claim_of(theirs, "penalty", principal=money("1.23"), interest=None, fee=None)
    found = why(gold(overdue=INSTALMENT), claim)
    assert codes(found.found[0]) == ["balance_for_instalment"] and found.found[0].fits == ("penalty",)
    assert not any(one.exact for one in found.found)
    assert found.notes[0].code == "debt.explain_single"


def test_without_overdue_terms_their_factor_is_found():
    theirs = at(gold(overdue=OverdueTerms(factor=Decimal("1.5"))), FIRST)
    assert codes(why(gold(), claim_of(theirs)).found[0]) == ["factor"]


def test_a_payment_they_did_not_book():
    loan = gold(overdue=INSTALMENT)
    assert codes(why(loan, claim_of(at(loan))).found[0]) == ["payment_left_out"]


def test_a_figure_of_another_day():
    loan = gold(overdue=INSTALMENT)
    theirs = claim_of(at(loan, FIRST, day("2026-11-03")), on=day("2026-11-03"))
    assert codes(why(loan, theirs).found[0]) == ["claim_day"]


def test_the_contracts_sum_instead_of_what_was_received():
    loan = gold(overdue=INSTALMENT, received=money("19000.00"))
    theirs = at(replace(loan, received=None), FIRST)
    assert codes(why(loan, claim_of(theirs)).found[0]) == ["stated_principal"]


def test_an_agreement_they_ignore():
    rows = tuple(Instalment(due=day(f"2026-{m}-10"), amount=money("5000.00")) for m in ("09", "10", "11"))
    agreed = Agreement(offer=1, agreed_at=day("2026-08-20"), starts=day("2026-08-20"), oral=False, instalments=rows)
    loan = gold(overdue=INSTALMENT)
    found = explain(loan, FIRST, claim_of(at(loan, FIRST)), AS_OF, [Bound(agreed)])
    assert codes(found.found[0]) == ["no_agreement"]


def test_the_interest_and_fees_of_the_time_to_come():
    fee = Charge(name="会员费", amount=money("30.00"), every="month")
    loan = gold(overdue=INSTALMENT, charges=(fee,))
    here = at(loan, FIRST, day("2026-05-10"))
    rows = [row for row in build_schedule(loan).rows if row.due > day("2026-05-10")]
    interest = here.interest + sum(row.interest for row in rows)
    claim = Claim(loan="L1", at=day("2026-05-10"), fee=here.fee + 30 * len(rows), interest=interest)
    found = why(loan, claim, as_of=day("2026-05-10"))
    assert sorted(codes(found.found[0])) == ["all_fees", "to_the_end"]


def test_their_figures_agree():
    loan = gold(overdue=INSTALMENT)
    found = why(loan, claim_of(at(loan, FIRST)))
    assert found.found == () and [one.code for one in found.notes] == ["debt.explain_agrees"]


def test_what_nothing_explains_is_said_plainly():
    found = why(gold(overdue=INSTALMENT), Claim(loan="L1", at=AS_OF, penalty=money("987654.32")))
    assert found.notes[0].code == "debt.explain_none" and not any(one.fits for one in found.found)
    assert found.tried <= LIMIT


def test_a_total_that_its_parts_contradict_cannot_be_met_but_the_parts_can():
    theirs = at(gold(overdue=replace(INSTALMENT, base="balance")), FIRST)
    found = why(gold(overdue=INSTALMENT), replace(claim_of(theirs), total=theirs.total + 5))
    assert found.found[0].exact and "total" not in found.found[0].fits


def test_the_search_is_bounded_and_always_the_same():
    loan, claim = gold(overdue=INSTALMENT), Claim(loan="L1", at=AS_OF, total=money("1.00"))
    told = []
    few = why(loan, claim, limit=600, progress=lambda done, most: told.append((done, most)))
    assert few.tried == 600 and told == [(250, 600), (500, 600)]
    assert why(loan, claim, limit=600) == few


# --- the shared runs say the same as the plain account

BASES = ("overdue_principal", "overdue_instalment", "balance")
loans = st.builds(
    lambda method, number, per, factor, base, compound, grace, term: gold(
        method=method, term=term, rate=Rate(Decimal(number) / {"day": 1000, "month": 10, "year": 1}[per], per),
        overdue=OverdueTerms(factor=factor, base=base, compound=compound, grace_days=grace),
        charges=(Charge(name="费", amount=money("20.00"), every="month"),),
    ),
    st.sampled_from(("equal-payment", "equal-principal", "interest-only", "bullet")), st.integers(10, 30),
    st.sampled_from(("year", "month", "day")), st.sampled_from((Decimal(1), Decimal("1.5"))),
    st.sampled_from(BASES), st.booleans(), st.sampled_from((0, 3)), st.integers(3, 12),
)  # fmt: skip
some_payments = st.lists(
    st.tuples(st.integers(0, 250), st.integers(1, 400000)).map(
        lambda pair: Payment(loan="L1", at=day("2026-03-10") + dt.timedelta(pair[0]), amount=Decimal(pair[1]) / 100)
    ),
    max_size=4,
).map(lambda found: sorted(found, key=lambda one: one.at))
late_days = st.integers(40, 420).map(lambda n: day("2026-03-10") + dt.timedelta(n))

# A lender's reading, as a change of the contract's own terms: worked by the plain account, found by the search.
VARIANTS = {
    "base": lambda loan, base: replace(loan, overdue=replace(loan.overdue, base=base)),
    "factor": lambda loan, _: replace(loan, overdue=replace(loan.overdue, factor=Decimal(2))),
    "beside": lambda loan, _: replace(loan, overdue=replace(loan.overdue, beside=True)),
    "compound": lambda loan, _: replace(loan, overdue=replace(loan.overdue, compound=not loan.overdue.compound)),
    "capital": lambda loan, _: replace(
        loan, overdue=replace(loan.overdue, compound=True, compound_every="month")
    ),
    "both": lambda loan, _: replace(loan, count_first=True, count_last=True),
    "basis": lambda loan, _: replace(loan, basis="act/360"),
    "order": lambda loan, _: replace(loan, allocation=("penalty", "fee", "interest", "principal")),
    "thirty": lambda loan, _: replace(loan, rate=Rate(loan.rate.percent * 30, "month")),
    "grace": lambda loan, _: replace(loan, overdue=replace(loan.overdue, grace_days=0)),
}  # fmt: skip


@settings(max_examples=40)
@given(loans, some_payments, late_days, st.sampled_from(sorted(VARIANTS)), st.sampled_from(BASES))
def test_what_a_known_reading_made_is_found(loan, payments, as_of, variant, base):
    assume(variant != "thirty" or loan.rate.per == "day")
    theirs = at(VARIANTS[variant](loan, base), payments, as_of)
    claim = claim_of(theirs, on=as_of)
    found = why(loan, claim, payments, as_of)
    if claim == claim_of(at(loan, payments, as_of), on=as_of):
        assert found.found == ()
        return
    best = found.found[0]
    assert best.exact and best.distance == 0 and len(best.readings) == 1
    assert {name: best.components[name] for name in best.components} == {
        name: getattr(claim, name) for name in best.components
    }


@settings(max_examples=15)
@given(loans, some_payments, late_days, st.sets(st.sampled_from(("base", "factor", "beside", "compound", "both")), min_size=2, max_size=2),
       st.sampled_from(BASES))  # fmt: skip
def test_two_known_readings_are_found(loan, payments, as_of, variants, base):
    changed = loan
    for variant in sorted(variants):
        changed = VARIANTS[variant](changed, base)
    found = why(loan, claim_of(at(changed, payments, as_of), on=as_of), payments, as_of, limit=1500)
    assert found.notes[0].code in ("debt.explain_exact", "debt.explain_agrees")


@settings(max_examples=60)
@given(loans, some_payments, late_days, st.sampled_from((None, Decimal(1), Decimal("1.3"))), st.sampled_from(BASES),
       st.booleans(), st.sampled_from(("none", "interest", "due", "quarter")))  # fmt: skip
def test_shared_runs_equal_plain_ones(loan, payments, as_of, factor, base, beside, compound):
    accounts = Accounts(loan, payments, (), (as_of,))
    own = Setting(
        day=as_of, basis="act/365", base=base, compound=compound, order=("fee", "interest", "penalty", "principal")
    )
    accounts.components(own)  # fills what is shared
    read = accounts.components(replace(own, factor=factor, beside=beside))
    every = compound if compound in ("due", "quarter") else None
    terms = replace(
        loan.overdue, factor=factor or loan.overdue.factor, base=base, beside=beside, compound=compound != "none",
        compound_every=every,
    )  # fmt: skip
    plain = at(replace(loan, overdue=terms), payments, as_of)
    assert read == {name: getattr(plain, name) for name in read}


# --- speed


@pytest.mark.parametrize("rate", ["0.05%/day", "18%/year"])
@pytest.mark.parametrize("kept", [0, 20])
def test_five_thousand_readings_of_sixty_instalments(rate, kept):
    """Two seconds is the promise; twice that is allowed here for a machine that is busy."""
    loan = gold(start=day("2021-03-10"), term=60, principal=money("60000.00"), rate=parse_rate(rate), received=money("59000.00"),
                overdue=INSTALMENT, charges=(Charge(name="费", amount=money("10.00"), every="month"),))  # fmt: skip
    late = dt.timedelta(5)
    payments = [Payment(loan="L1", at=row.due + late, amount=row.payment) for row in build_schedule(loan).rows[:kept]]
    claim = Claim(loan="L1", at=day("2026-01-18"), total=money("99999.01"), penalty=money("31234.56"))
    began = time.process_time()
    found = why(loan, claim, payments, day("2026-01-20"))
    assert found.tried <= LIMIT
    assert time.process_time() - began < 4
