"""The first page of a bundle: the debts, what was recorded, what was found, what the user paid or did not."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal

from jdneg.blocks import Block, Bullets, Facts, Heading, Paragraph, Table
from jdneg.documents.bundle_pages import Contents, group_title, left_out, missing_lines, results_in_words
from jdneg.documents.bundle_words import Words
from jdneg.domain.dates import first_moment
from jdneg.domain.evidence.catalogue import GROUPS
from jdneg.domain.evidence.instalments import LoanInstalment
from jdneg.domain.ids import kind_of
from jdneg.domain.money import ZERO
from jdneg.domain.records.base import Stored
from jdneg.domain.records.contact import Contact


def summary_blocks(contents: Contents) -> list[Block]:
    """The whole first page."""
    words = contents.words
    about = Facts(
        (
            (words.say("submitted_by"), contents.owner_name or words.say("blank")),
            (words.say("made_on"), contents.created.isoformat()),
            (words.say("profile"), words.say(f"profile_{contents.profile}")),
        )
    )
    head: list[Block] = [Heading(words.say("summary")), Paragraph(words.say("summary_note")), about]
    return [
        *head,
        *_loans(contents),
        *_contacts(contents),
        *_finding_counts(contents),
        *_agreements(contents),
        *_own_payments(contents),
        *_exhibit_counts(contents),
        *_people(contents),
    ]


def _loans(contents: Contents) -> list[Block]:
    words = contents.words
    names = ("id", "lender", "lender_kind", "product", "contract_no", "principal", "start")
    rows = tuple(
        (
            one.id,
            one.record.party or one.record.lender,
            words.word(one.record.kind),
            one.record.product or words.say("none"),
            one.record.contract_no or words.say("blank"),
            words.text(one.record.principal),
            words.time(one.record.start),
        )
        for one in contents.file.loans
    )
    return [
        Heading(words.say("loans"), 2),
        Table(tuple(words.say(f"col_{name}") for name in names), rows, right=(5,)),
    ]


def _contacts(contents: Contents) -> list[Block]:
    words = contents.words
    title = Heading(words.say("contacts"), 2)
    inward = [_counted(one) for one in contents.file.contacted if one.record.direction != "out"]
    if not inward:
        return [title, Paragraph(words.say("contacts_none"))]
    rows = []
    for channel, count in sorted(
        Counter(one.channel for one in inward).items(), key=lambda pair: (-pair[1], pair[0])
    ):
        times = sorted((one.happened_at for one in inward if one.channel == channel), key=first_moment)
        rows.append((words.word(channel), str(count), words.time(times[0]), words.time(times[-1])))
    names = ("channel", "count", "first", "last")
    return [title, Table(tuple(words.say(f"col_{name}") for name in names), tuple(rows), right=(1,))]


def _counted(one: Stored[Contact]) -> Contact:
    """A letter counts as one, whichever way it came."""
    return replace(one.record, channel="letter") if kind_of(one.id) == "letter" else one.record


def _finding_counts(contents: Contents) -> list[Block]:
    words = contents.words
    title = Heading(words.say("findings"), 2)
    if not contents.findings:
        return [title, Paragraph(words.say("findings_none"))]
    counts = Counter((words.text(one["rule"]), one["level"], one["result"]) for one in contents.findings)
    rules = sorted({(rule, level) for rule, level, _ in counts})
    results = ("breach", "review", "cannot_tell")
    rows = tuple(
        (rule, words.word(level), *(str(counts[(rule, level, result)]) for result in results))
        for rule, level in rules
    )
    headers = (words.say("col_rule"), words.say("col_level"), *(words.word(result) for result in results))
    return [
        title,
        Table(headers, rows, right=(2, 3, 4)),
        Paragraph(words.say("findings_note", **results_in_words(words))),
    ]


def _agreements(contents: Contents) -> list[Block]:
    words = contents.words
    kept = ("bundle.event_case", "bundle.event_agreed_oral", "bundle.event_agreed_written")
    events = (one for one in contents.events if one.what.code in kept)
    lines = [
        f"{words.time(one.at)}　{words.say('joint').join(map(words.message, (one.what, *one.more)))}（{one.id}）"
        for one in events
    ]
    promises = [
        words.say(f"event_promise_{one.by}", what=one.what, state=one.state)
        for case in contents.file.cases
        for one in case.record.promises
    ]
    return [
        Heading(words.say("negotiation"), 2),
        Bullets(tuple([*lines, *promises] or [words.say("negotiation_none")])),
    ]


def _own_payments(contents: Contents) -> list[Block]:
    """What the user paid, and every instalment not paid on its day."""
    words = contents.words
    payments = contents.file.payments
    total: Decimal = sum((one.record.amount for one in payments), ZERO)
    lines: list[Block] = [
        Heading(words.say("own_payments"), 2),
        Paragraph(words.say("paid_total", count=len(payments), amount=total)),
    ]
    late = [one for one in contents.states if one.row.state != "on_time"]
    if not contents.states:
        return [*lines, Paragraph(words.say("no_schedule"))]
    if not late:
        return [*lines, Paragraph(words.say("all_on_time", count=len(contents.states)))]
    names = ("loan", "due", "amount", "state", "settled", "short")
    rows = tuple(
        (_owed_under(words, one), words.time(one.row.due), words.text(one.row.amount), words.word(one.row.state),
         words.time(one.row.settled_on), words.text(one.row.short))
        for one in late
    )  # fmt: skip
    return [*lines, Table(tuple(words.say(f"col_{name}") for name in names), rows, right=(2, 5))]


def _owed_under(words: Words, one: LoanInstalment) -> str:
    """The loan, and where the instalment stands in words alone, that."""
    return words.say("joint").join((one.loan, words.say("with_oral"))) if one.oral else one.loan


def _exhibit_counts(contents: Contents) -> list[Block]:
    words = contents.words
    counts = Counter(item.row.group for item in contents.items)
    lines = [
        f"{group_title(words, group, position)}　{words.say('items', count=counts[group])}"
        for position, group in enumerate(GROUPS, start=1)
        if counts[group]
    ]
    lines += left_out(contents)
    blank = missing_lines(contents)
    lines += [words.say("still_blank", count=len(blank))] if blank else []
    return [Heading(words.say("exhibits"), 2), Bullets(tuple(lines or [words.say("index_empty")]))]


def _people(contents: Contents) -> list[Block]:
    words = contents.words
    if contents.profile == "association":
        return [Heading(words.say("people"), 2), Paragraph(words.say("people_masked"))]
    if not contents.people:
        return []
    return [
        Heading(words.say("people"), 2),
        Paragraph(words.say("people_included", names="、".join(contents.people))),
    ]
