"""Wording: plain words are a breach, words of the trade a closer look, denials and warnings nothing."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from conduct_made import about, contact, heard, lexicon, results, text, world
from hypothesis import given, strategies as st

from jdneg.domain.conduct.findings import Finding
from jdneg.domain.conduct.textform import Simplifier
from jdneg.domain.conduct.wording import Reader
from jdneg.domain.records.contact import Contact

OWN = Path(__file__).with_name("messages.jsonl")
SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "samples" / "texts" / "messages.jsonl"
KINDS = ("microlender", "bank", "consumer_finance", "private", "unknown")
WARM = Reader(lexicon())
_RANK = ("none", "cannot_tell", "review", "breach")


def worst(findings: list[Finding]) -> str:
    return max((one.result for one in findings), key=_RANK.index, default="none")


def lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def answer(row: dict[str, str]) -> str:
    """The worst answer under the kinds whose rules reach furthest: pressing to borrow is the banks' rule alone."""
    return max((worst(text(row["text"], kind)) for kind in ("microlender", "bank")), key=_RANK.index)


@pytest.mark.parametrize("row", lines(OWN), ids=lambda row: row["id"])
def test_our_own_messages(row: dict[str, str]) -> None:
    found = answer(row)
    if "expect" in row:
        assert found == row["expect"], row["text"]
    else:
        assert _RANK.index(found) <= _RANK.index(row["most"]), row["text"]


def test_hard_gate_on_our_own_messages() -> None:
    rows = [row for row in lines(OWN) if row["label"] != "abusive"]
    false_alarms = [row["id"] for row in rows for kind in KINDS if worst(text(row["text"], kind)) == "breach"]
    told = f"our own: {len(false_alarms)} of {len(rows)} harmless messages called a breach"
    print(f"\n{told}")
    assert len(rows) >= 30 and false_alarms == []


def test_hard_gate_and_recall_on_the_samples() -> None:
    if not SAMPLES.exists():
        pytest.skip("the samples folder is not beside the project")
    seen: Counter[tuple[str, str]] = Counter()
    for row in lines(SAMPLES):
        seen[row["label"], answer(row)] += 1
        if row["label"] != "abusive_dunning":
            assert all(worst(text(row["text"], kind)) != "breach" for kind in KINDS), row["text"]
    abusive = {key: count for key, count in seen.items() if key[0] == "abusive_dunning"}
    total = sum(abusive.values())
    named = total - abusive.get(("abusive_dunning", "none"), 0)
    breach = abusive.get(("abusive_dunning", "breach"), 0)
    told = f"samples: abusive called a breach {breach} of {total}, found at all {named} of {total}"
    print(f"\n{told}")
    assert named >= 14


@pytest.mark.parametrize(
    ("words", "quote"),
    [
        ("再不还,我打断你的腿!", "打断你的腿"),
        ("我要弄 死 你", "弄 死 你"),
        ("欠錢不還,讓全村都知道", "讓全村都知道"),
        ("爆\u200b通\u200b讯录", "爆\u200b通\u200b讯录"),
        ("弄*死*你全家", "弄*死*你"),
    ],
)
def test_the_quote_is_what_was_written(words: str, quote: str) -> None:
    found = text(words)
    assert found[0].result == "breach"
    assert any(one.quote is not None and quote in one.quote and one.quote in words for one in found)


@pytest.mark.parametrize(
    "words",
    [
        "我们不会联系您的家人,欠款请尽快处理",
        "催收人员不得恐吓辱骂,禁止爆通讯录,请按时还款",
        "我方将依法向人民法院起诉,并委托律师发送律师函",
        "您的欠款将上报征信",
        "您的借款已经逾期，请尽快处理欠款，否则可能会影响您的征信，请问您今天能还多少？",
        "请立即还款，以免产生罚息并影响征信和后续贷款",
        "如有人自称公安局要求您还贷款,请举报",
        "",
    ],
)
def test_denials_and_lawful_notices_are_nothing(words: str) -> None:
    assert text(words) == []


