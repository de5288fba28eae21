"""``jdneg rate``: the calculators on their own. No journal is read or made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from jdneg.commands.shared.fields import Fields
from jdneg.commands.shared.options import Many, Question, Switch, Text
from jdneg.commands.shared.reading import choose, due_day as read_due_day, file_text, positive, whole
from jdneg.domain.money import parse_amount
from jdneg.domain.rate import parse_rate
from jdneg.errors import ContradictoryFlags, JdnegError, MissingFlags
from jdneg.result import Result
from jdneg.session import Session

if TYPE_CHECKING:
    from jdneg.domain.debt.calculators import Cost


def schedule(
    session: Session,
    principal: Text = None,
    rate: Text = None,
    months: Text = None,
    method: Text = None,
    fee: Text = None,
    start: Text = None,
    due_day: Text = None,
    basis: Text = None,
    received: Text = None,
    as_csv: Switch = False,
) -> Result:
    from jdneg.commands.shared.choices import BASES, METHODS
    from jdneg.domain.debt.calculators import Wanted, compute_schedule, faults_of_terms
    from jdneg.views.rates import schedule_page

    fields = Fields(session)
    principal, months, rate, method = fields.ask(
        [
            Question("--principal", principal),
            Question("--months", months),
            Question("--rate", rate, optional=True),
            Question("--method", method, optional=True),
        ]
    )
    asked: dict[str, Any] = {
        "principal": fields.at("--principal", principal, _above_zero),
        "months": fields.at("--months", months, lambda text: whole(text, 1, 600)),
        "rate": fields.at("--rate", rate, parse_rate),
        "fee": fields.at("--fee", fee, parse_rate),
        "method": fields.at("--method", method, lambda text: choose(text, METHODS)),
        "start": fields.at("--start", start, _day(session)) or session.as_of,
        "due_day": fields.at("--due-day", due_day, read_due_day),
        "basis": fields.at("--basis", basis, lambda text: choose(text, BASES)),
        "received": fields.at("--received", received, _above_zero),
    }
    fields.errors += faults_of_terms(
        rate is not None, fee is not None, asked["method"], asked["principal"], asked["received"]
    )
    fields.done()
    return schedule_page(compute_schedule(Wanted(**asked, assumed_start=start is None)), as_csv=as_csv)


def irr(
    session: Session,
    flow: Many = None,
    csv: Text = None,
    cash: Text = None,
    periods_per_year: Text = None,
    basis: Text = None,
) -> Result:
    from jdneg.commands.shared.choices import BASES
    from jdneg.views.rates import rate_page

    fields = Fields(session)
    given = [name for name, value in (("--flow", flow), ("--csv", csv), ("--cash", cash)) if value]
    if len(given) > 1:
        fields.errors.append(ContradictoryFlags(first=given[0], second=given[1]))
    if basis and (periods_per_year or cash):
        fields.errors.append(ContradictoryFlags(first="--basis", second="--cash" if cash else "--periods-per-year"))
    missing = ([] if given else ["--flow"]) + (["--periods-per-year"] if cash and not periods_per_year else [])
    if missing:
        fields.errors.append(MissingFlags(flags=" ".join(missing)))
    per_year = fields.at("--periods-per-year", periods_per_year, lambda text: whole(text, 1, 366))
    on = fields.at("--basis", basis, lambda text: choose(text, BASES))
    cost = _rates(fields, flow, csv, cash, on, per_year)
    fields.done()
    return rate_page(cost())


def _rates(
    fields: Fields, flow: list[str] | None, csv: str | None, cash: str | None, basis: Any, per_year: Any
) -> Callable[[], Cost]:
    """How to compute it, once nothing is wrong."""
    from jdneg.domain.debt.calculators import rate_of_cash, rate_of_flows
    from jdneg.domain.debt.cashflows import Flows, parse_cash, parse_flow, parse_flows

    day = _day(fields.session)
    dated = tuple(fields.at("--flow", one, lambda text: parse_flow(text, day)) for one in flow or ())
    table = fields.at("--csv", csv, lambda path: parse_flows(file_text(path, "--csv"), path, day))
    even = fields.at("--cash", cash, parse_cash)
    if cash:
        return lambda: rate_of_cash(even, per_year)
    flows = table if csv else Flows(dated=dated)
    return lambda: _placed(lambda: rate_of_flows(flows, basis, per_year), "--periods-per-year")


def accrue(
    session: Session,
    principal: Text = None,
    rate: Text = None,
    from_: Text = None,
    to: Text = None,
    penalty_factor: Text = None,
    basis: Text = None,
    exclude_first: Switch = False,
    include_last: Switch = False,
    compound: Switch = False,
) -> Result:
    from jdneg.commands.shared.choices import BASES
    from jdneg.domain.debt.between import Span, accrue as computed, faults_of_days
    from jdneg.views.rates import accrual_page

    fields = Fields(session)
    principal, rate, from_ = fields.ask(
        [Question("--principal", principal), Question("--rate", rate), Question("--from", from_)]
    )
    asked: dict[str, Any] = {
        "principal": fields.at("--principal", principal, _above_zero),
        "rate": fields.at("--rate", rate, parse_rate),
        "start": fields.at("--from", from_, _day(session)),
        "end": fields.at("--to", to, _day(session)) or session.as_of,
        "factor": fields.at("--penalty-factor", penalty_factor, positive),
        "basis": fields.at("--basis", basis, lambda text: choose(text, BASES)),
    }
    fields.errors += faults_of_days(asked["start"], asked["end"])
    fields.done()
    return accrual_page(
        computed(Span(**asked, include_first=not exclude_first, include_last=include_last, compound=compound))
    )


def _above_zero(text: str) -> Any:
    return parse_amount(text, zero=False)


def _day(session: Session) -> Callable[[str], dt.date]:
    """A calculator may look ahead: what cannot lie in the past is read as a day to come."""
    return lambda text: session.day(text, prefer="either")


def _placed(compute: Callable[[], Cost], flag: str) -> Cost:
    try:
        return compute()
    except JdnegError as error:
        raise type(error)(**{"where": flag, **error.facts}) from None
