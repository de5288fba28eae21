import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, strategies as st

from jdneg.domain.correspondence.accounts import disputed, figures, total, undisputed, unexplained
from jdneg.domain.correspondence.context import Blank, Exhibits, excerpt
from jdneg.domain.correspondence.grounds import Ground, grounds_for
from jdneg.domain.correspondence.letters import KINDS, LetterFacts, compose, notices, preference_terms
from jdneg.domain.records.account import Claim
from jdneg.domain.records.base import Stored
from jdneg.domain.records.case import Agreement, Case, Offer
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.exhibit import Exhibit
from jdneg.domain.records.loan import Loan
from jdneg.domain.records.paper import ContactTerms, Letter, SourceCheck
from jdneg.errors import BadChoice, BadOffer, BadState, MissingFlags

DAY = dt.date(2026, 11, 22)
NOON = dt.datetime(2026, 11, 22, 4, tzinfo=dt.UTC)


def kept(record_id: str, record: Any) -> Stored[Any]:
    return Stored(record_id, record, NOON, f"hash-{record_id}")


LOAN = kept("L1", Loan(lender="某小贷", kind="microlender", principal=Decimal(100), start=dt.date(2026, 1, 1)))


def facts(**changes: Any) -> LetterFacts:
    return LetterFacts(drafted_on=DAY, loan=LOAN, **changes)


def test_an_unknown_kind_is_refused_with_the_kinds_there_are() -> None:
    with pytest.raises(BadChoice) as refused:
        compose("threat", facts())
    assert refused.value.facts["choices"] == ", ".join(KINDS)


def test_a_confirmation_needs_an_agreement() -> None:
    with pytest.raises(MissingFlags):
        compose("confirm", facts())
    case = kept("G1", Case(loans=("L1",), goal="x", opened_on=DAY))
    with pytest.raises(BadOffer):
        compose("confirm", facts(case=case))


def came(*outcomes: str) -> Stored[Letter]:
    checks = tuple(SourceCheck(at=DAY, by="在线客服", via="官方App", outcome=one) for one in outcomes)  # type: ignore[arg-type]
    return kept("T1", Letter(kind="received", direction="in", drafted_on=DAY, via="sms", source_checks=checks))


def test_a_reply_needs_the_letter_and_answers_no_forgery() -> None:
    with pytest.raises(MissingFlags):
        compose("reply", facts())
    with pytest.raises(BadState):
        compose("reply", facts(came=came("fake", "unknown")))
    open_, sure = (compose("reply", facts(came=came(*found))) for found in (("unknown",), ("confirmed",)))
    assert open_.values["source"] is None and sure.values["source"]["via"] == "官方App"
    assert [one.code for one in notices("reply", open_)] == ["letter.source_open"]
    assert notices("reply", sure) == ()
    assert open_.values["unclear"] and open_.cites == ("L1", "T1") and open_.values["answer"] == Blank("answer")


def test_an_unknown_request_is_refused() -> None:
    with pytest.raises(BadChoice):
        compose("request-info", facts(requests=("contract", "soul")))


def test_only_what_the_letter_rests_on_is_cited() -> None:
    contact = Contact(channel="call", happened_at=DAY, to_whom="family", exhibits=("E2",))
    mine = Contact(channel="call", happened_at=DAY, to_whom="me")
    exhibits = Exhibits(
        tuple(
            kept(f"E{n}", Exhibit(sha256="a", name="x", size=1, supports=supports))
            for n, supports in ((1, ("L1",)), (2, ()), (10, ("C1",)), (11, ("C2",)))
        )
    )
    found = compose("stop-third-party", facts(contacts=(kept("C1", contact), kept("C2", mine)), exhibits=exhibits))
    assert found.cites == ("C1", "E1", "E2", "E10", "L1")
    assert found.values["incidents"][0]["exhibits"] == "证据E2、证据E10"


def test_the_newest_offer_of_ones_own_is_proposed_and_its_gaps_are_blanks() -> None:
    offers = (
        Offer(number=1, by="me", at=DAY, months=12),
        Offer(number=2, by="me", at=DAY, months=24, waive=("penalty",)),
        Offer(number=3, by="lender", at=DAY, months=6),
    )
    found = compose("proposal", facts(case=kept("G1", Case(loans=("L1",), goal="x", opened_on=DAY, offers=offers))))
    assert found.values["offer"]["months"] == 24
    assert found.values["offer"]["monthly"] == Blank("offer_monthly")


def test_a_lump_sum_needs_no_months() -> None:
    offer = Offer(number=1, by="me", at=DAY, lump_sum=Decimal(50))
    found = compose("proposal", facts(case=kept("G1", Case(loans=("L1",), goal="x", opened_on=DAY, offers=(offer,)))))
    assert found.values["offer"]["months"] is None
    assert found.values["offer"]["first_due"] == Blank("lump_sum_due")


