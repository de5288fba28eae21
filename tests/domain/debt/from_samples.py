"""Items of the samples folder put into the form of `published`, each as one or more cases, or out of scope with why."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from published import Case

from jdneg.domain.dates import month_step

SAMPLES = Path(__file__).resolve().parents[3].parent / "shared" / "samples" / "finance"

UNREAD = "a shape that this reader does not know"
WORDS = "asks what a spreadsheet says to an argument it cannot take; our readers refuse such words and ranges"
NOT_OURS = "no command asks for it"
ADVANCE_OR_BALLOON = "payments in advance or a balloon: no such schedule here"
ODD_DAYS_OF_A_YEAR = "days left over are a part of a 365 or 366-day year; our periods take a part of the period"


@dataclass(frozen=True)
class Out:
    """An item that is not computed, and why."""

    id: str
    reason: str


def every(name: str) -> Iterator[Case | Out]:
    """All items of one file of the samples folder; nothing where the folder is not there."""
    path = SAMPLES / f"{name}.json"
    if not path.is_file():
        return
    for item in json.loads(path.read_text(encoding="utf-8"), parse_float=str, parse_int=str):
        for one in _asked(name, item):
            yield Out(item["id"], one) if isinstance(one, str) else {
                "id": item["id"], "source": item["source"], "file": name, **one,
            }  # fmt: skip


def _asked(name: str, item: dict[str, Any]) -> Asked:
    """An item of a shape that nobody has read yet is listed, not dropped."""
    try:
        return _FILES[name](item)
    except (KeyError, IndexError, TypeError, ValueError, ArithmeticError) as error:
        return [f"{UNREAD}: {type(error).__name__} {error}"]


FILES = (
    "excel_functions", "numpy_financial", "xirr_documented", "ec_aprc_examples", "regz_appendix_j", "uk_fca_apr",
    "day_count", "cn_amortisation", "cn_fee_to_irr", "cn_court_interest", "cn_published_claims",
)  # fmt: skip

Asked = list[Case | str]


def _case(ask: str, want: dict[str, Any], within: object, **terms: Any) -> Case:
    return {"ask": ask, **terms, "want": want, "within": str(within)}


def _excel(item: dict[str, Any]) -> Asked:
    name, want = item["input"]["function"], item["expected"]
    if want["kind"] == "error":
        return [WORDS]
    args = eval(item["input"]["args_source"].replace("null", "None"), {})  # the samples' own arithmetic
    found = _EXCEL.get(name, lambda *_: NOT_OURS)(args, want["value"])
    return [found]


def _irr(args: Any, value: str) -> Case | str:
    cash = next((one for one in args if isinstance(one, list)), args)
    plain = [str(one) for one in cash if one is not None]  # empty cells do not count in a spreadsheet
    return _case("cash", {"period_rate": value}, "1e-9", cash=plain)


def _rate(args: Any, value: str) -> Case | str:
    periods, pmt, pv, fv, early = [*args, 0, 0][:5]
    cash = [pv, *[0] * periods]
    for n in range(periods):
        cash[n if early else n + 1] += pmt
    cash[-1] += fv
    return _case("cash", {"period_rate": value}, "1e-9", cash=[str(one) for one in cash])


def _pmt(args: Any, value: str) -> Case | str:
    rate, periods, pv, *more = args
    if any(more):
        return ADVANCE_OR_BALLOON
    return _case(
        "payment", {"payment": value.lstrip("-")}, "1e-9", rate=str(rate), periods=periods, principal=str(pv)
    )


def _part(column: str) -> Callable[[Any, str], Case | str]:
    """IPMT and PPMT of one row, from a schedule that is rounded to the fen in each."""

    def found(args: Any, value: str) -> Case | str:
        rate, row, periods, pv, *more = args
        if any(more):
            return ADVANCE_OR_BALLOON
        return _rows(column, rate, periods, pv, row, row, value)

    return found


def _parts(column: str) -> Callable[[Any, str], Case | str]:
    def found(args: Any, value: str) -> Case | str:
        rate, periods, pv, first, last, early = args
        return ADVANCE_OR_BALLOON if early else _rows(column, rate, periods, pv, first, last, value)

    return found


def _rows(column: str, rate: float, periods: int, pv: float, first: int, last: int, value: str) -> Case:
    half_fens = Decimal("0.005") * last  # each row before it is rounded to the fen
    terms = {"principal": str(pv), "months": periods, "first": first, "last": last}
    return _case(
        "schedule", {column: value.lstrip("-")}, half_fens, rate=f"{round(Decimal(rate) * 100, 20)}%/month", **terms
    )


def _pv(args: Any, value: str) -> Case | str:
    rate, periods, pmt, fv, early = [*args, 0, 0][:5]
    cash = [0] * (periods + 1)
    for n in range(periods):
        cash[n if early else n + 1] -= pmt
    cash[-1] -= fv
    return _case("npv", {"value": value}, "1e-9", cash=[str(one) for one in cash], rate=repr(rate))


def _effect(args: Any, value: str) -> Case | str:
    rate, per_year = Decimal(str(args[0])), int(args[1])
    return _case("cash", {"effective": value}, "1e-9", cash=["-1", str(1 + rate / per_year)], per_year=per_year)


def _nominal(args: Any, value: str) -> Case | str:
    effective, per_year = Decimal(str(args[0])), int(args[1])
    series = [["0", "-1", 1, "0"], ["1", str(1 + effective), 1, "0"]]
    return _case("timed", {"nominal": value}, "1e-9", series=series, per_year=per_year)


_EXCEL: dict[str, Callable[[Any, str], Case | str]] = {
    "IRR": _irr, "RATE": _rate, "PMT": _pmt, "PV": _pv, "EFFECT": _effect, "NOMINAL": _nominal,
    "IPMT": _part("rows_interest"), "PPMT": _part("rows_principal"),
    "CUMIPMT": _parts("rows_interest"), "CUMPRINC": _parts("rows_principal"),
}  # fmt: skip


def _numpy(item: dict[str, Any]) -> Asked:
    name, args, want = item["input"]["function"], item["input"]["args"], item["expected"]
    if name == "irr":
        return [_case("cash", {"period_rate": want}, item["tolerance"], cash=args)]
    if name == "pmt" and args.keys() == {"rate", "nper", "pv"}:
        rate, _, over = args["rate"].partition("/")
        terms = {"rate": rate, "over": int(over or 1), "periods": int(args["nper"]), "principal": args["pv"]}
        return [_case("payment", {"payment": want.lstrip("-")}, item["tolerance"], **terms)]
    if name == "rate":
        cash = [args["pv"], *[args["pmt"]] * int(args["nper"])]
        cash[-1] = str(Decimal(cash[-1]) + Decimal(args["fv"]))
        return [_case("cash", {"period_rate": want}, item["tolerance"], cash=cash)]
    return [NOT_OURS]


def _xirr(item: dict[str, Any]) -> Asked:
    given, want = item["input"], item["expected"]
    if "csv" in given:
        path = SAMPLES / given["csv"]
        if not path.is_file():
            return [f"names {given['csv']}, which is not in the folder"]
        rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines() if line[:1].isdigit()]
        if "irr" in want:  # of the amounts alone, one a period
            cash = [amount for _, amount in rows]
            return [_case("cash", {"period_rate": want["irr"]}, item["tolerance"], cash=cash)]
        return [_case("dated", {"effective": want["xirr"]}, item["tolerance"], flows=rows)]
    flows = [list(pair) for pair in zip(given["dates"], given["values"], strict=True)]
    if "error" in want:
        return [_case("dated", {"effective": None, "message": "debt.rate_no_sign_change"}, 0, flows=flows)]
    return [_case("dated", {"effective": want.get("irr", want.get("xirr"))}, item["tolerance"], flows=flows)]


def _ec(item: dict[str, Any]) -> Asked:
    """Times are whole months: twelfths of a year, however many digits the sample prints."""
    series = []
    for one in item["input"]["series"]:
        sign = -1 if one["type"] == "drawdown" else 1
        first, step = (str(round(Decimal(one[name]) * 12, 6).normalize()) for name in ("first_t_years", "step_years"))
        series.append([first, str(sign * Decimal(one["amount"])), int(one["count"]), step])
    within = Decimal(item["tolerance"]["aprc_percent_6dp"]) / 100
    want = {"effective": str(Decimal(item["expected"]["aprc_percent_6dp"]) / 100)}
    return [_case("timed", want, within, unit="12", series=series)]


def _regz(item: dict[str, Any]) -> Asked:
    given = item["input"]
    per_year, within = (
        int(given["unit_periods_per_year"]),
        Decimal(item["tolerance"]["exact_if_method_implemented"]) / 100,
    )
    want = {"nominal": str(Decimal(item["expected"]["apr_percent"]) / 100)}
    series = [["0", f"-{given['amount_financed']}", 1, "0"]]
    for one in given["payments"]:
        time = Decimal(one["t_full_unit_periods"]) + Decimal(one["f_fraction"])
        series.append([str(time), one["amount"], 1, "0"])
    found: Asked = [_case("timed", want, within, unit=str(per_year), series=series, per_year=per_year)]
    dates = given.get("dates", {})
    if "first_payment" in dates:
        found.append(_case("dated", want, within, flows=_regz_dates(given), per_year=per_year))
    return found


def _regz_dates(given: dict[str, Any]) -> list[list[str]]:
    from datetime import date

    dates, months = given["dates"], int(given["dates"]["step"].split()[0])
    first = date.fromisoformat(dates["first_payment"])
    paid = [[str(month_step(first, months * n)), one["amount"]] for n, one in enumerate(given["payments"])]
    return [[dates["advance"], f"-{given['amount_financed']}"], *paid]


def _uk(item: dict[str, Any]) -> Asked:
    given = item["input"]
    want = {"effective": str(Decimal(item["expected"]["apr_percent"]) / 100)}
    within = Decimal(item["tolerance"]["apr_percent"]) / 100
    if "advance_date" in given:
        flows = [[given["advance_date"], f"-{given['advance']}"]]
        flows += [[one["date"], one["amount"]] for one in given["payments"]]
        return [_case("dated", want, within, flows=flows)]
    series = [["0", f"-{given['advance']}", 1, "0"]]
    series += [[one["day"], one["amount"], 1, "0"] for one in given["payments"]]
    return [_case("timed", want, within, unit=given["year_days"], series=series)]


_BASES = {
    "Act/365": "act/365", "Act/360": "act/360", "Act/Act ISDA": "act/act", "30/360 US": "30/360", "30E/360": "30/360",
}  # fmt: skip
_UNITS = {"month": 12, "weekly": 52, "fortnightly": 26, "quarterly": 4, "half-yearly": 2, "yearly": 1}


def _day_count(item: dict[str, Any]) -> Asked:
    given, want = item["input"], item["expected"]
    terms = {"from": given["start"], "to": given["end"]}
    if given["convention"] in _BASES:
        return [_case("days", {"years": want["factor"]}, "1e-8", basis=_BASES[given["convention"]], **terms)]
    per_year = next((number for word, number in _UNITS.items() if word in given["group"]), 12)
    if given["convention"] == "US Reg Z App J":
        if "daily" in given["group"]:
            return ["a day is no unit period there but a part of a year; ours counts days"]
        return [_case("units", {"whole": want["factor"]}, 0, per_year=per_year, **terms)]
    if "+" in want["expression"]:
        return [ODD_DAYS_OF_A_YEAR]
    return [_case("units", {"years": want["factor"]}, "1e-8", per_year=per_year, **terms)]


def _amortisation(item: dict[str, Any]) -> Asked:
    given, want = item["input"], item["expected"]
    named = {"monthly_payment": "payment", "total_interest": "unrounded_interest", "total": "unrounded_total"}
    rate = f"{Decimal(given['annual_rate']) * 100:f}%/year"
    within = max(Decimal(item["tolerance"]), Decimal("0.005"))
    figures = {named[name]: value for name, value in want.items()}
    return [_case("schedule", figures, within, principal=given["principal"], months=int(given["months"]), rate=rate)]


def _fee(item: dict[str, Any]) -> Asked:
    given, want = item["input"], item["expected"]
    figures = {"nominal_12": want["irr_times_12"], "effective": want["effective_annual"]}
    terms = {"principal": given["principal"], "months": int(given["months"])}
    return [_case("flat", figures, item["tolerance"], fee=given["fee_rate_per_month_on_original_principal"], **terms)]


def _percent(value: str) -> Decimal:
    return (Decimal(value) * 100).normalize()


def _court(item: dict[str, Any]) -> Asked:
    given, want, within = item["input"], item["expected"], item["tolerance"]
    if "components" in given:
        return [_case("sum", {"total": want["total"]}, within, parts=list(given["components"].values()))]
    if "base_annual_rate" in given:
        percent = str(Decimal(want["penalty_annual_rate"]) * 100)
        rate, factor = f"{_percent(given['base_annual_rate']):f}%/year", str(1 + Decimal(given["uplift"]))
        terms = {"principal": "1000", "from": "2026-01-01", "to": "2026-02-01"}
        return [_case("accrue", {"percent": percent}, within, rate=rate, factor=factor, **terms)]
    if "penalty_rate" in given:
        return _court_overdue(item)
    if "months" in given:
        return _court_insured(item)
    daily = "daily_rate" in given
    rate = f"{_percent(given['daily_rate' if daily else 'annual_rate']):f}%/{'day' if daily else 'year'}"
    terms = {"principal": given["principal"], "rate": rate, "from": given["start"], "to": given["end"]}
    count = given["day_count"]
    terms |= {"include_last": "both ends" in count} | ({"basis": "act/360"} if "360" in count else {})
    figure = want.get("interest", want.get("penalty"))
    found: Asked = [_case("accrue", {"interest": figure}, within, **terms)]
    if "after_part_payment_73_21" in want:
        found.append(_case("accrue", {"interest": want["after_part_payment_73_21"]}, within, paid="73.21", **terms))
    return found


def _court_overdue(item: dict[str, Any]) -> Asked:
    """Interest to the due day, then penalty on the principal and on the unpaid interest to the day stated."""
    given, want, within = item["input"], item["expected"], item["tolerance"]
    rate = f"{_percent(given['annual_rate']):f}%/year"
    factor = str(Decimal(given["penalty_rate"]) / Decimal(given["annual_rate"]))
    late = {"rate": rate, "factor": factor, "from": given["due"], "to": given["as_of_stated"], "basis": "act/360"}
    term = {"rate": rate, "from": given["issued"], "to": given["due"], "basis": "act/360"}
    return [
        _case("accrue", {"interest": want["interest"]}, within, principal=given["principal"], **term),
        _case("accrue", {"penalty": want["penalty_at_stated_date"]}, within, principal=given["principal"], **late),
        _case("accrue", {"penalty": want["compound_at_stated_date"]}, within, principal=want["interest"], **late),
    ]


def _court_insured(item: dict[str, Any]) -> Asked:
    given, want, within = item["input"], item["expected"], item["tolerance"]
    rate = f"{_percent(given['stated_annual_rate']):f}%/year"
    terms = {"principal": given["principal"], "months": int(given["months"]), "rate": rate}
    cash = [f"-{given['principal']}", *[want["all_in_monthly"]] * int(given["months"])]
    figures = {"nominal_12": want["all_in_irr_x12"], "effective": want["all_in_effective_annual"]}
    premium = given["monthly_guarantee_insurance_premium"]
    return [
        _case("schedule", {"payment": want["loan_instalment"]}, within, **terms),
        _case("sum", {"total": want["all_in_monthly"]}, within, parts=[want["loan_instalment"], premium]),
        _case("cash", figures, within, cash=cash),
    ]


# What the wrong claims say, in our terms: the claims are sentences, so their terms are written out here.
_CLAIMS: dict[str, list[tuple[str, dict[str, str], dict[str, Any]]]] = {
    "wrong_1": [
        *(
            ("flat", {"nominal_12": f"if_rate_is_per_period_irr_x12.{n}"},
             {"principal": "1000", "months": months, "fee": fee})
            for n, (months, fee) in enumerate(((3, "0.006"), (6, "0.011"), (9, "0.016"), (12, "0.021")))
        ),
        *(
            ("flat", {"nominal_12": f"if_rate_is_total_irr_x12.{n}"},
             {"principal": "1000", "months": months, "fee": str(Decimal(fee) / months)})
            for n, (months, fee) in enumerate(((3, "0.006"), (6, "0.011"), (9, "0.016"), (12, "0.021")))
        ),
        ("schedule", {"fee": "interest_1000_3_periods_per_period_fee"},
         {"principal": "1000", "months": 3, "fee": "0.6%/month", "method": "flat-fee"}),
        ("schedule", {"fee": "interest_1000_3_periods_total_fee"},
         {"principal": "1000", "months": 3, "fee": "0.2%/month", "method": "flat-fee"}),
    ],
    "wrong_2": [
        ("schedule", {"payment": "instalment_equal", "unrounded_interest": "total_interest_equal"},
         {"principal": "10000", "months": 12, "rate": "10.95%/year"}),
        ("accrue", {"interest": "simple_one_year"},
         {"principal": "10000", "rate": "0.03%/day", "from": "2025-01-01", "to": "2026-01-01"}),
    ],
    "wrong_5": [
        ("yearly", {"yearly": "annual"}, {"rate": "0.0285%/day"}),
        ("schedule", {"payment": "instalment_equal", "unrounded_interest": "total_interest_equal"},
         {"principal": "10000", "months": 12, "rate": "10.4025%/year"}),
    ],
    "wrong_7": [
        ("schedule", {"payment": "instalment_equal", "unrounded_interest": "total_interest_equal"},
         {"principal": "12000", "months": 12, "rate": "3%/month"}),
    ],
    "wrong_9": [
        ("yearly", {"yearly": "simple_annual"}, {"rate": "0.05%/day"}),
        ("accrue", {"interest": "compound_daily"},
         {"principal": "10000", "rate": "0.05%/day", "from": "2025-01-01", "to": "2026-01-01", "compound": True}),
    ],
}  # fmt: skip


def _claim(item: dict[str, Any]) -> Asked:
    correct = item["expected"]["correct"]
    if item["id"] not in _CLAIMS:
        return ["a claim in words that nobody has put into terms yet"]
    found: Asked = []
    for ask, named, terms in _CLAIMS[item["id"]]:
        want: dict[str, Any] = {}
        for figure, name in named.items():
            key, _, n = name.partition(".")
            want[figure] = correct[key][int(n)] if n else correct[key]
        within = Decimal(item["tolerance"])
        if terms.get("compound"):  # a rate, seen as the interest on 10,000 yuan
            want, within = {"interest": str(Decimal(want["interest"]) * 10000)}, within * 10000
        found.append(_case(ask, want, within, **terms))
    return found


_FILES: dict[str, Callable[[dict[str, Any]], Asked]] = {
    "excel_functions": _excel, "numpy_financial": _numpy, "xirr_documented": _xirr, "ec_aprc_examples": _ec,
    "regz_appendix_j": _regz, "uk_fca_apr": _uk, "day_count": _day_count, "cn_amortisation": _amortisation,
    "cn_fee_to_irr": _fee, "cn_court_interest": _court, "cn_published_claims": _claim,
}  # fmt: skip
