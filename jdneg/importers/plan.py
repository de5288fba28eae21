"""What an import would do, worked out before anything is written. Pure.

Doubles are told by the source's own key, counted: a file that holds a message three times beside a journal that
holds it twice brings one. Likeness is never enough, with one exception: an SMS the user logged by hand (same
words, same number or none, same day) is that message, or it would count twice against its sender.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace

from jdneg.domain.dates import shanghai_day
from jdneg.domain.messages import Message
from jdneg.domain.phones import normalise
from jdneg.domain.records.base import Stored
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.loan import Loan
from jdneg.errors import TooManyRows
from jdneg.importers.base import Announced, Candidate, Row, RowError, Skipped
from jdneg.values import dataclass

# A phone's clock may run ahead; a day is more than any time zone mistake we could explain.
_AHEAD = dt.timedelta(days=1)
LIMIT = 100_000  # messages of one import: they are held until the batch is written
_SIGNATURE = re.compile(r"【([^】]{2,30})】")


@dataclass(frozen=True, slots=True)
class Known:
    """Whose numbers and names belong to which loans. Numbers are normalised, names exact."""

    numbers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Changed:
    """A new message from a number and moment of which the journal holds one with other words, by its ``id``."""

    id: str
    candidate: Candidate


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Every row of the file: new, duplicate, skipped or an error.

    ``changed`` are those of the new ones that may be a message of the journal in other words: a message is never
    left out for that. ``announced``: the file says it holds so many, and holds fewer.
    """

    recognised_as: str
    new: tuple[Candidate, ...]
    duplicates: tuple[Candidate, ...]
    changed: tuple[Changed, ...]
    skipped: tuple[Skipped, ...]
    errors: tuple[RowError, ...]
    announced: int | None = None

    @property
    def rows(self) -> int:
        return sum(map(len, (self.new, self.duplicates, self.skipped, self.errors)))

    @property
    def broken(self) -> bool:
        """Whether the file breaks off, so that messages may be missing. Those before are whole."""
        return any(error.breaks_off for error in self.errors)

    @property
    def attachments_left(self) -> int:
        """Pictures and sounds of new messages, which an import of texts does not take."""
        return sum(candidate.attachments for candidate in self.new)


def known_senders(loans: Sequence[Stored[Loan]], contacts: Sequence[Stored[Contact]]) -> Known:
    """What the register and the contacts logged so far say about who writes for which loan."""
    numbers, names = defaultdict(set), defaultdict(set)
    for loan in loans:
        for name in (loan.record.lender, loan.record.party, loan.record.holder, *loan.record.agencies):
            if name:
                names[name].add(loan.id)
    for contact in contacts:
        number = normalise(contact.record.number)
        if number and isinstance(contact.record.loan, str):
            numbers[number].add(contact.record.loan)
    return Known(*({key: frozenset(ids) for key, ids in found.items()} for found in (numbers, names)))


def plan_import(
    rows: Iterable[Row],
    existing: Sequence[Stored[Contact]],
    loans: Sequence[Stored[Loan]],
    *,
    only_known: bool,
    loan: str | None = None,
    now: dt.datetime | None = None,
    recognised_as: str = "sms-backup-restore",
) -> ImportPlan:
    """Sort the rows. ``existing`` are the journal's live contacts; a batch that was undone comes again.

    A message gets the loan its sender is known for, when that is exactly one, else ``loan``, which the user named.
    With ``only_known`` a message from somebody no loan (or not this ``loan``) knows is skipped: private texts stay
    out. With ``now`` a message from the future is an error. Raises TooManyRows.
    """
    admission = _Admission(known_senders(loans, existing), only_known, loan, now)
    admitted = list(_few_enough(admission.of(row) for row in rows))
    new, duplicates, changed = _against([row for row in admitted if isinstance(row, Candidate)], existing)
    return ImportPlan(
        recognised_as,
        new,
        duplicates,
        changed,
        tuple(row for row in admitted if isinstance(row, Skipped)),
        tuple(row for row in admitted if isinstance(row, RowError)),
        next((row.count for row in admitted if isinstance(row, Announced)), None),
    )


