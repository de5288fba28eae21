"""``negotiate show``: five steps, what is done and what is next; who was spoken to, offers, promises, stops."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from jdneg.blocks import Block, Bullets, Heading, Paragraph, Table
from jdneg.domain.agreements import gate, still_written
from jdneg.domain.negotiation.playbook import Playbook, StuckReason
from jdneg.domain.negotiation.steps import CaseFacts, PromiseLine, Step, promise_lines, state_of, steps
from jdneg.domain.records.base import Stored
from jdneg.domain.records.contact import Contact
from jdneg.i18n import pick, say, t
from jdneg.result import Result
from jdneg.views.cases import agreement_facts, case_blocks
from jdneg.views.effort import waited
from jdneg.views.playbooks import ask_next, guide_blocks
from jdneg.views.words import clip, label, minute, word


def case_page(facts: CaseFacts, book: Playbook, reasons: Mapping[str, StuckReason], as_of: dt.date) -> Result:
    case = facts.case.record
    found, promises = steps(facts, book, as_of), promise_lines(facts, as_of)
    state = state_of(case)
    blocks: list[Block] = [Paragraph(facts.case.id, strong=True), *guide_blocks(book), *case_blocks(case, promises)]
    for made in case.earlier:
        blocks += [Heading(t("steps.earlier_title"), 3), agreement_facts(case, made)]
    blocks += [*_steps(found), *_people(facts.contacts)]
    if case.milestones:
        blocks += [Heading(label("milestones"), 3), Bullets(tuple(f"{one.at} {one.what}" for one in case.milestones))]
    blocks += _stuck(facts, reasons, asked=state == "stuck")
    warning = gate(case.agreement, still_written(case)) if case.agreement else None
    data = {
        "id": facts.case.id, "record": case, "state": state, "recorded_at": facts.case.recorded_at,
        "playbook": book.id, "steps": [_step_json(one) for one in found],
        "promises": [_promise_json(one) for one in promises],
        "contacts": [_contact_json(one) for one in facts.contacts], "next": next_command(facts, found),
    }  # fmt: skip
    return Result(data, tuple(blocks), (warning,) if warning else ())


def next_command(facts: CaseFacts, found: Sequence[Step]) -> str | None:
    """What the step at hand needs first, as a command."""
    case, now = facts.case, next((one.name for one in found if one.state == "now"), None)
    oral = case.record.agreement is not None and case.record.agreement.oral
    commands = {
        "confirm": f"jdneg evidence add {t('steps.file')} --for {case.id}",
        "contact": f"jdneg log-call {case.record.loans[0]} --case {case.id}",
        "wait": f"jdneg negotiate contact {case.id} --reply-by {t('steps.day')}",
        "solution": f"jdneg letter draft confirm --case {case.id}" if oral else f"jdneg negotiate accept {case.id}",
        "close": f"jdneg plan track {case.id}",
    }
    return commands[now] if now else None


def _steps(found: Sequence[Step]) -> list[Block]:
    blocks: list[Block] = []
    for n, one in enumerate(found, 1):
        state, name = t(f"steps.state_{one.state}"), t(f"steps.{one.name}")
        blocks.append(Heading(f"{t('steps.step', n=n, name=name)} · {state}", 3))
        lines = [*(say(note) for note in one.notes), *(f"[x] {pick(item.text)}" for item in one.done)]
        if one.state == "now":
            lines += [t("steps.todo", text=pick(item.text), id=item.id) for item in one.open]
        if lines:
            blocks.append(Bullets(tuple(lines)))
    return blocks


def _people(contacts: Sequence[Stored[Contact]]) -> list[Block]:
    """Who was spoken to, when, how long one waited and what came of it."""
    if not contacts:
        return []
    names = ("contact", "at", "channel", "agent", "agency", "wait_seconds", "result", "refusal")
    rows = tuple(
        (
            one.id, minute(one.record.happened_at), word(one.record.channel), one.record.agent or "-",
            one.record.agency or "-", waited(one.record.wait_seconds), clip(one.record.result, 24) or "-",
            word(one.record.refusal) if one.record.refusal else "-",
        )
        for one in contacts
    )  # fmt: skip
    return [Table(tuple(label(name) for name in names), rows, title=t("steps.people_title"))]


def _stuck(facts: CaseFacts, reasons: Mapping[str, StuckReason], *, asked: bool) -> list[Block]:
    """Each time the other side would not go on; while it stands, what to ask next."""
    case = facts.case.record
    if not case.stuck:
        return []
    lines = tuple(
        " · ".join(filter(None, (
            one.at.isoformat(), pick(reasons[one.reason].title) if one.reason else None, one.note,
            str(one.contact) if one.contact else None,
        )))
        for one in case.stuck
    )  # fmt: skip
    blocks: list[Block] = [Heading(label("stuck"), 3), Bullets(lines)]
    last = case.stuck[-1].reason
    return [*blocks, *ask_next(reasons[last])] if asked and last else blocks


def _step_json(one: Step) -> dict[str, Any]:
    return {
        "step": one.name, "state": one.state, "notes": [say(note) for note in one.notes],
        "done": [item.id for item in one.done], "open": [item.id for item in one.open],
    }  # fmt: skip


def _promise_json(one: PromiseLine) -> dict[str, Any]:
    return {
        "number": one.number or None, "by": one.promise.by, "what": one.promise.what, "due": one.promise.due,
        "state": one.promise.state, "seen_on": one.promise.seen_on, "contact": one.contact, "overdue": one.overdue,
    }  # fmt: skip


def _contact_json(one: Stored[Contact]) -> dict[str, Any]:
    record = one.record
    return {
        "id": one.id, "at": record.happened_at, "channel": record.channel, "direction": record.direction,
        "agent": record.agent, "agency": record.agency, "number": record.number, "wait_seconds": record.wait_seconds,
        "result": record.result, "refusal": record.refusal, "attitude": record.attitude,
    }  # fmt: skip
