"""Every way jdneg can fail: one class per failure, facts inside.

The sentence stands in the catalogue under ``errors.<code>`` (both languages, with what to do next);
``exit_code`` is mapped in `jdneg.cli` alone. Exit codes: 2 usage or invalid value, 3 not found,
4 broken chain or vault or later format or bundle not ok, 5 lock, disk or permission, 70 bug.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar


class JdnegError(Exception):
    """Base of all expected failures. ``facts`` fill the sentence's placeholders."""

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 2

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code, facts)
        self.facts = facts


class ManyErrors(JdnegError):
    """Several faults found in one reading, all reported at once; its code is that of the first."""

    code = "many"

    def __init__(self, errors: list[JdnegError]) -> None:
        super().__init__(count=len(errors))
        self.errors = errors


def raise_all(faults: Sequence[JdnegError]) -> None:
    """Raise what was gathered, if anything was: one as itself, several together."""
    if faults:
        raise faults[0] if len(faults) == 1 else ManyErrors(list(faults))


class InvalidValue(JdnegError):
    """A value a user gave cannot be used. Base of the exit-2 family."""

    code = "invalid_value"


class MissingFlags(InvalidValue):
    """Flags are needed and nobody can be asked. Facts: flags."""

    code = "missing_flags"


class BadUsage(InvalidValue):
    """The command line itself is wrong (unknown option, missing argument). Facts: detail."""

    code = "usage"


class BadAmount(InvalidValue):
    """Not an amount of yuan to the fen. Facts: value."""

    code = "bad_amount"


class NegativeAmount(InvalidValue):
    """An amount below zero (or zero where something must be paid). Facts: value."""

    code = "negative_amount"


class NotAboveZero(InvalidValue):
    """A number, no amount, that must be above zero. Facts: value."""

    code = "not_above_zero"


class BelowLeast(InvalidValue):
    """A number, no amount, below the least it may be. Facts: value, least."""

    code = "below_least"


class BadFactor(InvalidValue):
    """Not a factor such as 1.5. Facts: value."""

    code = "bad_factor"


class BadRate(InvalidValue):
    """Not a rate such as 18%/year. Facts: value."""

    code = "bad_rate"


class BadTime(InvalidValue):
    """Not a time we read. Facts: value."""

    code = "bad_time"


class NoSuchDay(BadTime):
    """A date that no calendar has, such as 30 February. Facts: value."""

    code = "no_such_day"


class DayWanted(BadTime):
    """A time of day where a day alone is meant. Facts: value, day."""

    code = "day_wanted"


class BeyondCalendar(BadTime):
    """A day outside the years that are reckoned with. Facts: value, earliest, latest (years)."""

    code = "beyond_calendar"


class BadNumber(InvalidValue):
    """Not a signed number such as -1234.56. Facts: value."""

    code = "bad_number"


class BadFlow(InvalidValue):
    """Not a flow such as 2026-01-01:-10000. Facts: value."""

    code = "bad_flow"


class DatesOutOfOrder(InvalidValue):
    """A period that ends before it starts. Facts: first, second (flags), start, end."""

    code = "dates_out_of_order"


class TimesDisagree(InvalidValue):
    """A contact's length is not the time from its beginning to its end. Facts: start, end; between, lasted in s."""

    code = "times_disagree"


class BothGiven(InvalidValue):
    """Two flags that say the same thing, of which one would be passed over. Facts: first, second."""

    code = "both_given"


class TextTooLong(InvalidValue):
    """More words than a record takes. Facts: flag, size, limit (in bytes)."""

    code = "text_too_long"


class BadDuration(InvalidValue):
    """Not a length of time such as 3m12s. Facts: value."""

    code = "bad_duration"


class FutureTime(InvalidValue):
    """Something that happened cannot lie in the future. Facts: value, resolved."""

    code = "future_time"


class BadDueDay(InvalidValue):
    """A due day is 1 to 31. Facts: value."""

    code = "bad_due_day"


class TooManyRows(InvalidValue):
    """More messages would come in than one import may hold. Facts: limit."""

    code = "too_many_rows"


