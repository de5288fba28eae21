"""Frames: slots filled in any order, near each other, in one sentence, not denied."""

from __future__ import annotations

from itertools import permutations

import pytest
from conduct_made import lexicon, text
from hypothesis import given, strategies as st

from jdneg.domain.conduct.frames import Frame, place_of
from jdneg.domain.conduct.lexicon import SLOT, Signal
from jdneg.domain.conduct.wording import Reader
from jdneg.errors import JdnegError
from jdneg.storage.datafiles import DATA
from jdneg.storage.wordfiles import read_lexicon
from jdneg.storage.wordlookup import Told, Writing, lexicon_of

SLOTS = {"kin": ("父母",), "tell": ("告诉", "不得好死"), "ahead": ("今晚",), "consent": ("同意",)}
WRITTEN = "kin tell ahead !consent"


def met(message: str, written: str = WRITTEN) -> str | None:
    """What a frame quotes of a message."""
    told = Told(Signal("threat.x", "threat"), (), (Frame.read(written),))
    hit = Reader(lexicon_of(Writing([told], {"negation": ("不会", "不得")}, SLOTS)))(message).of(("threat",))
    return hit.quote if hit else None


def test_a_frame_is_written_as_it_is_read() -> None:
    assert str(Frame.read(WRITTEN)) == WRITTEN
    assert Frame.read(WRITTEN) == Frame(("kin", "tell", "ahead"), ("consent",))


@pytest.mark.parametrize("order", tuple(permutations(["父母", "告诉", "今晚"])))
def test_the_order_is_free(order: tuple[str, ...]) -> None:
    assert met("我" + "就".join(order) + "的") == "就".join(order)


@pytest.mark.parametrize(
    "message",
    [
        "今晚告诉你", "今晚告诉他。父母都好", "今晚告诉" + "嗯" * 30 + "父母", "今晚不会告诉父母", "我们不会在今晚告诉父母", "今晚告诉父母，他们同意了",
    ],
)  # fmt: skip
def test_what_is_missing_far_denied_or_excluded(message: str) -> None:
    assert met(message) is None


def test_a_denial_in_another_clause_or_within_a_word_is_none() -> None:
    assert met("我不会等，今晚告诉父母") == "今晚告诉父母"
    assert met("今晚父母不得好死") == "今晚父母不得好死"


@given(st.text(alphabet="父母告诉今晚不会。，", max_size=24))
def test_the_quote_stands_in_the_message_and_in_one_sentence(message: str) -> None:
    quote = met(message)
    assert quote is None or (quote in message and "。" not in quote and "告诉" in quote)


def test_what_stands_far_down_a_page_counts_as_at_its_head() -> None:
    harmless = "今晚吃饭。告诉我。父母都好。" * 20
    assert met(harmless + "今晚告诉父母。") == met("今晚告诉父母。" + harmless) == "今晚告诉父母"


def test_each_word_fills_one_slot() -> None:
    assert place_of(Frame(("kin", "tell")), "父母", lambda _: {0: [(0, 2)]}, {}) is None


def broken(**files: str) -> str:
    """What the reader says of our own files with some of them exchanged."""
    raw = {f"wording/{one.name}": one.read_bytes() for one in (DATA / "wording").iterdir()}
    with pytest.raises(JdnegError) as caught:
        read_lexicon(raw | {f"wording/{name}.toml": words.encode() for name, words in files.items()}, "v")
    return str(caught.value)


def test_faults_of_the_data_are_named() -> None:
    slots = (DATA / "wording" / "slots.toml").read_text(encoding="utf-8")
    assert "has no key" in broken(slots=slots + '\nanything = ["[^a]{2}"]\n')
    insult = 'class = "insult"\n[[signal]]\nid = "insult.x"\n'
    assert "no slot is called nobody" in broken(insult=insult + 'frames = ["nobody"]\n')
    assert "patterns or frames are needed" in broken(insult=insult)
    assert "names no slot to look for" in broken(insult=insult + 'frames = ["!kin"]\n')
    assert "one word" in broken(insult=insult.replace(".x", ".x y") + 'frames = ["kin"]\n')


def test_every_slot_is_used() -> None:
    frames = [Frame.read(one.partition(" ")[2]) for one in lexicon().frames]
    used = {SLOT + name for one in frames for name in (*one.needs, *one.excludes)}
    groups = {one.partition(" ")[0] for one in lexicon().patterns}
    assert used == {one for one in groups if one.startswith(SLOT)}


@pytest.mark.parametrize(
    ("abusive", "lawful"),
    [
        ("今晚我就把你欠钱的事告诉你单位领导", "我们不会把您欠款的事告诉您的单位领导"),
        ("你单位领导今晚就会知道你欠钱的事", "您投诉催收员告诉您领导的事，我司正在核查"),
        ("你爸妈的养老钱拿出来还不就完了，欠债还钱", "您作为担保人，欠款应由您还上"),
        ("经侦明天上门抓人，还清就撤案", "如被冒充经侦上门抓人，请勿转账，保留证据"),
    ],
)
def test_each_has_a_lawful_neighbour(abusive: str, lawful: str) -> None:
    assert {one.result for one in text(abusive)} & {"review", "breach"}
    assert text(lawful) == []
