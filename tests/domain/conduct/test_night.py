"""Night hours: half-open windows in Asia/Shanghai, by the rule of the day."""

from __future__ import annotations

import datetime as dt

import pytest
from conduct_made import about, at, contact, heard, loan, results, what, world

GBT = "conduct.night.gbt45251"


@pytest.mark.parametrize(
    ("clock", "night"),
    [("21:59:59", False), ("22:00:00", True), ("00:00:00", True), ("07:59:59", True), ("08:00:00", False)],
)
def test_window_is_half_open(clock: str, night: bool) -> None:
    found = results(heard(contact(f"2026-11-20 {clock}")), "night")
    assert found == ({GBT: "breach"} if night else {})


def test_the_hour_is_that_of_shanghai() -> None:
    utc = dt.datetime(2026, 11, 20, 14, 30, tzinfo=dt.UTC)
    assert results(heard(contact(utc)), "night") == {GBT: "breach"}
    assert about(heard(contact(utc - dt.timedelta(hours=1))), "night") == []


@pytest.mark.parametrize(
    ("day", "kind", "rules"),
    [
        ("2024-05-14", "microlender", []),
        ("2024-05-15", "microlender", ["conduct.night.nifa2024"]),
        ("2025-02-27", "microlender", ["conduct.night.nifa2024"]),
        ("2025-02-28", "microlender", [GBT]),
        ("2026-01-29", "bank", [GBT]),
        ("2026-01-30", "bank", ["conduct.night.cba2026", GBT]),
        ("2026-01-30", "microlender", [GBT]),
        ("2026-01-30", "private", []),
    ],
)
def test_same_call_two_dates_two_answers(day: str, kind: str, rules: list[str]) -> None:
    found = about(heard(contact(f"{day} 22:30:00"), world(loan(kind))), "night")
    assert [one.rule for one in found] == rules
    assert all(one.in_force_from <= dt.date.fromisoformat(day) for one in found)


def test_reported_standard_is_medium_and_named_as_such() -> None:
    (found,) = about(heard(contact("2026-11-20 22:30:00")), "night")
    assert (found.confidence, found.level, found.result) == ("medium", "standard", "breach")
    assert found.reason.facts["level"].code == "conduct.basis_standard"  # type: ignore[attr-defined]
    assert found.reason.facts["checked"].code == "conduct.checked_reported"  # type: ignore[attr-defined]


def test_call_over_the_edge_is_review() -> None:
    ended = at("2026-11-20 22:10:00")
    (found,) = about(heard(contact("2026-11-20 21:50:00", ended_at=ended)), "night")
    assert (found.result, what(found)) == ("review", "conduct.night_crossing")
    assert results(heard(contact("2026-11-20 21:50:00", duration_seconds=1200)), "night") == {GBT: "review"}
    assert about(heard(contact("2026-11-20 21:50:00", ended_at=at("2026-11-20 22:00:00"))), "night") == []


def test_day_without_hour_cannot_be_told() -> None:
    (found,) = about(heard(contact(dt.date(2026, 11, 20))), "night")
    assert (found.result, what(found)) == ("cannot_tell", "conduct.night_no_time")


def test_outgoing_is_never_judged_and_unknown_direction_cannot_be_told() -> None:
    assert heard(contact("2026-11-20 23:00:00", direction="out", said="我弄死你")) == []
    (found,) = about(heard(contact("2026-11-20 23:00:00", direction=None)), "night")
    assert (found.result, what(found)) == ("cannot_tell", "conduct.direction_unknown")
    assert about(heard(contact("2026-11-20 15:00:00", direction=None)), "night") == []


def test_an_unknown_lender_gets_the_standard_that_covers_every_licensed_kind() -> None:
    found = about(heard(contact("2026-11-20 23:00:00"), world(loan("unknown"))), "night")
    assert [(one.rule, one.result, what(one)) for one in found] == [
        (GBT, "review", "conduct.if_licensed"),
        ("conduct.night.cba2026", "cannot_tell", "conduct.lender_unknown"),
    ]
    before = about(heard(contact("2024-06-20 23:00:00"), world(loan("unknown"))), "night")
    assert [(one.result, what(one)) for one in before] == [("cannot_tell", "conduct.lender_unknown")]


def test_approximate_and_hearsay_lower_confidence() -> None:
    sure = about(heard(contact("2026-11-20 23:30:00", approximate=True)), "night")
    edge = about(heard(contact("2026-11-20 22:10:00", approximate=True)), "night")
    told = about(heard(contact("2026-11-20 23:30:00", told_by="姐姐")), "night")
    assert [(one.result, one.confidence) for one in sure] == [("breach", "medium")]
    assert [one.result for one in edge] == ["review"]
    assert [(one.result, one.confidence) for one in told] == [("review", "low")]


