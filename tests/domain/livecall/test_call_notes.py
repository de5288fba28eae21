"""A call's notes: entries only ever added, read again to the same notes; the flags say what was typed, no more."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st

from jdneg.domain.livecall.draft import flags_of
from jdneg.domain.livecall.notes import CallNotes, Entry, from_json, notes_of, tags_now, to_json, with_entry
from jdneg.live.words import names_of
from jdneg.storage.texts import call_script

START = dt.datetime(2026, 11, 20, 21, 17, 3, tzinfo=ZoneInfo("Asia/Shanghai"))
SCRIPT = call_script()


def at(seconds: int) -> dt.datetime:
    return START + dt.timedelta(seconds=seconds)


def made(*entries: Entry, loan: str = "L1", out: bool = False) -> CallNotes:
    notes = notes_of([Entry(START, "start", "out" if out else "", loan), *entries])
    assert notes is not None
    return notes


def flags(notes: CallNotes) -> dict[str, object]:
    return dict(flags_of(notes, SCRIPT, names_of(SCRIPT)))


kinds = st.sampled_from(["they", "me", "drop", "tag", "tick", "answer", "typing", "end", "field", "saving", "resume"])
names = st.sampled_from(["threat", "promise", "who", "total", "result"])
entries = st.builds(
    lambda kind, text, name, seconds: Entry(at(seconds), kind, text, name),
    kinds, st.text(max_size=20), names, st.integers(0, 9000),
)  # fmt: skip


@given(st.lists(entries, max_size=20))
def test_a_draft_read_back_is_the_same(more: list[Entry]) -> None:
    every = [Entry(START, "start", "", "L1"), *more]
    back = [from_json(to_json(one)) for one in every]
    assert back == every
    assert notes_of(one for one in back if one) == notes_of(every)


@given(st.lists(entries, max_size=20))
def test_every_entry_counts_once(more: list[Entry]) -> None:
    """Reading all at once is the same as following the call."""
    notes = made()
    for one in more:
        notes = with_entry(notes, one)
    assert notes == made(*more)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["they", "me"]), st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)
        )
    )
)
def test_no_line_is_lost_and_none_is_invented(said: list[tuple[str, str]]) -> None:
    notes = made(*(Entry(at(n), who, text) for n, (who, text) in enumerate(said)))  # type: ignore[arg-type]
    found = flags(notes)
    theirs = "\n".join(text for who, text in said if who == "they")
    mine = "\n".join(text for who, text in said if who == "me")
    assert found.get("said", "") == theirs.strip() or found.get("said", "") == theirs
    assert found.get("i_said", "") in (mine, mine.strip())


def test_an_empty_call_has_only_its_moment_and_loan() -> None:
    assert flags(made()) == {"at": START.isoformat(), "loan": "L1"}


def test_the_clock_gives_end_and_duration() -> None:
    found = flags(made(Entry(at(5), "they", "您好"), Entry(at(192), "end")))
    assert (found["until"], found["duration"]) == (at(192).isoformat(), "192s")


def test_a_call_that_was_left_has_no_known_end() -> None:
    """Closed at 21:17, opened again three hours later: the clock did not see the end."""
    notes = made(
        Entry(at(5), "they", "您好"),
        Entry(at(10800), "resume"),
        Entry(at(10810), "me", "想起来了"),
        Entry(at(10820), "end"),
    )
    found = flags(notes)
    assert "until" not in found and "duration" not in found
    assert [line.late for line in notes.lines] == [False, True]
    assert "noted later" in str(found["note"])


def test_after_any_break_the_end_stays_unknown() -> None:
    """Opened again twenty seconds later, left once more, opened again: no later key is the call's end."""
    notes = made(
        Entry(at(5), "they", "您好"), Entry(at(25), "resume"), Entry(at(60), "end"),
        Entry(at(70), "resume"), Entry(at(254), "end"),
    )  # fmt: skip
    assert not {"until", "duration"} & flags(notes).keys() and notes.left


def test_an_end_seen_before_the_break_stays() -> None:
    notes = made(
        Entry(at(5), "they", "您好"), Entry(at(60), "end"), Entry(at(90), "resume"), Entry(at(95), "me", "想起来了"),
        Entry(at(99), "end"),
    )  # fmt: skip
    assert flags(notes)["duration"] == "60s" and notes.lines[-1].late


