"""The vault as a list."""

from __future__ import annotations

from collections.abc import Sequence

from jdneg.blocks import Table
from jdneg.domain.paging import Page
from jdneg.domain.records.base import Stored
from jdneg.domain.records.exhibit import Exhibit
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.views.records import empty, rows_of
from jdneg.views.words import label


def exhibit_list(exhibits: Sequence[Stored[Exhibit]], page: Page) -> Result:
    """``evidence list``."""
    if not exhibits:
        return empty("evidence.none", "exhibits")
    headers = (t("field.id"), label("name"), label("size"), label("supports"), label("original"), label("sha256"))
    rows = tuple(
        (
            one.id, one.record.name, f"{one.record.size:,}", ", ".join(map(str, one.record.supports)) or "-",
            one.record.original or "-", one.record.sha256[:12],
        )
        for one in page.of(exhibits)
    )  # fmt: skip
    data = {"exhibits": rows_of(page.of(exhibits)), "count": len(exhibits)}
    return Result(data, (Table(headers, rows, right=(2,)),), page.older(len(exhibits)))