def test_agreed_hours_come_first() -> None:
    late = world(loan(agreed_hours="09:00-23:00"))
    for kind in ("microlender", "bank"):
        agreed = world(loan(kind, agreed_hours="09:00-23:00"))
        assert about(heard(contact("2026-11-20 22:30:00"), agreed), "night") == []
    (found,) = about(heard(contact("2026-11-20 23:30:00"), late), "night")
    assert found.clears_if.facts == {"hours": "09:00-23:00"}  # type: ignore[union-attr]
    unread = world(loan(agreed_hours="晚上联系"))
    (doubt,) = about(heard(contact("2026-11-20 22:30:00"), unread), "night")
    assert (doubt.result, doubt.clears_if.facts) == ("review", {"hours": "晚上联系"})  # type: ignore[union-attr]
    early = world(loan(agreed_hours="09:00-18:00"))
    (outside,) = about(heard(contact("2026-11-20 20:00:00"), early), "night")
    assert (outside.result, what(outside)) == ("review", "conduct.outside_agreed")
    (night,) = about(heard(contact("2026-11-20 22:30:00"), early), "night")
    assert night.result == "breach"


def test_a_message_counts_only_where_it_speaks_of_money() -> None:
    bank_note = contact("2026-11-20 23:00:00", "sms", said="您的包裹已到驿站,取件码3-2-1")
    dunning = contact("2026-11-20 23:00:00", "sms", said="您的借款已逾期,请尽快还款")
    assert about(heard(bank_note), "night") == []
    assert results(heard(dunning), "night") == {GBT: "breach"}
    assert results(heard(contact("2026-11-20 23:00:00", "sms")), "night") == {GBT: "review"}
    assert about(heard(contact("2026-11-20 23:00:00", "letter", said="还款")), "night") == []


@pytest.mark.parametrize(
    "said",
    [
        "【某银行】您尾号1234信用卡于23:09消费100元",
        "【某银行】验证码123456，您正在绑定信用卡，切勿告诉他人",
        "【某平台】白条购物节，分期免息，点击查看",
        "【某银行】您的贷款申请已受理",
        "您已成功还款1200元，感谢使用",
        "【某快递】您的包裹逾期未取将退回",
        "【某图书馆】您借阅的图书已逾期，请尽快归还",
        "【反诈中心】典型案例：催收人员威胁弄死你全家，法院判决其承担责任。普法小课堂",
    ],
)
def test_a_notice_at_night_is_no_collection(said: str) -> None:
    for kind in ("microlender", "bank", "unknown"):
        assert about(heard(contact("2026-11-20 23:09:00", "sms", said=said), world(loan(kind))), "night") == []


@pytest.mark.parametrize(
    "said",
    [
        "您的借款已逾期，请尽快还款", "本期应还1200元，还款日为25日", "这笔钱你什么时候处理", "您的贷款明天到期，请存入足额资金",
        "欠钱不还，等着", "请今日内结清，否则上报征信", "再不还就告诉你全家", "小心你孩子放学",
    ],
)  # fmt: skip
def test_a_demand_at_night_is_one(said: str) -> None:
    assert results(heard(contact("2026-11-20 23:09:00", "sms", said=said)), "night") == {GBT: "breach"}


def test_an_advertisement_that_names_a_debt_cannot_be_told() -> None:
    said = "贷款逾期也能借！新客福利领取5万元额度"
    (found,) = about(heard(contact("2026-11-20 23:09:00", "sms", said=said)), "night")
    assert (found.result, what(found)) == ("cannot_tell", "conduct.night_advert")


def test_a_time_the_borrower_asked_for_is_no_fault() -> None:
    assert about(heard(contact("2026-11-20 22:30:00", agreed_time=True)), "night") == []
    assert results(heard(contact("2026-11-20 22:30:00", agreed_time=False)), "night") == {GBT: "breach"}


def test_another_clock_is_named() -> None:
    abroad = dt.datetime(2026, 11, 20, 15, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    (found,) = about(heard(contact(abroad)), "night")
    said = found.reason.facts["what"]
    assert said.code == "conduct.night_inside_beijing"  # type: ignore[attr-defined]
    assert said.facts["recorded"] == "11-20 15:30 +0100"  # type: ignore[attr-defined]
