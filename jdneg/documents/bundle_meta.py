"""What stands beside a bundle's pages: the readme, the method, the records as data, where each file came from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from jdneg.blocks import Block, Bullets, Heading, Paragraph
from jdneg.documents.bagit import MANIFEST, TAGMANIFEST
from jdneg.documents.bundle_pages import Contents, Withheld, limits
from jdneg.documents.names import visible
from jdneg.domain.codec import encode
from jdneg.domain.evidence.links import CaseFile
from jdneg.domain.evidence.redaction import Mask
from jdneg.domain.ids import kind_of
from jdneg.domain.records.base import Stored

# Put in place of the hash, which is known only when the payload is written.
HASH_HERE = "@MANIFEST-SHA256@"
COMMANDS = (f"sha256sum -c {MANIFEST}", f"sha256sum -c {TAGMANIFEST}")


def readme(contents: Contents, pages: Sequence[tuple[str, str]]) -> str:
    """00-说明: what this is, what is where, what it shows and does not, how to check it. Plain text."""
    words = contents.words
    lines = [
        words.say("readme_title"),
        "",
        words.say(
            "readme_what", profile=words.say(f"profile_{contents.profile}"), created=contents.created.isoformat()
        ),
        words.say(f"readme_{contents.profile}"),
        "",
        words.say("readme_files"),
        *(f"  {name}  {about}" for name, about in pages),
        "",
        words.say("limits"),
        *(f"  {item}" for item in _items(limits(words))),
        "",
        words.say("readme_check"),
        *(f"    {command}" for command in COMMANDS),
        words.say("readme_check_program"),
        "",
        words.say("readme_keep"),
        f"    {MANIFEST}  SHA-256: {HASH_HERE}",
        f"    sha256sum {TAGMANIFEST}",
        "",
        words.say("readme_times"),
    ]
    return "\n".join(visible(line) for line in lines) + "\n"


def _items(blocks: Iterable[Block]) -> list[str]:
    found = [item for block in blocks if isinstance(block, Bullets) for item in block.items]
    return [f"{index}. {item}" for index, item in enumerate(found, start=1)]


def method(contents: Contents, facts: Mapping[str, str | None]) -> list[Block]:
    """How the files were taken in and this bundle made. Facts: generator, rulebook, journal (its last hash)."""
    words = contents.words
    known = [words.say(f"method_{name}", value=value) for name, value in facts.items() if value]
    steps = [words.say(f"method_step_{index}") for index in range(1, 6)]
    masking: list[Block] = [Heading(words.say("profile"), 2), Paragraph(words.say(f"readme_{contents.profile}"))]
    return [
        Heading(words.say("method")),
        Bullets(tuple(known)),
        Heading(words.say("method_how"), 2),
        Bullets(tuple(steps), numbered=True),
        *masking,
        *limits(words),
    ]


def records_json(file: CaseFile) -> bytes:
    """Every record of the bundle as data, with the journal's own facts about it."""
    rows = [_stored(one) for one in file.all()]
    return _json({"schema": "jdneg-bundle/1", "records": rows}, indent=1)


def _stored(one: Stored[Any]) -> dict[str, Any]:
    kind = kind_of(one.id)
    return {
        "id": one.id,
        "kind": kind,
        "recorded_at": one.recorded_at.isoformat(),
        "clock": "set" if one.clock_set else "system",
        "amended": one.amended,
        "payload_sha256": one.payload_sha256,
        "record": encode(one.record),
    }


def custody_jsonl(contents: Contents, withheld: Sequence[Withheld]) -> bytes:
    """One line an exhibit: what was taken in, when, of what hash, and what became of it here."""
    by_id = {item.row.id: item for item in contents.items}
    kept_back = {one.id: one.reason for one in withheld}
    lines = []
    for stored in sorted(contents.file.exhibits, key=lambda one: int(one.id[1:])):
        exhibit, item = stored.record, by_id.get(stored.id)
        lines.append(
            _json(
                {
                    "exhibit": stored.id,
                    "number": item.row.number if item else None,
                    "taken_in": stored.recorded_at.isoformat(),
                    "clock": "set" if stored.clock_set else "system",
                    "original_name": exhibit.name,
                    "original_sha256": exhibit.sha256,
                    "original_size": exhibit.size,
                    "original_modified": exhibit.modified_at.isoformat() if exhibit.modified_at else None,
                    "original_kept_at": exhibit.original,
                    "file": item.path if item else None,
                    "copy": ("masked" if item.masked else "exact") if item else "withheld",
                    "reason": kept_back.get(stored.id),
                }
            )
        )
    return b"".join(lines)


def _json(value: Any, indent: int | None = None) -> bytes:
    text = json.dumps(value, ensure_ascii=False, indent=indent, sort_keys=indent is None)
    # A lone surrogate has no UTF-8 form; it came from a file name and is not worth failing for.
    return (text + "\n").encode("utf-8", "replace")


def masked_findings(findings: Iterable[Mapping[str, Any]], mask: Mask | None) -> tuple[Mapping[str, Any], ...]:
    """Findings whose texts are masked, if anything is to be; they must be in words already."""
    if mask is None:
        return tuple(findings)
    return tuple({name: mask.value(value) for name, value in one.items()} for one in findings)
