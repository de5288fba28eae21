"""The fraud screen: what was written is quoted, warnings are no fraud, nothing is ever called safe."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from jdneg.domain.scam.callers import caller_signals
from jdneg.domain.scam.links import host_of, kind_of, links_of
from jdneg.domain.scam.screen import Screening, screen
from jdneg.domain.scam.signals import ScamBook
from jdneg.storage.datafiles import scams

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "samples" / "texts"


@cache
def book() -> ScamBook:
    return scams()


def look(text: str, number: str | None = None, **more: object) -> Screening:
    return screen(text, number, book(), **more)  # type: ignore[arg-type]


def ids(found: Screening) -> set[str]:
    return {one.signal.id for one in found.signals}


def test_the_golden_calls_are_likely_fraud() -> None:
    path = SAMPLES / "scam_calls.json"
    if not path.exists():
        pytest.skip("the samples folder is not beside the project")
    for row in json.loads(path.read_text(encoding="utf-8"))["items"]:
        assert look(row["summary"]).verdict == "scam_likely", row["summary"]


@pytest.mark.parametrize(
    ("words", "signal"),
    [
        ("我是京东客服，您的白条要注销，否则影响征信", "cancel_or_credit"),
        ("请下载腾讯会议，共享屏幕，我指导您关闭金条", "meeting_app"),
        ("把钱转到我们的安全账户", "safe_account"),
        ("三天停催，先交八百定金", "helper_fee"),
        ("逾期记录包删除，押三千", "record_fee"),
        ("黑户也能贷，先付会员费", "loan_fee"),
        ("多收的利息帮你追回，先交立案费", "refund_fee"),
        ("调解成功前须缴纳保证金", "case_deposit"),
        ("案件保密，找家宾馆住下，别挂电话", "police_secludes"),
        ("请点击 yb-bt点top 认证医保卡", "link_cheap"),
        ("把几个平台的钱都借出来，转到对公账户", "borrow_and_send"),
        ("收到验证码后告诉我", "code_wanted"),
        ("这里是市公安局，你涉嫌洗钱，请配合清查资金", "police_accuses"),
        ("专业征信修复，加微信咨询", "credit_repair"),
        ("债务优化，先付服务费两千", "agent_takes_control"),
        ("【京东】额度激活 https://jd-vip.cn/a", "link_lookalike"),
        ("還款請轉到我個人賬戶", "private_payee"),
        ("把驗 證 碼 發 給 我", "code_wanted"),
        ("征xin修复，加V", "credit_repair"),
    ],
)
def test_each_kind_of_fraud(words: str, signal: str) -> None:
    found = look(words)
    assert signal in ids(found) and found.verdict != "no_signal"
    assert all(one.quote in words for one in found.signals)


@pytest.mark.parametrize(
    "words",
    [
        "【反诈中心】谨防冒充京东客服，以注销白条、影响征信为由诈骗，切勿共享屏幕、转账到安全账户",
        "验证码123456，请勿告诉任何人，工作人员不会向您索要验证码",
        "您的白条本期账单500元，还款日1月14日，请按时还款",
        "您的贷款已逾期，我司将依法向人民法院提起诉讼",
        "您在App内申请关闭白条，已受理；关闭后不影响征信",
        "",
    ],
)
def test_real_notices_are_no_fraud(words: str) -> None:
    assert look(words) == Screening("no_signal", ())


@pytest.mark.parametrize(
    ("number", "office", "found"),
    [
        ("+8522345678", False, ["number_overseas"]),
        ("0085223456789", False, ["number_overseas"]),
        ("+8695118", True, ["number_prefixed"]),
        ("0095118", False, ["number_prefixed"]),
        ("170 1234 5678", False, ["number_reseller"]),
        ("19212345678", True, ["number_reseller", "number_mobile_office"]),
        ("023-12345678", True, ["number_landline_office"]),
        ("95118", True, []),
        ("13812345678", False, []),
        ("未知号码", False, ["number_hidden"]),
    ],
)
def test_numbers(number: str, office: bool, found: list[str]) -> None:
    assert caller_signals(number, book().resellers, claims_office=office) == found


@pytest.mark.parametrize(
    ("host", "kind"),
    [
        ("jd-finance.cn", "link_lookalike"),
        ("alipay-veri.com", "link_lookalike"),
        ("www.icbc.top", "link_lookalike"),
        ("jd.com.pay-x.top", "link_lookalike"),
        ("xn--80ak6aa92e.com", "link_lookalike"),
        ("192.168.1.1", "link_number"),
        ("t.cn", "link_short"),
        ("abc.vip", "link_cheap"),
        ("example.com", "link"),
        ("jd.com", "link"),
    ],
)
def test_links(host: str, kind: str) -> None:
    assert kind_of(host, book().links) == kind


def test_hosts_and_where_they_stand() -> None:
    text = "点https://u@PAY.jd-x.com:80/a?b登录，或查账1.cn/23"
    assert [(one.host, text[one.start : one.end]) for one in links_of(text)] == [
        ("pay.jd-x.com", "https://u@PAY.jd-x.com:80/a?b"), ("1.cn", "1.cn/23"),
    ]  # fmt: skip
    assert host_of("A.Example.COM/x") == "a.example.com"


def test_a_confirmed_site_is_no_sign() -> None:
    words = "【京东】您的账户异常，点击 https://jd-x.com/a 认证"
    assert look(words).verdict == "scam_likely"
    assert look(words, confirmed=("jd-x.com",)).verdict == "no_signal"


def test_weak_signs_alone_are_not_told() -> None:
    assert look("", "未知号码") == Screening("no_signal", ())


def test_what_a_contact_states_counts_without_words() -> None:
    found = look("请尽快还款", stated=("private_payee",))
    assert found.verdict == "suspicious" and found.signals[0].quote == ""


@given(st.text(max_size=60), st.none() | st.text(max_size=20))
def test_any_text_and_number_can_be_looked_at(words: str, number: str | None) -> None:
    found = look(words, number)
    assert (found.verdict == "no_signal") == (not found.signals)
    assert all(one.quote in words or one.quote == number for one in found.signals)


def test_hints_never_hide_a_match() -> None:
    """Words that spare most patterns must not spare one that would have matched."""
    from dataclasses import replace

    from benchmarks.words import own_scam, own_wording, samples

    bare = {name: replace(one, hints=("",)) if one.patterns else one for name, one in book().signals.items()}
    plain = replace(book(), signals=bare)
    for line in (*own_scam(), *own_wording(), *samples()):
        tried = screen(line.text, None, plain)
        assert ids(look(line.text)) == ids(tried), line.text


def test_ten_megabytes_are_read_in_time() -> None:
    words = "您的账单已出，请按时还款。" * 400_000
    assert look(words).verdict == "no_signal"


def test_the_card_gives_no_number_but_the_police() -> None:
    from jdneg.storage.cards import scam_card

    card = scam_card()
    told = " ".join(text for one in card.actions for text in one.values())
    assert set(re.findall(r"\d{3,}", told)) == {"96110", "110"}
    assert len(card.actions) >= 5 and card.questions


@pytest.mark.parametrize("words", ["您的白條需要註銷,否則影響徵信", "您的白条需要注销,否则影响征信"])
def test_traditional_characters_hide_nothing(words: str) -> None:
    assert look(words).verdict == "scam_likely"
