"""The evidence bundle: planned as a list of files, then written as a BagIt bag, whole or not at all.

``data/`` holds the originals and nothing else, so that the 证据目录 has a row for each file there; the pages stand at
the root, covered by the tagmanifest, which our bundles must carry. The readme is a root file because it prints
the payload manifest's hash.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import field, replace
from typing import IO, Any

from jdneg.blocks import Block
from jdneg.documents import bundle_meta as meta, bundle_pages as pages, csvout, html
from jdneg.documents.bagit import CHUNK
from jdneg.documents.bundle_pages import Contents, Item, Withheld
from jdneg.documents.bundle_summary import summary_blocks
from jdneg.documents.bundle_words import Words
from jdneg.documents.markdown import to_markdown
from jdneg.documents.names import safe_name
from jdneg.documents.workbook import Book
from jdneg.domain.dates import first_moment
from jdneg.domain.evidence.catalogue import Row, catalogue
from jdneg.domain.evidence.instalments import case_states
from jdneg.domain.evidence.links import CaseFile
from jdneg.domain.evidence.pages import count_pdf_pages, media_class
from jdneg.domain.evidence.redaction import (
    Mask,
    mask_for,
    masked_file,
    masked_owner,
    third_parties,
    withheld_reason,
)  # fmt: skip
from jdneg.domain.evidence.timeline import timeline
from jdneg.domain.messages import Message
from jdneg.domain.records.base import Stored
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.exhibit import Exhibit
from jdneg.domain.records.journal import Profile
from jdneg.domain.records.paper import Complaint, Letter
from jdneg.errors import BadChoice, MissingExtra
from jdneg.i18n import speaking
from jdneg.values import dataclass

PROFILES = ("lawyer", "association")
README = "00-说明-README.txt"
OpenOriginal = Callable[[str], IO[bytes]]

_LONGEST_TEXT = 5 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """A record taken back: disclosed by id, day and reason; what it held never leaves."""

    id: str
    on: dt.date
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleInput:
    """All a bundle is made from. ``profile`` is lawyer or association; ``findings`` are objects or mappings with the
    fields of the check shape, their texts plain, bilingual or messages; ``rule_titles`` gives bilingual titles by
    rule id; ``verifications`` are blocks, ``workbook`` the same with live formulas. ``elsewhere`` are contacts that
    are not in the bundle: whoever they name is masked in it all the same."""

    file: CaseFile
    profile: str
    created: dt.date
    generator: str
    rulebook: str
    lang: str = "zh"
    owner: Profile = field(default_factory=Profile)
    findings: Sequence[Any] = ()
    rule_titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    verifications: Sequence[Block] = ()
    workbook: Book | None = None
    withdrawn: Sequence[Withdrawn] = ()
    elsewhere: Sequence[Stored[Contact]] = ()
    journal_head: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """One file: its bytes, or the hash of the vault file it copies."""

    path: str
    content: bytes | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Bundle:
    """What is to be written. ``third_parties`` are people whom this bundle names, to be shown before writing."""

    name: str
    payload: tuple[Planned, ...]
    tags: tuple[Planned, ...]
    readme: str
    info: tuple[tuple[str, str], ...]
    third_parties: tuple[str, ...]
    withheld: tuple[Withheld, ...]
    missing: tuple[str, ...]


def plan_bundle(given: BundleInput, open_original: OpenOriginal) -> Bundle:
    """Decide every file. ``open_original`` is asked for PDFs to count and for texts to mask.

    Raises BadChoice for an unknown profile, and what ``open_original`` raises for a lost file.
    """
    if given.profile not in PROFILES:
        raise BadChoice(value=given.profile, choices=", ".join(PROFILES))
    given = replace(given, file=given.file.without_drafts())
    words = Words(given.lang)
    mask = mask_for(given.file, given.owner, given.elsewhere) if given.profile == "association" else None
    texts = _texts(given.file, mask, open_original)
    contents = _contents(given, words, mask, texts, open_original)
    payload = tuple(_payload(item, texts) for item in contents.items)
    tags = _tags(contents, given, mask)
    return Bundle(
        name=safe_name(given.name or f"bundle-{given.created.isoformat()}-{given.profile}"),
        payload=payload,
        tags=tags,
        readme=meta.readme(contents, _listing(words, tags)),
        info=_info(given),
        third_parties=contents.people,
        withheld=contents.withheld,
        missing=pages.missing_lines(contents),
    )


def _info(given: BundleInput) -> tuple[tuple[str, str], ...]:
    return (
        ("Bag-Software-Agent", given.generator),
        ("Bagging-Date", given.created.isoformat()),
        ("Jdneg-Profile", given.profile),
        ("Jdneg-Rulebook", given.rulebook),
    )


# -- what the reader may see


def _contents(
    given: BundleInput, words: Words, mask: Mask | None, texts: Mapping[str, str | None], open_original: OpenOriginal
) -> Contents:
    file = masked_file(given.file, mask) if mask else given.file
    owner = masked_owner(given.owner, mask) if mask else given.owner
    states = case_states(given.file, given.created)
    # Numbers are the same in every profile: a letter cites them.
    rows = catalogue(file, lambda exhibit: _count(exhibit, open_original))
    kept = [row for row in rows if mask is None or texts.get(row.id) is not None]
    back = [_kept_back(words, row, texts) for row in rows if row not in kept]
    back += [_taken_back(words, one, mask, given.file) for one in given.withdrawn]
    return Contents(
        words=words,
        file=file,
        items=tuple(_item(words, row, masked=mask is not None) for row in kept),
        withheld=tuple(back),
        events=timeline(file, states),
        states=states,
        findings=meta.masked_findings((_in_words(words, one, given.rule_titles) for one in given.findings), mask),
        owner_name=owner.name,
        created=given.created,
        profile=given.profile,
        people=() if mask else third_parties(given.file),
    )


def _in_words(words: Words, finding: Any, titles: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """A finding whose messages and bilingual texts are sentences, so that they can be masked like any text."""
    fields = dict(pages.as_mapping(finding))
    if fields["rule"] in titles:
        fields["rule"] = words.say("rule_title", title=words.text(titles[fields["rule"]]), id=fields["rule"])
    return {
        name: words.text(value) if isinstance(value, Message | Mapping) else value for name, value in fields.items()
    }


def _item(words: Words, row: Row, *, masked: bool) -> Item:
    """``data/4-1_20261120_2130_录音.m4a``; a masked copy does not carry the original's name."""
    form = "%Y%m%d_%H%M" if isinstance(row.at, dt.datetime) else "%Y%m%d"
    stamp = first_moment(row.at).strftime(form) if row.at else ""
    name = _neutral(words, row) if masked else row.name
    parts = [row.number, stamp, safe_name(f"{name}.txt" if masked else name)]
    return Item(row, "data/" + "_".join(part for part in parts if part), name, masked)


