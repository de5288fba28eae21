"""One small case that the bundle's tests share: a collector calls at night, tells a relative, and the user paid late.

Every name and number is made up; the id number only looks like one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO
from typing import IO, Any
from zoneinfo import ZoneInfo

from jdneg.blocks import Heading, Table
from jdneg.documents.bundle import BundleInput, Withdrawn
from jdneg.domain.evidence.links import CaseFile
from jdneg.domain.messages import info
from jdneg.domain.records.account import Claim, Payment
from jdneg.domain.records.base import Stored
from jdneg.domain.records.case import Agreement, Case, Offer, Promise
from jdneg.domain.records.contact import Contact, Source
from jdneg.domain.records.exhibit import Exhibit
from jdneg.domain.records.journal import Profile
from jdneg.domain.records.loan import Instalment, Loan
from jdneg.domain.records.paper import Complaint, Letter

SHANGHAI = ZoneInfo("Asia/Shanghai")
AUNT = "欧阳兰芝"
AUNT_PHONE = "0571-8765 4321"
MOBILE = "13912345678"
ID_NUMBER = "11010519491231002X"
SECRETS = (AUNT, AUNT_PHONE, AUNT_PHONE.replace(" ", ""), "87654321", MOBILE, "139 1234 5678", ID_NUMBER)

PDF = b"%PDF-1.4\n1 0 obj<</Type/Pages/Count 2>>\n2 0 obj<</Type /Page>>\n3 0 obj<</Type/Page>>\n%%EOF"
SMS_TEXT = f"【某某金融】{AUNT}您好，您的亲属逾期，请转告。电话{MOBILE}，{AUNT_PHONE}\n".encode()
HOSTILE_NAME = "../../x\x1b[31m/CON.\u202etxt.pdf"


@dataclass
class Vault:
    """Bytes by their hash."""

    files: dict[str, bytes] = field(default_factory=dict)

    def add(self, content: bytes) -> str:
        key = hashlib.sha256(content).hexdigest()
        self.files[key] = content
        return key

    def open(self, sha256: str) -> IO[bytes]:
        return BytesIO(self.files[sha256])


def at(day: int, hour: int = 12, minute: int = 0, month: int = 11) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


def stored(record_id: str, record: Any, recorded: dt.datetime | None = None, **more: bool) -> Stored[Any]:
    digest = hashlib.sha256(record_id.encode()).hexdigest()
    return Stored(record_id, record, recorded or at(21), digest, **more)


def exhibit(vault: Vault, name: str, content: bytes, **more: Any) -> Exhibit:
    return Exhibit(sha256=vault.add(content), name=name, size=len(content), **more)


def make_case() -> tuple[CaseFile, Vault]:
    vault = Vault()
    loan = Loan(
        lender="重庆某某小额贷款有限公司",
        kind="microlender",
        principal=Decimal("20000.00"),
        start=dt.date(2026, 3, 10),
        product="金条",
        contract_no="JT2026031000012345",
        schedule=tuple(Instalment(due=dt.date(2026, month, 10), amount=Decimal("1900.00")) for month in range(4, 12)),
    )
    contacts = (
        stored(
            "C1",
            Contact(
                channel="call",
                direction="in",
                happened_at=at(20, 22, 30),
                loan="L1",
                number="95118",
                agent="工号8812",
                to_whom="me",
                said="今天不还就上门，也会联系你姨妈" + AUNT,
                result="挂断",
                exhibits=("E2",),
            ),
            at(20, 22, 40),
        ),
        stored(
            "C2",
            Contact(
                channel="sms",
                direction="in",
                happened_at=dt.date(2026, 11, 18),
                loan="L1",
                number=AUNT_PHONE,
                to_whom="family",
                third_party="姨妈" + AUNT,
                told_by=AUNT,
                approximate=True,
                disclosed=("amount",),
                said=f"[red]{AUNT}[/red] 请转告 {MOBILE} =1+1 <script>alert(1)</script>",
                exhibits=("E3",),
                source=Source(file_sha256="ab" * 32, row=3, key=f"{AUNT_PHONE}|x", format="sms"),
            ),
            at(21, 9),
            amended=True,
            clock_set=True,
        ),
        stored(
            "C3",
            Contact(
                channel="call",
                direction="out",
                happened_at=at(12, 10),
                case="G1",
                number="95118",
                to_whom="me",
                summary="致电客服，请求延长24期",
                i_said=f"我的身份证号{ID_NUMBER}",
            ),
        ),
    )
    exhibits = (
        stored("E1", exhibit(vault, HOSTILE_NAME, PDF, supports=("L1",), original="京东APP→合同")),
        stored("E2", exhibit(vault, f"通话录音@{AUNT}_20261120.m4a", b"\0\1sound", duration_seconds=83)),
        stored("E3", exhibit(vault, "短信.txt", SMS_TEXT, media_type="text/plain", original="姨妈手机")),
        stored(
            "E4",
            exhibit(
                vault, "还款截图.png", b"\x89PNG...", supports=("Y1",), proves="证明4月10日还款", note="转账截图"
            ),
        ),
        stored("E5", exhibit(vault, "杂项.bin", b"\0\0", proves='=HYPERLINK("http://x")')),
    )
    case = Case(
        loans=("L1",),
        goal="延长24期",
        opened_on=dt.date(2026, 11, 12),
        offers=(Offer(number=1, by="me", at=dt.date(2026, 11, 12), months=24),),
        agreement=Agreement(offer=1, agreed_at=at(13, 15), starts=dt.date(2026, 12, 10), oral=True),
        promises=(Promise(by="me", what="11月15日前还500元", due=dt.date(2026, 11, 15), state="broken"),),
    )
    file = CaseFile(
        loans=(stored("L1", loan),),
        contacts=contacts,
        claims=(stored("D1", Claim(loan="L1", at=dt.date(2026, 11, 20), total=Decimal("16480.55"), source="sms")),),
        payments=(
            stored("Y1", Payment(loan="L1", amount=Decimal("1900.00"), at=dt.date(2026, 4, 10))),
            stored("Y2", Payment(loan="L1", amount=Decimal("1900.00"), at=dt.date(2026, 5, 20))),
        ),
        exhibits=exhibits,
        cases=(stored("G1", case),),
        letters=(
            stored(
                "T1",
                Letter(
                    kind="dispute",
                    direction="out",
                    drafted_on=dt.date(2026, 11, 20),
                    loan="L1",
                    text=f"# 异议函\n请勿再联系{AUNT}（{MOBILE}）。\n",
                    sent_at=at(21, 10),
                    via="邮寄",
                ),
            ),
            stored(
                "T2",
                Letter(kind="proposal", direction="out", drafted_on=dt.date(2026, 11, 21), text="草稿，不得外传"),
            ),
        ),
        complaints=(
            stored(
                "K1",
                Complaint(
                    to="platform",
                    drafted_on=dt.date(2026, 11, 21),
                    text="投诉书正文",
                    filed_at=at(21, 11),
                    number="P-1",
                ),
            ),
        ),
    )
    return file, vault


FINDINGS = (
    {
        "rule": "conduct.night.cba2026",
        "level": "self_regulation",
        "contact": "C1",
        "result": "review",
        "confidence": "medium",
        "quote": f"也会联系你姨妈{AUNT}",
        "in_force_from": dt.date(2026, 1, 30),
        "reason": info("bundle.noted", text=f"22:30 提到{AUNT}"),
        "clears_if": "事先约定过时间",
    },
    {
        "rule": "conduct.third_party",
        "level": "law",
        "contact": "C2",
        "result": "breach",
        "confidence": "low",
        "quote": None,
        "in_force_from": dt.date(2021, 11, 1),
        "reason": "向亲属透露欠款",
        "clears_if": "本人同意",
    },
)


def make_input(profile: str, **more: Any) -> tuple[BundleInput, Vault]:
    file, vault = make_case()
    table = Table(("项目", "主张", "计算"), (("本金", "14200.00", f"13,900.00 {AUNT}"),), right=(1, 2))
    given: dict[str, Any] = {
        "file": file,
        "profile": profile,
        "created": dt.date(2026, 11, 22),
        "generator": "jdneg 0.1.0",
        "rulebook": "r1",
        "owner": Profile(name="赵小川", phone="13700001111", id_number=ID_NUMBER, address="某市某区某路1号"),
        "findings": FINDINGS,
        "rule_titles": {"conduct.night.cba2026": {"zh": "夜间不得催收", "en": "No collection at night"}},
        "verifications": (Heading("L1", 2), table),
        "withdrawn": (Withdrawn(id="C9", on=dt.date(2026, 11, 20), reason="误导入"),),
        "journal_head": "c" * 64,
    }
    return BundleInput(**(given | more)), vault
