"""Which contacts are meant: one small language for lists, check, reports and exports.

    filter := word …                     every word must hold
    word   := ["-"] term                 "-" turns a term round
    term   := key ":" value              one of `KEYS`; several values, parted by commas: any of them
            | "+" tag                    the same as tag:…
            | id                         L1 its loan, G1 its case, C17 or T4 the contact itself

``type:call number:95118 after:-30d finding:night text:~家人 +夜间 -重复``. A value of ``none`` asks for what is
unknown; a text is looked for anywhere in its field (a leading ~ says the same), with a leading = it is the whole.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from jdneg.domain.filters.keys import Asked, finding_test, make_test
from jdneg.domain.filters.terms import KEYS, ContactTest, FindingTest
from jdneg.domain.records.base import Stored
from jdneg.errors import BadFilter, JdnegError, ManyErrors, raise_all
from jdneg.values import dataclass

__all__ = ["KEYS", "Filter", "parse_filter"]

_OF_ID = {"L": "loan", "G": "case", "C": "id", "T": "id"}


@dataclass(frozen=True, slots=True)
class Filter:
    """``words`` as typed; ``of_contact`` and ``of_finding`` are all to hold."""

    words: tuple[str, ...] = ()
    of_contact: tuple[ContactTest, ...] = ()
    of_finding: tuple[FindingTest, ...] = ()

    @property
    def needs_findings(self) -> bool:
        """Whether `matches` must be given the contact's findings."""
        return bool(self.of_finding)

    def matches(self, stored: Stored[Any], findings: Iterable[Any] = ()) -> bool:
        """Whether a contact (a letter too, made one) with these findings of its own is meant."""
        return self.admits(stored) and (not self.of_finding or self._found(list(findings)))

    def admits(self, stored: Stored[Any]) -> bool:
        """The same, whatever its findings."""
        return all(test(stored) for test in self.of_contact)

    def keeps(self, finding: Any) -> bool:
        """Whether a finding is one of those asked for."""
        return all(test.of_one(finding) for test in self.of_finding)

    def _found(self, findings: list[Any]) -> bool:
        return all(test.of_all(findings) for test in self.of_finding)


def parse_filter(
    words: Sequence[str],
    now: dt.datetime,
    zone: dt.tzinfo,
    loans: Iterable[Stored[Any]] = (),
    known: Callable[[str], object] = str,
    rules: Callable[[], Iterable[str]] = tuple,
) -> Filter:
    """The filter of the words typed, as seen at ``now`` in ``zone``; ``loans`` tell whose lender is meant.

    ``known`` raises NotFound for an id that names no record: a filter for it would find nothing, and nothing found
    reads like all is well; ``rules`` gives the ids of the rule book, for the same reason. Raises every fault at
    once: BadFilter for a word that is none, else the value's own error with its word.
    """
    asked = Asked(now, zone, tuple(loans), known, rules)
    found, faults = Filter(tuple(words)), list[JdnegError]()
    for word in words:
        try:
            found = _with(found, word, asked)
        except JdnegError as error:
            faults += [error] if isinstance(error, BadFilter) else _of_word(error, word)
    raise_all(faults)
    return found


def _of_word(error: JdnegError, word: str) -> list[JdnegError]:
    each = error.errors if isinstance(error, ManyErrors) else [error]
    return [type(one)(**{"where": word, **one.facts}) for one in each]


def _with(found: Filter, word: str, asked: Asked) -> Filter:
    negated, key, value = _parts(word)
    if key == "finding":
        return replace(found, of_finding=(*found.of_finding, finding_test(value, asked, negated=negated)))
    test = make_test(key, value, asked)
    return replace(found, of_contact=(*found.of_contact, _not(test) if negated else test))


def _parts(word: str) -> tuple[bool, str, str]:
    """Whether it is turned round, the key and the value. Raises BadFilter."""
    bare = word.strip()
    negated = bare.startswith("-") and not bare.startswith("--")
    bare = bare[1:] if negated else bare
    key, *value = re.split("[:：]", bare, maxsplit=1)
    if value and value[0].strip() and key.strip().lower() in KEYS:
        return negated, key.strip().lower(), value[0].strip()
    if not value and re.fullmatch(r"[+＋].*\S", bare):
        return negated, "tag", f"={bare[1:].strip()}"
    if re.fullmatch(r"[LGCTlgct][1-9]\d*", bare, re.ASCII):
        return negated, _OF_ID[bare[0].upper()], bare.upper()
    if negated and not value and bare:
        return True, "tag", f"={bare}"
    raise BadFilter(word=word, known=", ".join(f"{one}:" for one in KEYS))


def _not(test: ContactTest) -> ContactTest:
    return lambda stored: not test(stored)