def _neutral(words: Words, row: Row) -> str:
    return words.say(f"media_{row.media}")


def _kept_back(words: Words, row: Row, texts: Mapping[str, str | None]) -> Withheld:
    reason = withheld_reason(row.media, texts.get(row.id)) or "unreadable_text"
    return Withheld(row.number, row.id, _neutral(words, row), words.say(f"withheld_{reason}"), row.sha256)


def _taken_back(words: Words, one: Withdrawn, mask: Mask | None, file: CaseFile) -> Withheld:
    """What was taken back, and which papers that left beforehand speak of it: those go as they were."""
    reason = mask.text(one.reason) if mask and one.reason else one.reason
    said = words.say("withheld_withdrawn", reason=reason)
    papers = [paper.id for paper in file.letters if one.id in _cited(paper.record)]
    papers += [paper.id for paper in file.complaints if one.id in _cited(paper.record)]
    if papers:
        said += words.say("withheld_quoted", papers="、".join(papers))
    return Withheld("", one.id, "", said, on=one.on, quoted_in=tuple(papers))


def _cited(paper: Letter | Complaint) -> set[str]:
    return {str(one) for one in paper.cites} | {str(one.id) for one in paper.frozen}


# -- originals


def _count(exhibit: Exhibit, open_original: OpenOriginal) -> int | None:
    media = media_class(exhibit.name, exhibit.media_type)
    if exhibit.pages is not None or media == "image":
        return exhibit.pages or 1
    if media != "pdf":
        return None
    with open_original(exhibit.sha256) as stream:
        return count_pdf_pages(iter(lambda: stream.read(CHUNK), b""))


def _texts(file: CaseFile, mask: Mask | None, open_original: OpenOriginal) -> Mapping[str, str | None]:
    """For an association: the masked text of every exhibit that is plain text, None for all others."""
    if mask is None:
        return {}
    return {one.id: _masked_text(one.record, mask, open_original) for one in file.exhibits}


def _masked_text(exhibit: Exhibit, mask: Mask, open_original: OpenOriginal) -> str | None:
    if media_class(exhibit.name, exhibit.media_type) != "text" or exhibit.size > _LONGEST_TEXT:
        return None
    with open_original(exhibit.sha256) as stream:
        raw = stream.read(_LONGEST_TEXT + 1)
    text = _decoded(raw)
    masked = mask.text(text) if text is not None else None
    return None if masked is None or mask.leaks(masked) else masked