def test_a_sentence_before_does_not_deny() -> None:
    assert worst(text("我们不会手软。打断你的腿")) == "breach"


def test_the_law_on_the_day_decides() -> None:
    """Two dated values of one rule, with different articles."""
    before, after = (
        about(text("我弄死你", "private", day), "words") for day in (dt.date(2025, 12, 31), dt.date(2026, 1, 1))
    )
    assert [one.rule for one in before] == [one.rule for one in after] == ["conduct.words.psa"]
    assert before[0].in_force_from == dt.date(2013, 1, 1)
    assert after[0].in_force_from == dt.date(2026, 1, 1)
    assert after[0].confidence == "high"


def test_lender_kind_decides_the_rules() -> None:
    found = {kind: {one.rule for one in text("不还就让全村都知道你欠债", kind)} for kind in KINDS}
    assert found["microlender"] == {"conduct.words.mlc2025", "conduct.words.privacy"}
    assert found["bank"] == {"conduct.words.cba2026", "conduct.words.privacy"}
    assert found["consumer_finance"] == {"conduct.words.cba2026", "conduct.words.cfc2024", "conduct.words.privacy"}
    assert found["private"] == {"conduct.words.privacy"}
    assert {one.result for one in text("不还就让全村都知道你欠债", "unknown")} == {"review", "cannot_tell"}


def test_how_well_the_words_are_known() -> None:
    def found(**more: object) -> tuple[str, str]:
        made = Contact(happened_at=dt.date(2026, 11, 20), direction="in", loan="L1", said="我弄死你", **more)  # type: ignore[arg-type]
        (psa,) = [one for one in heard(made) if one.rule == "conduct.words.psa"]
        return psa.result, psa.confidence

    assert found(channel="sms") == ("breach", "high")
    assert found(channel="call") == ("breach", "medium")
    assert found(channel="call", exhibits=("E1",)) == ("breach", "high")
    assert found(channel="call", told_by="姐姐") == ("review", "low")


def test_my_own_words_are_not_judged() -> None:
    assert results(heard(contact("2026-11-20 12:00:00", said="您好", i_said="我弄死你")), "words") == {}


def test_impersonation() -> None:
    found = {one.rule: one.result for one in text("我们这里是市公安局,你的贷款逾期案在我手上")}
    assert found == {"conduct.impersonation.mlc2025": "breach", "conduct.impersonation.psa": "review"}


def test_keys_never_hide_a_match() -> None:
    """The pairs that spare most patterns must not spare one that would have matched."""
    made = lexicon()
    every = " ".join(map(str, range(len(made.patterns))))
    reader, plain = Reader(made), Reader(replace(made, index={"": f" {every}"}, needs=[""] * len(made.needs)))
    rows = lines(OWN) + (lines(SAMPLES) if SAMPLES.exists() else [])
    assert [reader(row["text"]) for row in rows] == [plain(row["text"]) for row in rows]


@given(st.sampled_from(lines(OWN)), st.randoms(use_true_random=False))
def test_figures_change_the_quote_alone(row: dict[str, str], random: Random) -> None:
    """A reader that remembers a text with other figures reads it as one that sees it first."""
    other = re.sub(
        r"\d", lambda _: str(random.randrange(10)), row["text"] + " 于3月5日还1200元,客服96110,或5天内结清"
    )
    for one in (row["text"], other):
        assert WARM(one) == Reader(lexicon())(one)


@given(st.text(alphabet="还錢钱 \u200b*你我１ⅳ㈱。,a\U0001f600", max_size=30))
def test_every_place_of_the_plain_text_leads_back(words: str) -> None:
    plain = Simplifier({"錢": "钱"})(words)
    for place in range(len(plain.text)):
        start, end = plain.place(place, place + 1)
        written = words[start:end]
        assert plain.text[place] in written + unicodedata.normalize("NFKC", written.replace("錢", "钱"))


