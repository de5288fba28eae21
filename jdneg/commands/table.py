"""Every command by name: where its function lives, whether it writes, under which heading it is listed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from jdneg.values import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """``function`` in ``jdneg.commands.<module>``; a group has ``entries`` (and may have a function too)."""

    module: str
    function: str = ""
    writes: bool = False
    panel: str = ""
    entries: Mapping[str, Entry] = field(default_factory=dict)


_NONE: Mapping[str, Entry] = {}


def _group(
    module: str, panel: str, reads: str, writes: str = "", function: str = "", more: Mapping[str, Entry] = _NONE
) -> Entry:
    """A noun and its verbs; a verb's function has the verb's name (``list`` is ``list_``: it would hide Python's).

    ``more`` are verbs whose functions stand in modules of their own.
    """
    verbs = [(verb, False) for verb in reads.split()] + [(verb, True) for verb in writes.split()]
    entries = {verb: Entry(module, _function(verb), write) for verb, write in verbs}
    return Entry(module, function, False, panel, entries | dict(more))


def _function(verb: str) -> str:
    return f"{verb}_" if verb in {"list", "set", "open"} else verb.replace("-", "_")


# The files a filter or a choice of events makes, beside the bundle.
_EXPORTS = {"ics": Entry("ics", "ics"), "csv": Entry("listing", "csv"), "json": Entry("listing", "json_")}

PANELS = ("daily", "debt", "talks", "papers", "journal")

TABLE: Mapping[str, Entry] = {
    "today": Entry("today", "today", False, "daily"),
    "log-call": Entry("log", "log_call", True, "daily"),
    "log-sms": Entry("log", "log_sms", True, "daily"),
    "log-chat": Entry("log", "log_chat", True, "daily"),
    "log-email": Entry("log", "log_email", True, "daily"),
    "log-visit": Entry("log", "log_visit", True, "daily"),
    "log-letter": Entry("log", "log_letter", True, "daily"),
    "plan": _group("plan", "daily", "compare propose", function="plan", more={"track": Entry("track", "track")}),
    "assist": _group("assist", "daily", "", "call"),
    "card": _group("card", "daily", "visit call scam police"),
    "check": Entry("check", "check", False, "daily"),
    "explain": Entry("explain", "explain", False, "daily"),
    "contact": _group("contact", "daily", "list show", "amend withdraw"),
    "view": _group("view", "daily", "list", "save drop"),
    "loan": _group("loan", "debt", "list show precheck", "add amend close"),
    "claim": _group("claim", "debt", "list show", "add"),
    "pay": Entry("paying", "pay", True, "debt"),
    "payment": _group("payment", "debt", "list show", "amend withdraw"),
    "verify": Entry("verify", "verify", False, "debt"),
    "rate": _group("rate", "debt", "schedule irr accrue"),
    "budget": _group("budget", "debt", "show statement", "set"),
    "negotiate": _group(
        "negotiate",
        "talks",
        "list show outcomes playbook",
        "open offer counter accept confirm close",
        more={
            verb: Entry("talking", verb, True) for verb in ("contact", "promise", "stuck", "milestone", "tick", "end")
        },
    ),
    "report": _group(
        "report", "talks", "pattern timeline summary", more={"negotiation": Entry("effort", "negotiation")}
    ),
    "letter": _group("letter", "papers", "kinds list show classify", "draft sent amend withdraw verify-source"),
    "complain": _group("complain", "papers", "list show", "draft filed"),
    "evidence": _group("evidence", "papers", "list show", "add"),
    "scam": _group("scam", "papers", "check"),
    "directory": _group("directory", "papers", "list show", "add confirm"),
    "export": _group("export", "papers", "bundle schema", more=_EXPORTS),
    "bundle": _group("bundle", "papers", "verify"),
    "import": _group("importing", "papers", "", "sms"),
    "rules": _group("rules", "papers", "list show stale"),
    "init": Entry("init", "init", True, "journal"),
    "config": _group("config", "journal", "show", "set"),
    "profile": _group("profile", "journal", "show", "set"),
    "history": Entry("journal", "history", False, "journal"),
    "undo": Entry("journal", "undo", True, "journal"),
    "redo": Entry("journal", "redo", True, "journal"),
    "doctor": Entry("journal", "doctor", False, "journal"),
    "demo": Entry("demo", "demo", False, "journal"),
}
