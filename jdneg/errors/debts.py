"""What a debt, a budget or a case does not allow."""

from __future__ import annotations

from jdneg.errors.base import InvalidValue


class NotComputable(InvalidValue):
    """A loan's terms do not say enough for its figures. Base of those that name what is missing. Facts: loan."""

    code = "not_computable"


class NoPayout(NotComputable):
    """How much was lent, or when, is not known. Facts: loan, missing (messages), sets (words of an amendment)."""

    code = "no_payout"


class NoRate(NotComputable):
    """A loan without rate, fee and schedule cannot be computed. Facts: loan."""

    code = "no_rate"


class NoTerm(NotComputable):
    """Instalments without a number of months, or a payment that never covers the interest. Facts: loan."""

    code = "no_term"


class BadLoan(InvalidValue):
    """Terms that contradict one another. Facts: detail (a message)."""

    code = "bad_loan"


class NoSplitDay(InvalidValue):
    """A case without an agreement or a letter not sent has no day to compare before and after. Facts: id."""

    code = "no_split_day"


class BadOffer(InvalidValue):
    """An offer that cannot be answered: no amount, no term. Facts: detail."""

    code = "bad_offer"


class DifferentCreditors(InvalidValue):
    """Debts of one payment have several creditors. Facts: first, first_creditor, second, second_creditor."""

    code = "different_creditors"


class NothingOwed(InvalidValue):
    """A payment to split, and nothing owed on any of the loans. Facts: loans, date."""

    code = "nothing_owed"


class NoBudget(InvalidValue):
    """There is no budget yet."""

    code = "no_budget"


class BadWhatIf(InvalidValue):
    """A supposed change that cannot be read. Facts: value."""

    code = "bad_what_if"


class WhatIfBelowZero(BadWhatIf):
    """A supposed change that takes more away than there is. Facts: value, there (yuan)."""

    code = "what_if_below_zero"


class DayIsOver(InvalidValue):
    """Money to come, on a day that is over. Facts: date, today."""

    code = "day_is_over"


class BadOrder(InvalidValue):
    """An order of paying that names a loan twice. Facts: value, known."""

    code = "bad_order"


class NotInPlan(BadOrder):
    """An order of paying that names what is no debt of the plan. Facts: value, known."""

    code = "not_in_plan"


class UnknownOffer(InvalidValue):
    """The case has no offer with this number. Facts: number, known."""

    code = "unknown_offer"


class BadState(InvalidValue):
    """The record is not in a state that allows this. Facts: id, state."""

    code = "bad_state"


class NoRespondent(InvalidValue):
    """A complaint needs the party on the contract; it is never guessed. Facts: loan."""

    code = "no_respondent"


class LineTwice(InvalidValue):
    """A line of spending that is said twice. Facts: name."""

    code = "line_twice"
