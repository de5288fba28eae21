from __future__ import annotations

from itertools import pairwise
from xml.parsers import expat

from hypothesis import given, strategies as st

from jdneg.importers.xml_text import mended, restore


def parsed(chunks: list[str]) -> str:
    """What expat reads of the attribute ``v`` after mending."""
    found: list[str] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda _, attributes: found.append(attributes["v"])
    for piece in mended(chunks):
        parser.Parse(piece, False)
    parser.Parse("", True)
    return restore(found[0])


def escaped(text: str) -> str:
    """As SMS Backup & Restore writes it: a reference for each UTF-16 half and for what is not plain."""
    out = []
    for char in text:
        if char in '<>&"\t\n\r' or ord(char) < 32:
            out.append(f"&#{ord(char)};")
        elif ord(char) > 0xFFFF:
            high, low = divmod(ord(char) - 0x10000, 0x400)
            out.append(f"&#{0xD800 + high};&#{0xDC00 + low};")
        else:
            out.append(char)
    return "".join(out)


def test_an_emoji_in_two_references() -> None:
    assert parsed(['<a v="好&#55357;&#56832;的"/>']) == "好😀的"
    assert parsed(['<a v="&#xD83D;&#xde00;"/>']) == "😀"
    assert parsed(['<a v="&#128512;&#x1F30D;&#38;"/>']) == "😀🌍&"


def test_half_a_pair_is_not_invented() -> None:
    assert parsed(['<a v="a&#55357;b"/>']) == "a\ufffdb"
    assert parsed(['<a v="&#56832;&#55357;"/>']) == "\ufffd\ufffd"
    assert parsed(['<a v="&#55357;&#55357;&#56832;"/>']) == "\ufffd😀"


def test_control_characters_come_through() -> None:
    assert parsed(['<a v="\x1b[31m&#27;[0m&#0;&#7;"/>']) == "\x1b[31m\x1b[0m\x00\x07"
    assert parsed(['<a v="一&#10;二"/>']) == "一\n二"
    assert parsed(['<a v="&#65535;&#1114112;&#4294967295;"/>']) == "\ufffd\ufffd\ufffd"


TEXTS = st.text(
    alphabet=st.sampled_from('a;&#5x1"<😀🌍好\x1b\n') | st.characters(exclude_categories=("Cs", "Cn")), max_size=12
)


@given(TEXTS, st.lists(st.integers(0, 200), max_size=6))
def test_no_pair_is_lost_at_a_chunk_border(text: str, cuts: list[int]) -> None:
    whole = f'<a v="{escaped(text)}"/>'
    edges = sorted({0, len(whole), *(cut % len(whole) for cut in cuts)})
    chunks = [whole[start:end] for start, end in pairwise(edges)]
    assert parsed(chunks) == text


@given(st.text(max_size=20))
def test_one_character_at_a_time(text: str) -> None:
    """Whatever the text, cutting it changes nothing."""
    assert "".join(mended(list(text))) == "".join(mended([text]))


@given(st.lists(st.sampled_from(["&#55357;", "&#56832;", "&#27;", "&", "&#", "&#5", ";", "x"]), max_size=10))
def test_runs_of_references_cut_anywhere(parts: list[str]) -> None:
    text = "".join(parts)
    assert "".join(mended(list(text))) == "".join(mended([text]))