class NoPhoneNumber(InvalidValue):
    """What should be a telephone number has no digit. Facts: value."""

    code = "no_phone_number"


class BadChoice(InvalidValue):
    """Not one of the accepted words. Facts: value, choices."""

    code = "bad_choice"


class BadId(InvalidValue):
    """Not an id such as L1. Facts: value, expected."""

    code = "bad_id"


class NotComputable(InvalidValue):
    """A loan's terms do not say enough for its figures. Base of those that name what is missing. Facts: loan."""

    code = "not_computable"


class NoPayout(NotComputable):
    """How much was lent, or when, is not known. Facts: loan, missing (messages), sets (words of an amendment)."""

    code = "no_payout"


class NoRate(NotComputable):
    """A loan without rate, fee and schedule cannot be computed. Facts: loan."""

    code = "no_rate"


class NoTerm(NotComputable):
    """Instalments without a number of months, or a payment that never covers the interest. Facts: loan."""

    code = "no_term"


class ContradictoryFlags(InvalidValue):
    """Two flags exclude each other. Facts: first, second."""

    code = "contradictory_flags"


class BadLoan(InvalidValue):
    """Terms that contradict one another. Facts: detail (a message)."""

    code = "bad_loan"


class UnknownField(InvalidValue):
    """An amendment names a field the record does not have. Facts: field, known."""

    code = "unknown_field"


class BadRecord(InvalidValue):
    """Data from outside that is no record of ours. Facts: record, faults (messages with fields, never values)."""

    code = "bad_record"


class BadFormLine(InvalidValue):
    """A line of an edited form that is no ``name: value`` of it, or a name that stands twice. Facts: text."""

    code = "bad_form_line"


class NoEditor(InvalidValue):
    """No editor to open. Facts: name."""

    code = "no_editor"


class EditorFailed(InvalidValue):
    """The editor did not end well, and nothing was changed. Facts: name."""

    code = "editor_failed"


class EditStopped(InvalidValue):
    """The user gave up, or the editor failed; nothing was written, the text is kept. Facts: path."""

    code = "edit_stopped"


class BadFilter(InvalidValue):
    """A word of a filter that is none. Facts: word, known (the keys)."""

    code = "bad_filter"


class BadViewName(InvalidValue):
    """A view's name is letters, digits, - and _. Facts: value."""

    code = "bad_view_name"


class EmptyText(InvalidValue):
    """Nothing to log or judge. Facts: flag."""

    code = "empty_text"


class UnreadableText(InvalidValue):
    """A text file that is neither UTF-8, UTF-16 nor GB18030. Facts: path."""

    code = "unreadable_text"


class NotAsOf(InvalidValue):
    """A writing command refuses --as-of."""

    code = "not_as_of"


class BadForeignFile(InvalidValue):
    """An import file that is not what it should be. Facts: path, reason."""

    code = "bad_foreign_file"


class UnknownFormat(InvalidValue):
    """No writer for this file ending. Facts: path, accepted."""

    code = "unknown_format"


class UnsafeName(InvalidValue):
    """A name that could leave its folder. Facts: value."""

    code = "unsafe_name"


class OutputExists(InvalidValue):
    """We do not write over what is there. Facts: path."""

    code = "output_exists"


class MissingExtra(InvalidValue):
    """An optional library is not installed. Facts: extra, library."""

    code = "missing_extra"


class NoSplitDay(InvalidValue):
    """A case without an agreement or a letter not sent has no day to compare before and after. Facts: id."""

    code = "no_split_day"


class NoDraft(InvalidValue):
    """There is no draft of a call to go on with."""

    code = "no_draft"
    exit_code = 3


class NothingToUndo(InvalidValue):
    """No batch is left to undo (or to redo)."""

    code = "nothing_to_undo"


class UndoRefused(InvalidValue):
    """Later live records cite what would go. Facts: batch, dependants."""

    code = "undo_refused"


class ReasonNeeded(InvalidValue):
    """A correction needs its reason. Facts: id."""

    code = "reason_needed"


class BadOffer(InvalidValue):
    """An offer that cannot be answered: no amount, no term. Facts: detail."""

    code = "bad_offer"


