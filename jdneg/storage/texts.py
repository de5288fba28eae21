"""Reads the texts that ship with jdneg: templates, grounds, channels, playbooks, cards, the script of a call."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jdneg.domain.cards import Card, CardItem, CardPart
from jdneg.domain.complaint.channels import Channel, Clock
from jdneg.domain.correspondence.grounds import Ground
from jdneg.domain.livecall.script import CallScript, Limit, Question, TagKey
from jdneg.domain.negotiation.playbook import GENERAL, Playbook, PlayItem, StuckReason
from jdneg.domain.precheck import Check, CheckSource

Table = dict[str, Any]
STUCK = "stuck.toml"


@cache
def letter_template(kind: str) -> Table:
    """The text of a letter kind, shared parts put in. An unknown kind is a bug: FileNotFoundError."""
    return _template("letters", kind)


@cache
def complaint_template(channel: str) -> Table:
    """The text of a complaint to a channel that has one."""
    return _template("complaints", channel)


@cache
def grounds() -> tuple[Ground, ...]:
    """The sentences papers may cite rules by, in the order they stand in the file."""
    return tuple(Ground(**_tuples(one)) for one in _read("texts", "grounds.toml")["ground"])


@cache
def channels() -> tuple[Channel, ...]:
    """All complaint channels, in the order a complaint usually climbs them."""
    return tuple(_channel(one) for one in _read("channels.toml")["channel"])


@cache
def precheck() -> tuple[Check, ...]:
    """What to read before signing, in the order of the card."""
    return tuple(_check(one) for one in _read("texts", "precheck.toml")["check"])


@cache
def heated() -> tuple[str, ...]:
    """Words that a letter is better without."""
    return tuple(_read("texts", "heated.toml")["word"])


@cache
def playbooks() -> tuple[Playbook, ...]:
    """Every playbook, by name; the general one last."""
    folder = files("jdneg").joinpath("data", "playbooks")
    names = sorted(path.name for path in folder.iterdir() if path.name.endswith(".toml") and path.name != STUCK)
    found = [_playbook(_read("playbooks", name)) for name in names]
    return tuple(sorted(found, key=lambda one: (one.id == GENERAL, one.id)))


@cache
def stuck_reasons() -> Mapping[str, StuckReason]:
    """Why the other side says it cannot go on, by code, in the order of the file."""
    entries = _read("playbooks", STUCK)["reason"]
    return {one["id"]: StuckReason(one["id"], one["source"], one["title"], tuple(one["ask"])) for one in entries}


def _playbook(entry: Table) -> Playbook:
    items = tuple(PlayItem(**one) for one in entry["item"])
    rest = {name: value for name, value in entry.items() if name != "item"}
    return Playbook(**{"problem": ""} | rest, items=items)


def _check(entry: Table) -> Check:
    return Check(entry["id"], entry["title"], entry["text"], _sources(entry))


def _sources(entry: Table) -> tuple[CheckSource, ...]:
    return tuple(CheckSource(**one) for one in entry.get("source", []))


@cache
def call_script() -> CallScript:
    """The questions, limits and tags of the screen for a call."""
    found = _read("texts", "assist", "call.toml")
    limits = tuple(
        Limit(id=one["id"], short=one["short"], text=one["text"], sources=_sources(one)) for one in found["limit"]
    )
    questions = tuple(Question(**one) for one in found["question"])
    return CallScript(questions, limits, tuple(TagKey(**one) for one in found["tag"]))


@cache
def card(name: str) -> Card:
    """The card for a moment: a file of ``texts/cards``. An unknown one is a bug: FileNotFoundError."""
    found = _read("texts", "cards", f"{name}.toml")
    return Card(
        id=name, title=found["title"], lead=found["lead"], parts=tuple(_part(one, found) for one in found["part"])
    )


def _part(entry: Table, found: Table) -> CardPart:
    """A part with ``from`` takes the texts of another list of its file, all with the part's sources."""
    rows = entry["item"] if "item" in entry else found[entry["from"]]
    shared = _sources(entry)
    items = tuple(
        CardItem(text=one["text"], rules=tuple(one.get("rules", ())), sources=_sources(one) or shared) for one in rows
    )
    return CardPart(title=entry["title"], items=items, ordered=entry.get("ordered", False))


def _channel(entry: Table) -> Channel:
    clocks = tuple(Clock(**_tuples(one)) for one in entry.get("clock", []))
    rest = {name: value for name, value in entry.items() if name != "clock"}
    return Channel(**_tuples(rest), clocks=clocks)


def _tuples(entry: Table) -> Table:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}


def _template(folder: str, name: str) -> Table:
    template = _read("texts", folder, f"{name}.toml")
    return {**template, "block": list(_with_parts(template["block"]))}


def _with_parts(blocks: list[Table]) -> Iterator[Table]:
    """A block of kind ``part`` stands for the blocks of a file in ``texts/parts``."""
    for block in blocks:
        if block["kind"] == "part":
            yield from _with_parts(_read("texts", "parts", f"{block['name']}.toml")["block"])
        else:
            yield block


def _read(*path: str) -> Table:
    return tomllib.loads(files("jdneg").joinpath("data", *path).read_text(encoding="utf-8"))
