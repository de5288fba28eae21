"""What is wrong with a file, the journal, the vault or the rules, or with a change of what is kept."""

from __future__ import annotations

from jdneg.errors.base import InvalidValue, JdnegError


class TooManyRows(InvalidValue):
    """More messages would come in than one import may hold. Facts: limit."""

    code = "too_many_rows"


class BadRecord(InvalidValue):
    """Data from outside that is no record of ours. Facts: record, faults (messages with fields, never values)."""

    code = "bad_record"


class UnreadableText(InvalidValue):
    """A text file that is neither UTF-8, UTF-16 nor GB18030. Facts: path."""

    code = "unreadable_text"


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


class DemoFailed(JdnegError):
    """A command of the demo did not end well. Facts: command, exit_code."""

    code = "demo_failed"
    exit_code = 70


class FileMissing(JdnegError):
    """A named file is not there. Facts: path."""

    code = "file_missing"
    exit_code = 3


class NotInVault(JdnegError):
    """A document that is not in the vault is listed nowhere. Facts: value."""

    code = "not_in_vault"
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
