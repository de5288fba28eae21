"""Each key of a filter as a test of a contact."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

from jdneg.domain.disclosure import outsider
from jdneg.domain.filters.periods import after, before, read_period, within
from jdneg.domain.filters.terms import ContactTest, FindingTest
from jdneg.domain.ids import parse_id
from jdneg.domain.naming import CHANNELS, RESULTS, TO_WHOM
from jdneg.domain.phones import normalise, same_number
from jdneg.domain.records.base import Stored
from jdneg.errors import BadChoice, JdnegError, raise_all
from jdneg.values import dataclass

NONE = "none"
ANY = "any"


@dataclass(frozen=True, slots=True)
class Asked:
    """What values are read against."""

    now: dt.datetime
    zone: dt.tzinfo
    loans: tuple[Stored[Any], ...]
    known: Callable[[str], object]
    rules: Callable[[], Iterable[str]] = tuple

    def record(self, value: str, kind: str) -> str:
        """The id of a record of the journal. Raises BadId, NotFound."""
        found = parse_id(value, kind)
        self.known(found)
        return found


def make_test(key: str, value: str, asked: Asked) -> ContactTest:
    """The test for ``key:value``; several values are alternatives. Raises the value's own error."""
    values = [value] if value.startswith("=") else _parted(value)
    tests, faults = list[ContactTest](), list[JdnegError]()
    for one in values:
        try:
            tests.append(_MAKERS[key](one, asked))
        except JdnegError as error:
            faults.append(error)
    raise_all(faults)
    return tests[0] if len(tests) == 1 else lambda stored: any(test(stored) for test in tests)


def _parted(value: str) -> list[str]:
    return [part.strip() for part in value.replace("，", ",").split(",") if part.strip()] or [value]


def fold(text: str) -> str:
    """One spelling for comparing: half width, small letters."""
    return text.casefold() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def _in_texts(value: str, texts: Callable[[Any], Iterable[str | None]]) -> ContactTest:
    """A text anywhere in what ``texts`` gives; ``=whole`` asks for the whole, ``none`` for nothing there."""
    if value.lower() == NONE:
        return lambda stored: not any(texts(stored.record))
    if value.startswith("="):
        whole = fold(value[1:])
        return lambda stored: any(text is not None and fold(text) == whole for text in texts(stored.record))
    part = fold(value.removeprefix("~"))
    return lambda stored: any(text and part in fold(text) for text in texts(stored.record))


def _texts(value: str, _: Asked) -> ContactTest:
    return _in_texts(value, lambda one: (
        one.said, one.i_said, one.summary, one.note, one.impact, one.attitude, one.role_verified, one.next_text,
        one.result, *(promise.what for promise in one.promises),
    ))  # fmt: skip


def _agent(value: str, _: Asked) -> ContactTest:
    return _in_texts(value, lambda one: (one.agent, one.role_claimed))


def _agency(value: str, _: Asked) -> ContactTest:
    return _in_texts(value, lambda one: (one.agency, one.sender))


def _result(value: str, _: Asked) -> ContactTest:
    return _in_texts(value, lambda one: (one.result, one.refusal))


def _tag(value: str, _: Asked) -> ContactTest:
    """A tag is a whole word; ``~`` looks inside."""
    return _in_texts(
        value if value.startswith(("~", "=")) or value.lower() == NONE else f"={value}", lambda one: one.tags
    )


def _number(value: str, _: Asked) -> ContactTest:
    """The same line however it is written; ``~`` looks inside."""
    if value.lower() == NONE:
        return lambda stored: not normalise(stored.record.number)
    if value.startswith("~"):
        part = normalise(value[1:])
        return lambda stored: part in normalise(stored.record.number)
    whole = value.removeprefix("=")
    return lambda stored: same_number(stored.record.number, whole)


def _type(value: str, _: Asked) -> ContactTest:
    """A letter that came as an SMS is both."""
    channel = _chosen(value, CHANNELS)
    if channel == "letter":
        return lambda stored: stored.record.channel == channel or stored.id.startswith("T")
    return lambda stored: stored.record.channel == channel


