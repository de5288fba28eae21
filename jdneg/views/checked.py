"""What ``check`` answers: silent in text when there is nothing, always an envelope in JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jdneg.blocks import Paragraph
from jdneg.domain.rulebook import RuleBook
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.views.findings import finding_blocks, finding_json


def check_page(findings: Sequence[Any], checked: int, book: RuleBook) -> Result:
    """Exit 1 for a breach or something to review; what cannot be told is shown but is no alarm."""
    data = {"findings": [finding_json(one) for one in findings], "checked": checked}
    if not findings:
        return Result(data)
    count = {word: sum(one.result == word for one in findings) for word in ("breach", "review", "cannot_tell")}
    total = t(
        "view.checked_n", count=checked, breach=count["breach"], review=count["review"], cannot=count["cannot_tell"]
    )
    alarm = count["breach"] + count["review"] > 0
    return Result(data, (*finding_blocks(findings, book), Paragraph(total)), (), 1 if alarm else 0)
