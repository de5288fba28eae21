"""What was typed cannot be used, or names what is not there."""

from __future__ import annotations

from jdneg.errors.base import InvalidValue, JdnegError


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


class NoPhoneNumber(InvalidValue):
    """What should be a telephone number has no digit. Facts: value."""

    code = "no_phone_number"


class BadChoice(InvalidValue):
    """Not one of the accepted words. Facts: value, choices."""

    code = "bad_choice"


class BadId(InvalidValue):
    """Not an id such as L1. Facts: value, expected."""

    code = "bad_id"


class ContradictoryFlags(InvalidValue):
    """Two flags exclude each other. Facts: first, second."""

    code = "contradictory_flags"


class UnknownField(InvalidValue):
    """An amendment names a field the record does not have. Facts: field, known."""

    code = "unknown_field"


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


class NotAsOf(InvalidValue):
    """A writing command refuses --as-of."""

    code = "not_as_of"


class NotFound(JdnegError):
    """No live record with this id. Facts: id."""

    code = "not_found"
    exit_code = 3


class UnknownView(JdnegError):
    """No saved view of this name. Facts: name, known."""

    code = "unknown_view"
    exit_code = 3


class UnknownTopic(JdnegError):
    """Nothing to explain under this word. Facts: topic, close."""

    code = "unknown_topic"
    exit_code = 3


class UnknownRule(JdnegError):
    """No rule with this id. Facts: rule."""

    code = "unknown_rule"
    exit_code = 3


class Interrupted(JdnegError):
    """Ctrl-C."""

    code = "interrupted"
    exit_code = 130
