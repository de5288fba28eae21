"""The closing checklist of a settled debt: what is done, what is open, and the command that does it."""

from __future__ import annotations

from collections.abc import Sequence

from jdneg.blocks import Block, Bullets, Heading, Table
from jdneg.domain.closing import ClosingStep
from jdneg.domain.rulebook import RuleBook
from jdneg.i18n import pick, say, t
from jdneg.views.sources import source
from jdneg.views.words import word

_DO = {
    "certificate": "jdneg loan close {loan} --certificate {file}",
    "receipts": "jdneg payment list",
    "auto_debit": "jdneg loan close {loan} --auto-debit-off {today}",
    "credit": "jdneg loan close {loan} --credit-checked {today}",
    "contact_stop": "jdneg letter draft contact-preference --loan {loan}",
}


def closing_blocks(loan: str, steps: Sequence[ClosingStep], book: RuleBook) -> list[Block]:
    """A short table, then what there is to say of each step, then where the rules stand."""
    headers = tuple(t(f"closing.{name}") for name in ("step", "state", "do"))
    rows = tuple((t(f"closing.{one.name}"), _state(one), do_with(one, loan) or "") for one in steps)
    details = tuple(f"{t(f'closing.{one.name}')}: {say(one.detail)}" for one in steps)
    return [
        Heading(t("closing.title", loan=loan), 2),
        Table(headers, rows),
        Bullets((*details, *_sources(steps, book))),
    ]


def _sources(steps: Sequence[ClosingStep], book: RuleBook) -> tuple[str, ...]:
    return tuple(
        f"{pick(rule.title)}: {source(reference)}{t('closing.level', level=word(rule.level))}"
        for one in steps for rule in map(book.get, one.rules) for reference in rule.values[-1].references
    )  # fmt: skip


def closing_json(loan: str, steps: Sequence[ClosingStep]) -> list[dict[str, object]]:
    return [
        {
            "step": one.name, "state": one.state, "on": one.on, "ref": one.ref, "detail": say(one.detail),
            "rules": list(one.rules), "do_with": do_with(one, loan),
        }
        for one in steps
    ]  # fmt: skip


def _state(step: ClosingStep) -> str:
    said = t(f"closing.{step.state}")
    return f"{said} {step.on.isoformat()}" if step.on else said


def do_with(step: ClosingStep, loan: str) -> str | None:
    """What records an open step; the certificate is first asked for."""
    if step.state == "done":
        return None
    return _DO[step.name].format(loan=loan, file=t("closing.file"), today=t("closing.today"))
