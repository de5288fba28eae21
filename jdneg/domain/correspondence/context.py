"""What a letter's text may say: plain facts from records, by name. The text itself is data elsewhere.

A context holds only str, int, bool, Decimal (yuan), Rate, date or aware datetime, `Blank`, None and tuples or
dicts of these. None means "nothing to say" (the text asks ``when``); a `Blank` is a fact the letter needs and the
records lack: it is printed as 【待填：…】 and listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import Any

from jdneg.domain.dates import first_moment
from jdneg.domain.disclosure import items, outsider
from jdneg.domain.ids import number_of
from jdneg.domain.records.base import Stored
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.exhibit import Exhibit
from jdneg.domain.records.journal import Profile
from jdneg.domain.records.loan import Loan
from jdneg.values import dataclass

EXCERPT = 200  # characters of a quotation inside a letter; the record keeps the whole


@dataclass(frozen=True, slots=True)
class Blank:
    """A fact the text needs and nobody recorded; ``key`` names it in the catalogue (``letter.blank_<key>``)."""

    key: str


@dataclass(frozen=True, slots=True)
class Context:
    """``values`` is what the text may use, ``cites`` the records it rests on, in the order of their ids."""

    values: Mapping[str, Any]
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exhibits:
    """The exhibits at hand; ``numbers`` maps an id to its number in a bundle (``1-1``), once there is one."""

    stored: tuple[Stored[Exhibit], ...] = ()
    numbers: Mapping[str, str] = field(default_factory=dict)

    def of(self, record_id: str, named: Iterable[object] = ()) -> tuple[Stored[Exhibit], ...]:
        """Those that support a record, or that the record itself names."""
        wanted = set(named)
        return tuple(one for one in self.stored if record_id in one.record.supports or one.id in wanted)

    def label(self, record_id: str, named: Iterable[object] = ()) -> str | None:
        """``证据E3、证据E4`` (``证据1-1`` once numbered), or None when nothing supports the record."""
        found = [f"证据{self.numbers.get(one.id, one.id)}" for one in self.of(record_id, named)]
        return "、".join(found) or None

    def listed(self, cites: Iterable[str]) -> tuple[dict[str, Any], ...]:
        """The rows of an attachment list for those among ``cites``, in the order of their numbers or ids."""
        wanted = set(cites)
        chosen = sorted((one for one in self.stored if one.id in wanted), key=self._place)
        return tuple(
            {"label": f"证据{self.numbers.get(one.id, one.id)}", "name": one.record.name, "proves": one.record.proves}
            for one in chosen
        )

    def _place(self, one: Stored[Exhibit]) -> tuple[int, ...]:
        number = self.numbers.get(one.id)
        parts = number.split("-") if number else ["0", one.id[1:]]
        return tuple(int(part) if part.isdecimal() else 0 for part in parts)


def or_blank(value: Any, key: str) -> Any:
    """The value, or the blank that stands for it when it is unknown or empty."""
    return Blank(key) if value is None or value == "" else value


def sender(profile: Profile | None, *needed: str) -> dict[str, Any]:
    """The user as the text needs them: what is ``needed`` becomes a blank, the rest may be left out.

    Of the identity number only the last four signs go into a letter: the other side holds the whole.
    """
    person = profile or Profile()
    known = {name: getattr(person, name) or None for name in ("name", "phone", "address", "email")}
    values: dict[str, Any] = {name: Blank(name) if name in needed and not v else v for name, v in known.items()}
    return {**values, "id_tail": (person.id_number or "")[-4:] or None}


def loan_facts(loan: Stored[Loan]) -> dict[str, Any]:
    """What a letter may say of the contract."""
    terms = loan.record
    return {
        "lender": terms.lender,
        "party": terms.party or terms.lender,
        "holder": terms.holder,
        "product": terms.product,
        "contract_no": or_blank(terms.contract_no, "contract_no"),
        "signed_on": terms.signed_on,
        "start": terms.start,
        "principal": terms.principal,
        "rate": terms.rate,
        "fee": terms.fee,
        "term": terms.term,
        "due_day": terms.due_day,
        "agencies": "、".join(terms.agencies) or None,
    }


def recipient_of(loan: Loan) -> str:
    """Who is written to: the present holder of the claim, else the party of the contract, else the lender."""
    return loan.holder or loan.party or loan.lender


def contact_row(contact: Stored[Contact], exhibits: Exhibits) -> dict[str, Any]:
    """One contact as a table row. A third party is named by relation only: their name is not ours to give."""
    one = contact.record
    return {
        "id": contact.id,
        "at": one.happened_at,
        "approximate": one.approximate,
        "channel": one.channel,
        "number": one.number or one.sender,
        "agent": "、".join(part for part in (one.agency, one.agent) if part) or None,
        "to_whom": outsider(one),
        "disclosed": items(one.disclosed),
        "hearsay": bool(one.told_by),
        "said": excerpt(one.said),
        "summary": excerpt(one.summary),
        "result": one.result,
        "exhibits": exhibits.label(contact.id, one.exhibits),
    }


def excerpt(text: str | None, limit: int = EXCERPT) -> str | None:
    """The first ``limit`` characters on one line; what is cut is shown by ……."""
    flat = " ".join((text or "").split())
    return (flat if len(flat) <= limit else f"{flat[:limit]}……") or None


def in_time(contacts: Iterable[Stored[Contact]]) -> tuple[Stored[Contact], ...]:
    """The contacts in the order they happened; of one moment by id."""
    return tuple(sorted(contacts, key=lambda one: (first_moment(one.record.happened_at), number_of(one.id))))


def cited(exhibits: Exhibits, *groups: Sequence[Stored[Any]]) -> tuple[str, ...]:
    """The ids of the records given, with the exhibits that support them; each once, by letter and number."""
    ids: set[str] = set()
    for stored in (one for group in groups for one in group):
        named = getattr(stored.record, "exhibits", ())
        ids |= {stored.id, *(exhibit.id for exhibit in exhibits.of(stored.id, named))}
    return tuple(sorted(ids, key=lambda one: (one[0], number_of(one))))
