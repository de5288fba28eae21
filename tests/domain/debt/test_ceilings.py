"""Each line on its kind of lender and its dates, and never a verdict where the facts leave it open."""

from dataclasses import replace
from decimal import Decimal

import pytest
from debt_loans import day, gold

from jdneg.domain.debt.accrual import position
from jdneg.domain.debt.allin import loan_rates
from jdneg.domain.debt.ceilings import ceilings
from jdneg.domain.debt.lpr import lpr_on
from jdneg.domain.debt.schedule import build_schedule
from jdneg.domain.debt.todate import to_date
from jdneg.domain.money import half_up, money
from jdneg.domain.rate import parse_rate
from jdneg.domain.records.account import Claim, Payment
from jdneg.domain.records.loan import Instalment, OverdueTerms
from jdneg.i18n import say, speaking
from jdneg.storage.datafiles import rule_book
from jdneg.storage.lpr import lpr_table

BOOK = rule_book(None)
AS_OF = day("2026-11-20")


def lines(loan, claim=None):
    """By short name; a + marks the line held against the rate after default."""
    found = ceilings(loan, loan_rates(loan), claim, BOOK, lpr_table(), AS_OF)
    late = {id(one) for one in found if one.measures and one.measures[0][0] == "penalty_rate"}
    return {one.rule.removeprefix("ceilings.") + "+" * (id(one) in late): one for one in found}


def results(loan, claim=None):
    return {name: one.result for name, one in lines(loan, claim).items()}


def yearly(text, **changes):
    return gold(rate=parse_rate(text), **changes)


def test_the_manuals_case():
    found = lines(gold())
    assert {name: one.result for name, one in found.items()} == {
        "judicial24": "within",
        "microlender_cost": "within",
        "upfront": "cannot_tell",
    }
    line = found["judicial24"]
    assert (line.level, line.checked, line.limit) == ("policy", "reported", Decimal("0.240000"))
    assert [name for name, _ in line.measures] == ["nominal_12", "effective"]
    assert line.value == line.measures[0][1] == Decimal("0.182493")


def test_the_rate_after_default_is_looked_at_too():
    found = lines(gold(overdue=OverdueTerms(factor=Decimal("1.5"))))
    late = found["judicial24+"]
    assert (late.result, late.value, late.reason.code) == ("over", Decimal("0.273750"), "debt.court_may_reduce_late")
    assert found["damages30"].result == "cannot_tell"
    assert "bank_penalty" not in found  # 1.5 times, and addressed to banks


def test_a_factor_of_a_rate_that_the_table_contradicts_gives_no_all_clear():
    """12 % are stated, the table comes to some 41 %: one and a half times which of them?"""
    rows = tuple(Instalment(due=day(f"2026-{m:02}-10"), amount=money("1985.00")) for m in range(4, 13))
    rows += tuple(Instalment(due=day(f"2027-{m:02}-10"), amount=money("1985.00")) for m in range(1, 4))
    loan = yearly("12%/year", schedule=rows, method=None, overdue=OverdueTerms(factor=Decimal("1.5")))
    late = lines(loan)["judicial24+"]
    assert [name for name, _ in late.measures] == ["penalty_rate", "penalty_by_table"]
    assert late.measures[0][1] == Decimal("0.18") and late.measures[1][1] > Decimal("0.5")
    assert (late.result, late.reason.code) == ("cannot_tell", "debt.ceiling_measures_differ")


def test_a_penalty_beside_interest_is_measured_with_it():
    """12 % and 18 % run together: 30 % a year, two and a half times the contract's rate."""
    late = OverdueTerms(factor=Decimal("1.5"), base="balance", beside=True)
    found = lines(yearly("12%/year", kind="bank", overdue=late))
    assert (found["judicial24+"].result, found["judicial24+"].value) == ("over", Decimal("0.300000"))
    bound = found["bank_penalty"]
    assert (bound.result, bound.value) == ("over", Decimal("2.5"))
    assert "run together" in say(bound.reason, "en") and "并收" in say(bound.reason, "zh")
    alone = lines(yearly("12%/year", kind="bank", overdue=replace(late, beside=False)))
    assert (alone["judicial24+"].value, alone["bank_penalty"].value) == (Decimal("0.180000"), Decimal("1.5"))


@pytest.mark.parametrize(
    ("rate", "result", "reason"),
    [
        ("18%/year", "within", "debt.ceiling_within"),
        ("23.5%/year", "cannot_tell", "debt.ceiling_too_close"),
        ("24.5%/year", "cannot_tell", "debt.ceiling_too_close"),
        ("22%/year", "cannot_tell", "debt.ceiling_too_close"),  # its effective rate is 24.3 %
        ("22.8%/year", "cannot_tell", "debt.ceiling_measures_differ"),  # 22.8 % nominal, 25.3 % effective
        ("36%/year", "over", "debt.court_may_reduce"),
    ],
)
def test_near_the_line_there_is_no_verdict(rate, result, reason):
    line = lines(yearly(rate))["judicial24"]
    assert (line.result, line.reason.code) == (result, reason)