def test_world_is_not_needed_for_words() -> None:
    assert heard(contact("2026-11-20 12:00:00", "sms", said="您好"), world()) == []


@pytest.mark.parametrize(
    ("role", "answer"), [("公安局民警", "review"), ("某法院執行局", "review"), ("银行客服", None)]
)
def test_a_claimed_office_is_looked_at(role: str, answer: str | None) -> None:
    found = results(heard(contact("2026-11-20 12:00:00", role_claimed=role)), "words")
    both = {"conduct.impersonation.mlc2025": answer, "conduct.impersonation.psa": answer}
    assert found == (both if answer else {})


def test_the_gravest_words_are_quoted() -> None:
    assert text("让全村都知道你欠债,还要打断你的腿")[0].quote == "打断你的腿"


def test_an_office_claimed_in_the_words_needs_no_role_flag() -> None:
    """On the phone too: what was said is enough, and it is never plain."""
    call = contact("2026-11-20 12:00:00", said="我是公安局的，你涉嫌诈骗")
    assert results(heard(call), "words") == {
        "conduct.impersonation.mlc2025": "review", "conduct.impersonation.psa": "review",
    }  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        "今天不还就上门找我爸妈", "今天不还就上门找你爸妈", "我是公安局的，你涉嫌诈骗", "P图发给你全部好友", "将冻结您的微信支付宝",
        "法院传票已寄出", "我们会联系你的家人和单位", "再不还就告诉你全家",
    ],
)  # fmt: skip
def test_plain_enough_for_a_review_under_every_kind(words: str) -> None:
    assert {worst(text(words, kind)) for kind in KINDS} == {"review"}


def test_only_figures_that_patterns_need_keep_messages_apart() -> None:
    """Messages that differ in other figures are read once: a lone digit here would cost a long journal its speed."""
    assert "96110" in lexicon().numbers
    assert not [one for one in lexicon().numbers if one.isdigit() and len(one) < 3]


def test_a_word_or_two_are_quoted_with_their_clause() -> None:
    assert text("欠款已逾期，再不还就找你单位，请回电")[0].quote == "再不还就找你单位"


@pytest.mark.parametrize(
    "words",
    [
        "您问不还会不会坐牢？不会，民事债务不坐牢",
        "「爆通讯录」是违法的，我司禁止",
        "法院判决：催收公司爆通讯录构成侵权",
        "新闻：男子被催收员辱骂为狗东西后报警",
        "失信被执行人可能被限制乘坐飞机",
        "花圈和挽联订好了，爷爷的追悼会在周六上午",
    ],
)
def test_who_warns_denies_or_reports_says_nothing(words: str) -> None:
    assert all(worst(text(words, kind)) == "none" for kind in KINDS)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("小说节选：债主吼道，再不还钱就剁你的手", "再不还钱就剁你的手"),
        ("质检发现坐席对客户说“你就是老赖”，扣罚当月绩效", "欠钱不还，你就是老赖"),
        ("我都说了月底还，你们他妈的还打", "你他妈的还不还钱"),
    ],
)
def test_words_that_are_told_are_no_breach(told: str, said: str) -> None:
    assert all(worst(text(told, kind)) != "breach" for kind in KINDS)
    assert worst(text(said)) == "breach"


@pytest.mark.parametrize(
    "words",
    [
        "门口的花圈喜欢吗，还钱",
        "再不还钱，花圈送到你家门口",
        "再躲着不还钱，就把你那条腿打折",
        "小心哪天少条胳膊，钱呢",
    ],
)
def test_harm_in_any_order_is_found(words: str) -> None:
    assert worst(text(words)) in ("review", "breach")


@pytest.mark.parametrize(
    "words",
    [
        "您女儿天天自己走那条小路回家吧，当心",
        "知道你孩子在哪上学，早点把钱处理了",
        "你女儿在哪个班我都清楚",
        "你家那条路没路灯吧，下班慢点走",
    ],
)
def test_hints_in_the_clothes_of_care_are_looked_at(words: str) -> None:
    assert worst(text(words)) == "review"
