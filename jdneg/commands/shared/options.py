"""What every command shares: the global options, the opened session, questions for what is missing.

A command is a plain function ``name(session, flag, …)``. `callback` makes the Typer callback of it: it adds the
global options, takes each flag's help from the catalogue, and opens the session. A parameter whose type is a
dataclass of flags stands for all of its fields: that is how commands share a set of flags.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import field, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer
from typer.models import OptionInfo

from jdneg.domain.messages import Message
from jdneg.domain.plaintext import entered
from jdneg.errors import BadChoice, Interrupted, JdnegError, MissingFlags, NotAsOf, raise_all
from jdneg.i18n import LANGUAGES, language, say, t
from jdneg.result import Result
from jdneg.session import Ports, Session, Settings
from jdneg.values import dataclass

Command = Callable[..., Result]

# How commands declare their parameters; the words come from the catalogue.
Text = Annotated[str | None, typer.Option()]
Many = Annotated[list[str] | None, typer.Option()]
Switch = Annotated[bool, typer.Option()]
Arg = Annotated[str | None, typer.Argument()]
Need = Annotated[str, typer.Argument()]
if TYPE_CHECKING:
    LoanAndTags = str | None  # what `jdneg.commands.contacts.logging.sorted_out` leaves of it
else:
    LoanAndTags = Annotated[list[str] | None, typer.Argument(metavar="[LOAN] [+TAG]...")]
Words = Annotated[list[str] | None, typer.Argument(metavar="[FILTER]...")]  # a filter; -tag is one of its words

_PREFIX = "global_"
_SHORT = {"output": ("-o",), "tracking": ("--no",)}
_ACCEPTED = {"lang": LANGUAGES, "color": ("auto", "always", "never")}


@dataclass(slots=True)
class Shared:
    """What the contexts of one command line share."""

    ports: Ports
    settings: Settings = field(default_factory=Settings)


def callback(function: Command, *, writes: bool = False) -> Callable[..., Any]:
    """The Typer callback of ``function(session, …)``; it refuses --as-of where the command writes."""
    own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]

    def call(context: typer.Context, **given: Any) -> Result | None:
        settings = _settle(context, given)
        if context.invoked_subcommand is not None:
            return None
        if writes and settings.as_of is not None:
            raise NotAsOf()
        session = Session(settings, context.find_root().obj.ports)
        result = function(session, **_gathered(own, {name: _entered(name, value) for name, value in given.items()}))
        return replace(result, messages=(*session.notes, *session.doubts, *result.messages))

    call.__name__ = function.__name__
    return _signed(call, [_explained(flag) for one in own for flag in _expanded(one)])


def _entered(name: str, value: Any) -> Any:
    """The one door for what is typed: texts of one line are made one."""
    if isinstance(value, list):
        return [_entered(name, one) for one in value]
    return entered(name, value) if isinstance(value, str) else value


def takes_filter(function: Command) -> bool:
    """Whether ``-word`` on its command line may be a word of a filter rather than an option."""
    return any(one.annotation == Words for one in inspect.signature(function, eval_str=True).parameters.values())


def group_callback() -> Callable[..., Any]:
    """The callback of a group: only gathers global options."""

    def call(context: typer.Context, **given: Any) -> None:
        _settle(context, given)

    return _signed(call, ())


def _settle(context: typer.Context, given: dict[str, Any]) -> Settings:
    """Global options stand before or after the command's name; the inner one wins. Taken out of ``given``."""
    shared: Shared = context.find_root().obj
    ours = [name for name in given if name.startswith(_PREFIX)]
    fresh = {name.removeprefix(_PREFIX): given.pop(name) for name in ours}
    shared.settings = replace(shared.settings, **{name: value for name, value in fresh.items() if value})
    for name, accepted in _ACCEPTED.items():
        value = getattr(shared.settings, name)
        if value is not None and value not in accepted:
            raise BadChoice(value=value, choices=", ".join(accepted))
    return shared.settings


def _expanded(parameter: inspect.Parameter) -> Iterator[inspect.Parameter]:
    """The parameter itself, or one for each field when its type is a dataclass of flags."""
    kind = parameter.annotation
    if not isinstance(kind, type) or not is_dataclass(kind):
        yield parameter
        return
    from jdneg.domain.codec import field_types

    hints = field_types(kind)
    for one in fields(kind):
        yield parameter.replace(name=one.name, annotation=hints[one.name], default=one.default)


def _gathered(own: Sequence[inspect.Parameter], given: dict[str, Any]) -> dict[str, Any]:
    """The arguments of the command's own function, flags put back into their dataclasses."""
    found: dict[str, Any] = {}
    for one in own:
        kind = one.annotation
        if is_dataclass(kind):
            make: Callable[..., Any] = kind  # type: ignore[assignment]
            found[one.name] = make(**{part.name: given[part.name] for part in fields(kind)})
        else:
            found[one.name] = given[one.name]
    return found


