"""The rule book beside the fact sheet: every row has its rule, every rule its row, tagged as there; and what is wrong stays out."""

from __future__ import annotations

import pytest
from law_sheet import needed, rows

from jdneg.domain.rulebook import Reference, Rule
from jdneg.storage.datafiles import DATA, rule_book

RULES = list(rule_book().rules.values())
CITED = [(rule, one) for rule in RULES for value in rule.values for one in value.references]

# The conduct rows of the sheet that are no rule of conduct, each with its reason.
LEFT_OUT = {
    "MLC2025.RATE": "the cost of a loan, not conduct",
    "MLCCOST2025.1M": "the cost of a loan, not conduct",
    "CFC.GUIDE": "window guidance; the sheet says not to encode it",
    "AGENT2026": "a warning of five ministries, not a rule; it stands in the cards",
    "SMS2020DRAFT": "a draft; the sheet says not to encode it",
    "CALL2018": "a campaign that ended in 2019",
}
# Rows we hold to be less certain than their tag, each with its reason. None is ever held to be more certain.
LESS = {
    "STD45251.VISIT": "the sheet calls its sources weaker: a blog and a law firm",
    "CBA2026.ASSIGN": "one source, and the details are unread",
    "CPB2022.41": "one low-grade source, and the day of effect is from memory",
    "NETLOAN.COLLECT": "the wording is the draft's",
    "SMS31": "the day of effect is from memory, the articles were not found",
}
NO_ROW = {"NIFA2024"}  # named in a sentence of the sheet's section 2

# Section 14 of the sheet and its addition in 0a: what stands on the web and is wrong or has no support. Where the words
# themselves have a place (a right the law does give), the wrong claim is what must not appear. Its number 3 has a test
# of its own below.
NEVER = {
    "1 four times LPR for micro-lenders": (
        "小贷利率不得超4倍",
        "小额贷款公司利率不得超过4倍",
        "小贷公司不得超过4倍LPR",
    ),
    "2 one daily limit, and messages": ("一律每日最多3次", "短信不超过3次", "短信也不超过", "短信每天不超过"),
    "4 invented delays": (
        "7个工作日",
        "七个工作日",
        "7 working days",
        "seven working days",
        "5个工作日",
        "五个工作日",
        "5 working days",
        "冷静期",
        "cooling-off",
        "48小时",
        "48 小时",
        "48 hours",
        "四十八小时",
    ),
    "5 a right to stop interest": ("停息挂账",),
    "6 working days for 12378": ("15个工作日", "15 个工作日", "15 working days", "fifteen working days"),
    "7 revisions not found": (
        "2025修订 个人信息保护法",
        "个人信息保护法》（2025",
        "民诉法解释2025",
        "证据规定2025",
        "第97条",
    ),
    "8 recordings always void or always good": ("私自录音", "录音一律", "一律无效", "一律有效"),
    "9 one-off credit repair still open": ("一次性信用修复",),
    "10 fixed senders and second hotlines": ("400-678-9555", "jdfinancial@jd.com", "95178", "1069"),
    "11 a crime by itself": ("爆通讯录构成", "构成寻衅滋事罪"),
    "12 a printed 24 %": ("金规〔2025〕9号规定24", "9号文规定24"),
    "0a assignment void without consent": ("债权转让未经单独同意则无效", "未经单独同意，债务无效", "债权转让无效"),
    "0a poverty undoes a payment order": ("没钱可以让支付令失效", "没钱可让支付令失效"),
    "0a three times the principal": ("本金三倍", "本金的三倍", "按本金三倍"),
    "0a withdrawal stops collection": ("撤回同意即可停止催收", "撤回同意就能停止"),
    "0a the debt vanishes": ("债务消灭", "债务自动消灭", "时效过了债务"),
    "0a four times LPR for the unlicensed": ("无牌照机构适用4倍", "无牌照的适用4倍"),
    "0a an agreement stops interest": ("还款协议等于停息", "签了协议就停息"),
    "web: other hours and visits": ("21:00", "晚上9点后不得", "每月上门不超"),
}


def _id(value: object) -> str:
    return value.id if isinstance(value, Rule) else str(getattr(value, "row", ""))


@pytest.mark.parametrize(("rule", "one"), CITED, ids=_id)
def test_a_reference_names_a_row_and_carries_its_tag(rule: Rule, one: Reference) -> None:
    sheet = needed()
    assert f"`{one.row}`" in sheet, f"{rule.id}: no row {one.row}"
    assert one.url == "not verified" or one.url in sheet
    if one.row in LESS:
        assert one.checked == "unconfirmed", LESS[one.row]
    elif one.row not in NO_ROW:
        assert one.checked == rows()[one.row][1], f"{rule.id}: {one.row}"


def test_every_row_about_conduct_has_a_rule() -> None:
    """Sections 1, 3, 4, 7 and 8 of the sheet."""
    wanted = {row for row, (section, _) in rows().items() if section.partition(".")[0] in ("1", "3", "4", "7", "8")}
    assert len(wanted) > 60
    cited = {one.row for _, one in CITED}
    assert sorted(wanted - cited - LEFT_OUT.keys()) == []
    assert not LEFT_OUT.keys() & {one.row for rule, one in CITED if rule.id.startswith("conduct.")}


def test_nothing_without_support_is_encoded() -> None:
    assert not [one.row for _, one in CITED if rows().get(one.row, ("", ""))[1] == "never"]


@pytest.mark.parametrize("claim", NEVER)
def test_what_must_not_be_encoded_is_not(claim: str) -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in (DATA / "rules").rglob("*.toml")}
    assert len(texts) > 90
    assert [(path.name, words) for path, text in texts.items() for words in NEVER[claim] if words in text] == []


def test_the_standard_keeps_records_two_years_not_five() -> None:
    years = {
        rule.id: value.numbers["years"]
        for rule in RULES
        for value in rule.values
        if "records" in rule.id and "years" in value.numbers
    }
    assert years == {"conduct.records.gbt45251": 2, "conduct.records.cc2011": 2, "conduct.records.cfc2024": 5}


def test_rules_of_trouble_say_that_debt_disputes_are_generally_outside() -> None:
    for rule in RULES:
        if "寻衅滋事" in rule.says["zh"]:
            assert "一般不" in rule.says["zh"] and "债务纠纷" in rule.says["zh"] and "继续" in rule.says["zh"]


def test_a_disputed_reading_says_that_it_is_disputed() -> None:
    """PIPL 23 and 28-29 (0a): a breach does not by itself void the debt."""
    for rule in RULES:
        if {one.row for value in rule.values for one in value.references} & {"PIPL.23", "PIPL.28-29"}:
            assert rule.scope.get("contested") is True
            assert "有争议" in rule.says["zh"] and "disputed" in rule.says["en"]


def test_police_law_is_split_at_new_year_2026() -> None:
    """Acts before 2026-01-01 go by the old law; what is new in 2025's revision has no value before it."""
    new = {"PSA.50.NC", "PSA.56"}
    for rule in RULES:
        for value in rule.values:
            for one in value.references:
                if one.row.startswith("PSA."):
                    later = "2025" in one.instrument["zh"]
                    assert (str(value.since) == "2026-01-01") is later, rule.id
                    assert later or (one.row not in new and str(value.until) == "2026-01-01"), rule.id
