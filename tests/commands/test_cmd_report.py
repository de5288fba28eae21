"""``report``: on the screen, as JSON and as one page that needs nothing else; figures as ``contact list`` and ``check`` count."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from cli_world import Run
from command_world import THREAT, failed

REPORTS = (("pattern",), ("timeline",), ("summary",))
FILTERS = (
    [],
    ["type:call"],
    ["finding:any"],
    ["number:13800138000"],
    ["to:family"],
    ["after:2026-11-18", "-type:sms"],
    ["L1"],
)


@pytest.fixture
def case(gold: Run) -> Run:
    """A loan, a case with an agreement, contacts of several kinds."""
    gold(
        "log-call",
        "L1",
        "--at",
        "2026-11-02 22:17",
        "--number",
        "13800138000",
        "--agent",
        "工号3301",
        "--said",
        THREAT,
        "--wait",
        "8m",
        "--refusal",
        "compliance",
        "--attitude",
        "大声",
    )
    for hour in ("09:00", "11:00", "14:00", "16:00", "18:00"):
        gold(
            "log-call",
            "L1",
            "--at",
            f"2026-11-19 {hour}",
            "--number",
            "95118",
            "--answered",
            "yes",
            "--i-said",
            "知道了",
        )
    gold(
        "log-call",
        "L1",
        "--at",
        "2026-11-18",
        "--to-whom",
        "family",
        "--third-party",
        "李小红",
        "--disclosed",
        "欠款",
        "--told-by",
        "李小红",
    )
    gold(
        "log-sms",
        "L1",
        "--at",
        "2026-11-20 10:00",
        "--number",
        "106900000000",
        "--text",
        "[bold]您已逾期\x1b[31m16480.55元",
    )
    gold("claim", "add", "L1", "--at", "2026-11-20", "--total", "16480.55", "--principal", "14200")
    gold("negotiate", "open", "L1", "--goal", "延长24期")
    gold("negotiate", "contact", "G1", "--call", "C1")
    gold("negotiate", "offer", "G1", "--months", "24", "--monthly", "650", "--at", "2026-11-15")
    gold("negotiate", "accept", "G1", "--offer", "1", "--oral", "--at", "2026-11-19", code=0)
    return gold


class Page(HTMLParser):
    """What a page loads, and whether its tags close."""

    VOID = frozenset({"meta", "br", "col", "rect", "line", "polyline"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag


@pytest.mark.parametrize("words", FILTERS, ids=" ".join)
def test_the_pattern_counts_what_the_list_counts(case: Run, words: list[str]) -> None:
    data = case("report", "pattern", *words, "--json").data
    listed = case("contact", "list", *words, "--json").data
    findings = case("check", *words, "--json").data["findings"]
    assert data["contacts"] == len(listed["contacts"])
    for result in ("breach", "review", "cannot_tell"):
        assert data["findings"][result] == sum(one["result"] == result for one in findings)
    for rows in data["by"].values():
        assert sum(one["contacts"] for one in rows) == data["contacts"]
    assert sum(map(sum, data["hours"])) + data["untimed"] == data["contacts"]
    assert sum(data["direction"].values()) == data["contacts"]


@pytest.mark.parametrize(("split", "of"), [("G1", "G1"), ("2026-11-19", "2026-11-19")])
def test_before_and_after(case: Run, split: str, of: str) -> None:
    found = case("report", "pattern", "--split", split, "--json").data["split"]
    assert (found["at"], found["of"]) == ("2026-11-19", of)
    assert (found["before"]["contacts"], found["after"]["contacts"]) == (2, 6)
    assert found["before"]["third_parties"] == 1


def test_before_and_after_a_letter(case: Run) -> None:
    case("letter", "draft", "contact-preference", "--loan", "L1", "--hours", "09:00-18:00", code=0)
    assert failed(case("report", "pattern", "--split", "T1", "--json")) == "no_split_day"
    case("letter", "sent", "T1", "--at", "2026-11-18", "--via", "EMS", code=0)
    found = case("report", "pattern", "--split", "T1", "--json").data["split"]
    assert (found["at"], found["of"], found["before"]["contacts"]) == ("2026-11-18", "T1", 1)


def test_a_split_without_a_day_is_an_error(gold: Run) -> None:
    gold("negotiate", "open", "L1", "--goal", "延期")
    assert failed(gold("report", "pattern", "--split", "G1", "--json")) == "no_split_day"
    assert gold("report", "pattern", "--split", "G9").code == 3
    assert gold("report", "pattern", "--split", "某天").code == 2
    assert gold("report", "pattern", "bogus:1").code == 2


@pytest.mark.parametrize("report", REPORTS, ids=" ".join)
def test_a_report_in_both_languages(case: Run, lang: str, report: tuple[str, ...]) -> None:
    ran = case("report", *report, code=0)
    assert ran.out.strip() and "\x1b" not in ran.out
    assert not re.search("[\u2500-\u259f]", ran.out), "frames and blocks are two cells wide on Chinese terminals"
    assert "13800138000" not in ran.out and "李小红" not in ran.out
    assert case("report", *report, "--json", code=0).data["as_of"] == "2026-11-21"


@pytest.mark.parametrize("report", REPORTS, ids=" ".join)
def test_an_empty_journal_says_what_to_do(gold: Run, lang: str, report: tuple[str, ...]) -> None:
    ran = gold("report", *report, code=0)
    assert ran.out.strip()


@pytest.mark.parametrize("report", REPORTS, ids=" ".join)
def test_a_page_needs_nothing_else(case: Run, here: Path, lang: str, report: tuple[str, ...]) -> None:
    path = here / "report.html"
    case("report", *report, "-o", str(path), code=0)
    text = path.read_text(encoding="utf-8")
    page = Page(text)
    assert page.open == []
    assert not {"script", "link", "img", "iframe", "object", "embed"} & set(page.tags)
    assert not {name for name, _ in page.attributes} & {"src", "href", "onload", "onclick", "srcdoc"}
    assert "\x1b" not in text and "13800138000" not in text and "李小红" not in text
    assert path.stat().st_mode & 0o077 == 0


def test_every_picture_has_words_and_a_table(case: Run, here: Path) -> None:
    path = here / "report.html"
    case("report", "pattern", "--split", "G1", "-o", str(path), code=0)
    text = path.read_text(encoding="utf-8")
    assert text.count("<svg") == text.count("<title>") - 1 == text.count("<desc>") == 2
    for part in text.split("<figure")[1:]:
        assert "<table" in part.split("<h2", 1)[0]


def test_reveal_shows_what_is_masked(case: Run) -> None:
    assert "138****8000" in case("report", "pattern").out
    assert "13800138000" in case("report", "pattern", "--reveal").out
    assert "13800138000" in case("report", "timeline", "--reveal").out


def test_the_timeline_of_a_filter_has_its_contacts_alone(case: Run) -> None:
    every = case("report", "timeline", "--json").data
    some = case("report", "timeline", "type:sms", "--json").data
    assert {one["id"] for one in some["events"]} == {"C8"}
    assert {"L1", "D1", "G1"} <= {one["id"] for one in every["events"]}
    assert [one["at"][:10] for one in every["events"]] == sorted(one["at"][:10] for one in every["events"])


def test_the_summary_has_the_figures_of_the_others(case: Run) -> None:
    data = case("report", "summary", "--json").data
    assert data["contacts"]["count"] == len(case("contact", "list", "--json").data["contacts"])
    (debt,) = data["debts"]
    assert debt["components"] == case("verify", "L1", "--json").data["components"]
    assert [one["id"] for one in data["deadlines"]] == [one["id"] for one in case("today", "--json").data["items"]]


def test_nothing_is_overwritten(case: Run, here: Path) -> None:
    (here / "a.html").write_text("mine")
    assert case("report", "pattern", "-o", str(here / "a.html")).code == 2
    assert (here / "a.html").read_text() == "mine"


def test_the_effort_masks_people_unless_revealed(gold: Run, here: Path) -> None:
    gold("negotiate", "open", "L1", "--goal", "减免", code=0)
    gold("log-call", "L1", "--at", "昨天9点", "--number", "13800138000", "--agent", "王小明", "--said", "打13800138000找王小明",
         "--case", "G1", code=0)  # fmt: skip
    masked = gold("report", "negotiation", "G1", code=0)
    assert "13800138000" not in masked.out and "--reveal" in masked.err
    shown = gold("report", "negotiation", "G1", "--reveal", code=0)
    assert "13800138000" in shown.out and "--reveal" not in shown.err
    gold("report", "negotiation", "G1", "-o", "a.md", code=0)
    gold("report", "negotiation", "G1", "-o", "b.md", "--reveal", code=0)
    first, second = ((here / name).read_text(encoding="utf-8") for name in ("a.md", "b.md"))
    assert "13800138000" not in first and "13800138000" in second
    assert "协商" in first  # for somebody outside: in Chinese
