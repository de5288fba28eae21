"""Their figure beside the contract's."""

import datetime as dt
import string
from dataclasses import replace
from decimal import Decimal

import pytest
from debt_loans import NOW, ROOT, cases, day, gold, stored

from jdneg.domain.debt.ledger import EVENTS
from jdneg.domain.debt.papers import missing_papers, papers
from jdneg.domain.debt.shares import Terms
from jdneg.domain.debt.verify import verify
from jdneg.domain.money import money
from jdneg.domain.records.account import Claim, Payment
from jdneg.domain.records.exhibit import Exhibit
from jdneg.domain.records.loan import OverdueTerms
from jdneg.errors import NoRate
from jdneg.i18n import area, say
from jdneg.storage.datafiles import rule_book
from jdneg.storage.lpr import lpr_table

BOOK = rule_book(None)
AS_OF = day("2026-11-20")
CLAIM = Claim(
    loan="L1", at=AS_OF, total=money("16480.55"), principal=money("14200.00"), interest=money("612.00"),
    penalty=money("1668.55"), source="sms",
)  # fmt: skip
PAID = Payment(loan="L1", at=day("2026-04-10"), amount=money("1900.00"))


def check(loan=None, claims=(CLAIM,), as_of=AS_OF, exhibits=(), **more):
    stored_claims = [stored(one, f"D{n}") for n, one in enumerate(claims, 1)]
    return verify(
        stored(loan or gold()),
        stored_claims,
        [stored(PAID, "Y1")],
        exhibits,
        Terms(),
        BOOK,
        lpr_table(),
        as_of,
        **more,
    )


def table(found):
    return {one.name: (one.claimed, one.computed, one.difference) for one in found.components}


def codes(messages):
    return [message.code for message in messages]


def test_the_manuals_case():
    found = check()
    assert table(found) == {
        "principal": (money("14200.00"), money("18410.00"), money("-4210.00")),
        "interest": (money("612.00"), money("2061.92"), money("-1449.92")),
        "penalty": (money("1668.55"), None, None),
        "fee": (None, money("0.00"), None),
        "total": (money("16480.55"), None, None),
    }
    assert not found.needs_action  # nothing known is claimed too high, no line is passed
    assert codes(found.notes) == [
        "debt.principal_below", "debt.total_without_penalty", "debt.penalty_unexplained",
    ]  # fmt: skip
    assert {"debt.missing_contract", "debt.missing_overdue_terms", "debt.missing_disbursement"} <= set(
        codes(found.missing)
    )
    assert len(found.assumptions) == len(set(codes(found.assumptions)))


def test_the_manuals_case_with_overdue_terms():
    found = check(gold(overdue=OverdueTerms(factor=Decimal("1.5"))))
    assert table(found)["penalty"] == (money("1668.55"), money("847.05"), money("821.50"))
    assert table(found)["total"] == (money("16480.55"), money("20754.27"), money("-4273.72"))
    assert found.needs_action
    assert "debt.missing_overdue_terms" not in codes(found.missing)


@pytest.mark.parametrize(("claimed", "action"), [("18410.00", False), ("18410.01", True)])
def test_one_fen_too_much_needs_action(claimed, action):
    assert check(claims=[Claim(loan="L1", at=AS_OF, principal=money(claimed))]).needs_action is action


def test_a_line_that_is_passed_needs_action():
    assert check(gold(received=money("15000.00")), claims=()).needs_action


def test_the_latest_claim_is_compared_and_all_are_kept():
    older = replace(CLAIM, at=day("2026-10-01"), principal=money("1.00"))
    future = replace(CLAIM, at=day("2026-12-01"))
    other = replace(CLAIM, loan="L2")
    found = check(claims=[CLAIM, older, future, other])
    assert [one.id for one in found.claims] == ["D2", "D1"]
    assert table(found)["principal"][0] == money("14200.00")


def test_parts_that_do_not_add_up_are_kept_and_said():
    found = check(claims=[replace(CLAIM, total=money("17000.00"))])
    assert table(found)["total"][0] == money("17000.00")
    assert "claim.does_not_add_up" in codes(found.notes)


def test_courts_own_sums_add_up():
    for case in cases("court_sums.json"):
        claim = Claim(loan="L1", at=AS_OF, **{name: money(value) for name, value in case["claim"].items()})
        assert "claim.does_not_add_up" not in codes(check(claims=[claim]).notes), case["source"]


def test_a_claim_of_another_day_is_said():
    assert "debt.claim_other_day" in codes(check(as_of=day("2026-11-22")).notes)


def test_without_a_claim():
    found = check(claims=())
    assert codes(found.notes) == ["debt.no_claim"]
    assert all(one.claimed is None for one in found.components)


def test_no_rate_names_the_loan():
    with pytest.raises(NoRate) as caught:
        check(gold(rate=None))
    assert caught.value.facts == {"loan": "L1"}


def exhibit(name, proves=None):
    return stored(Exhibit(sha256="0" * 64, name=name, size=1, supports=("L1",), proves=proves), "E1")


def test_papers_that_are_there_are_not_missing():
    loan = stored(gold(agencies=("某某催收公司",), holder_role="assignee"))
    all_missing = codes(missing_papers(loan, papers(loan, [PAID], [])))
    assert {"debt.missing_authority", "debt.missing_assignment", "debt.missing_payments"} <= set(all_missing)
    held = [
        exhibit("合同.pdf"),
        exhibit("IMG_1.jpg", "放款到账记录"),
        exhibit("委托书.png"),
        exhibit("债权转让通知.pdf"),
    ]
    left = codes(missing_papers(loan, papers(loan, [replace(PAID, exhibits=("E9",))], held)))
    assert left == ["debt.missing_schedule", "debt.missing_fees", "debt.missing_overdue_terms"]


def test_every_sentence_exists_in_both_languages_with_the_same_facts():
    texts = {lang: area(lang, "debt") for lang in ("zh", "en")}
    assert set(texts["zh"]) == set(texts["en"])
    for key, text in texts["zh"].items():
        fields = [{name for _, name, _, _ in string.Formatter().parse(one[key]) if name} for one in texts.values()]
        assert fields[0] == fields[1], key
        assert "违法" not in text and "退钱" not in text


def test_the_code_and_the_catalogue_know_the_same_keys():
    import re

    sources = (ROOT / "jdneg" / "domain" / "debt").glob("*.py")
    named = {key for path in sources for key in re.findall(r'"debt\.([a-z0-9_]+)"', path.read_text(encoding="utf-8"))}
    built = {f"missing_{paper}" for paper in
             ("contract", "disbursement", "schedule", "payments", "fees", "authority", "assignment")}  # fmt: skip
    built |= {f"event_{event}" for event in EVENTS}
    assert named | built == set(area("en", "debt"))


def test_every_message_of_a_run_can_be_spoken():
    for loan in (gold(), gold(overdue=OverdueTerms(factor=Decimal("1.6"), grace_days=3), received=money("19000.00")),
                 gold(kind="private"), gold(kind="unknown", due_day=31, method=None), gold(kind="bank")):  # fmt: skip
        found = check(loan)
        said = (*found.missing, *found.assumptions, *found.notes, *(one.reason for one in found.ceilings))
        for message in said:
            for lang in ("zh", "en"):
                assert "{" not in say(message, lang)


def test_now_is_never_read():
    assert dt.datetime(2026, 11, 22, tzinfo=NOW.tzinfo).date() > AS_OF
    assert check(as_of=day("2026-04-09")).position.principal == money("20000.00")