def _explained(parameter: inspect.Parameter) -> inspect.Parameter:
    """The parameter with its help from the catalogue (``flag.<name>``): one flag, one meaning, everywhere."""
    kind, info = get_args(parameter.annotation)
    name = parameter.name.rstrip("_")  # a flag that is a Python word ends in an underscore
    helped = copy(info)
    helped.help = t(f"flag.{name}")
    helped.show_default = False
    if isinstance(info, OptionInfo):
        helped.param_decls = (f"--{name.replace('_', '-')}", *_SHORT.get(name, ()))
    return parameter.replace(annotation=Annotated[kind, helped], kind=inspect.Parameter.KEYWORD_ONLY)


def _signed(call: Callable[..., Any], own: Sequence[inspect.Parameter]) -> Callable[..., Any]:
    """Give ``call`` the signature Typer reads: the context, its own parameters, the global options."""
    context = inspect.Parameter("context", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
    parameters = [context, *own, *_global_options(language())]
    call.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    call.__annotations__ = {one.name: one.annotation for one in parameters}
    return call


@functools.cache
def _global_options(lang: str) -> tuple[inspect.Parameter, ...]:  # noqa: ARG001 -- their help is in it
    return (
        _global("json", bool, False),
        _global("lang", str | None, None),
        _global("home", str | None, None),
        _global("as_of", str | None, None),
        _global("no_input", bool, False),
        _global("color", str | None, None),
    )


def _global(name: str, kind: Any, default: Any) -> inspect.Parameter:
    info = typer.Option("--" + name.replace("_", "-"), help=t(f"flag.{name}"), show_default=False)
    return inspect.Parameter(
        _PREFIX + name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[kind, info]
    )


@dataclass(frozen=True, slots=True)
class Question:
    """One flag that may be missing; an ``optional`` one may be left empty."""

    flag: str
    value: str | None
    optional: bool = False
    check: Callable[[str], object] | None = None


def complete(session: Session, questions: Sequence[Question]) -> list[Any]:
    """The values in order. Missing ones are asked for on a terminal; else all are named at once (exit 2), with
    what is wrong with those that were given: nobody is asked for more before that is mended.

    Optional ones are asked only when a needed one was missing: that is what makes a guided entry. ``<`` goes back to
    the question before, whose answer stays; what a session's entry holds is not asked again.
    """
    missing = [one.flag for one in questions if one.value is None and not one.optional]
    if not missing:
        return [one.value for one in questions]
    alone = not session.ports.can_ask() or session.settings.no_input
    raise_all([*([MissingFlags(flags=" ".join(missing))] if alone else []), *_faults(questions)])
    answers = _answers(session, [one for one in questions if one.value is None])
    return [answers[one.flag] or None if one.value is None else one.value for one in questions]


def _faults(questions: Sequence[Question]) -> Iterator[JdnegError]:
    """What is wrong with the values that were given."""
    from jdneg.commands.shared.reading import named

    for one in questions:
        try:
            if one.value is not None and one.check is not None:
                one.check(one.value)
        except JdnegError as error:
            yield from named(error, one.flag)


BACK = ("<", "＜", "《")


def _answers(session: Session, asked: Sequence[Question]) -> Mapping[str, str]:
    """Each question's answer by its flag, empty for one passed over."""
    entry = session.entry
    found = entry.answers if entry else {}
    at = next((place for place, one in enumerate(asked) if one.flag not in found), len(asked))
    try:
        while at < len(asked):
            question = asked[at]
            answer = _answer(session, question, found.get(question.flag), first=at == 0)
            if answer in BACK:
                at = max(0, at - 1)
                continue
            found[question.flag] = answer
            if entry:
                entry.note(question.flag, answer)
            at += 1
    except (KeyboardInterrupt, Interrupted):
        if entry:
            entry.stop()
        raise
    return found


def _answer(session: Session, question: Question, before: str | None, *, first: bool) -> str:
    """Ask until the answer can be read; empty for an optional question passed over, `BACK` to go back.

    An answer given ``before`` stays with Enter, and goes with a hyphen.
    """
    name = question.flag.strip("-").replace("-", "_").lower()
    text = t(f"ask.{name}")
    note = _note(question, before, first=first)
    while True:
        answer = session.ports.ask(text, note).strip()
        if answer in BACK:
            return answer
        if before and answer in ("", "-"):
            answer = before if not answer else ""
        if not answer and question.optional:
            return ""
        try:
            if answer:
                if question.check is not None:
                    question.check(answer)
                return entered(name, answer)
        except JdnegError as error:
            note = say(Message(f"errors.{error.code}", error.facts))


def _note(question: Question, before: str | None, *, first: bool) -> str | None:
    if before:
        return t("ask.before", answer=before)
    if question.optional:
        return t("ask.skip")
    return None if first else t("ask.back")
