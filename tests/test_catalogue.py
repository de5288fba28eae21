"""The two languages say the same things, and every key the code asks for is there."""

from __future__ import annotations

import json
import re
import string
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib import import_module
from inspect import signature
from pathlib import Path

import pytest

from jdneg import errors
from jdneg.commands.table import TABLE
from jdneg.console.voice import Bug
from jdneg.i18n import t
from jdneg.session import Settings

ROOT = Path(__file__).resolve().parents[1] / "jdneg"
CODE = "\n".join(path.read_text(encoding="utf-8") for path in sorted(ROOT.rglob("*.py")))
DATA = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "data").rglob("*.toml")))
CATALOGUE = ROOT / "data" / "catalogue"
AREAS = sorted(path.stem for path in (CATALOGUE / "zh").glob("*.json"))


def _texts(lang: str, area: str) -> dict[str, str]:
    pairs = json.loads((CATALOGUE / lang / f"{area}.json").read_text(encoding="utf-8"), object_pairs_hook=list)
    keys = [key for key, _ in pairs]
    assert len(keys) == len(set(keys)), f"{lang}/{area}: a key stands twice"
    return dict(pairs)


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_areas() -> None:
    assert sorted(path.stem for path in (CATALOGUE / "en").glob("*.json")) == AREAS


@pytest.mark.parametrize("area", AREAS)
def test_same_keys_and_places_in_both_languages(area: str) -> None:
    zh, en = _texts("zh", area), _texts("en", area)
    assert zh.keys() == en.keys()
    for key in zh:
        assert _places(zh[key]) == _places(en[key]), f"{area}.{key}"
        assert zh[key].strip() and en[key].strip(), f"{area}.{key} is empty"


def test_every_error_has_its_sentence_and_no_other() -> None:
    classes = (one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, errors.JdnegError))
    codes = {one.code for one in classes} - {"error"} | {Bug.code}
    reasons = {f"reason_{name}" for name in re.findall(r'errno\.\w+: "(\w+)"', CODE)}
    assert _texts("en", "errors").keys() == codes | reasons


def test_every_command_has_help_with_an_example() -> None:
    known = _texts("zh", "help")
    for name, entry in TABLE.items():
        key = name.replace("-", "_")
        assert key in known
        for verb in entry.entries:
            assert "jdneg " + name + " " + verb in known[f"{key}_{verb.replace('-', '_')}"]
        if entry.function:
            assert f"jdneg {name}" in known[key]


def test_every_literal_key_in_the_code_exists() -> None:
    pattern = re.compile(r"""\b(?:t|Message|info|hint|warning|empty)\(\s*["']([a-z_]+)\.([a-zA-Z0-9_\-]+)["']""")
    wanted = {
        (area, key, path.name)
        for path in ROOT.rglob("*.py")
        for area, key in pattern.findall(path.read_text(encoding="utf-8"))
    }
    assert len(wanted) > 100  # the pattern still finds them
    missing = sorted(one for one in wanted if one[0] not in AREAS or one[1] not in _texts("zh", one[0]))
    assert not missing


def test_every_flag_has_its_words_and_no_other() -> None:
    ours = {"help", *(one.name for one in fields(Settings))}  # help: in the reference
    assert _texts("en", "flag").keys() == ours | {name.rstrip("_") for name in _flags()}


def _flags() -> Iterator[str]:
    """The names of all parameters of all commands."""
    groups = [*TABLE.values(), *(one for entry in TABLE.values() for one in entry.entries.values())]
    for entry in groups:
        if entry.function:
            function = getattr(import_module(f"jdneg.commands.{entry.module}"), entry.function)
            for one in [*signature(function, eval_str=True).parameters.values()][1:]:
                yield from (
                    [part.name for part in fields(one.annotation)] if is_dataclass(one.annotation) else [one.name]
                )


# Here the code or the data has a name, and asks for its words.
NAMES = ("ask", "bundle", "complaint", "field", "integrity", "letter", "word")


@pytest.mark.parametrize("area", NAMES)
def test_every_name_is_of_something(area: str) -> None:
    """A word of the code or the data, or made by an f-string whose places take such words."""
    words = set(re.findall(r"[\w-]+", CODE + DATA))
    made = re.findall(rf'f"(?:{area}\.)?(\w*(?:\{{[^{{}}"]*\}}\w*)+)"', CODE)
    # Made where the pattern does not see it: what is told before the kind, a promise with its day, a rate's period.
    made += ["proves_{}", "source_{}", "with_promise_{}_by", "rate_{}"]
    patterns = {re.compile(_any(one)) for one in made if any(len(part) > 2 for part in re.split(r"\{[^{}]*\}", one))}

    def asked(name: str) -> bool:
        if not name or name in words or name.replace("_", "-") in words:
            return True
        return any(found and all(map(asked, found.groups())) for found in (one.fullmatch(name) for one in patterns))

    assert [key for key in _texts("en", area) if not asked(key)] == []


def _any(made: str) -> str:
    return "(.*)".join(map(re.escape, re.split(r"\{[^{}]*\}", made)))


# Held above: by names, by the command table, by the errors, by Typer's own English.
BY_NAME = {*NAMES, "errors", "flag", "help", "typer"}


@pytest.mark.parametrize("area", [one for one in AREAS if one not in BY_NAME])
def test_every_sentence_is_asked_for(area: str) -> None:
    asked = set(re.findall(rf"\b{area}\.([\w-]+)", CODE))
    made = re.findall(rf'f"{area}\.([^"\n]*\{{[^"\n]*)"', CODE)
    if any(re.fullmatch(r"\{[^{}]*\}", one) for one in made):  # a helper puts the area before the key it is given
        asked |= set(re.findall(r'"([\w-]+)"', CODE))
        made += re.findall(r'f"(\w+\{[^{}"\n]*\})"', CODE)
    patterns = [_any(one) for one in made if _has_words(one)]
    asked |= {key for key in _texts("en", area) if any(re.fullmatch(one, key) for one in patterns)}
    assert sorted(_texts("en", area).keys() - asked) == []


def _has_words(made: str) -> bool:
    return bool(re.search("[a-z]", re.sub(r"\{[^{}]*\}", "", made)))


def test_every_question_has_its_words() -> None:
    found = {
        name for path in (ROOT / "commands").rglob("*.py")
        for name in re.findall(r'Question\("(?:--)?([A-Za-z-]+)"', path.read_text(encoding="utf-8"))
    }  # fmt: skip
    assert len(found) > 20
    assert {name.replace("-", "_").lower() for name in found} <= _texts("zh", "ask").keys()


@pytest.mark.parametrize(("days", "said"), [(1, "1 day late"), (0, "0 days late"), (3, "3 days late")])
def test_a_number_and_its_noun(days: int, said: str) -> None:
    assert t("today.late", "en", days=days) == said