def test_a_flat_fee_of_small_numbers_is_over():
    loan = gold(rate=None, fee=parse_rate("1.5%/month"), method="flat-fee", principal=money("12000.00"))
    assert results(loan)["judicial24"] == "over"


@pytest.mark.parametrize(
    "changes", [{"kind": "unknown"}, {"credit_sale": True}, {"holder_role": "guarantor"}], ids=str
)
def test_who_claims_decides_first(changes):
    assert results(yearly("36%/year", **changes))["judicial24"] == "cannot_tell"


def test_unknown_kind_gives_no_rate_verdict_at_all():
    loan = yearly("36%/year", kind="unknown", overdue=OverdueTerms(factor=Decimal(2)), received=money("20000.00"))
    found = lines(loan)
    assert {"judicial24", "microlender_cost", "bank_joint", "private_lpr4", "bank_penalty"} <= set(found)
    assert {one.result for one in found.values() if one.unit != "yuan"} == {"cannot_tell"}


@pytest.mark.parametrize(("start", "listed"), [("2025-12-18", False), ("2025-12-19", True)])
def test_micro_loans_only_when_newly_issued(start, listed):
    assert ("microlender_cost" in results(gold(start=day(start)))) is listed


@pytest.mark.parametrize(
    ("start", "joint", "result"),
    [
        ("2025-10-01", True, "over"),
        ("2025-10-01", None, "cannot_tell"),
        ("2025-10-01", False, None),
        ("2025-09-30", True, None),
    ],
)
def test_bank_loans_through_a_platform(start, joint, result):
    loan = yearly("30%/year", kind="bank", start=day(start), joint_lending=joint)
    assert results(loan).get("bank_joint") == result


@pytest.mark.parametrize("kind", ["bank", "consumer_finance", "microlender"])
def test_four_times_the_lpr_is_for_private_loans_alone(kind):
    assert "private_lpr4" not in results(yearly("30%/year", kind=kind))


def test_four_times_the_lpr_of_the_contract_day():
    loan = yearly("30%/year", kind="private", start=day("2021-12-20"), signed_on=day("2021-12-19"))
    line = lines(loan)["private_lpr4"]
    assert line.limit == Decimal("0.154000")  # 3.85 % until 20 December 2021
    assert (line.result, line.reason.facts["date"]) == ("over", day("2021-11-22"))
    assert "judicial24" not in results(loan)


@pytest.mark.parametrize(
    ("start", "nearest", "reason"),
    [
        ("2018-01-10", "2019-08-20", "debt.private_before"),
        ("2020-08-19", "2020-07-20", "debt.private_before"),
        ("2026-10-21", "2026-09-20", "debt.lpr_not_known"),
    ],
)
def test_outside_what_is_known_the_nearest_row_is_shown(start, nearest, reason):
    line = lines(yearly("30%/year", kind="private", start=day(start)))["private_lpr4"]
    assert (line.result, line.reason.code, line.reason.facts["date"]) == ("cannot_tell", reason, day(nearest))


@pytest.mark.parametrize(
    ("kind", "card", "factor", "result"),
    [
        ("bank", None, "1.5", "within"),
        ("bank", None, "1.2", "within"),
        ("bank", None, "1.6", "over"),
        ("bank", True, "1.6", None),
        ("microlender", None, "1.6", "cannot_tell"),
        ("microlender", None, "1.5", None),
        ("private", None, "1.6", None),
    ],
)
def test_penalty_factor(kind, card, factor, result):
    loan = gold(kind=kind, credit_card=card, overdue=OverdueTerms(factor=Decimal(factor)))
    assert results(loan).get("bank_penalty") == result


def test_money_kept_back():
    line = lines(gold(received=money("19000.00")))["upfront"]
    assert (line.result, line.value, line.level) == ("over", money("1000.00"), "law")
    assert results(gold(received=money("20000.00")))["upfront"] == "within"


def test_damages_always_need_the_loss():
    claim = Claim(loan="L1", at=AS_OF, penalty=money("1668.55"))
    assert results(gold(), claim)["damages30"] == "cannot_tell"
    assert "damages30" not in results(gold(), replace(claim, penalty=None))


def test_lpr_rows():
    table = lpr_table()
    assert table[0] == (day("2019-08-20"), Decimal("4.25"))
    assert lpr_on(table, day("2025-05-19")).percent == Decimal("3.10")
    assert lpr_on(table, day("2025-05-20")).percent == Decimal("3.00")
    assert not lpr_on(table, day("2019-08-19")).known
    assert lpr_on((), AS_OF) is None


# --- what has been asked until a day

ON_TIME = [Payment(loan="L1", at=day("2026-09-10"), amount=money("10000.00"))]


