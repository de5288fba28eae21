"""The channels and the grounds as data: every row they name is in the fact sheet, every wording fits its force."""

import datetime as dt
from importlib.resources import files
from pathlib import Path

import pytest

from jdneg.domain.complaint.channels import answers_due, channel
from jdneg.domain.complaint.draft import NEEDED
from jdneg.domain.correspondence.letters import KINDS
from jdneg.errors import BadChoice
from jdneg.storage import texts

FACTS = Path(__file__).resolve().parents[4] / "shared" / "facts" / "law.md"
DAY = dt.date(2026, 11, 22)


def test_the_platform_clock_binds_banks_and_consumer_finance_by_calendar_days() -> None:
    platform = channel(texts.channels(), "platform")
    assert [day for _, day in answers_due(platform, "bank", DAY)] == [
        dt.date(2026, 12, 7),
        dt.date(2026, 12, 22),
        dt.date(2027, 1, 21),
    ]
    assert answers_due(platform, "microlender", DAY) == ()


def test_working_days_and_days_from_acceptance_are_not_made_into_dates() -> None:
    for name in ("12315", "12363"):
        due = answers_due(channel(texts.channels(), name), "bank", DAY)
        assert due and all(day is None for _, day in due)


def test_a_superseded_clock_no_longer_runs() -> None:
    market = channel(texts.channels(), "12315")
    rows = {clock.row for clock, _ in answers_due(market, "bank", DAY)}
    assert rows == {"CPL.46"}
    assert "SAMR2019" in {clock.row for clock, _ in answers_due(market, "bank", dt.date(2026, 4, 14))}


def test_whom_a_channel_fits() -> None:
    regulator = channel(texts.channels(), "12378")
    assert regulator.fits_kind("bank") is True
    assert regulator.fits_kind("microlender") is False
    assert regulator.fits_kind("unknown") is None
    with pytest.raises(BadChoice):
        channel(texts.channels(), "court")


def test_channels_that_draft_are_those_with_a_text() -> None:
    assert {one.id for one in texts.channels() if one.drafts} == set(NEEDED)
    for name in NEEDED:
        assert texts.complaint_template(name)["title"]


def test_every_channel_is_told_in_both_languages() -> None:
    for lang in ("zh", "en"):
        for one in texts.channels():
            assert one.name[lang] and one.about[lang] and all(first[lang] for first in one.first)


@pytest.mark.skipif(not FACTS.exists(), reason="the fact sheet is not beside this checkout")
def test_every_row_named_is_in_the_fact_sheet_and_was_at_least_reported() -> None:
    sheet = FACTS.read_text(encoding="utf-8")
    rows = {one.row: one.checked for one in texts.grounds()}
    clocks = {clock.row: clock.checked for one in texts.channels() for clock in one.clocks}
    named = {row for one in texts.channels() for row in one.rows} | set(rows) | set(clocks)
    assert [row for row in named if f"`{row}`" not in sheet] == []
    assert "unconfirmed" not in {*rows.values(), *clocks.values()}


def test_each_ground_is_worded_by_its_force_and_by_how_it_is_known() -> None:
    for ground in texts.grounds():
        assert ("据公开" in ground.text) == (ground.checked == "reported"), ground.row
        assert ("推荐性国家标准" in ground.text) == (ground.level == "standard"), ground.row
        assert ("自律" in ground.text) == (ground.level == "self_regulation"), ground.row
        assert ("规范性文件" in ground.text or "公告" in ground.text or "规定》" in ground.text) or (
            ground.level != "normative"
        ), ground.row


def test_topics_are_kinds_of_papers_there_are() -> None:
    papers = {*KINDS, *(f"complaint-{to}" for to in NEEDED)}
    assert {topic for one in texts.grounds() for topic in one.topics} <= papers


# The fact sheet's do-not-encode list, as far as words can tell.
NEVER = ("停息挂账", "三倍", "无效", "冷静期", "4倍", "四倍", "15个工作日", "一次性信用修复", "寻衅滋事", "债务消灭")


def test_nothing_of_the_do_not_encode_list_is_in_our_texts() -> None:
    folder = files("jdneg").joinpath("data", "texts")
    every = [one.text for one in texts.grounds()]
    for name in ("letters", "complaints", "parts"):
        every += [one.read_text(encoding="utf-8") for one in folder.joinpath(name).iterdir()]
    assert [(word, text[:40]) for word in NEVER for text in every if word in text] == []
