"""Published accounts beside the checks: what a careful reader would list is found k of n, what must not be is never.

An account is turned into contacts by a small reading of its own words (quotes, times, counts, who was reached). What the
reading misses the check cannot find; what no check looks for (`NOT_OURS`) is named and not measured.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from conduct_made import about, at, book, checked, contact, heard, loan, text, what, world

from jdneg.domain.conduct.findings import Finding
from jdneg.domain.records.contact import Contact, Visit

TEXTS = Path(__file__).resolve().parents[4] / "shared" / "samples" / "texts"
DAY = "2026-11-20"
NUMBERS = {"十几": 12, "几十": 30, "二三十": 25, "十多": 12}
OTHERS = "亲友|亲戚|朋友|通讯录|家人|同事|单位领导|丈夫|公婆|紧急联系人|儿子|身边的人|邻居"
WORDS = {
    "threat": {"threat", "violence", "disclosure_threat", "visit_threat", "third_party_pressure"},
    "insult": {"insult"},
    "impersonation": {"impersonation"},
    "visit_threat": {"visit_threat"},
    "defamation": {"accusation"},
    "false_consequence": {"false_consequence"},
    "disclosure": {"disclosure_threat", "third_party_notice"},
}
CHECKS = {
    "off_hours": {"night"},
    "frequency": {"frequency"},
    "third_party_contact": {"third_party"},
    "no_id": {"identity"},
    "visit_harassment": {"visit"},
    "contact_after_agreement": {"agreement"},
    "contact_after_stop_request": {"stop"},
}
# No rule of conduct speaks of these by itself: papers and figures have other commands, a refusal is no fault.
NOT_OURS = {
    "fake_legal_letter", "refusal_to_negotiate", "wrong_person", "data_abuse", "rate_disclosure", "disputed_amount",
    "unauthorised_collector",
}  # fmt: skip


def items(name: str) -> list[dict[str, Any]]:
    path = TEXTS / f"{name}.json"
    if not path.exists():
        pytest.skip("the samples are not beside the project")
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["items"]
    return found


def read(account: str) -> list[Contact]:
    """One contact a sentence that speaks of one, as often as it says."""
    found: list[Contact] = []
    for part in re.split(r"[。；;]", account):
        if re.search(_CONTACT, part) and "没有再接到" not in part and not re.search("我认为|每月按", part):
            found += [contact(when, **facts(part)) for when in moments(part)]
    return found


_CONTACT = "电话|短信|微信|上门|打给|打了|拍门|楼下|门口|接到|收到|通知|自称|群发|联系|公司|“"


def moments(part: str) -> list[str]:
    hour = 1 if "凌晨" in part else 22 if "22时" in part else 7 if "早上7点" in part else 10
    many = re.search(r"(?:第)?([一二三四五六七八九]?十[几多]?|二三十|几十|\d+)(?:多|来)?(?:个|次|条)", part)
    told = (NUMBERS.get(many[1]) or (int(many[1]) if many[1].isdigit() else 1)) if many else 1
    count = 30 if re.search("一秒不停|不停", part) else told
    return [f"{DAY} {min(hour + n // 30, 23):02}:{n % 30 * 2:02}:00" for n in range(min(count, 60))]


def indirect(part: str) -> str:
    """Reported speech turned to the person it was said to: 说…我… is 你 to the borrower."""
    told = re.search("(?:对方|他们|还)?说(?!我朋友|话|出来)(.{4,})", part)
    return told[1].replace("我", "你").replace("他", "你") if told else ""


def facts(part: str) -> dict[str, Any]:
    quotes = "，".join(re.findall("“([^”]+)”", part)) or indirect(part)
    mine, _, rest = part.partition("“")
    around = mine + rest.rpartition("”")[2]
    reached = bool(re.search(OTHERS, around)) and not re.search("没有联系|说我朋友", part)
    visit = bool(re.search("两个人上门|上门拍门|蹲守|踹门|到我公司", part))
    hidden = bool(re.search("说不出来|拿不出来|没有说明", part))
    told = re.search("说我|公开|群发|贴|知道他欠|看见|有笔待还|骗贷|短信", part)
    return {
        "channel": "visit" if visit else "sms" if "短信" in part and "电话" not in part else "call",
        "direction": "out" if "我主动打" in part else "in",
        "loan": "L1",
        "to_whom": "family" if reached else "me",
        "disclosed": ("欠款",) if reached and told else (),
        "answered": "没来得及接" not in part,
        "identity_stated": False if hidden else None,
        "role_claimed": quotes if "自称" in part else None,
        "said": quotes or None,
        "i_said": "不要再打了" if "不要再打" in part else None,
        "visit": Visit(consent=False, id_shown=False if hidden else None) if visit else None,
    }


def codes(found: tuple[Finding, ...]) -> set[str]:
    """The accounts' own codes for what was found as a breach or for review."""
    told = [one for one in found if one.result in ("breach", "review")]
    checks = {book().get(one.rule).check for one in told}
    classes = {what(one).partition("words_")[2] for one in told if what(one).startswith("conduct.words_")}
    named = {code for code, wanted in CHECKS.items() if checks & wanted}
    named |= {code for code, wanted in WORDS.items() if classes & wanted}
    disclosed = any(what(one) in ("conduct.third_party_disclosed", "conduct.third_party_told") for one in told)
    return named | ({"disclosure"} if disclosed else set())


def judged(item: dict[str, Any]) -> set[str]:
    kind = "bank" if "银行" in (item["lender"] or "") else "microlender"
    return codes(checked(read(item["narrative"]), world(loan(kind))).findings)


def test_what_must_not_be_flagged_never_is() -> None:
    for item in items("narratives"):
        assert not judged(item) & set(item["must_not_flag"]), item["id"]


def test_controls_give_nothing() -> None:
    """Accounts without a fault: a call of one's own, a reminder of the agreed instalment."""
    controls = [item for item in items("narratives") if not item["violations"] and not item["arguable"]]
    assert len(controls) >= 2
    for item in controls:
        assert judged(item) == set(), item["id"]


def test_what_a_careful_reader_would_list(capsys: pytest.CaptureFixture[str]) -> None:
    wanted, found = Counter[str](), Counter[str]()
    for item in items("narratives"):
        seen = judged(item)
        for code in set(item["violations"]) - NOT_OURS:
            wanted[code] += 1
            found[code] += code in seen
    with capsys.disabled():
        print(f"\nnarratives: {found.total()} of {wanted.total()} found")
        print("  " + ", ".join(f"{code} {found[code]}/{wanted[code]}" for code in sorted(wanted)))
    assert wanted.total() > 40
    # Much is only told of (骂人, 恐吓, P图): without the words nothing can be looked at.
    assert found.total() / wanted.total() >= 0.5


def test_frauds_are_no_complaint_about_a_lender() -> None:
    """Impostors: their calls give no breach, with or without a loan."""
    for item in items("scam_calls"):
        assert not [one for one in text(item["summary"], "unknown") if one.result == "breach"], item["id"]
        call = contact(at(f"{DAY} 10:00:00"), said=item["summary"], loan=None)
        assert not [one for one in heard(call) if one.result == "breach"], item["id"]
        assert not about(checked([call]).findings, "third_party")


def test_the_loan_does_not_make_a_fraud_the_lenders() -> None:
    for item in items("scam_calls"):
        found = checked([contact(f"{DAY} 10:00:00", said=item["summary"])]).findings
        assert not [one for one in found if one.result == "breach"], item["id"]
