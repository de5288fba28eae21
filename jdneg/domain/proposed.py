"""An amount in their words that looks like the whole of a debt. It is only proposed as a claim, never kept as one."""

from __future__ import annotations

import re
from decimal import Decimal

from jdneg.domain.money import money
from jdneg.errors import BadAmount
from jdneg.values import dataclass

_NUMBER = r"((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?)"
_AMOUNT = rf"[¥￥]\s*{_NUMBER}|(?<![\d.,]){_NUMBER}\s*(?:元|块)"
# What stands around the amount decides: the whole of a debt, one instalment, or something for sale.
_WHOLE = re.compile("欠款|总额|合计|共计|总计|总欠|全部|全额|结清|逾期|未还|剩余应还|尚欠|共欠|拖欠|还欠|欠我")
_PART = re.compile(
    "本期|当期|每期|首期|下期|月供|每月|最低还款|分期还|减免|优惠|额度|可借|可贷|红包|已还|已收到|成功还款|还款成功|每天|一天|每日"
)
_BREAK = re.compile(r"[。！？!?；;\n]|，|,(?!\d)")


@dataclass(frozen=True, slots=True)
class Proposed:
    """Yuan, and the words they were read from."""

    amount: Decimal
    quote: str


def proposed_claim(text: str | None) -> Proposed | None:
    """The one amount that looks like a debt's total; None where there is none, or several that differ."""
    found = {one.amount: one for one in _amounts(text or "")}
    return next(iter(found.values())) if len(found) == 1 else None


def _amounts(text: str) -> list[Proposed]:
    found = []
    for clause in _BREAK.split(text):
        if _PART.search(clause) or not _WHOLE.search(clause):
            continue
        for match in re.finditer(_AMOUNT, clause):
            try:
                found.append(Proposed(money((match[1] or match[2]).replace(",", "")), clause.strip()))
            except BadAmount:
                continue
    return [one for one in found if one.amount > 0]
