"""One principle over all conduct rules: of one fact, no text of less force hides one of more."""

from __future__ import annotations

import datetime as dt
from itertools import combinations, product
from typing import get_args

import pytest
from conduct_made import book, contact, loan, stored, world

from jdneg.domain.conduct.check import CHECK_NAMES
from jdneg.domain.conduct.findings import Result, Suspicion
from jdneg.domain.conduct.lexicon import Reading
from jdneg.domain.conduct.seen import Seen, look
from jdneg.domain.conduct.settling import bound_on, settle
from jdneg.domain.messages import Message
from jdneg.domain.records.loan import LenderKind
from jdneg.domain.rulebook import Level

DAYS = (dt.date(2024, 6, 1), dt.date(2025, 6, 1), dt.date(2026, 11, 20))
FORCE = get_args(Level)
ONE, OTHER = Message("conduct.visit_touched"), Message("conduct.visit_no_consent")


def seen_of(kind: str) -> Seen:
    return look(stored("C", 1, contact("2026-11-20 12:00:00")), world(loan(kind)), Reading())


@pytest.mark.parametrize("check", sorted(CHECK_NAMES))
@pytest.mark.parametrize("one_of_several", [False, True])
def test_no_text_of_less_force_hides_one_of_more(check: str, one_of_several: bool) -> None:
    """Every two rules of a check that bind, for each kind of lender and card, whatever each of them answers."""
    for day, kind, card in product(DAYS, get_args(LenderKind), (None, True, False)):
        bounds = list(bound_on(book().for_check(check), day, kind, (card, card), None))
        seen = seen_of(kind)
        for pair in combinations(bounds, 2):
            for answers in product(get_args(Result), repeat=2):
                said = [Suspicion(answer, ONE) for answer in answers]
                held = [Suspicion(one.result, ONE, parts=(one,)) if one_of_several else one for one in said]
                found = settle(list(zip(pair, held, strict=True)), seen)
                known = [
                    bound[0].level for bound, one in zip(pair, said, strict=True)
                    if bound[2] and one.result != "cannot_tell"
                ]  # fmt: skip
                shown = {one.level for one in found if one.result != "cannot_tell"}
                assert not known or min(known, key=FORCE.index) in shown, (pair, answers)
                assert found  # a doubt alone is told, too


def test_two_facts_of_one_contact_never_hide_each_other() -> None:
    """Each with its own answer, whichever rule sees it."""
    rules = book().for_check("visit")
    for kind, answers in product(get_args(LenderKind), product(get_args(Result), repeat=2)):
        seen = seen_of(kind)
        parts = tuple(Suspicion(answer, what) for answer, what in zip(answers, (ONE, OTHER), strict=True))
        for bound in bound_on(rules, DAYS[-1], kind, (None, None), None):
            apart = {one.result for part in parts for one in settle([(bound, part)], seen)}
            both = settle([(bound, Suspicion(answers[0], ONE, parts=parts))], seen)
            assert {one.result for one in both} == apart
