"""What the journeys share: a step, and the debts they begin with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Step = Callable[..., dict[str, Any]]
On = Callable[[str], None]
ENVELOPE = {"schema", "command", "status", "exit_code", "data", "messages", "errors"}

GOLD = (
    "loan add --lender 重庆京东盛际小额贷款有限公司 --kind microlender --product 金条 --principal 20000 --rate 0.05%/day"
    " --start 2026-03-10 --term 12 --due-day 10 --method equal-payment"
)
WHITE = (
    "loan add --lender 示例消费金融有限公司 --kind consumer_finance --product 白条 --principal 3600 --fee 0.6%/month"
    " --start 2026-06-20 --term 12 --due-day 20 --method flat-fee"
)


def begin(step: Step) -> None:
    step("init --no-input")
    assert step(GOLD)["id"] == "L1"
    assert step(WHITE)["id"] == "L2"
    assert step('evidence add 合同.pdf --for L1 --original "京东APP→合同"')["id"] == "E1"
    for month in range(4, 10):
        step(f"pay L1 1836.91 --at 2026-{month:02}-10")
    step("pay L2 1608 --at 2026-11-18")
    claim = "--total 16480.55 --principal 14200 --interest 612 --penalty 1668.55 --source sms"
    assert step(f"claim add L1 --at 2026-11-20 {claim}")["id"] == "D1"
