"""The playbooks as data: every step has something to do, both languages, no law, and every code has its questions."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from jdneg.domain.negotiation.playbook import STEPS, Playbook, playbook_of
from jdneg.domain.records.contact import Refusal
from jdneg.errors import BadChoice
from jdneg.storage.texts import playbooks, stuck_reasons

BOOKS = playbooks()


@pytest.mark.parametrize("book", BOOKS, ids=lambda one: one.id)
def test_every_step_has_something_to_do_in_both_languages(book: Playbook) -> None:
    assert all(book.at(step) for step in STEPS)
    ids = [one.id for one in book.items]
    assert len(ids) == len(set(ids)) and all(re.fullmatch(r"[a-z-]+", one) for one in ids)
    assert {one.step for one in book.items} == set(STEPS)
    for texts in (book.title, book.about, book.caution or book.title, *(one.text for one in book.items)):
        assert texts["zh"].strip() and texts["en"].strip()
    assert re.fullmatch(r"(S\d-\d\d ?)+", book.source)


def test_they_state_no_law_and_no_number_to_call() -> None:
    for book in BOOKS:
        for texts in (book.about, book.caution or book.title, *(one.text for one in book.items)):
            assert not re.search(r"法第|第.{1,6}条|条例|\d{4,}|law|article", texts["zh"] + texts["en"], re.IGNORECASE)


def test_each_problem_has_one_default_and_the_rest_is_general() -> None:
    for problem in ("account", "payment", "credit", "investment"):
        assert [one.default for one in BOOKS if one.problem == problem].count(True) == 1
        assert playbook_of(BOOKS, None, problem).problem == problem
    assert playbook_of(BOOKS, None, None).id == "general"
    assert playbook_of(BOOKS, "not-credited", "credit").id == "not-credited"
    with pytest.raises(BadChoice):
        playbook_of(BOOKS, "magic", None)


def test_a_refused_loan_warns_of_new_debt() -> None:
    caution = next(one.caution for one in BOOKS if one.id == "loan-rejected")
    assert caution is not None and "不要为了还债再借新债" in caution["zh"]


def test_every_refusal_has_what_to_ask_next() -> None:
    assert tuple(stuck_reasons()) == get_args(Refusal)
    assert all(one.ask and all(text["zh"] and text["en"] for text in one.ask) for one in stuck_reasons().values())
