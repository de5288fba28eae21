"""A table of what people type, read on Sunday 22 November 2026, 14:00 in Shanghai."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from contextlib import suppress
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from jdneg.domain.phrases import parse_day, parse_duration, parse_moment
from jdneg.errors import BadDuration, BadTime, DayWanted, FutureTime, NoSuchDay

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = dt.datetime(2026, 11, 22, 14, 0, 30, tzinfo=SHANGHAI)

LOOKING_BACK = """
2026-11-20                     2026-11-20
2026-1-5                       2026-01-05
2026-11-20 21:30               2026-11-20T21:30
2026-11-20 21:30:15            2026-11-20T21:30:15
2026-11-20T21:30               2026-11-20T21:30
2026-11-20T21:30+08:00         2026-11-20T21:30
2026-11-20 21:30 +08:00        2026-11-20T21:30
2026-11-20T13:30:00Z           2026-11-20T21:30
2026-11-20T21:30:15.250+08:00  2026-11-20T21:30:15.250
2026/11/20 21:30               2026-11-20T21:30
2026.11.20 21:30               2026-11-20T21:30
２０２６－１１－２０　２１：３０       2026-11-20T21:30
2026-11-20 24:00               2026-11-21T00:00
2026-11-20 晚上9点              2026-11-20T21:00
2026年11月20日                  2026-11-20
2026年11月20日 21:30            2026-11-20T21:30
2026年11月20日21时30分15秒       2026-11-20T21:30:15
二〇二六年十一月二十日晚上九点四十五分  2026-11-20T21:45
去年12月1日                     2025-12-01
11月20日                        2026-11-20
11月20号下午3点                  2026-11-20T15:00
11月20日晚上9点                  2026-11-20T21:00
12月1日                         2025-12-01
2月29日                         2024-02-29
20日下午3点                      2026-11-20T15:00
25日                            2026-10-25
31号                            2026-10-31
上个月20号                       2026-10-20
本月1日上午9点                    2026-11-01T09:00
今天                            2026-11-22
今天上午10点一刻                  2026-11-22T10:15
今天上午十点三刻                  2026-11-22T10:45
今早8点                          2026-11-22T08:00
今晨6点                          2026-11-22T06:00
昨天                            2026-11-21
昨天9点                          2026-11-21T09:00
昨天14:00                       2026-11-21T14:00
昨日 23:59                      2026-11-21T23:59
昨天下午3点05分                   2026-11-21T15:05
昨天下午3点零五分                 2026-11-21T15:05
昨天下午3点05                    2026-11-21T15:05
昨天下午15:00                    2026-11-21T15:00
昨天中午                          2026-11-21
昨天中午12点                      2026-11-21T12:00
昨天中午1点                       2026-11-21T13:00
昨天凌晨2点                       2026-11-21T02:00
昨天傍晚6点                       2026-11-21T18:00
昨晚                             2026-11-21
昨晚9点半                         2026-11-21T21:30
昨晚九点半                        2026-11-21T21:30
昨晚 21:30                       2026-11-21T21:30
昨天晚上十点钟                     2026-11-21T22:00
昨天的晚上10点整                   2026-11-21T22:00
昨晚1点                           2026-11-22T01:00
昨晚12点                          2026-11-22T00:00
昨晚12点半                        2026-11-22T00:30
昨晚0点20分                       2026-11-22T00:20
昨夜两点                          2026-11-22T02:00
前天下午三点                       2026-11-20T15:00
前晚9点                           2026-11-20T21:00
大前天                            2026-11-19
大前天早上7点半                    2026-11-19T07:30
刚才                             2026-11-22T14:00:30
3天前                             2026-11-19
三天前下午两点                     2026-11-19T14:00
两周前                            2026-11-08
2个星期之前                       2026-11-08
三个月前                           2026-08-22
两小时前                           2026-11-22T12:00:30
半小时前                           2026-11-22T13:30:30
半个小时前                         2026-11-22T13:30:30
一个半小时前                       2026-11-22T12:30:30
1小时20分钟前                      2026-11-22T12:40:30
一刻钟前                           2026-11-22T13:45:30
10分钟前                          2026-11-22T13:50:30
十分钟以前                         2026-11-22T13:50:30
25小时前                          2026-11-21T13:00:30
周二14:00                         2026-11-17T14:00
周日晚上9点                        2026-11-15T21:00
周二十点                           2026-11-17T10:00
星期天                            2026-11-22
礼拜三                            2026-11-18
上周五晚上8点                      2026-11-13T20:00
上上周五                           2026-11-06
这周二                             2026-11-17
上个星期一早上9点                   2026-11-09T09:00
凌晨2点                           2026-11-22T02:00
中午12点半                         2026-11-22T12:30
晚上12点                           2026-11-22T00:00
晚上9点                            2026-11-21T21:00
下午1点                            2026-11-22T13:00
21:30                            2026-11-21T21:30
14:02                            2026-11-22T14:02
14:03                            2026-11-21T14:03
9点                               2026-11-22T09:00
now                              2026-11-22T14:00:30
just now                         2026-11-22T14:00:30
today                            2026-11-22
today 9:15                       2026-11-22T09:15
yesterday                        2026-11-21
yesterday 9pm                    2026-11-21T21:00
Yesterday at 9:05 p.m.           2026-11-21T21:05
9pm yesterday                    2026-11-21T21:00
yesterday 12am                   2026-11-21T00:00
yesterday 12pm                   2026-11-21T12:00
yesterday noon                   2026-11-21T12:00
yesterday evening 8              2026-11-21T20:00
yesterday at 3 in the afternoon  2026-11-21T15:00
last night                       2026-11-21
last night 9:30                  2026-11-21T21:30
last night at 11pm               2026-11-21T23:00
last night 1am                   2026-11-22T01:00
this morning 8:00                2026-11-22T08:00
the day before yesterday 3pm     2026-11-20T15:00
3 days ago                       2026-11-19
three days ago at 9pm            2026-11-19T21:00
2 weeks ago                      2026-11-08
a month ago                      2026-10-22
2 hours ago                      2026-11-22T12:00:30
an hour ago                      2026-11-22T13:00:30
half an hour ago                 2026-11-22T13:30:30
10 mins ago                      2026-11-22T13:50:30
tuesday                          2026-11-17
tuesday 14:00                    2026-11-17T14:00
at 9pm on tuesday                2026-11-17T21:00
sunday                           2026-11-22
sunday 9pm                       2026-11-15T21:00
last friday 8pm                  2026-11-20T20:00
last sunday                      2026-11-15
this tue 9am                     2026-11-17T09:00
9:30pm                           2026-11-21T21:30
nov 20                           2026-11-20
20 November 2026 21:30           2026-11-20T21:30
Nov 20th, 2026 9pm               2026-11-20T21:00
dec 1                            2025-12-01
"""

LOOKING_AHEAD = """
周二14:00               2026-11-24T14:00
下周二                  2026-11-24
下下周一                2026-11-30
星期天                  2026-11-22
周日上午9点              2026-11-29T09:00
明天                    2026-11-23
明早9点                 2026-11-23T09:00
明晚12点                2026-11-24T00:00
今晚9点                 2026-11-22T21:00
今晚1点                 2026-11-23T01:00
后天下午三点             2026-11-24T15:00
大后天                  2026-11-25
3天后                   2026-11-25
一个月后                 2026-12-22
两小时后                 2026-11-22T16:00:30
12月10日                2026-12-10
11月20日                2027-11-20
2月29日                 2028-02-29
10日                    2026-12-10
31日                    2026-12-31
下个月10号               2026-12-10
下月5日上午10点           2026-12-05T10:00
明年1月5日               2027-01-05
21:30                  2026-11-22T21:30
9:00                   2026-11-23T09:00
晚上12点                2026-11-23T00:00
next tuesday           2026-11-24
next sunday            2026-11-29
tuesday 2pm            2026-11-24T14:00
tomorrow 9am           2026-11-23T09:00
tonight 9pm            2026-11-22T21:00
in 3 days              2026-11-25
in 2 hours             2026-11-22T16:00:30
dec 10                 2026-12-10
2026-12-10             2026-12-10
"""


def rows(table: str) -> list[tuple[str, str]]:
    return [tuple(line.rsplit(maxsplit=1)) for line in table.strip().splitlines()]  # type: ignore[misc]


def expected(text: str) -> dt.date | dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=SHANGHAI) if "T" in text else dt.date.fromisoformat(text)


@pytest.mark.parametrize(("phrase", "means"), rows(LOOKING_BACK))
def test_what_happened(phrase: str, means: str) -> None:
    parsed = parse_moment(phrase, NOW, SHANGHAI, prefer="past")
    assert parsed.value == expected(means)
    assert type(parsed.value) is type(expected(means))
    assert not parsed.approximate


@pytest.mark.parametrize(("phrase", "means"), rows(LOOKING_AHEAD))
def test_what_is_due(phrase: str, means: str) -> None:
    assert parse_moment(phrase, NOW, SHANGHAI, prefer="future").value == expected(means)


@pytest.mark.parametrize(
    "phrase",
    [
        "大约昨晚9点",
        "昨晚9点左右",
        "昨晚大概9点",
        "昨晚约9点",
        "昨晚9点前后",
        "around 9pm yesterday",
        "about yesterday 9pm",
        "yesterday around 9pm",
        "last night ~9pm",
    ],
)
def test_about(phrase: str) -> None:
    parsed = parse_moment(phrase, NOW, SHANGHAI, prefer="past")
    assert parsed.value == expected("2026-11-21T21:00")
    assert parsed.approximate


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        "   ",
        "9",
        "昨天9",
        "昨晚9",
        "yesterday 9",
        "3/4",
        "11-20",
        "10/11/12",
        "2024-02",
        "1A2B",
        "20261120",
        "2月30日",
        "2026-02-30",
        "2026-13-01",
        "25:00",
        "9:60",
        "24:30",
        "13pm",
        "0am",
        "凌晨9点",
        "早上12点",
        "昨晚3pm",
        "last night 9am",
        "昨天25点",
        "十十点",
        "三四点",
        "上周",
        "last week",
        "上个月",
        "周末",
        "midnight",
        "晚上",
        "昨晚9点半半",
        "某天",
        "soon",
        "10日前",
        "3月前",
        "2026-11-20 21:30 [bold]",
        "$(date)",
        "../../x",
        "\x1b[31m",
        "99999天前",
        "9999个月前",
        "前",
        "一百天前",
        "nova 20",
        "monsday",
        "half past nine",
        "点",
        "2026-11-20T25:00+08:00",
        "分钟前",
        "2 hours",
        "in 2 hours ago",
        "大约",
    ],
)
def test_refused_rather_than_guessed(phrase: str) -> None:
    with pytest.raises(BadTime) as raised:
        parse_moment(phrase, NOW, SHANGHAI, prefer="past")
    assert raised.value.facts["value"] == phrase


@pytest.mark.parametrize(
    ("phrase", "resolved"),
    [
        ("明天", "2026-11-23"),
        ("今晚9点", "2026-11-22 21:00+08:00"),
        ("今晚1点", "2026-11-23 01:00+08:00"),
        ("下周二", "2026-11-24"),
        ("2026-11-22 14:03", "2026-11-22 14:03+08:00"),
        ("11月22日 21:00", "2026-11-22 21:00+08:00"),
        ("in 5 minutes", "2026-11-22 14:05+08:00"),
        ("2027-01-01", "2027-01-01"),
        ("next tuesday", "2026-11-24"),
    ],
)
def test_the_future_has_not_happened(phrase: str, resolved: str) -> None:
    with pytest.raises(FutureTime) as raised:
        parse_moment(phrase, NOW, SHANGHAI, prefer="past")
    assert raised.value.facts == {"value": phrase, "resolved": resolved}


@pytest.mark.parametrize(
    ("phrase", "means"),
    [("2027-02-01", "2027-02-01"), ("明天", "2026-11-23"), ("下周二", "2026-11-24"), ("2月1日", "2026-02-01"),
     ("昨天", "2026-11-21"), ("next tuesday", "2026-11-24"), ("3天后", "2026-11-25")],
)  # fmt: skip
def test_either_is_the_past_unless_it_lies_ahead(phrase: str, means: str) -> None:
    found = parse_moment(phrase, NOW, SHANGHAI, prefer="either").value
    assert str(found)[:10] == means


@pytest.mark.parametrize(
    "phrase",
    ["2027-02-30", "2026-13-01", "2026年2月30日", "2月30日", "30 February", "feb 30 2027", "2027/02/29", "32日"],
)
@pytest.mark.parametrize("prefer", ["past", "future", "either"])
def test_a_day_no_calendar_has(phrase: str, prefer: str) -> None:
    with pytest.raises(NoSuchDay):
        parse_moment(phrase, NOW, SHANGHAI, prefer=prefer)  # type: ignore[arg-type]


def test_two_minutes_of_grace() -> None:
    late = dt.datetime(2026, 11, 22, 14, 2, 30, tzinfo=SHANGHAI)
    assert parse_moment("2026-11-22 14:02:30", NOW, SHANGHAI, prefer="past").value == late
    with pytest.raises(FutureTime):
        parse_moment("2026-11-22 14:02:31", NOW, SHANGHAI, prefer="past")


def test_just_after_midnight_the_day_is_the_calendars() -> None:
    night = dt.datetime(2026, 11, 22, 0, 30, tzinfo=SHANGHAI)
    assert parse_moment("昨晚9点", night, SHANGHAI, prefer="past").value == expected("2026-11-21T21:00")
    assert parse_moment("23:50", night, SHANGHAI, prefer="past").value == expected("2026-11-21T23:50")
    assert parse_moment("晚上12点", night, SHANGHAI, prefer="past").value == expected("2026-11-22T00:00")
    assert parse_moment("半小时前", night, SHANGHAI, prefer="past").value == expected("2026-11-22T00:00")


def test_the_day_is_counted_where_the_user_is() -> None:
    """20:00 UTC is already the next morning in Shanghai."""
    now = dt.datetime(2026, 11, 21, 20, 0, tzinfo=dt.UTC)
    assert parse_moment("今天", now, SHANGHAI, prefer="past").value == dt.date(2026, 11, 22)
    assert parse_moment("今天", now, ZoneInfo("UTC"), prefer="past").value == dt.date(2026, 11, 21)


def test_an_endless_phrase_is_refused_at_once() -> None:
    with pytest.raises(BadTime) as raised:
        parse_moment("昨 " * 100_000, NOW, SHANGHAI, prefer="past")
    assert len(str(raised.value.facts["value"])) == 80


def test_reading_a_time_loads_nothing_heavy() -> None:
    heavy = {"dateutil", "pydantic", "rich", "tinydb"}
    script = f"import sys, jdneg.domain.phrases; print(sorted({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_an_hour_that_never_was() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    with pytest.raises(BadTime):
        parse_moment("2026-03-29 02:30", NOW, berlin, prefer="past")


MOMENTS = st.datetimes(min_value=dt.datetime(2000, 1, 1), max_value=dt.datetime(2026, 11, 22, 14)).map(
    lambda moment: moment.replace(microsecond=0, tzinfo=SHANGHAI)
)


@given(MOMENTS)
def test_iso_forms_come_back(moment: dt.datetime) -> None:
    for form in ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S%z", "%Y/%m/%d %H:%M:%S", "%Y年%m月%d日%H时%M分%S秒"):
        assert parse_moment(moment.strftime(form), NOW, SHANGHAI, prefer="past").value == moment


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(BadTime, FutureTime):
        parse_moment(text, NOW, SHANGHAI, prefer="past")


@given(st.text(alphabet="昨今前晚上下午周一二十0123456789点半天月日年: -", max_size=9))
def test_looking_back_is_never_ahead(text: str) -> None:
    try:
        value = parse_moment(text, NOW, SHANGHAI, prefer="past").value
    except (BadTime, FutureTime):
        return
    assert value <= (NOW + dt.timedelta(minutes=2) if isinstance(value, dt.datetime) else NOW.date())


def test_days_only() -> None:
    assert parse_day("下个月10号", NOW, SHANGHAI, prefer="future") == dt.date(2026, 12, 10)
    assert parse_day("昨晚", NOW, SHANGHAI, prefer="past") == dt.date(2026, 11, 21)
    with pytest.raises(DayWanted) as raised:
        parse_day("昨晚9点", NOW, SHANGHAI, prefer="past")
    assert raised.value.facts["day"] == dt.date(2026, 11, 21)
    with pytest.raises(FutureTime):
        parse_day("明天", NOW, SHANGHAI, prefer="past")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("90", 90),
        ("0", 0),
        ("3m12s", 192),
        ("3分12秒", 192),
        ("0时1分12秒", 72),
        ("1h", 3600),
        ("1小时2分", 3720),
        ("1小时2分3秒", 3723),
        ("2分钟", 120),
        ("45s", 45),
        ("45秒", 45),
        ("3 min 5 sec", 185),
        ("三分钟", 180),
        ("0:03:12", 192),
        ("１分", 60),
    ],
)
def test_durations(text: str, seconds: int) -> None:
    assert parse_duration(text) == seconds


@pytest.mark.parametrize("text", ["", " ", "3:12", "-5", "3x", "m", "1.5h", "12s3m", "十十分", "1e3", "0:99:00"])
def test_durations_refused(text: str) -> None:
    with pytest.raises(BadDuration):
        parse_duration(text)


@given(st.integers(0, 99), st.integers(0, 59), st.integers(0, 59))
def test_durations_come_back(hours: int, minutes: int, seconds: int) -> None:
    assert parse_duration(f"{hours}h{minutes}m{seconds}s") == hours * 3600 + minutes * 60 + seconds


@pytest.mark.parametrize(
    ("phrase", "means"),
    [
        ("+7d", "2026-11-29"), ("+7天", "2026-11-29"), ("+2 w", "2026-12-06"), ("+1月", "2026-12-22"),
        ("11-25 14:00", "2026-11-25T14:00:00+08:00"), ("01-05 9:30", "2027-01-05T09:30:00+08:00"),
    ],
)  # fmt: skip
def test_short_ways_to_write_what_is_ahead(phrase: str, means: str) -> None:
    assert parse_moment(phrase, NOW, SHANGHAI, prefer="future").value.isoformat() == means


def test_days_ahead_have_not_happened() -> None:
    with pytest.raises(FutureTime):
        parse_day("+7d", NOW, SHANGHAI, prefer="past")
