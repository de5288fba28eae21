"""Each paper: there, missing with the letter that asks for it, or not needed."""

import datetime as dt
from dataclasses import replace

import pytest
from debt_loans import gold, stored

from jdneg.domain.correspondence.facts import ITEMS
from jdneg.domain.correspondence.letters import KINDS
from jdneg.domain.debt.papers import missing_papers, papers, shown_by
from jdneg.domain.money import money
from jdneg.domain.records.account import Payment
from jdneg.domain.records.base import Stored
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.exhibit import Exhibit
from jdneg.domain.records.loan import Instalment

NOON = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
DAY = dt.date(2026, 4, 10)


def exhibit(number, name, **more):
    return Stored(f"E{number}", Exhibit(sha256="0" * 64, name=name, size=1, **{"supports": ("L1",), **more}), NOON)


def states(loan=None, payments=(), exhibits=()):
    return {one.name: one for one in papers(stored(loan or gold()), payments, exhibits)}


def test_every_letter_and_item_that_is_proposed_exists():
    for one in states(gold(agencies=("某某",), holder_role="assignee")).values():
        assert one.state == "missing" and one.letter in KINDS
        assert one.item is None or one.item in ITEMS


def test_authority_and_assignment_are_needed_only_where_somebody_else_asks():
    assert {states()[name].state for name in ("authority", "assignment")} == {"not_needed"}
    found = states(gold(agencies=("某某",)))
    assert (found["authority"].letter, found["authority"].item) == ("agency-authorisation", None)


def test_the_record_itself_or_a_receipt_may_show_it():
    loan = gold(schedule=(Instalment(due=DAY, amount=money("100")),))
    assert (states(loan)["schedule"].state, states(loan)["schedule"].exhibit) == ("present", None)
    paid = Payment(loan="L1", at=DAY, amount=money("100"), exhibits=("E4",))
    assert states(payments=[paid])["payments"].exhibit == "E4"
    assert states(payments=[replace(paid, exhibits=())])["payments"].state == "missing"


@pytest.mark.parametrize(
    ("name", "paper", "shows"),
    [("合同.pdf", None, "contract"), ("合同.pdf", "fees", "fees"), ("IMG_1.jpg", "disbursement", "disbursement")],
)
def test_what_was_said_counts_before_the_name(name, paper, shows):
    found = states(exhibits=[exhibit(1, name, paper=paper)])
    assert [one.name for one in found.values() if one.state == "present"] == [shows]


def test_an_exhibit_of_another_loan_or_of_none_shows_nothing():
    strangers = [exhibit(1, "合同.pdf", supports=("L2",)), exhibit(2, "合同.pdf", supports=())]
    assert states(exhibits=strangers)["contract"].state == "missing"


def test_the_one_that_was_said_to_be_it_stands_first():
    both = [exhibit(1, "合同草稿.pdf"), exhibit(2, "x.pdf", paper="contract")]
    assert shown_by("contract", both) == "E2" and shown_by("fees", both) is None


def test_messages_and_papers_agree():
    missing = {
        one.code.removeprefix("debt.missing_")
        for one in missing_papers(stored(gold()), papers(stored(gold()), [], []))
    }
    assert missing - {"overdue_terms"} == {name for name, one in states().items() if one.state == "missing"}


@pytest.mark.parametrize(
    ("contact", "needed"),
    [
        ({"agency": "某某催收"}, True), ({"agent": "某某律所王律师"}, True), ({"role_claimed": "法院委派律师"}, True),
        ({"said": "我们受A公司委托，代其催收"}, True), ({"said": "I am calling on behalf of A."}, True),
        ({"agent": "工号8812", "said": "不还就发律师函"}, False), ({}, False),
    ],
)  # fmt: skip
def test_whoever_says_that_he_comes_for_another_has_to_show_it(contact, needed):
    came = stored(Contact(channel="call", happened_at=NOON, loan="L1", **contact), "C1")
    (found,) = (one for one in papers(stored(gold()), [], [], [came]) if one.name == "authority")
    assert found.state == ("missing" if needed else "not_needed")