def test_words_alone_do_not_say_that_it_was_answered() -> None:
    """They may stand on a mailbox; the review asks."""
    notes = made(Entry(at(5), "they", "请回电"))
    assert "answered" not in flags(notes)
    assert flags(made(Entry(at(5), "they", "您好"), Entry(at(6), "field", "yes", "answered")))["answered"] == "yes"


def test_answers_fill_their_flags_and_an_amount_that_is_none_stays_in_the_note() -> None:
    answers = [("who", "王，工号8812"), ("firm", "甲公司"), ("total", "一万六左右"), ("parts", "利息 600")]
    found = flags(made(*(Entry(at(n), "answer", text, name) for n, (name, text) in enumerate(answers))))
    assert (found["agent"], found["agency"]) == ("王，工号8812", "甲公司")
    assert "demand" not in found
    assert "一万六左右" in str(found["note"]) and "利息 600" in str(found["note"])
    assert flags(made(Entry(at(1), "answer", "16480.55", "total")))["demand"] == "16480.55"


def test_tags_set_only_what_they_say() -> None:
    notes = made(
        Entry(at(1), "they", "先交手续费"), Entry(at(2), "tag", name="fee"), Entry(at(3), "tag", name="refuses-id")
    )
    found = flags(notes)
    assert (found["fee_pressed"], found["identity"]) == ("yes", "no")
    assert not {"borrowing_pressed", "private_payee", "inconvenient", "robot"} & found.keys()


def test_a_line_tagged_as_a_promise_is_one_of_its_side() -> None:
    notes = made(
        Entry(at(1), "they", "三天内发书面材料"), Entry(at(2), "tag", name="promise"),
        Entry(at(3), "me", "周五前还500"), Entry(at(4), "tag", name="promise"),
        Entry(at(5), "they", "发到 a@b.cn"), Entry(at(6), "tag", name="promise"), Entry(at(7), "they", "别的"),
    )  # fmt: skip
    found = flags(notes)
    assert (found["they_promise"], found["i_promise"]) == (("三天内发书面材料",), ("周五前还500",))
    assert "a@b.cn" in str(found["note"])


def test_a_tag_marks_the_last_line_of_whom_it_is_about() -> None:
    """The borrower's own line never stands as the threat."""
    lines = (Entry(at(1), "they", "再不还就打你单位电话"), Entry(at(2), "me", "请书面发我"))
    notes = made(*lines, Entry(at(3), "tag", "they", "threat"))
    assert [line.tags for line in notes.lines] == [("threat",), ()] and tags_now(notes, "they") == ("threat",)
    assert [line.tags for line in made(*lines, Entry(at(3), "tag", "me", "inconvenient")).lines] == [
        (),
        ("inconvenient",),
    ]
    assert [line.tags for line in made(*lines, Entry(at(3), "tag", name="promise")).lines] == [(), ("promise",)]
    alone = made(lines[1], Entry(at(3), "tag", "they", "threat"))
    assert alone.tags == ("threat",) and alone.lines[0].tags == ()
    assert {tag.id: tag.about for tag in SCRIPT.tags if tag.about != "they"} == {
        "promise": "",
        "amount": "",
        "inconvenient": "me",
    }


def test_a_tag_pressed_twice_is_none() -> None:
    notes = made(Entry(at(1), "they", "…"), Entry(at(2), "tag", name="threat"), Entry(at(3), "tag", name="threat"))
    assert notes.every_tag == ()


def test_a_correction_stands_and_an_emptied_field_is_unknown() -> None:
    notes = made(
        Entry(at(1), "answer", "王", "who"),
        Entry(at(9), "end"),
        Entry(at(20), "field", "", "agent"),
        Entry(at(21), "field", "挂断", "result"),
    )
    found = flags(notes)
    assert "agent" not in found and found["result"] == "挂断"


def test_lines_that_are_none_of_ours_are_passed_over() -> None:
    for raw in (
        None,
        3,
        [],
        {},
        {"kind": "they"},
        {"kind": "rm -rf", "at": START.isoformat()},
        {"kind": "they", "at": "x"},
        {"kind": "they", "at": "2026-01-01T00:00:00"},
        {"kind": "they", "at": START.isoformat(), "text": 3},
    ):
        assert from_json(raw) is None
    assert notes_of([Entry(START, "they", "ohne Anfang")]) is None
