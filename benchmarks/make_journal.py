"""Makes a journal of N contacts with a valid chain, fast: ``python benchmarks/make_journal.py HOME 100000``.

Two lenders, three loans; the contacts fall on the days before 2026-11-20, each in a batch of its own, as
``log-call`` would have written them. An entry has at least 500 bytes.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from jdneg.domain.codec import encode
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.journal import JournalHeader
from jdneg.domain.records.loan import Loan
from jdneg.storage.files import FILE_MODE, private_folder
from jdneg.storage.lines import FORMAT, Header, build_line, dumps

ZONE = dt.timezone(dt.timedelta(hours=8))
LAST_DAY = dt.date(2026, 11, 20)
DAYS = 400
_SAID = "您好，这里是客服，您的借款已经逾期，请尽快处理欠款，否则可能会影响您的征信，请问您今天能还多少？第{}次提醒。"
_I_SAID = "我现在收入减少，愿意协商还款方案，请把核对后的明细发给我，请不要联系我的家人。"


def make_journal(home: Path, contacts: int) -> Path:
    """Write ``home/journal.jsonl`` anew and return its path."""
    private_folder(home)
    path = home / "journal.jsonl"
    path.touch(FILE_MODE)
    counters: dict[str, int] = {}
    prev = "0" * 64
    with path.open("wb") as file:
        for seq, (kind, prefix, payload) in enumerate(_records(contacts), 1):
            number = counters.get(prefix, 1)
            counters |= {prefix: number + 1, "B": seq + 1}
            header = Header(
                seq=seq, batch=f"B{seq}", op="add", kind=kind, id=f"{prefix}{number}", clock_set=True, prev=prev,
                recorded_at=f"{LAST_DAY}T23:00:00+08:00", commit=1, counters=counters,
            )  # fmt: skip
            line, prev = build_line(header, b'{"record":%s}' % payload)
            file.write(line)
    return path


def _records(contacts: int) -> Iterator[tuple[str, str, bytes]]:
    yield (
        "journal",
        "J",
        dumps(encode(JournalHeader(format=FORMAT, timezone="Asia/Shanghai", created_by="benchmark"))),
    )
    for lender in ("甲小额贷款有限公司", "甲小额贷款有限公司", "乙消费金融有限公司"):
        loan = Loan(lender=lender, kind="microlender", principal=Decimal("20000.00"), start=dt.date(2026, 3, 10))
        yield "loan", "L", dumps(encode(loan))
    for number in range(contacts):
        yield "contact", "C", dumps(encode(_contact(number)))


def _contact(number: int) -> Contact:
    day = LAST_DAY - dt.timedelta(days=DAYS - 1 - number % DAYS)
    happened = dt.datetime(day.year, day.month, day.day, 9 + number % 10, number % 60, tzinfo=ZONE)
    return Contact(
        channel="call", happened_at=happened, direction="in", loan=f"L{1 + number % 3}", at_text=f"{happened}",
        duration_seconds=30 + number % 600, number="95118", agency="丙催收有限公司",
        agent=f"工号{1000 + number % 97}", to_whom="me", said=_SAID.format(number), i_said=_I_SAID, result="挂断",
    )  # fmt: skip


if __name__ == "__main__":
    print(make_journal(Path(sys.argv[1]), int(sys.argv[2])))