def until_now(total, payments=(), loan=None, on="2027-03-10"):
    loan = loan or gold(term=None, due_day=None, method="daily", rate=parse_rate("24%/year"))
    at = position(loan, build_schedule(loan), payments, day(on))
    so_far = to_date(loan, at.ledger, payments, total and money(total), day(on))
    found = ceilings(loan, loan_rates(loan), None, BOOK, lpr_table(), day(on), so_far)
    return next((one for one in found if one.measures and one.measures[0][0] == "to_date"), None)


def test_the_part_a_court_may_reduce_is_given_in_yuan():
    found = until_now("26000.00")  # 20000 for 365 days: 6000 are 30 %, 24 % are 4800
    assert (found.result, found.value) == ("over", Decimal("0.300000"))
    facts = found.reason.facts
    assert found.reason.code == "debt.court_may_reduce_part"
    assert [facts[name] for name in ("asked", "allowed", "part")] == [
        money(x) for x in ("6000.00", "4800.00", "1200.00")
    ]


@pytest.mark.parametrize(
    ("total", "result"),
    [("24599.00", "within"), ("24600.00", "cannot_tell"), ("24999.00", "cannot_tell"), ("25001.00", "over"),
     ("19999.99", None), (None, None)],
)  # fmt: skip
def test_within_one_point_of_the_line_is_too_close(total, result):
    found = until_now(total)
    assert (found and found.result) == result


def test_what_was_paid_counts_and_shortens_what_was_in_use():
    # 184 days to 10 September bear 24 % of 20000; of the 10000 paid 2419.73 are interest
    found = until_now("15600.00", ON_TIME)
    used = (Decimal(20000) * 184 + Decimal("12419.73") * 181) / 365
    assert found.reason.facts["asked"] == money("5600.00")
    assert found.reason.facts["allowed"] == half_up(used * Decimal("0.24"))
    assert found.result == "over"


# --- the day on which each line begins


@pytest.mark.parametrize(
    ("name", "before", "since", "terms"),
    [
        ("microlender_cost", "2025-12-18", "2025-12-19", {}),
        ("bank_joint", "2025-09-30", "2025-10-01", {"kind": "bank", "joint_lending": True}),
        ("upfront", "2020-12-31", "2021-01-01", {}),
        ("bank_penalty", "2003-12-31", "2004-01-01", {"kind": "bank", "overdue": OverdueTerms(factor=Decimal("1.6"))}),
    ],
)  # fmt: skip
def test_a_line_binds_loans_from_its_day_on(name, before, since, terms):
    assert name not in lines(gold(start=day(before), **terms))
    assert name in lines(gold(start=day(since), **terms))


def test_the_policy_and_the_thirty_percent_line_are_of_the_day_asked_about():
    loan = gold(overdue=OverdueTerms(factor=Decimal("1.5")), start=day("2017-01-10"))
    for name, before, since in (
        ("judicial24", "2017-08-08", "2017-08-09"),
        ("damages30", "2023-12-04", "2023-12-05"),
    ):
        for on, there in ((before, False), (since, True)):
            found = ceilings(loan, loan_rates(loan), None, BOOK, lpr_table(), day(on))
            assert (f"ceilings.{name}" in {one.rule for one in found}) is there


def test_a_private_loan_changes_its_line_with_the_day_of_the_contract():
    before = lines(yearly("30%/year", kind="private", start=day("2020-08-19")))["private_lpr4"]
    assert (before.result, before.reason.code) == ("cannot_tell", "debt.private_before")
    since = lines(yearly("30%/year", kind="private", start=day("2020-08-20")))["private_lpr4"]
    assert (since.result, since.limit) == ("over", Decimal("0.154000"))
    signed = lines(yearly("30%/year", kind="private", start=day("2025-05-20"), signed_on=day("2025-05-19")))
    assert signed["private_lpr4"].limit == Decimal("0.124000")  # by the day it was made, not the payout
    assert lines(yearly("30%/year", kind="private", start=day("2025-05-20")))["private_lpr4"].limit == Decimal("0.12")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", ["bank", "consumer_finance", "microlender", "private", "unknown"])
@pytest.mark.parametrize("rate", ["8%/year", "23.5%/year", "45%/year"])
def test_no_line_ever_says_illegal(kind, rate, lang):
    loan = yearly(rate, kind=kind, received=money("19000.00"), overdue=OverdueTerms(factor=Decimal(2)))
    found = (*lines(loan, Claim(loan="L1", at=AS_OF, penalty=money("1.00"))).values(), until_now("26000.00"))
    with speaking(lang):
        said = " ".join(say(one.reason) for one in found)
    assert not any(word in said.lower() for word in ("illegal", "unlawful", "违法", "非法", "违规", "高利贷", "退还"))


def test_one_measure_is_no_range_and_nothing_is_minus_zero():
    assert until_now("26000.00").reason.facts["measured"] == "30.00%"
    assert lines(gold())["judicial24"].reason.facts["measured"] == "18.25%–19.86%"
    free = lines(yearly("0%/year", kind="bank", start=day("2026-01-31"), due_day=31, term=5))["judicial24"]
    assert free.reason.facts["measured"] == "0.00%" and not any(str(one).startswith("-") for _, one in free.measures)
