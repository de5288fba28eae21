"""An agreement against what was paid: the table, what is next, and both sides' lapses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from jdneg.blocks import Block, Bullets, Facts, Heading, Paragraph, Table
from jdneg.domain.agreements import gate
from jdneg.domain.debt.early import early_notes
from jdneg.domain.messages import Message, hint
from jdneg.domain.money import ZERO
from jdneg.domain.negotiation.track import Track, TrackRow
from jdneg.domain.rulebook import RuleBook
from jdneg.i18n import pick, say, t
from jdneg.result import Result
from jdneg.views.findings import finding_json
from jdneg.views.words import amount, label, time, word

Found = Sequence[tuple[Track, Sequence[Any]]]


def track_page(found: Found, book: RuleBook, as_of: dt.date) -> Result:
    """``plan track``; a list of agreements, each as `track_json` has it."""
    data = {"as_of": as_of, "agreements": [track_json(one, findings) for one, findings in found]}
    if not found:
        return Result(data, (Paragraph(t("track.none")),))
    blocks: list[Block] = []
    messages: list[Message] = []
    for one, findings in found:
        blocks += track_blocks(one, findings, book)
        messages += track_messages(one)
    return Result(data, tuple(blocks), tuple(messages))


def track_messages(one: Track) -> tuple[Message, ...]:
    """The gate while nothing is in writing, payments that could be meant otherwise, and to keep paying."""
    closed = gate(one.agreement, one.written)
    if one.until is not None:
        return one.doubts
    keep = hint("track.keep_paying") if one.next is not None and one.standing != "behind" else None
    lapsed = one.lapse.messages if one.lapse else ()
    early = early_notes(",".join(one.loans), one.spared, one.in_advance)
    return tuple(message for message in (closed, *lapsed, *one.doubts, *early, keep) if message is not None)


def track_json(one: Track, findings: Sequence[Any]) -> dict[str, Any]:
    """The agreement's state; ``standing`` is up_to_date, late or behind, a row's state as in `RowState`."""
    following = one.next
    return {
        "case": one.case, "loans": list(one.loans), "offer": one.agreement.offer, "oral": one.agreement.oral,
        "starts": one.agreement.starts, "ended_on": one.agreement.ended_on, "until": one.until,
        "proof": list(one.agreement.proof),
        "standing": one.standing, "since": one.since, "behind_since": one.behind_since,
        "due": one.due, "paid": one.paid, "short": one.short, "ahead": one.ahead, "beyond": one.beyond,
        "late_cost": one.lapse.cost if one.lapse else None, "let_go": one.lapse.remitted if one.lapse else None,
        "spared": one.spared, "in_advance": one.in_advance,
        "settled": sum(1 for row in one.rows if not row.short), "count": len(one.rows),
        "next": {"due": following.due, "amount": following.short} if following else None,
        "rows": [_row_json(row) for row in one.rows],
        "doubts": [say(message) for message in one.doubts],
        "mine": [say(message) for message in one.mine],
        "theirs": [say(message) for message in one.theirs],
        "findings": [finding_json(finding) for finding in findings],
    }  # fmt: skip


def _row_json(row: TrackRow) -> dict[str, Any]:
    return {
        "n": row.n, "due": row.due, "amount": row.amount, "state": row.state, "short": row.short,
        "settled_on": row.settled_on, "days_late": row.days_late,
        "payments": [{"id": one.payment, "at": one.day, "amount": one.amount} for one in row.shares],
    }  # fmt: skip


def track_blocks(one: Track, findings: Sequence[Any], book: RuleBook) -> list[Block]:
    return [
        Heading(t("track.title", case=one.case, loans=", ".join(one.loans)), 2),
        Paragraph(standing_sentence(one), strong=True),
        _sums(one),
        rows_table(one),
        *sides(one, findings, book),
    ]


def standing_sentence(one: Track) -> str:
    """Up to date or behind since when, and by how much; of an agreement that is over, how it stood then."""
    if one.until is not None and one.agreement.starts > one.as_of:
        return t("track.never_ran", until=one.until)
    if one.until is not None:
        return t("track.over", until=one.until, as_of=one.as_of, then=_stood(one))
    return _stood(one)


def _stood(one: Track) -> str:
    if one.standing == "behind":
        return t("track.behind", since=one.behind_since, short=amount(one.short))
    if one.since is None:
        return t("track.not_started", starts=one.agreement.starts)
    done = sum(1 for row in one.rows if not row.short)
    late = "_late" if one.standing == "late" else ""
    key = f"track.all_paid{late}" if done == len(one.rows) else f"track.up_to_date{late}"
    today = sum((row.short for row in one.rows if row.state == "due"), ZERO)
    key = "track.still_due" if today else key
    said = t(key, since=one.since, done=done, count=len(one.rows), short=amount(today))
    return t("track.then_talk", said=said) if one.agreement.then_talk else said


def _sums(one: Track) -> Facts:
    rows = [
        (t("track.agreed"), f"{time(one.agreement.agreed_at)} · {_form(one)}"), (t("track.grace"), grace_words(one)),
        (t("track.due"), amount(one.due)),
        (t("track.paid"), amount(one.paid)), (t("track.short"), amount(one.short) if one.short else None),
        (t("track.late_cost"), amount(one.lapse.cost) if one.lapse and one.lapse.cost else None),
        (t("track.ahead"), amount(one.ahead) if one.ahead else None),
        (t("track.beyond"), amount(one.beyond) if one.beyond else None), (t("track.next"), next_words(one)),
    ]  # fmt: skip
    return Facts(tuple((name, value) for name, value in rows if value))


def grace_words(one: Track) -> str | None:
    days = one.agreement.grace_days
    return t("track.grace_days", days=days) if days else None


def next_words(one: Track) -> str | None:
    row = one.next
    return None if row is None else t("track.next_row", due=row.due, amount=amount(row.short))


def _form(one: Track) -> str:
    if one.agreement.oral:
        return word("oral")
    proof = ", ".join(map(str, one.agreement.proof))
    return f"{word('written')} ({proof})" if proof else word("written")


def rows_table(one: Track, receipts: bool = False) -> Table:
    """``receipts`` names the exhibits of the payments instead of the payments."""
    names = ("amount", "state", "settled_on", "short", "exhibits" if receipts else "payments")
    proofs = {payment.id: payment.record.exhibits for payment in one.payments}

    def paid(row: TrackRow) -> str:
        if receipts:
            own = [str(ref) for share in row.shares for ref in proofs.get(share.payment, ())]
            return ", ".join(dict.fromkeys(own)) or ("-" if not row.shares else t("track.no_receipt"))
        return ", ".join(share.payment for share in row.shares) or "-"

    rows = tuple(
        (
            str(row.n), row.due.isoformat(), amount(row.amount), row_state(row), time(row.settled_on),
            amount(row.short) if row.short else "-", paid(row),
        )
        for row in one.rows
    )  # fmt: skip
    return Table((t("track.n"), t("track.due_on"), *(label(name) for name in names)), rows, right=(0, 2, 5))


def row_state(row: TrackRow) -> str:
    said = t(f"track.state_{row.state}")
    return t("track.days_late", state=said, days=row.days_late) if row.days_late else said


def sides(one: Track, findings: Sequence[Any], book: RuleBook) -> list[Block]:
    """The other side's breaches and the borrower's own lapses, each said to be empty where it is."""
    theirs = (*(say(message) for message in one.theirs), *finding_sentences(findings, book))
    mine = tuple(say(message) for message in one.mine)
    return [
        Heading(t("track.theirs"), 3),
        Bullets(theirs) if theirs else Paragraph(t("track.none_theirs")),
        Heading(t("track.mine"), 3),
        Bullets(mine) if mine else Paragraph(t("track.none_mine")),
    ]


def finding_sentences(findings: Sequence[Any], book: RuleBook) -> tuple[str, ...]:
    return tuple(
        f"{one.contact}: {word(one.result)} · {pick(book.get(one.rule).title)}: {say(one.reason)}"
        + (f" 「{one.quote}」" if one.quote else "")
        for one in findings
    )
