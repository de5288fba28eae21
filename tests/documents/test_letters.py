"""Every kind of letter and complaint: its text, its blanks, and that nothing is in it that no record says."""

import dataclasses
import datetime as dt
import json
import os
import re
from importlib.resources import files
from typing import Any

import pytest
from letter_case import (
    GOLDEN,
    complaint_facts,
    draft_complaint,
    draft_letter,
    letter_facts,
    read_case,
)

from jdneg.blocks import Bullets, Facts, Heading, Paragraph, Table
from jdneg.documents.letter import Draft, render
from jdneg.documents.markdown import to_markdown
from jdneg.domain.complaint.draft import NEEDED
from jdneg.domain.correspondence.context import Blank, Context, Exhibits
from jdneg.domain.correspondence.letters import KINDS
from jdneg.domain.records.journal import Profile
from jdneg.domain.records.paper import ContactTerms
from jdneg.i18n import speaking
from jdneg.storage import texts

PAPERS = [*KINDS, *(f"complaint-{to}" for to in NEEDED)]
HOSTILE = (
    "{{ 7*7 }}{% for x in y %} **粗** <b>&amp;</b> | [red]x[/red] `rm` # 𠮷\x00\x1b[2J\u202e\n\n# 假标题\n| a | b |"
)


def draft(paper: str, case: dict[str, Any], /, **changes: Any) -> tuple[Draft, Context]:
    if paper.startswith("complaint-"):
        return draft_complaint(paper.removeprefix("complaint-"), complaint_facts(case, **changes))
    return draft_letter(paper, letter_facts(case, **changes))


def text_of(found: Draft) -> str:
    return "\n".join(_texts(found))


def _texts(found: Draft) -> list[str]:
    out: list[str] = []
    for block in found.blocks:
        if isinstance(block, Heading | Paragraph):
            out.append(block.text)
        elif isinstance(block, Bullets):
            out += block.items
        elif isinstance(block, Facts):
            out += [f"{label}：{text}" for label, text in block.rows]
        else:
            out += [cell for row in (block.headers, *block.rows) for cell in row]
    return out


@pytest.mark.parametrize("paper", PAPERS)
def test_golden_text(paper: str) -> None:
    with speaking("zh"):
        written = to_markdown(draft(paper, read_case())[0].blocks)
    golden = GOLDEN / f"{paper}.md"
    if os.environ.get("JDNEG_GOLDEN") == "update":
        golden.write_text(written, encoding="utf-8")
    assert written == golden.read_text(encoding="utf-8")


def bare_case() -> dict[str, Any]:
    """Almost nothing on record: only what the commands cannot do without."""
    case = read_case()
    agreement = {"offer": 1, "agreed_at": "2026-11-16", "starts": "2026-11-16", "oral": True}
    return {
        **case,
        "profile": {},
        "loan": ["L1", {"lender": "某银行", "kind": "unknown", "principal": "100.00", "start": "2026-01-02"}],
        "claim": case["claim"],
        "computed": {},
        "payments": [], "contacts": [], "concerns": [], "exhibits": [], "letters": [], "complaints": [],
        "case": ["G1", {"loans": ["L1"], "goal": "x", "opened_on": "2026-01-03", "agreement": agreement}],
        "terms": {},
    }  # fmt: skip


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("case", [read_case(), bare_case()], ids=["full", "bare"])
def test_missing_lists_exactly_what_stands_to_be_filled_in(paper: str, case: dict[str, Any]) -> None:
    found, _ = draft(paper, case)
    assert set(re.findall("【待填：(.+?)】", text_of(found))) == set(found.missing)
    assert len(set(found.missing)) == len(found.missing)


def test_a_bare_journal_leaves_the_persons_own_facts_to_fill_in() -> None:
    found, _ = draft("contact-preference", bare_case())
    assert set(found.missing) == {"姓名", "联系电话", "合同编号", "希望的联系时间"}


def test_a_complaint_with_no_story_leaves_it_to_the_person() -> None:
    case = {**bare_case(), "claim": read_case()["claim"]}
    found, _ = draft("complaint-platform", case, case=None, claim=None)
    assert {"事实经过", "投诉请求"} <= set(found.missing)


NUMBER = re.compile(r"\d[\d,.:]*\d|\d")


