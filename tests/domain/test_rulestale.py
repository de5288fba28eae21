"""Rules that want looking up again."""

from __future__ import annotations

import datetime as dt

from jdneg.domain.rulebook import Checked, Reference, Rule, RuleValue, make_book
from jdneg.domain.rulestale import HORIZON, stale

DAY = dt.date(2027, 1, 1)
TEXTS = {"zh": "甲", "en": "a"}


def rule(
    name: str, *checks: tuple[Checked, dt.date], since: dt.date = dt.date(2021, 1, 1), until: dt.date | None = None
) -> Rule:
    references = tuple(Reference("X", TEXTS, checked, on) for checked, on in checks)
    return Rule(name, TEXTS, "info", "law", ("any",), (RuleValue(since, references, until),), TEXTS, TEXTS)


def reasons(*rules: Rule, day: dt.date = DAY, horizon: int = HORIZON) -> dict[str, tuple[str, ...]]:
    return {one.rule.id: one.reasons for one in stale(make_book(rules, ""), day, horizon)}


def test_age_is_counted_from_the_last_look() -> None:
    edge = DAY - dt.timedelta(days=HORIZON)
    assert reasons(rule("a", ("read", edge))) == {}
    assert reasons(rule("a", ("read", edge - dt.timedelta(days=1)))) == {"a": ("old",)}
    both = rule("a", ("read", dt.date(2020, 1, 1)), ("reported", DAY))
    assert reasons(both) == {}


def test_how_it_is_known() -> None:
    assert reasons(rule("a", ("unconfirmed", DAY))) == {"a": ("unconfirmed",)}
    assert reasons(rule("a", ("reported", DAY))) == {"a": ("never_read",)}
    assert reasons(rule("a", ("reported", DAY), ("read", DAY))) == {}
    assert reasons(rule("a", ("reported", DAY)), horizon=0, day=DAY + dt.timedelta(days=1)) == {
        "a": ("old", "never_read")
    }


def test_only_rules_in_force_and_the_oldest_first() -> None:
    ended = rule("a", ("unconfirmed", DAY), until=DAY)
    coming = rule("b", ("unconfirmed", DAY), since=DAY + dt.timedelta(days=1))
    assert reasons(ended, coming) == {}
    first, later = rule("c", ("reported", dt.date(2026, 12, 2))), rule("d", ("reported", dt.date(2026, 12, 1)))
    assert list(reasons(first, later)) == ["d", "c"]


def test_a_look_after_the_day_asked_about_is_not_old() -> None:
    (found,) = stale(make_book([rule("a", ("reported", DAY))], ""), dt.date(2026, 1, 1))
    assert found.age == 0