def _to(value: str, _: Asked) -> ContactTest:
    if value.lower() == NONE:
        return lambda stored: stored.record.to_whom is None and outsider(stored.record) is None
    whom = _chosen(value, TO_WHOM)
    return lambda stored: whom in (stored.record.to_whom, outsider(stored.record))


def _loan(value: str, asked: Asked) -> ContactTest:
    return _cites("loan", value, asked)


def _case(value: str, asked: Asked) -> ContactTest:
    return _cites("case", value, asked)


def _cites(kind: str, value: str, asked: Asked) -> ContactTest:
    if value.lower() == NONE:
        return lambda stored: getattr(stored.record, kind) is None
    wanted = asked.record(value, kind)
    return lambda stored: getattr(stored.record, kind) == wanted


def _id(value: str, asked: Asked) -> ContactTest:
    wanted = asked.record(value, "letter" if value.upper().startswith("T") else "contact")
    return lambda stored: stored.id == wanted


def _lender(value: str, asked: Asked) -> ContactTest:
    """The lender of the contact's loan, its party, present creditor or product."""
    if value.lower() == NONE:
        return _cites("loan", NONE, asked)
    part, whole = fold(value.lstrip("~=")), value.startswith("=")
    mine = {loan.id for loan in asked.loans if any(_named(part, name, whole) for name in _names(loan.record))}
    return lambda stored: stored.record.loan in mine


def _names(loan: Any) -> tuple[str | None, ...]:
    return loan.lender, loan.party, loan.holder, loan.product


def _named(part: str, name: str | None, whole: bool) -> bool:
    return name is not None and (fold(name) == part if whole else part in fold(name))


def _chosen(value: str, known: dict[str, str]) -> str:
    found = known.get(value.lower())
    if found is None:
        raise BadChoice(value=value, choices=", ".join(dict.fromkeys(known.values())))
    return found


def finding_test(value: str, asked: Asked, *, negated: bool) -> FindingTest:
    """``any``, ``none``, a result (breach, review, cannot_tell) or part of a rule's id. Raises BadChoice."""
    wanted = [one.lower() for one in _parted(value)]
    raise_all([fault for one in wanted for fault in _no_finding(one, asked)])
    nothing = wanted == [NONE]

    def is_one(finding: Any) -> bool:
        return not nothing and any(_is_finding(finding, one) for one in wanted)

    def of_all(findings: Iterable[Any]) -> bool:
        return (not any(True for _ in findings) if nothing else any(map(is_one, findings))) is not negated

    return FindingTest(lambda finding: is_one(finding) is not negated, of_all)


def _no_finding(wanted: str, asked: Asked) -> list[JdnegError]:
    """A word that no finding can be: asked for, it would find nothing, and that would read like all is well."""
    rules = [] if wanted in (ANY, NONE, *RESULTS) else list(asked.rules())
    if not rules or any(wanted in one.lower() for one in rules):
        return []
    topics = dict.fromkeys(one.split(".")[1] for one in sorted(rules) if one.count("."))
    return [BadChoice(value=wanted, choices=", ".join((ANY, NONE, *dict.fromkeys(RESULTS.values()), *topics)))]


def _is_finding(finding: Any, wanted: str) -> bool:
    return wanted == ANY or finding.result == RESULTS.get(wanted) or wanted in finding.rule.lower()


_MAKERS: dict[str, Callable[[str, Asked], ContactTest]] = {
    "lender": _lender,
    "type": _type,
    "number": _number,
    "agent": _agent,
    "agency": _agency,
    "loan": _loan,
    "case": _case,
    "id": _id,
    "after": lambda value, asked: after(read_period(value, asked.now, asked.zone)),
    "before": lambda value, asked: before(read_period(value, asked.now, asked.zone)),
    "on": lambda value, asked: within(read_period(value, asked.now, asked.zone)),
    "result": _result,
    "text": _texts,
    "to": _to,
    "tag": _tag,
}
