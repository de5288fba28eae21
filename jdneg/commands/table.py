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
_EXPORTS = {
    "ics": Entry("papers.ics", "ics"),
    "csv": Entry("papers.listing", "csv"),
    "json": Entry("papers.listing", "json_"),
}

PANELS = ("daily", "debt", "talks", "papers", "journal")

TABLE: Mapping[str, Entry] = {
    "today": Entry("talks.today", "today", False, "daily"),
    "log-call": Entry("contacts.log", "log_call", True, "daily"),
    "log-sms": Entry("contacts.log", "log_sms", True, "daily"),
    "log-chat": Entry("contacts.log", "log_chat", True, "daily"),
    "log-email": Entry("contacts.log", "log_email", True, "daily"),
    "log-visit": Entry("contacts.log", "log_visit", True, "daily"),
    "log-letter": Entry("contacts.log", "log_letter", True, "daily"),
    "plan": _group(
        "talks.plan", "daily", "compare propose", function="plan", more={"track": Entry("talks.track", "track")}
    ),
    "assist": _group("contacts.assist", "daily", "", "call"),
    "card": _group("contacts.card", "daily", "visit call scam police"),
    "check": Entry("contacts.check", "check", False, "daily"),
    "explain": Entry("contacts.explain", "explain", False, "daily"),
    "contact": _group("contacts.contact", "daily", "list show", "amend withdraw"),
    "view": _group("contacts.view", "daily", "list", "save drop"),
    "loan": _group("debts.loan", "debt", "list show precheck", "add amend close"),
    "claim": _group("debts.claim", "debt", "list show", "add"),
    "pay": Entry("debts.paying", "pay", True, "debt"),
    "payment": _group("debts.payment", "debt", "list show", "amend withdraw"),
    "verify": Entry("debts.verify", "verify", False, "debt"),
    "rate": _group("debts.rate", "debt", "schedule irr accrue"),
    "budget": _group("talks.budget", "debt", "show statement", "set"),
    "negotiate": _group(
        "talks.negotiate",
        "talks",
        "list show outcomes playbook",
        "open offer counter accept confirm close",
        more={
            verb: Entry("talks.talking", verb, True)
            for verb in ("contact", "promise", "stuck", "milestone", "tick", "end")
        },
    ),
    "report": _group("papers.report", "talks", "pattern timeline summary negotiation"),
    "letter": _group(
        "papers.letter", "papers", "kinds list show classify plan", "draft sent close amend withdraw verify-source"
    ),
    "complain": _group("papers.complain", "papers", "list show", "draft filed"),
    "evidence": _group("papers.evidence", "papers", "list show", "add"),
    "scam": _group("contacts.scam", "papers", "check"),
    "directory": _group("contacts.directory", "papers", "list show", "add confirm"),
    "export": _group("papers.export", "papers", "bundle schema", more=_EXPORTS),
    "bundle": _group("papers.bundle", "papers", "verify"),
    "import": _group("papers.importing", "papers", "", "sms"),
    "rules": _group("contacts.rules", "papers", "list show stale"),
    "init": Entry("home.init", "init", True, "journal"),
    "config": _group("home.config", "journal", "show", "set"),
    "profile": _group("home.profile", "journal", "show", "set"),
    "history": Entry("home.journal", "history", False, "journal"),
    "undo": Entry("home.journal", "undo", True, "journal"),
    "redo": Entry("home.journal", "redo", True, "journal"),
    "doctor": Entry("home.journal", "doctor", False, "journal"),
    "demo": Entry("home.demo", "demo", False, "journal"),
}
