"""Contacts beside the rule book: by the rule in force on the day of the event, for the lender kind of the contract.

Pure and streaming: a `Court` keeps the rules of a day once looked up, the readings of texts once read, and a few
counters a day; contacts may come in any order. Only where something was asked or promised in a contact are they
read a second time, now with what was asked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import groupby, islice
from operator import itemgetter

from jdneg.domain.conduct import agencies, agreement, asks, frequency, hours, manners, others, visits, wishes
from jdneg.domain.conduct.findings import Finding, Suspicion, conclude
from jdneg.domain.conduct.lexicon import Lexicon, Reading
from jdneg.domain.conduct.seen import Seen, look
from jdneg.domain.conduct.settling import Bound, LoanFacts, bound_on, facts_of, settle
from jdneg.domain.conduct.wording import Reader
from jdneg.domain.conduct.world import Ask, World
from jdneg.domain.ids import number_of
from jdneg.domain.records.base import Stored
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.loan import Loan
from jdneg.domain.rulebook import Rule, RuleBook, RuleValue
from jdneg.values import dataclass

Applies = Callable[[Seen], bool]
Check = Callable[[Seen, Rule, RuleValue], Suspicion | None]
# In the order findings of one contact are shown.
CHECKS: dict[str, tuple[Applies, Check]] = {
    "words": (manners.has_words, manners.words),
    "third_party": (others.applies, others.third_party),
    "night": (hours.applies, hours.night),
    "visit": (visits.applies, visits.visit),
    "identity": (manners.hides_identity, manners.identity),
    "agreement": (agreement.applies, agreement.agreement),
    "papers": (manners.is_card_letter, manners.papers),
    "fees": (manners.pressed, manners.fees),
    "borrowing": (manners.pressed, manners.borrowing),
    "payee": (manners.pressed, manners.payee),
}
# Measured by what was asked or promised before, or by whether the borrower had called them first.
ASK_CHECKS: dict[str, tuple[Applies, Check]] = {
    "preference": (wishes.applies, wishes.preference),
    "stop": (asks.applies, asks.stop),
    "later": (asks.applies, asks.later),
    "promise": (asks.applies, asks.promise),
}
CHECK_NAMES = frozenset({*CHECKS, *ASK_CHECKS, *frequency.DAY_CHECKS, agencies.CHECK})
_RUN: dict[str, Check] = {name: run for name, (_, run) in (CHECKS | ASK_CHECKS).items()}

_EMPTY = Reading()
_GROUP = 128


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """Findings in the order of the contacts, those about whole days last; ``checked`` counts all contacts."""

    findings: tuple[Finding, ...]
    checked: int


def judge(contact: Stored[Contact], world: World, book: RuleBook, lexicon: Lexicon) -> list[Finding]:
    """The findings of one contact, those of its day too, counted with ``world.same_day``."""
    court = Court(world, book, lexicon)
    found = court.hear(contact)
    for other in world.same_day:
        court.note(other)
    found += court.with_asks().recall(contact)
    seen = court.see(contact)
    if seen is None or not frequency.counts(seen):
        return found
    for other in world.same_day:
        if other.id != contact.id:
            court.count(other)
    return found + court.of_day(seen)


def check(contacts: Iterable[Stored[Contact]], world: World, book: RuleBook, lexicon: Lexicon) -> CheckOutcome:
    """All findings of contacts that can be read again: once, and once more where earlier ones bear on later ones."""
    court = Court(world, book, lexicon)
    findings: list[Finding] = []
    checked = 0
    for contact in _in_groups(contacts):
        checked += 1
        findings += court.hear(contact)
    again = court.with_asks()
    if again.asked:
        findings += [one for contact in contacts for one in again.recall(contact)]
        findings.sort(key=_place)
    return CheckOutcome((*findings, *court.of_days(), *court.of_agencies()), checked)


def _place(finding: Finding) -> tuple[str, int]:
    """Contacts by number, then letters that came."""
    return (finding.contact[0], number_of(finding.contact)) if finding.contact else ("", 0)


def _in_groups(contacts: Iterable[Stored[Contact]]) -> Iterator[Stored[Contact]]:
    """The same contacts, read some at a time: by turns, reading and judging push each other out of the cache."""
    reading = iter(contacts)
    while group := list(islice(reading, _GROUP)):
        yield from group


def judge_text(text: str, day: dt.date, lender_kind: str, book: RuleBook, lexicon: Lexicon) -> list[Finding]:
    """The findings of words alone, as if sent that day by a lender of that kind."""
    contact = Contact(channel="sms", happened_at=day, direction="in", said=text)
    court = Court(World(), book, lexicon)
    seen = replace(look(_stored(contact, day), World(), court.read(text)), id=None)
    return court.apply("words", seen, lender_kind)


def _stored(contact: Contact, day: dt.date) -> Stored[Contact]:
    return Stored("", contact, dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC))


class Court:
    """One run over contacts: hears each, counts the days."""

    def __init__(self, world: World, book: RuleBook, lexicon: Lexicon) -> None:
        self._world = world
        self._book = book
        self._lexicon = lexicon
        self._reader: Reader | None = None
        self._by_check: dict[str, tuple[tuple[Rule, ...], bool]] = {}
        idle = set() if world.cases else {"agreement"}
        live = [(applies, name) for name, (applies, _) in CHECKS.items() if name not in idle]
        # Checks that apply together are asked about once.
        self._asked_of_each = [(one, [name for _, name in some]) for one, some in groupby(live, itemgetter(0))]
        self._bound: dict[tuple[str, str, LoanFacts, dt.date, dt.date | None], tuple[Bound, ...]] = {}
        self._days: dict[frequency.Key, frequency.DayCount] = {}
        self._agencies: dict[agencies.Key, Seen] = {}
        self._asks: list[Ask] = []

    def read(self, text: str | None) -> Reading:
        return self._reading()(text) if text else _EMPTY

    def _reading(self) -> Reader:
        """The reader, made when first there is something to read."""
        if self._reader is None:
            self._reader = Reader(self._lexicon)
        return self._reader

    def see(self, contact: Stored[Contact]) -> Seen | None:
        """None for what the borrower started: only the other side is judged."""
        if contact.record.direction == "out":
            return None
        reading, role = self.read(contact.record.said), contact.record.role_claimed
        if role:
            reading = self._reading().with_role(reading, role)
        return look(contact, self._world, reading)

    def hear(self, contact: Stored[Contact]) -> list[Finding]:
        """The findings of this contact by itself; its day is counted for `of_days`."""
        seen = self.see(contact)
        if seen is None:
            self.note(contact)
            return []
        if frequency.counts(seen):
            frequency.count_in(self._days, seen)
        agencies.meet(self._agencies, seen)
        self._keep(seen)
        found: list[Finding] = []
        for applies, names in self._asked_of_each:
            if applies(seen):
                for name in names:
                    found += self.apply(name, seen, seen.kind)
        return found

    def note(self, contact: Stored[Contact]) -> None:
        """Only what it means for later contacts; its words need not be read for that."""
        if contact.record.direction != "out":
            self._keep(look(contact, self._world, _EMPTY))
        elif self._world.wishes:
            self._asks += asks.called_in(look(contact, self._world, _EMPTY))

    def _keep(self, seen: Seen) -> None:
        contact = seen.contact
        if contact.inconvenient or contact.promises or seen.third_party:
            self._asks += asks.asks_in(seen, self._book)

    @property
    def asked(self) -> bool:
        return bool(self._world.asks or self._world.wishes)

    def with_asks(self) -> Court:
        """The same court, knowing all that was asked or promised in what it heard."""
        known = (*asks.of_vows(self._world.vows, self._book), *self._asks)
        return Court(replace(self._world, asks=known), self._book, self._lexicon)

    def recall(self, contact: Stored[Contact]) -> list[Finding]:
        """The findings by what was asked before."""
        seen = self.see(contact) if self.asked else None
        if seen is None:
            return []
        asked = [name for name, (applies, _) in ASK_CHECKS.items() if applies(seen)]
        return [one for name in asked for one in self.apply(name, seen, seen.kind)]

    def count(self, contact: Stored[Contact]) -> None:
        """Into its day; a call counts whatever was said, so only messages are read."""
        called = contact.record.channel in frequency.CALLED and contact.record.direction != "out"
        seen = look(contact, self._world, _EMPTY) if called else self.see(contact)
        if seen is not None and frequency.counts(seen):
            frequency.count_in(self._days, seen)

    def apply(self, name: str, seen: Seen, kind: str) -> list[Finding]:
        """One check under every rule of the day that has it."""
        run, heard = _RUN[name], []
        for bound in self._rules(name, seen.day, kind, seen.loan):
            suspicion = run(seen, bound[0], bound[1])
            if suspicion is not None:
                heard.append((bound, suspicion))
        return settle(heard, seen) if heard else []

    def of_days(self) -> list[Finding]:
        """What the counted days amount to, in order of days."""
        keys = sorted(self._days, key=lambda key: (key[0], key[1]))
        return [finding for key in keys for finding in self._of_count(self._days[key])]

    def of_day(self, seen: Seen) -> list[Finding]:
        """What the day of one contact amounts to, told of that contact."""
        day = self._days[frequency.key_of(seen)]
        day.like = seen
        return self._of_count(day)

    def _of_count(self, day: frequency.DayCount) -> list[Finding]:
        found: list[Finding] = []
        for name, run in frequency.DAY_CHECKS.items():
            if name == "visit" and day.visits < 2:
                continue
            heard = []
            for bound in self._rules(name, day.like.day, day.like.kind, day.like.loan):
                suspicion = run(day, bound[0], bound[1])
                if suspicion is not None:
                    heard.append((bound, suspicion))
            found += settle(heard, day.like)
        return found

    def of_agencies(self) -> list[Finding]:
        """Once for each agency that was not said to have been announced, at its first contact."""
        found = []
        for seen in sorted(self._agencies.values(), key=lambda one: (one.day, one.id or "")):
            for rule, value, binds in self._rules(agencies.CHECK, seen.day, seen.kind, seen.loan):
                if binds:
                    found.append(conclude(rule, value, agencies.unannounced(seen), seen.id))
        return found

    def _rules(self, check: str, day: dt.date, kind: str, loan: Loan | None) -> tuple[Bound, ...]:
        """The rules of a check that may bind, each with its value of the day (or of the loan's day)."""
        facts = facts_of(loan)
        rules, by_loan = self._of_check(check)
        # A loan of unknown age is held to no rule for new ones.
        made = (loan.signed_on or loan.start or dt.date.min) if loan and by_loan else None
        key = (check, kind, facts, day, made)
        bound = self._bound.get(key)
        if bound is None:
            bound = self._bound[key] = tuple(bound_on(rules, day, kind, facts, made))
        return bound

    def _of_check(self, check: str) -> tuple[tuple[Rule, ...], bool]:
        """The rules of a check, looked up when first asked for; whether any goes by the day of the loan."""
        known = self._by_check.get(check)
        if known is None:
            rules = self._book.for_check(check)
            known = self._by_check[check] = (rules, any(one.dated_by == "loan" for one in rules))
        return known


__all__ = ["CHECKS", "CHECK_NAMES", "CheckOutcome", "Court", "check", "judge", "judge_text"]