def _few_enough(rows: Iterable[Row]) -> Iterator[Row]:
    """Raises TooManyRows once more messages came in than one batch may hold."""
    admitted = 0
    for row in rows:
        admitted += isinstance(row, Candidate)
        if admitted > LIMIT:
            raise TooManyRows(limit=LIMIT)
        yield row


@dataclass(frozen=True, slots=True)
class _Admission:
    """Which rows come in, and for which loan."""

    known: Known
    only_known: bool
    loan: str | None
    now: dt.datetime | None

    def of(self, row: Row) -> Row:
        if not isinstance(row, Candidate):
            return row
        happened = row.record.happened_at
        if self.now and isinstance(happened, dt.datetime) and happened > self.now + _AHEAD:
            return RowError(row.source.row, "date", Message("importing.future_date", {"value": happened.isoformat()}))
        loans = _loans_of(row.record, self.known)
        if self.only_known and (not loans if self.loan is None else self.loan not in loans):
            return Skipped(row.source.row, Message("importing.unknown_sender"))
        loan = next(iter(loans)) if len(loans) == 1 else self.loan
        return replace(row, record=replace(row.record, loan=loan))


def _loans_of(contact: Contact, known: Known) -> frozenset[str]:
    """The loans the number stands for; without one, those of the name it signs with or is saved under."""
    by_number = known.numbers.get(normalise(contact.number))
    if by_number:
        return by_number
    signed = _SIGNATURE.findall(contact.said or "")
    named = [known.names.get(name, frozenset()) for name in (*signed, contact.sender or "")]
    return frozenset().union(*named)


def _against(
    candidates: Sequence[Candidate], existing: Sequence[Stored[Contact]]
) -> tuple[tuple[Candidate, ...], tuple[Candidate, ...], tuple[Changed, ...]]:
    in_journal = Counter(stored.record.source.key for stored in existing if stored.record.source)
    in_file = Counter(candidate.key for candidate in candidates)
    other_words = _other_words(existing, in_file)
    by_hand = Counter(mark for stored in existing if (mark := _hand_mark(stored.record)))
    new, duplicates, changed = [], [], []
    for candidate in candidates:
        if in_journal[candidate.key] > 0:
            in_journal[candidate.key] -= 1
            duplicates.append(candidate)
        elif _taken_by_hand(candidate.record, by_hand):
            duplicates.append(candidate)
        else:
            new.append(candidate)
            if other_words[candidate.slot]:
                changed.append(Changed(other_words[candidate.slot].pop(0), candidate))
    return tuple(new), tuple(duplicates), tuple(changed)


def _other_words(existing: Sequence[Stored[Contact]], in_file: Counter[str]) -> dict[str, list[str]]:
    """Messages of the journal that the file does not hold as they are, by their place."""
    left, found = Counter(in_file), defaultdict(list)
    for stored in existing:
        source = stored.record.source
        if source is None:
            continue
        if left[source.key] > 0:
            left[source.key] -= 1
        else:
            found[source.key.partition("-")[0]].append(stored.id)
    return found


Mark = tuple[dt.date, str | None, str]


def _hand_mark(contact: Contact) -> Mark | None:
    if contact.source is not None or contact.channel != "sms":
        return None
    return _mark(contact, normalise(contact.number) or None)


def _mark(contact: Contact, number: str | None) -> Mark | None:
    words = "".join((contact.said or contact.i_said or "").split())
    return (shanghai_day(contact.happened_at), number, words) if words else None


def _taken_by_hand(contact: Contact, by_hand: Counter[Mark]) -> bool:
    """Use up one hand-logged copy of the message, if there is one."""
    for number in (normalise(contact.number) or None, None):
        mark = _mark(contact, number)
        if mark is not None and by_hand[mark] > 0:
            by_hand[mark] -= 1
            return True
    return False