@pytest.mark.parametrize("paper", PAPERS)
def test_every_number_comes_from_a_record_or_from_our_own_text(paper: str) -> None:
    case = read_case()
    found, _ = draft(paper, case)
    ours = _template_text(paper) + "".join(one.text for one in texts.grounds())
    known = set(NUMBER.findall(_as_printed(json.dumps(case, ensure_ascii=False)) + ours)) | {*_COMPUTED, *_COUNTS}
    unknown = [one for one in NUMBER.findall(text_of(found)) if one not in known]
    assert unknown == []


# Sums and differences of the sentinel case, by hand: 612-598.40, 1668.55-740.25, their sum, the two payments,
# the two agreed instalments; 14200+598.40+740.25 is also the stated total.
_COMPUTED = ("13.60", "928.30", "941.90", "3,800.00", "1,300.00", "15,538.65", "0.00", "1234")
_COUNTS = ("1", "2", "3")


def _as_printed(payload: str) -> str:
    """The input with its amounts, dates and times also in the form a letter prints."""
    amounts = " ".join(f"{float(one):,.2f}" for one in re.findall(r'"(\d+\.\d\d)"', payload))
    dates = " ".join(f"{int(y)} {int(m)} {int(d)}" for y, m, d in re.findall(r"(\d{4})-(\d\d)-(\d\d)", payload))
    times = " ".join(re.findall(r"T(\d\d:\d\d)", payload))
    glued = " ".join(f"{int(d)}日{t}" for d, t in re.findall(r"\d{4}-\d\d-(\d\d)T(\d\d:\d\d)", payload))
    return " ".join((payload, amounts, dates, times, glued))


