"""The loan prime rate as published each month: a data file beside the rules."""

from __future__ import annotations

import csv
import datetime as dt
from decimal import Decimal
from functools import cache
from importlib.resources import files


@cache
def lpr_table() -> tuple[tuple[dt.date, Decimal], ...]:
    """(publication day, one-year rate in percent), oldest first."""
    text = files("jdneg").joinpath("data", "lpr.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple(sorted((dt.date.fromisoformat(row["date"]), Decimal(row["one_year"])) for row in rows))
