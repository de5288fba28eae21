"""What reads like what: figures between 0 and 1, places that lead back to words, and weights of these very lines."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, strategies as st

from benchmarks import tone as learning
from jdneg.domain.conduct.wording import Reader
from jdneg.domain.scam.screen import screen
from jdneg.domain.tone import Tone, alike, is_chinese, runs, stretches
from jdneg.storage.datafiles import scams, wording
from jdneg.storage.wordlookup import Writing, lexicon_of

TONE = Tone(wording().tone)
TEXT = st.text(alphabet="你不还钱就，。！\n 我们去0Ab9😀", max_size=400)


@given(TEXT)
def test_any_text_has_an_answer_and_a_place(text: str) -> None:
    found, (start, end) = TONE.of(text)
    first, last = TONE.telling(text, (start, end))
    assert 0 <= found <= 1 and 0 <= start <= first <= last <= end <= len(text)


@given(TEXT)
def test_stretches_are_short_and_leave_nothing_out(text: str) -> None:
    spans = list(stretches(text))
    assert all(end - start <= 120 for start, end in spans)
    covered = {place for start, end in spans for place in range(start, end)}
    assert all(place in covered for place, char in enumerate(text) if char not in "。！\n")


@given(TEXT)
def test_figures_and_letters_of_one_kind_read_alike(text: str) -> None:
    assert len(alike(text)) == len(text)
    assert TONE.of(text.replace("9", "5").upper()) == TONE.of(text.replace("9", "1").lower())


def test_the_sum_is_of_runs_each_once() -> None:
    model = Tone({"": -100, "甲": 50, "甲乙": 80, "乙甲": -30})
    assert runs("甲乙甲") == {"甲", "乙", "甲乙", "乙甲", "甲乙甲"}
    assert model.of("甲乙甲")[0] == pytest.approx(0.5)


def test_a_long_lawful_page_is_read_in_stretches() -> None:
    """A page of harmless sentences says no more than one of them; one threat in it is found where it stands."""
    calm = "您好，您的账单已经生成，请您按时还款，如已还款请忽略本短信。"
    bad = "再不还钱我就去你家堵门，让你全家都没脸见人。"
    page = calm * 30 + bad + calm * 30
    assert TONE.of(calm * 60)[0] == pytest.approx(TONE.of(calm * 4)[0], abs=0.2)
    found, (start, end) = TONE.of(page)
    assert found > 0.9 and start <= page.index(bad) + len(bad) and end > page.index(bad)


def test_what_no_list_names_is_for_a_closer_look_alone() -> None:
    read = Reader(lexicon_of(Writing((), {}, {}, tone=TONE.weights)))
    [hit] = read("你这么赖着不给，咱俩就慢慢耗，看谁先没脸在厂里待").hits
    assert (hit.cls, hit.plain) == ("pressing", False) and hit.quote
    assert read("您好，您的账单已经生成，请您按时还款").hits == ()


def test_a_megabyte_takes_no_time_to_speak_of() -> None:
    began = time.perf_counter()
    TONE.of("你不还钱" * 250_000)
    assert time.perf_counter() - began < 20


def test_the_weights_were_learnt_from_these_lines() -> None:
    made_from = learning.version(learning.lines())
    for path, _ in learning.FILES.values():
        assert f'lines = "{made_from}"' in path.read_text(encoding="utf-8"), "python -m benchmarks.tone"


def test_learning_them_again_gives_the_same_answers() -> None:
    known = learning.lines()
    for (_, is_one), kept in zip(learning.FILES.values(), (TONE, scams().tone), strict=True):
        bias, weights = learning.learnt(known, is_one)
        again = Tone({"": round(bias * 100), **{run: round(weight * 100) for run, weight in weights.items()}})
        assert max(abs(again.of(one.text)[0] - kept.of(one.text)[0]) for one in known) < 0.05


def test_no_tone_is_heard_in_another_language() -> None:
    for words in ("Your parcel will arrive tomorrow, please reply YES", "We will call you back at 10 am", "12345"):
        assert not is_chinese(words)
        assert screen(words, None, scams()).verdict == "no_signal" and Reader(wording())(words).hits == ()
    assert is_chinese("没路灯吧，下班慢点走") and is_chinese("打开Zoom共享屏幕")
