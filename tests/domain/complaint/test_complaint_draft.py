import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from jdneg.domain.complaint.draft import ComplaintFacts, Concern, compose, notices, usable
from jdneg.domain.correspondence.context import Blank
from jdneg.domain.records.account import Claim, Payment
from jdneg.domain.records.base import Stored
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.loan import Loan
from jdneg.domain.records.paper import Complaint, Letter
from jdneg.errors import BadChoice, NoRespondent

DAY = dt.date(2026, 11, 22)
NOON = dt.datetime(2026, 11, 22, 4, tzinfo=dt.UTC)


def kept(record_id: str, record: Any) -> Stored[Any]:
    return Stored(record_id, record, NOON, f"hash-{record_id}")


def loan(lender: str = "某小贷", **changes: Any) -> Stored[Any]:
    return kept("L1", Loan(lender=lender, kind="microlender", principal=Decimal(100), start=DAY, **changes))


def call(number: int, day: int, **changes: Any) -> Stored[Any]:
    return kept(f"C{number}", Contact(channel="call", happened_at=dt.date(2026, 11, day), **changes))


def concern(contact: str, **changes: Any) -> Concern:
    base = {"title": "规", "level": "rule", "checked": "reported", "result": "review", **changes}
    return Concern(contact=contact, **base)


def facts(**changes: Any) -> ComplaintFacts:
    return ComplaintFacts(**{"drafted_on": DAY, "loan": loan(), **changes})


@pytest.mark.parametrize("changes", [{"loan": None}, {"loan": None, "respondent": "某小贷"}, {"loan": loan("  ")}])
def test_without_a_respondent_there_is_no_draft(changes: dict[str, Any]) -> None:
    with pytest.raises(NoRespondent):
        compose("platform", facts(**changes))


def test_the_party_on_the_contract_is_the_respondent_not_the_brand() -> None:
    found = compose("platform", facts(loan=loan("京东金融", party="某小额贷款有限公司")))
    assert found.values["respondent"]["name"] == "某小额贷款有限公司"


def test_a_channel_without_a_text_is_refused() -> None:
    with pytest.raises(BadChoice):
        compose("12378", facts())


def test_only_findings_with_force_are_cited_in_the_order_they_happened() -> None:
    contacts = (call(1, 5), call(2, 3), call(3, 4), call(4, 1))
    concerns = (
        concern("C1"),
        concern("C2", result="breach"),
        concern("C3", level="principle"),
        concern("C4", result="cannot_tell"),
    )
    found = compose("platform", facts(contacts=contacts, concerns=concerns))
    assert [one["id"] for one in found.values["incidents"]] == ["C2", "C1"]
    assert found.values["counts"] == ({"channel": "call", "count": 2},)
    assert found.cites == ("C1", "C2", "L1")
    assert found.values["no_facts"] is None


def test_an_unconfirmed_rule_is_never_cited() -> None:
    assert usable([concern("C1", checked="unconfirmed")]) == ()


def test_one_contact_under_two_rules_is_one_row_and_a_breach_outweighs_a_review() -> None:
    concerns = (concern("C1", title="甲"), concern("C1", title="乙"), concern("C1", title="甲", result="breach"))
    row = compose("platform", facts(contacts=(call(1, 5),), concerns=concerns)).values["incidents"]
    assert [(one["title"], one["review"]) for one in row[0]["concerns"]] == [("甲", False), ("乙", True)]


def test_nothing_to_tell_is_a_blank() -> None:
    values = compose("platform", facts()).values
    assert (values["no_facts"], values["no_request"]) == (Blank("facts"), Blank("request"))


def test_the_association_gets_the_course_of_events_and_its_address_is_a_blank() -> None:
    letters = (
        kept("T1", Letter(kind="dispute", direction="out", drafted_on=DAY, sent_at=dt.date(2026, 11, 25))),
        kept("T2", Letter(kind="dispute", direction="out", drafted_on=DAY)),
        kept("T3", Letter(kind="reply", direction="in", drafted_on=DAY, sent_at=DAY)),
    )
    filed = (kept("K1", Complaint(to="platform", drafted_on=DAY, filed_at=dt.date(2026, 11, 26), number="8")),)
    found = compose(
        "xiaoxie",
        facts(
            letters=letters,
            complaints=filed,
            claim=kept("D1", Claim(loan="L1", at=dt.date(2026, 11, 24), total=Decimal(90))),
            payments=(kept("Y1", Payment(loan="L1", amount=Decimal(10), at=dt.date(2026, 11, 23))),),
        ),
    )
    assert [one["kind"] for one in found.values["events"]] == ["loan", "paid", "claim", "letter", "complaint"]
    assert found.values["respondent"]["address"] == Blank("respondent_address")
    assert found.cites == ("D1", "K1", "L1", "T1", "Y1")


def test_the_writer_is_told_what_was_left_out_and_who_does_not_take_it() -> None:
    silent = facts(concerns=(concern("C1", level="principle"), concern("C2", result="cannot_tell")))
    assert [(one.code, one.facts.get("count")) for one in notices(silent, False, "12378")] == [
        ("complaint.not_fitting", None),
        ("complaint.no_findings", None),
        ("complaint.left_out", 1),
        ("complaint.own_name", None),
    ]
    assert [one.code for one in notices(facts(concerns=(concern("C1"),)), True, "x")] == ["complaint.own_name"]