def _template_text(paper: str) -> str:
    folder, name = ("complaints", paper.removeprefix("complaint-")) if "complaint" in paper else ("letters", paper)
    return files("jdneg").joinpath("data", "texts", folder, f"{name}.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("paper", PAPERS)
def test_hostile_facts_stay_text(paper: str) -> None:
    """The same blocks in number and kind as without them, and the template signs come out as they went in."""
    case = read_case()
    plain, _ = draft(paper, case)
    for name in ("said", "agency", "agent"):
        for _, contact in case["contacts"]:
            contact[name] = HOSTILE
    case["profile"]["name"] = HOSTILE
    case["loan"][1] |= {"lender": HOSTILE, "product": HOSTILE, "contract_no": HOSTILE}
    case["exhibits"][0][1]["name"] = "../../x{{ cycler }}"
    found, _ = draft(paper, case)
    assert [type(one) for one in found.blocks] == [type(one) for one in plain.blocks]
    assert "{{ 7*7 }}" in text_of(found) and "49" not in text_of(found)
    headings = [line for line in to_markdown(found.blocks).splitlines() if line.startswith("#")]
    assert headings == [line for line in to_markdown(plain.blocks).splitlines() if line.startswith("#")]


def test_a_very_long_quotation_is_cut_and_the_record_named() -> None:
    case = read_case()
    case["contacts"][2][1] |= {"said": "催" * 500_000}
    found, _ = draft("stop-third-party", case)
    table = next(block for block in found.blocks if isinstance(block, Table))
    assert table.rows[0][3].startswith("“催催") and "……" in table.rows[0][3] and len(table.rows[0][3]) < 300
    assert "C2" in table.rows[0][4]


def test_a_third_partys_name_is_not_given_away() -> None:
    for paper in ("stop-third-party", "complaint-platform", "complaint-xiaoxie"):
        assert "王某某" not in text_of(draft(paper, read_case())[0])


def test_the_whole_identity_number_is_in_no_paper() -> None:
    for paper in PAPERS:
        assert "110101199003071234" not in text_of(draft(paper, read_case())[0])


def test_exhibits_carry_the_bundles_numbers_once_there_is_one() -> None:
    facts = letter_facts(read_case())
    numbered = Exhibits(facts.exhibits.stored, {"E1": "1-1", "E2": "1-2", "E4": "2-1"})
    found, _ = draft_letter("dispute", dataclasses.replace(facts, exhibits=numbered))
    assert "证据1-2" in text_of(found) and "证据E2" not in text_of(found)


def test_guarded_words_make_no_new_promise() -> None:
    plain = text_of(draft("dispute", read_case())[0])
    guarded = text_of(draft("dispute", read_case(), guarded=True)[0])
    assert "愿意履行" not in plain and "愿意履行" not in guarded  # nobody asked for a promise
    assert "借款人的义务" in plain and "借款人的义务" in guarded  # the duty stands in both
    assert "不构成新的还款承诺" in guarded and "不构成新的还款承诺" not in plain


EMOTIONAL = ("!", "！", "强烈", "严正", "愤怒", "恶劣", "无耻", "卑鄙", "立即", "马上", "必须", "否则", "后果自负",
             "法律责任", "曝光", "起诉", "报警", "违法", "黑心", "骗", "勒令", "警告", "停息挂账")  # fmt: skip


@pytest.mark.parametrize("path", sorted(
    str(one) for folder in ("letters", "complaints", "parts")
    for one in files("jdneg").joinpath("data", "texts", folder).iterdir()
))  # fmt: skip
def test_our_own_words_are_calm(path: str) -> None:
    from pathlib import Path

    words = Path(path).read_text(encoding="utf-8")
    words = re.sub(r'^when = ".*"$|when = "[^"]*"|!=', "", words, flags=re.M)
    assert [one for one in EMOTIONAL if one in words] == []


@pytest.mark.parametrize("paper", PAPERS)
def test_the_borrowers_duty_stands_in_every_paper(paper: str) -> None:
    assert re.search("还款是借款人的义务|利息是借款人的义务|应当归还", text_of(draft(paper, read_case())[0]))


@pytest.mark.parametrize("kind", ["bank", "consumer_finance", "microlender", "private", "unknown"])
def test_rules_are_cited_only_to_those_they_bind(kind: str) -> None:
    case = read_case()
    case["loan"][1]["kind"] = kind
    text = text_of(draft("stop-third-party", case)[0])
    assert ("小额贷款公司监督管理" in text) == (kind == "microlender")
    assert ("消费金融公司管理办法" in text) == (kind == "consumer_finance")
    assert ("互联网贷款管理" in text) == (kind == "bank")
    assert ("GB/T 45251" in text) == (kind in ("bank", "consumer_finance", "microlender"))
    assert "第一千零三十三条" in text


def test_a_name_the_template_uses_must_be_there() -> None:
    from jinja2 import UndefinedError

    with pytest.raises(UndefinedError):
        render({"title": "{{ nobody }}", "block": []}, {})
    with pytest.raises(TypeError):
        render({"title": "{{ nothing }}", "block": []}, {"nothing": None})


def test_facts_read_as_chinese() -> None:
    night = dt.datetime(2026, 11, 14, 13, 58, tzinfo=dt.UTC)
    values = {"at": night, "day": dt.date(2026, 3, 1), "gap": Blank("name"), "terms": ContactTerms, "who": Profile}
    found = render({"title": "{{ at }}／{{ day }}／{{ gap }}", "block": []}, values)
    assert found.blocks[0] == Heading("2026年11月14日21:58／2026年3月1日／【待填：姓名】")
    assert found.missing == ("姓名",)


def test_a_dispute_admits_nothing_and_a_proposal_takes_over_no_sum() -> None:
    for paper in ("dispute", "proposal"):
        for guarded in (False, True):
            words = text_of(draft(paper, read_case(), guarded=guarded)[0])
            assert [
                one for one in ("没有异议", "无异议", "予以确认", "作为协商的参照", "以此为") if one in words
            ] == []
    assert "不表示承认贵方主张的数额" in text_of(draft("proposal", read_case())[0])
    guarded = text_of(draft("dispute", read_case(), guarded=True)[0])
    assert "系下列借款的借款人" not in guarded and "未发现与贵方主张的差异" not in guarded


def test_every_line_passed_has_its_sentence() -> None:
    from decimal import Decimal

    from jdneg.domain.correspondence.lines import _KINDS
    from jdneg.domain.debt.ceiling import Ceiling
    from jdneg.domain.messages import info

    seen = {"low": Decimal("25.10"), "high": Decimal("28.00"), "limit": Decimal("24.00"), "factor": Decimal("1.8"),
            "kept": Decimal("200.00"), "received": Decimal("800.00")}  # fmt: skip
    over = tuple(
        Ceiling("x", "policy", "reported", "rate", None, None, "over", info(code, **seen)) for code in _KINDS
    )
    words = text_of(draft("dispute", read_case(), over=over)[0])
    assert words.count("由法院裁量") == 2 and "¥200.00" in words and "1.8倍" in words and "25.10%至28.00%" in words