def test_an_agreement_with_its_own_schedule_leaves_no_blank_in_the_terms() -> None:
    from jdneg.domain.records.loan import Instalment

    offer = Offer(number=1, by="me", at=DAY, months=2)
    agreement = Agreement(
        offer=1, agreed_at=DAY, starts=DAY, oral=True, instalments=(Instalment(due=DAY, amount=Decimal(5)),)
    )
    case = Case(loans=("L1",), goal="x", opened_on=DAY, offers=(offer,), agreement=agreement)
    found = compose("confirm", facts(case=kept("G1", case)))
    assert not [one for one in found.values["offer"].values() if isinstance(one, Blank)]
    assert found.values["agreement"]["agent"] == Blank("agent")


def test_callers_are_counted_once_each_in_time() -> None:
    calls = [
        kept("C2", Contact(channel="call", happened_at=dt.date(2026, 11, 2), number="1", agent="甲")),
        kept("C1", Contact(channel="call", happened_at=dt.date(2026, 11, 1), number="1", agent="甲")),
        kept("C3", Contact(channel="call", happened_at=dt.date(2026, 11, 3), number="2")),
        kept("C4", Contact(channel="call", happened_at=dt.date(2026, 11, 3), number="1", direction="out")),
    ]
    callers = compose("agency-authorisation", facts(contacts=tuple(calls))).values["callers"]
    assert [(one["number"], one["count"], one["ids"]) for one in callers] == [("1", 2, "C1、C2"), ("2", 1, "C3")]


def test_the_terms_a_letter_asks_for_are_kept_for_its_watch() -> None:
    terms = ContactTerms(hours="9-18", channels=("sms",), no_third_party=True)
    assert preference_terms("contact-preference", facts(terms=terms)) == terms
    assert preference_terms("stop-third-party", facts()) == ContactTerms(no_third_party=True)
    assert preference_terms("dispute", facts()) is None


MONEY = st.none() | st.decimals(0, 10**6, places=2)


@given(st.tuples(MONEY, MONEY, MONEY, MONEY), st.tuples(MONEY, MONEY, MONEY, MONEY))
def test_what_is_undisputed_is_never_more_than_either_side_says(
    claimed: tuple[Decimal | None, ...], computed: tuple[Decimal | None, ...]
) -> None:
    names = ("principal", "interest", "penalty", "fee")
    claim = Claim(loan="L1", at=DAY, **dict(zip(names, claimed, strict=True)))
    rows = figures(claim, dict(zip(names, computed, strict=True)))
    agreed = total(undisputed(rows))
    assert agreed <= sum((one or Decimal(0) for one in claimed), Decimal(0))
    assert agreed <= sum((one or Decimal(0) for one in computed), Decimal(0))
    split = {row["name"] for row in disputed(rows)}, {row["name"] for row in unexplained(rows)}
    assert not split[0] & split[1]


def test_a_ground_is_cited_from_its_first_day_to_whom_it_binds() -> None:
    ground = Ground("R", ("t",), "rule", ("microlender",), "read", "文", DAY, loans_since=dt.date(2026, 1, 1))
    assert grounds_for((ground,), "t", LOAN.record, DAY) == ("文",)
    assert grounds_for((ground,), "t", LOAN.record, DAY - dt.timedelta(days=1)) == ()
    assert grounds_for((ground,), "other", LOAN.record, DAY) == ()
    older = Loan(lender="x", kind="microlender", principal=Decimal(1), start=dt.date(2025, 12, 31))
    assert grounds_for((ground,), "t", older, DAY) == ()
    bank = Loan(lender="x", kind="unknown", principal=Decimal(1), start=DAY)
    assert grounds_for((ground,), "t", bank, DAY) == ()


@given(st.text(max_size=400))
def test_an_excerpt_is_one_line_and_bounded(text: str) -> None:
    cut = excerpt(text) or ""
    assert "\n" not in cut and len(cut) <= 202


def test_a_draft_says_where_the_records_were_silent() -> None:
    claim = kept("D1", Claim(loan="L1", at=DAY, total=Decimal(5)))
    told = {
        kind: [one.code for one in notices(kind, compose(kind, facts()))]
        for kind in KINDS
        if kind not in ("confirm", "reply")
    }
    assert told["stop-third-party"] == ["letter.no_incidents"]
    assert told["dispute"] == ["letter.no_claim"]
    assert told["request-info"] == []
    assert [one.code for one in notices("dispute", compose("dispute", facts(claim=claim)))] == ["letter.no_figures"]
