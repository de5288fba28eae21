"""Offers that can be made for one debt, each with the command that makes it."""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from jdneg.blocks import Block, Facts, Heading, Paragraph, Preformatted, Table
from jdneg.domain.messages import Message, hint, info, warning
from jdneg.domain.money import ZERO
from jdneg.domain.negotiation.owed import Owed
from jdneg.domain.negotiation.proposing import Ask, Proposal
from jdneg.domain.negotiation.room import Room
from jdneg.domain.records.base import Stored
from jdneg.i18n import say, t
from jdneg.result import Result
from jdneg.views.words import amount


def proposal_page(
    found: Sequence[Proposal],
    loan: Stored[Any],
    ask: Ask | None,
    as_of: dt.date,
    case: str | None,
    *,
    kept: Sequence[Proposal] = (),
    owed: Owed | None = None,
    disputed: Decimal = ZERO,
    by_claim: bool = False,
    nothing: bool = False,
    messages: Sequence[Message] = (),
    next_case: str = "G1",
    room: Room | None = None,
) -> Result:
    """``plan propose``. ``next_case`` is the id that a case opened now gets; ``kept`` are offers that fit where what
    was asked for does not. ``disputed`` is what the lender claims beyond ``owed``, yuan; ``by_claim``: ``owed``
    itself is a claim that nobody has checked.
    """
    monthly = (ask.monthly if ask else None) or (room.monthly if room else None)
    open_case = (
        None if case else f"jdneg negotiate open {loan.id} --problem credit --goal {shlex.quote(t('plan.goal'))}"
    )
    letter = f"jdneg letter draft proposal --loan {loan.id}"
    data = {
        "as_of": as_of, "loan": loan.id, "case": case, "monthly": monthly,
        "owed": owed.total if owed else None, "by_claim": by_claim, "disputed": disputed,
        "open_case": open_case, "letter": letter,
        "room": room.monthly if room else None, "proposals": [_json(one, case or next_case) for one in found],
    }  # fmt: skip
    said = [*messages, *_smaller(kept, loan.id), *(note for one in found for note in one.notes)]
    said += [warning("plan.nothing_left"), warning("plan.free_help")] if nothing else []
    if not any(one.fits or one.fits is None for one in (*found, *kept)):
        said += [warning("plan.none_fits"), warning("plan.free_help")]
    said += [hint("plan.propose_honest"), hint("plan.no_new_debt")]
    if not found:
        return Result(data, (Paragraph(t("plan.no_proposal")),), tuple(said))
    asked = ((t("plan.claimed_beyond"), amount(disputed)),) if disputed else ()
    head = Facts(
        (
            (t("plan.claimed_now" if by_claim else "plan.owed_now"), amount(owed.total if owed else None)),
            *asked,
            (t("plan.can_pay"), amount(monthly)),
        )
    )
    blocks: list[Block] = [head, _table(found), Heading(t("plan.to_do"), 2)]
    spare = (f"jdneg plan propose {loan.id} --monthly 50 --months 6 --then-talk   # {t('plan.spare')}",)
    steps = _steps(found, case or next_case, open_case, letter)
    blocks.append(Preformatted("\n".join((*steps, *spare) if nothing else steps)))
    unique = {say(one): one for one in said}
    return Result(data, tuple(blocks), tuple(unique.values()))


def _smaller(kept: Sequence[Proposal], loan: str) -> tuple[Message, ...]:
    fit = next((one for one in kept if one.fits), None)
    if fit is None:
        return ()
    row = fit.rows[0]
    return (hint("plan.smaller_fits", loan=loan, months=fit.months, monthly=row.amount, first=row.due),)


def _json(one: Proposal, case: str) -> dict[str, Any]:
    return {
        "form": one.form, "months": one.months, "monthly": one.monthly, "total": one.total, "interest": one.interest,
        "let_go": one.let_go, "fits": one.fits,
        "first_due": one.rows[0].due if one.rows else None, "last_due": one.rows[-1].due if one.rows else None,
        "rows": [{"due": row.due, "amount": row.amount} for row in one.rows],
        "command": _command(one, case) if one.words else None,
    }  # fmt: skip


def _command(one: Proposal, case: str) -> str:
    return " ".join(("jdneg negotiate offer", case, *(shlex.quote(part) for part in one.words)))


def _table(found: Sequence[Proposal]) -> Table:
    headers = (
        "#", t("plan.form"), t("view.months"), t("plan.each"), t("view.due"), t("view.ends"), t("view.paid"),
        t("plan.lets_go"), t("plan.fits"),
    )  # fmt: skip
    rows = tuple(
        (
            str(n), t(f"plan.form_{one.form}"), str(one.months) if one.months else "-", _each(one),
            one.rows[0].due.isoformat() if one.rows else "-", _ends(one), amount(one.total), amount(one.let_go),
            t(_FITS[one.fits]),
        )
        for n, one in enumerate(found, 1)
    )  # fmt: skip
    return Table(headers, rows, right=(0, 2, 3, 6, 7), key=2)


def _each(one: Proposal) -> str:
    """What is late stands apart from the instalments that follow it."""
    first, *rest = [row.amount for row in one.rows] or [ZERO]
    if one.form in ("pause", "due_day") and len(rest) > 1 and first != rest[0]:
        return t("plan.each_after", first=amount(first), each=amount(rest[0]))
    return amount(first)


def _ends(one: Proposal) -> str:
    """What settles nothing does not end."""
    return "-" if one.form in ("token", "standstill") else one.rows[-1].due.isoformat()


_FITS = {True: "word.yes", False: "word.no", None: "word.cannot_tell"}


def room_told(room: Room | None, loan: str, ask: Ask) -> tuple[Message, ...]:
    """What the column ``fits`` rests on, and how the offers were found where no sum and no term was named."""
    if room is None:
        return (hint("plan.room_unknown"),)
    if not room.monthly:  # nothing is left, and that is said
        return ()
    said = info(f"plan.room_{room.basis}", loan=loan, room=room.monthly)
    return (said,) if ask.sized else (said, info("plan.by_day"))


def _steps(found: Sequence[Proposal], case: str, open_case: str | None, letter: str) -> list[str]:
    made = [(n, one) for n, one in enumerate(found, 1) if one.words]
    lines = [open_case] if open_case and made else []
    lines += [f"{_command(one, case)}   # {n}" for n, one in made]
    asks = [f"   # {n}" for n, one in enumerate(found, 1) if not one.words]
    return [*lines, letter + "".join(asks)]
