"""Reads the letters' golden input into records, for the letter and complaint tests."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from jdneg.documents.letter import Draft, render
from jdneg.domain.codec import decode
from jdneg.domain.complaint.draft import ComplaintFacts, Concern, compose as compose_complaint
from jdneg.domain.correspondence.context import Context, Exhibits
from jdneg.domain.correspondence.letters import LetterFacts, compose
from jdneg.domain.ids import kind_of
from jdneg.domain.records import class_of
from jdneg.domain.records.base import Stored
from jdneg.domain.records.paper import ContactTerms
from jdneg.storage import texts

GOLDEN = Path(__file__).parent / "golden"
RECORDED = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)


def read_case() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((GOLDEN / "case.json").read_text(encoding="utf-8"))
    return found


def stored(entry: list[Any]) -> Stored[Any]:
    record_id, payload = entry
    return Stored(record_id, decode(class_of(kind_of(record_id)), payload), RECORDED, f"hash-{record_id}")


def all_stored(entries: list[list[Any]]) -> tuple[Stored[Any], ...]:
    return tuple(stored(entry) for entry in entries)


def letter_facts(case: dict[str, Any], /, **changes: Any) -> LetterFacts:
    return LetterFacts(**{**_shared(case), **_letters_own(case), **changes})


def complaint_facts(case: dict[str, Any], /, **changes: Any) -> ComplaintFacts:
    own = {
        "concerns": tuple(Concern(**one) for one in case["concerns"]),
        "letters": all_stored(case["letters"]),
        "complaints": all_stored(case["complaints"]),
    }
    return ComplaintFacts(**{**_shared(case), **own, **changes})


def _shared(case: dict[str, Any]) -> dict[str, Any]:
    return {
        "drafted_on": dt.date.fromisoformat(case["drafted_on"]),
        "loan": stored(case["loan"]),
        "profile": decode(class_of("profile"), case["profile"]),
        "claim": stored(case["claim"]),
        "computed": {name: Decimal(value) for name, value in case["computed"].items()},
        "computed_on": dt.date.fromisoformat(case["computed_on"]),
        "payments": all_stored(case["payments"]),
        "contacts": all_stored(case["contacts"]),
        "case": stored(case["case"]),
        "exhibits": Exhibits(all_stored(case["exhibits"])),
        "grounds": texts.grounds(),
    }


def _letters_own(case: dict[str, Any]) -> dict[str, Any]:
    return {
        "terms": decode(ContactTerms, case["terms"]),
        "budget": {name: Decimal(value) for name, value in case["budget"].items()},
        "came": stored(case["came"]),
        "came_class": "loan",
    }


def draft_letter(kind: str, facts: LetterFacts) -> tuple[Draft, Context]:
    context = compose(kind, facts)
    return render(texts.letter_template(kind), context.values), context


def draft_complaint(to: str, facts: ComplaintFacts) -> tuple[Draft, Context]:
    context = compose_complaint(to, facts)
    return render(texts.complaint_template(to), context.values), context
