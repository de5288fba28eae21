"""A promise as people type it: ``停止催收@2026-11-25``, what and by when in one word.

One word a promise, so that several keep their dates apart: two lists of flags that belong together by their order
alone are easily mispaired. What stands behind the last @ must be a day, unless the @ is an e-mail address's own.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Literal

from jdneg.domain.records.promise import Promise
from jdneg.errors import BadChoice, EmptyText

By = Literal["me", "lender"]


def read_promise(text: str, by: By, flag: str, read_day: Callable[[str], dt.date]) -> Promise:
    """The promise of one side. Raises EmptyText, and what ``read_day`` raises."""
    what, day = _parted(text)
    if not what:
        raise EmptyText(flag=flag)
    return Promise(by=by, what=what, due=read_day(day) if day else None)


def read_sided_promise(text: str, flag: str, read_day: Callable[[str], dt.date]) -> Promise:
    """``lender:停止催收@2026-11-25``: with who promised in front. Raises BadChoice too."""
    who, *rest = re.split("[:：]", text, maxsplit=1)
    by = who.strip().lower()
    if not rest or by not in ("me", "lender"):
        raise BadChoice(value=text, choices="me:…@2026-12-10, lender:…@2026-11-25")
    return read_promise(rest[0], "me" if by == "me" else "lender", flag, read_day)


def _parted(text: str) -> tuple[str, str]:
    """What, and the words for the day; an @ between Latin letters and a host's name belongs to an address."""
    plain = text.replace("＠", "@")
    what, at, day = plain.rpartition("@")
    address = re.search(r"[A-Za-z0-9]$", what) and re.match(
        r"[A-Za-z][A-Za-z0-9-]*\.[A-Za-z]|[a-z0-9-]+\.[a-z]+", day
    )
    return (what.strip(), day.strip()) if at and not address else (text.strip(), "")
