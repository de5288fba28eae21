"""Links in a message: where they lead by their letters, and whether these imitate somebody.

jdneg knows no official domain: what the user has not confirmed is never called genuine, only not suspicious.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from jdneg.domain.scam.signals import Links
from jdneg.values import dataclass

_ENDINGS = (
    "com|cn|net|org|top|xyz|vip|cc|club|info|shop|site|online|ltd|me|co|io|ly|pw|so|tk|work|fun|icu|app|link|win|bid|"
    "mobi|wang|ink|live|store|tech|pro|biz|asia|ren|group|life|world|today|im|gd|ee|gg|hk|tw|ru|us|uk|jp|kr|space|click"
)
_HOST = r"[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*"
_LINK = re.compile(
    rf"https?://[^\s，。；！、（）()【】「」“”\u4e00-\u9fff]+|(?<![\w@.])(?:{_HOST}\.)(?:{_ENDINGS})(?![a-z0-9-])(?:/[\w./?=&%#-]*)?",
    re.IGNORECASE | re.ASCII,
)
# A full stop written as 点, so that no filter sees the link.
_SPELT = re.compile(rf"(?<=[a-z0-9])点(?=(?:{_ENDINGS})(?![a-z0-9]))", re.IGNORECASE)
_SHORT_NAME = 4


@dataclass(frozen=True, slots=True)
class Link:
    """``start`` and ``end``: where it stands in the text."""

    host: str
    start: int
    end: int


def links_of(text: str) -> Iterator[Link]:
    for found in _LINK.finditer(_SPELT.sub(".", text)):
        yield Link(host_of(found[0]), *found.span())


def host_of(link: str) -> str:
    """``pay.example.com`` of ``https://user@PAY.example.com:8080/x``."""
    rest = link.lower().partition("://")[2] or link.lower()
    return re.split(r"[/?#]", rest, maxsplit=1)[0].rpartition("@")[2].partition(":")[0]


def is_known(host: str, known: Collection[str]) -> bool:
    """One of these hosts, or a part of one."""
    return any(host == one or host.endswith(f".{one}") for one in known)


def kind_of(host: str, links: Links) -> str:
    """``link_lookalike``, ``link_number``, ``link_short``, ``link_cheap`` or ``link``."""
    if re.fullmatch(r"[\d.]+", host):
        return "link_number"
    if "xn--" in host or _imitates(host, links):
        return "link_lookalike"
    if is_known(host, links.shorteners):
        return "link_short"
    return "link_cheap" if host.rpartition(".")[2] in links.cheap else "link"


def _imitates(host: str, links: Links) -> bool:
    """A known name with something added, or under an ending that costs next to nothing."""
    *labels, ending = host.removeprefix("www.").split(".")
    if ending == "cn" and labels and labels[-1] in {"com", "net", "org"}:
        labels = labels[:-1]
    own = labels[-1] if labels else ""
    if own in links.names:
        return ending in links.cheap
    parts = own.split("-")
    if any(name in parts for name in links.names):
        return True
    long = [name for name in links.names if len(name) > _SHORT_NAME]
    # jd.com.example.top: the known name stands where it proves nothing.
    before = {part for label in labels[:-1] for part in label.split("-")}
    return any(name in own for name in long) or bool(before & set(links.names) and before & {"com", "cn", "net"})
