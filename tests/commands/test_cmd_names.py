"""Tags with a plus, and names that look like others: warned of where nobody can be asked, asked about on a terminal."""

from __future__ import annotations

import pytest
from cli_world import Run
from command_world import codes, failed


def tags(run: Run, contact: str) -> list[str]:
    found: list[str] = run("contact", "show", contact, "--json", code=0).data["record"]["tags"]
    return found


def test_tags_stand_beside_the_loan_in_any_order(gold: Run) -> None:
    gold("log-call", "+夜间", "L1", "--at", "昨天9点", "＋威胁", "--tag", "单位", code=0)
    assert tags(gold, "C1") == ["单位", "夜间", "威胁"]
    assert gold("contact", "show", "C1", "--json", code=0).data["record"]["loan"] == "L1"
    gold("log-sms", "+短信", "--at", "昨天9点", "--text", "请还款", code=0)
    assert tags(gold, "C2") == ["短信"]


@pytest.mark.parametrize("words", [("L1", "L1"), ("L1", "昨天"), ("+",), ("L1", "+ ")])
def test_no_more_than_a_loan_and_tags(gold: Run, words: tuple[str, ...]) -> None:
    assert failed(gold("log-call", *words, "--at", "昨天9点", "--json", code=2)) == "usage"


def test_a_tag_like_another_is_warned_of(gold: Run, lang: str) -> None:
    gold("log-call", "L1", "+骚扰", "+night", "--at", "昨天9点", code=0)
    assert "contact.tag_like" not in codes(gold("log-call", "L1", "+骚扰", "--at", "昨天9点", "--json", code=0))
    ran = gold("log-call", "L1", "+骚擾", "+new", "--at", "昨天9点", code=0)
    assert "jdneg contact amend C3 --set tags=骚扰,new" in ran.err
    assert tags(gold, "C3") == ["骚擾", "new"]  # never changed by itself
    again = gold("log-call", "L1", "+nigth", "--at", "昨天9点", "--json", code=0)
    assert [one["code"] for one in again.data["warnings"]] == ["contact.tag_like"]


def test_names_of_what_was_withdrawn_or_corrected_are_not_known(gold: Run) -> None:
    gold("log-call", "L1", "+骚扰", "--at", "昨天9点", code=0)
    gold("log-call", "L1", "+night", "--at", "昨天9点", code=0)
    gold("contact", "withdraw", "C1", "--reason", "x", code=0)
    gold("contact", "amend", "C2", "--set", "tags=day", "--reason", "x", code=0)
    ran = gold("log-call", "L1", "+骚擾", "+nigth", "--at", "昨天9点", "--json", code=0)
    assert "contact.tag_like" not in codes(ran)
    gold("undo", code=0)
    gold("undo", code=0)
    assert "contact.tag_like" in codes(gold("log-call", "L1", "+nigth", "--at", "昨天9点", "--json", code=0))


def test_a_new_agency_is_told_of_once(gold: Run) -> None:
    assert "contact.new_agency" not in codes(
        gold("log-call", "L1", "--at", "昨天", "--agency", "甲公司", "--json", code=0)
    )
    assert "contact.new_agency" in codes(gold("log-call", "L1", "--at", "昨天", "--agency", "甲公", "--json", code=0))
    assert "contact.new_agency" not in codes(
        gold("log-call", "L1", "--at", "昨天", "--agency", "甲公", "--json", code=0)
    )


def test_a_lender_like_one_known(gold: Run, lang: str) -> None:
    ran = gold("loan", "add", "--lender", "京东盛际小贷", "--kind", "microlender", "--principal", "1", "--start",
               "2026-03-10", code=0)  # fmt: skip
    assert "重庆京东盛际小额贷款有限公司" in ran.err
    other = gold("loan", "add", "--lender", "重庆京东盛际小额贷款有限公司", "--kind", "microlender", "--principal", "1",
                 "--start", "2026-03-10", "--json", code=0)  # fmt: skip
    assert "loan.lender_like" not in codes(other)