class DifferentCreditors(InvalidValue):
    """Debts of one payment have several creditors. Facts: first, first_creditor, second, second_creditor."""

    code = "different_creditors"


class NothingOwed(InvalidValue):
    """A payment to split, and nothing owed on any of the loans. Facts: loans, date."""

    code = "nothing_owed"


class NoBudget(InvalidValue):
    """There is no budget yet."""

    code = "no_budget"


class BadWhatIf(InvalidValue):
    """A supposed change that cannot be read. Facts: value."""

    code = "bad_what_if"


class WhatIfBelowZero(BadWhatIf):
    """A supposed change that takes more away than there is. Facts: value, there (yuan)."""

    code = "what_if_below_zero"


class DayIsOver(InvalidValue):
    """Money to come, on a day that is over. Facts: date, today."""

    code = "day_is_over"


class BadOrder(InvalidValue):
    """An order of paying that names a loan twice. Facts: value, known."""

    code = "bad_order"


class NotInPlan(BadOrder):
    """An order of paying that names what is no debt of the plan. Facts: value, known."""

    code = "not_in_plan"


class NoIncome(InvalidValue):
    """A budget without income has nothing to plan with."""

    code = "no_income"


class UnknownOffer(InvalidValue):
    """The case has no offer with this number. Facts: number, known."""

    code = "unknown_offer"


class BadState(InvalidValue):
    """The record is not in a state that allows this. Facts: id, state."""

    code = "bad_state"


class NoRespondent(InvalidValue):
    """A complaint needs the party on the contract; it is never guessed. Facts: loan."""

    code = "no_respondent"


class DemoFailed(JdnegError):
    """A command of the demo did not end well. Facts: command, exit_code."""

    code = "demo_failed"
    exit_code = 70


class NotFound(JdnegError):
    """No live record with this id. Facts: id."""

    code = "not_found"
    exit_code = 3


class UnknownView(JdnegError):
    """No saved view of this name. Facts: name, known."""

    code = "unknown_view"
    exit_code = 3


class FileMissing(JdnegError):
    """A named file is not there. Facts: path."""

    code = "file_missing"
    exit_code = 3


class NotInVault(JdnegError):
    """A document that is not in the vault is listed nowhere. Facts: value."""

    code = "not_in_vault"
    exit_code = 3


class UnknownTopic(JdnegError):
    """Nothing to explain under this word. Facts: topic, close."""

    code = "unknown_topic"
    exit_code = 3


class UnknownRule(JdnegError):
    """No rule with this id. Facts: rule."""

    code = "unknown_rule"
    exit_code = 3


class NoHome(JdnegError):
    """There is no journal here yet. Facts: home."""

    code = "no_home"
    exit_code = 3


class JournalBroken(JdnegError):
    """A committed line does not parse or its hash is wrong. Facts: path, line, reason."""

    code = "journal_broken"
    exit_code = 4


class JournalShort(JdnegError):
    """The journal ends before what was reported as saved. Facts: path, count, since (entry number), ids."""

    code = "journal_short"
    exit_code = 4


class LaterFormat(JdnegError):
    """Written by a later jdneg. Facts: path, found, known."""

    code = "later_format"
    exit_code = 4


class VaultBroken(JdnegError):
    """A vault file is gone or changed. Facts: path, reason."""

    code = "vault_broken"
    exit_code = 4


class RuleBookBroken(JdnegError):
    """A rule file cannot be used. Facts: path, reason."""

    code = "rule_book_broken"
    exit_code = 4


class LockTimeout(JdnegError):
    """Another jdneg holds the journal. Facts: path, seconds."""

    code = "lock_timeout"
    exit_code = 5


class DiskFailed(JdnegError):
    """The system refused a read or write. Facts: path, reason."""

    code = "disk_failed"
    exit_code = 5


class HeadMoved(JdnegError):
    """Somebody else wrote since we read; the caller looks again."""

    code = "head_moved"
    exit_code = 5


class Interrupted(JdnegError):
    """Ctrl-C."""

    code = "interrupted"
    exit_code = 130
