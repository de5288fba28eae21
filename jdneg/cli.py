"""The command line: picks the language, finds the command, turns errors into exit codes. Nowhere else.

Commands are looked up by name in `TABLE` and imported when called: `--help` imports none of them.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from jdneg import __version__, i18n
from jdneg.commands.table import PANELS, TABLE, Entry
from jdneg.errors import BadUsage, DiskFailed, Interrupted, JdnegError, MissingFlags, NegativeAmount
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.values import dataclass

_NO_OUTPUT = {errno.ENOSPC, errno.EIO, errno.EBADF}  # the store tells of its own files by itself
_WITH_VALUE = {"--home", "--lang", "--as-of", "--color"}


@dataclass(frozen=True, slots=True)
class Early:
    """What must be known of the command line before it is parsed, to fail in the right form and language."""

    json: bool
    lang: str
    color: str | None
    guessed: bool = False  # nothing said which language


def early(argv: Sequence[str], env: Mapping[str, str]) -> Early:
    before = list(argv[: argv.index("--")]) if "--" in argv else list(argv)
    lang = _language(before, env)
    return Early("--json" in before, lang or "en", _value_of("--color", before), guessed=lang is None)


def _value_of(flag: str, argv: Sequence[str]) -> str | None:
    """The last value given for ``flag``, as ``--flag v`` or ``--flag=v``."""
    found = None
    for index, word in enumerate(argv):
        if word == flag and index + 1 < len(argv):
            found = argv[index + 1]
        elif word.startswith(flag + "="):
            found = word[len(flag) + 1 :]
    return found


def _language(argv: Sequence[str], env: Mapping[str, str]) -> str | None:
    """What was asked for, else the home's, else the locale's; None where nothing tells."""
    from jdneg.session import default_home, expanded, read_config

    for asked in (_value_of("--lang", argv), env.get("JDNEG_LANG")):
        if asked in i18n.LANGUAGES:
            return asked
    home = _value_of("--home", argv)
    kept = read_config(expanded(home) if home else default_home(env)).get("lang")
    if kept in i18n.LANGUAGES:
        return kept
    locale = next((env[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if env.get(name)), "")
    if locale.partition(".")[0] in ("", "C", "POSIX"):
        return None
    return "zh" if locale.lower().startswith("zh") else "en"


class Command(TyperCommand):
    """A command whose help has its headings in the reader's language."""

    def get_help(self, ctx: Any) -> str:
        return native(super().get_help(ctx))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        return list(super().parse_args(ctx, self._noun_first(args)))

    def _noun_first(self, args: list[str]) -> list[str]:
        """``log-call --loan L1`` is ``log-call L1``: what stands first may be named by a flag too."""
        options = {name: one for one in self.params for name in one.opts if name.startswith("--")}
        noun = next((one.name for one in self.params if one.param_type_name == "argument"), None)
        flag = f"--{noun}"
        if noun is None or flag in options:
            return args
        for at, word in enumerate(args):
            before = options.get(args[at - 1]) if at else None
            if word == "--":
                break
            if before is not None and not getattr(before, "is_flag", False):
                continue  # a value, whatever it looks like
            if word == flag and at + 1 < len(args):
                return [args[at + 1], *args[:at], *args[at + 2 :]]
            if word.startswith(f"{flag}="):
                return [word.partition("=")[2], *args[:at], *args[at + 1 :]]
        return args


class LazyGroup(TyperGroup):
    """A group whose commands are imported when called; its help is written from the table alone."""

    entries: Mapping[str, Entry] = {}
    path = ""

    def get_help(self, ctx: Any) -> str:
        return native(super().get_help(ctx))

    def list_commands(self, ctx: Any) -> list[str]:
        return list(self.entries)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        entry = self.entries.get(cmd_name)
        return build(entry, f"{self.path} {cmd_name}".strip()) if entry else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and args[0] not in self.entries and not args[0].startswith("-"):
            raise _unknown_command(args[0], self.entries)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        for panel in PANELS if not self.path else ("",):
            rows = [
                (name, _short_help(f"{self.path} {name}".strip()))
                for name, entry in self.entries.items()
                if entry.panel == panel or self.path
            ]
            if rows:
                with formatter.section(t(f"help.panel_{panel or 'commands'}")):
                    formatter.write_dl(rows)


def native(text: str) -> str:
    """Help as Typer writes it, with its own few English words in the reader's language."""
    for english, ours in i18n.area(i18n.language(), "typer").items():
        text = text.replace(english, ours)
    return text


def _short_help(path: str) -> str:
    return t(f"help.{_key(path)}").partition("\n")[0]


def _key(path: str) -> str:
    return path.replace(" ", "_").replace("-", "_")


def _unknown_command(name: str, known: Mapping[str, Entry]) -> BadUsage:
    from difflib import get_close_matches

    close = get_close_matches(name, known, n=3, cutoff=0.5)
    return BadUsage(detail=t("app.unknown_command", name=name, close=", ".join(close or list(known)[:8])))


def build(entry: Entry, path: str) -> Any:
    """The Typer command for a table entry: a lazy group when it has sub-commands."""
    from jdneg.commands.shared.options import callback, group_callback, takes_filter

    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    settings: dict[str, Any] = {"help": t(f"help.{_key(path)}"), "epilog": t("help.epilog")}
    function = getattr(import_module(f"jdneg.commands.{entry.module}"), entry.function) if entry.function else None
    if not entry.entries:
        assert function is not None
        settings["context_settings"] = {"ignore_unknown_options": takes_filter(function)}
        app.command(name=path.rpartition(" ")[2], cls=Command, **settings)(callback(function, writes=entry.writes))
        return get_command(app)
    group = type("Group", (LazyGroup,), {"entries": entry.entries, "path": path})
    own = callback(function) if function else group_callback()
    settings |= {"invoke_without_command": function is not None, "no_args_is_help": function is None}
    app.callback(cls=group, **settings)(own)
    return get_command(app)


