"""What a loan costs all in: what reached the borrower against everything the contract asks back."""

from __future__ import annotations

from jdneg.domain.debt.interest import DEFAULT_BASIS, yearly
from jdneg.domain.debt.known import lent, start_of
from jdneg.domain.debt.rates import Flow, RateSummary, dated_summary, periodic_summary
from jdneg.domain.debt.schedule import build_schedule
from jdneg.domain.debt.terms import as_stated, principal_of
from jdneg.domain.messages import info
from jdneg.domain.records.loan import Loan


def contract_flows(loan: Loan) -> tuple[Flow, ...]:
    """The payout received (negative) less a fee paid with it, then each instalment as the contract words it.

    Fees count whoever is paid.
    """
    stated = build_schedule(as_stated(loan))
    out = stated.fee_at_start - principal_of(loan)
    return ((start_of(loan), out), *((row.due, row.payment) for row in stated.rows))


def loan_rates(loan: Loan) -> RateSummary:
    """`nominal_12` and `effective` of the contract. A loan on demand is measured as if paid off after a month."""
    flows = contract_flows(loan)
    if len(flows) > 1:
        return dated_summary(flows)
    rate = loan.rate or loan.fee
    assert rate is not None  # build_schedule refuses a loan without either
    month = yearly(rate, loan.basis or DEFAULT_BASIS) / 12
    # What was kept back, and a fee at the payout, make the month dearer.
    stated = (principal_of(loan) - build_schedule(loan).fee_at_start) / lent(loan)
    found = periodic_summary([-stated, 1 + month], 12)
    return RateSummary(
        found.nominal_12, found.effective, found.effective, None, (*found.messages, info("debt.rate_on_demand"))
    )