def _decoded(raw: bytes) -> str | None:
    """Plain text only: what hides text in codes cannot be masked."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def _payload(item: Item, texts: Mapping[str, str | None]) -> Planned:
    if item.masked:
        return Planned(item.path, (texts[item.row.id] or "").encode("utf-8"))
    return Planned(item.path, sha256=item.row.sha256)


# -- pages


def _tags(contents: Contents, given: BundleInput, mask: Mask | None) -> tuple[Planned, ...]:
    words, lang = contents.words, given.lang
    verifications = mask.value(tuple(given.verifications)) if mask else given.verifications
    summary = summary_blocks(contents)
    facts = {"generator": given.generator, "rulebook": given.rulebook, "journal": given.journal_head}
    events, findings = pages.timeline_table(contents), pages.findings_table(contents)
    found = {
        "01-摘要.html": _html(words, "summary", summary, lang),
        "01-摘要.md": _markdown(summary, lang),
        "02-证据目录.html": _html(words, "index", pages.index_blocks(contents), lang),
        "02-证据目录.csv": csvout.table(*pages.index_csv(contents)),
        "03-时间线.html": _html(words, "timeline", pages.timeline_blocks(contents), lang),
        "03-时间线.csv": csvout.table(events.headers, events.rows),
        "04-发现.html": _html(words, "findings", pages.findings_blocks(contents), lang),
        "04-发现.csv": csvout.table(findings.headers, findings.rows),
        "05-债务核对.html": _html(words, "debts", pages.debt_blocks(contents, verifications), lang),
        "withheld.csv": csvout.table(*pages.withheld_csv(contents)),
        "meta/records.json": meta.records_json(contents.file),
        "meta/custody.jsonl": meta.custody_jsonl(contents, contents.withheld),
        "meta/method.md": _markdown(meta.method(contents, facts), lang),
    }
    pages_made = tuple(Planned(path, content) for path, content in found.items())
    return (*pages_made, *_workbook(given.workbook, mask), *_papers(contents))


def _workbook(book: Book | None, mask: Mask | None) -> Iterator[Planned]:
    """The verification to calculate with; left out where XlsxWriter is not installed: the page says the same."""
    from jdneg.documents.xlsx import to_xlsx

    if book is not None:
        with suppress(MissingExtra):
            yield Planned("05-债务核对.xlsx", to_xlsx(mask.value(book) if mask else book))


def _markdown(blocks: Iterable[Block], lang: str) -> bytes:
    """In the bundle's language, whatever the terminal speaks."""
    with speaking(lang):
        return to_markdown(blocks).encode("utf-8")


def _html(words: Words, title: str, blocks: Sequence[Block], lang: str) -> bytes:
    return html.page(words.say(title), blocks, lang).encode("utf-8")


def _papers(contents: Contents) -> tuple[Planned, ...]:
    """Letters as they were sent and received and complaints as they were filed; drafts stay at home."""
    words, found = contents.words, []
    for letter in contents.file.letters:
        if letter.record.text:
            found.append(_letter(contents, letter))
    for complaint in contents.file.complaints:
        if complaint.record.text:
            name = safe_name(f"{complaint.id}_{words.word(complaint.record.to)}.md")
            found.append(Planned(f"07-投诉/{name}", complaint.record.text.encode("utf-8", "replace")))
    return tuple(found)


def _letter(contents: Contents, letter: Stored[Letter]) -> Planned:
    """The text; where the letter as sent was not kept, it is only the draft's, and says so in name and first line."""
    words, record = contents.words, letter.record
    name, text = f"{letter.id}_{words.letter_kind(record.kind)}", record.text or ""
    if record.direction == "out":
        number = contents.numbers.get(str(record.final), record.final)
        name += "_" + words.say("draft_text")
        said = words.say("final_kept", number=number) if record.final else words.say("final_missing")
        text = f"> {said}\n\n{text}"
    return Planned(f"06-函件/{safe_name(name + '.md')}", text.encode("utf-8", "replace"))


def _listing(words: Words, tags: Sequence[Planned]) -> list[tuple[str, str]]:
    """The readme's table of contents: each page once, whatever its forms."""
    tops: dict[str, None] = {}
    for one in tags:
        tops.setdefault(one.path.split("/")[0] + ("/" if "/" in one.path else ""))
    stems: dict[str, list[str]] = {}
    for top in tops:
        stem, _, ending = top.partition(".")
        stems.setdefault(stem, []).append(ending)
    keys: dict[str, str] = {
        "01-摘要": "summary", "02-证据目录": "index", "03-时间线": "timeline", "04-发现": "findings",
        "05-债务核对": "debts", "06-函件/": "letters", "07-投诉/": "complaints",
        "withheld": "withheld", "meta/": "meta",
    }  # fmt: skip
    shown = {stem: stem + ("." + "|".join(ends) if ends[0] else "") for stem, ends in stems.items()}
    rows = [(name, words.say(f"about_{keys[stem]}")) for stem, name in shown.items()]
    return [*rows, ("data/", words.say("about_data"))]