def root(*, completion: bool = True) -> Any:
    """The whole command line; without the options that install completion where a command's name stands first."""
    from jdneg.commands.shared.options import group_callback

    app = typer.Typer(add_completion=completion, rich_markup_mode=None, pretty_exceptions_enable=False)
    group = type("Root", (LazyGroup,), {"entries": TABLE, "path": ""})
    settings: dict[str, Any] = {"help": t("help.root"), "epilog": t("help.epilog"), "no_args_is_help": True}
    app.callback(cls=group, **settings)(group_callback())
    return get_command(app)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line and answer its exit code. Prints nothing itself: `jdneg.console.voice` does."""
    args = list(sys.argv[1:] if argv is None else argv)
    _have_streams()
    if args in (["--version"], ["-V"]):
        with suppress(OSError):
            sys.stdout.write(f"jdneg {__version__}\n")
            return 0
        return DiskFailed.exit_code
    first = early(args, os.environ)
    i18n.use(first.lang)
    from jdneg.console.voice import Console

    console = Console(json=first.json, color=first.color)
    if first.guessed:
        console.offer_languages()
    try:
        if set(args) in ({"--version", "--json"}, {"-V", "--json"}):
            return console.show("", Result({"version": __version__}))
        return _run(args, console)
    except BrokenPipeError:
        return _closed_pipe()


def _have_streams() -> None:
    """A stream that was closed before we began takes everything and gives nothing."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 -- for the whole run


def _run(args: list[str], console: Any) -> int:
    command = _command_name(args)
    try:
        outcome = _outcome(args, console)
        if isinstance(outcome, int):  # --help and completion answer a number
            return outcome
        return int(console.show(command, outcome))
    except JdnegError as error:
        return int(console.fail(command, error))
    except typer.TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError" and not console.json:
            console.echo(error.format_message())
            return 2
        return int(console.fail(command, _usage(error)))
    except KeyboardInterrupt:  # while the answer was shown: what was written stays
        return Interrupted.exit_code
    except BrokenPipeError:
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _NO_OUTPUT:
            console.json = False  # there is nothing to write an envelope to
            return int(console.fail(command, DiskFailed(path="stdout", reason=os.strerror(error.errno))))
        if os.environ.get("JDNEG_DEBUG"):
            raise
        return int(console.bug(command, error))


def _outcome(args: list[str], console: Any) -> Any:
    """The command's result, or the exit code of what is no command. Typer's own ends become ours."""
    from jdneg.commands.shared.options import Shared

    try:
        known = bool(args) and args[0] in TABLE
        outcome = root(completion=not known).main(args, prog_name="jdneg", standalone_mode=False, obj=Shared(console))
    except (KeyboardInterrupt, typer.Abort) as error:
        if isinstance(error.__cause__, EOFError):  # Typer takes any for Ctrl-D; ours at a question is Interrupted
            raise error.__cause__ from None
        raise Interrupted() from error
    except SystemExit as error:  # Typer leaves so when a pipe closes, and after shell completion
        if isinstance(error.__context__, OSError):
            raise BrokenPipeError from error
        return int(error.code or 0)
    if outcome == Interrupted.exit_code:
        raise Interrupted()
    return outcome or 0


def _command_name(args: Sequence[str]) -> str:
    """``loan add`` for the envelope, read from the words as far as the table knows them."""
    names: list[str] = []
    entries: Mapping[str, Entry] = TABLE
    for before, word in zip(("", *args), args, strict=False):
        if word in entries and before not in _WITH_VALUE:
            names.append(word)
            entries = entries[word].entries
    return " ".join(names)


def _usage(error: Any) -> JdnegError:
    """Typer's English usage errors as our own, in the user's language."""
    kind = type(error).__name__
    group = getattr(getattr(error, "ctx", None), "command", None)
    option = str(getattr(error, "option_name", "") or "")
    if kind == "NoSuchOption":
        if option[1:2].isdigit():
            return NegativeAmount(value=option)
        close = ", ".join(getattr(error, "possibilities", None) or ()) or "--help"
        return BadUsage(detail=t("app.unknown_option", name=option, close=close))
    parameter = getattr(error, "param", None)
    name = parameter.opts[0] if parameter is not None else option
    if kind == "MissingParameter":
        return MissingFlags(flags=name if name.startswith("-") else name.upper())
    if kind == "BadParameter":
        return BadUsage(detail=t("app.bad_parameter", name=name, detail=error.message))
    if kind == "BadOptionUsage":
        return BadUsage(detail=t("app.option_needs_value", name=option))
    if isinstance(group, LazyGroup):
        return BadUsage(detail=t("app.no_command", known=", ".join(group.entries)))
    return BadUsage(detail=t("app.too_many", detail=_in_brackets(str(error.format_message()))))


def _in_brackets(sentence: str) -> str:
    """The words Typer complains of (``Got unexpected extra argument(s) (6 7)``), without its English."""
    return sentence.partition(" (")[2].removesuffix(")") or sentence


def _closed_pipe() -> int:
    """The reader went away (``| head``): nothing more to say, and nothing to say it to."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
