"""How many pages: an image is one, sound and film have none, a PDF is counted when it can be told safely."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

Media = Literal["image", "audio", "video", "pdf", "text", "other"]

_ENDINGS: dict[str, Media] = {
    "jpg": "image", "jpeg": "image", "png": "image", "webp": "image", "heic": "image", "gif": "image", "bmp": "image",
    "m4a": "audio", "mp3": "audio", "amr": "audio", "wav": "audio", "oga": "audio", "ogg": "audio", "aac": "audio",
    "flac": "audio", "opus": "audio",
    "mp4": "video", "mov": "video", "mkv": "video", "3gp": "video", "avi": "video",
    "pdf": "pdf",
    "txt": "text", "md": "text", "log": "text", "csv": "text",
}  # fmt: skip

_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_COUNT = re.compile(rb"/Count\s+(\d{1,9})(?!\s+\d+\s+R)(?!\d)")
# Pages may hide in packed or locked objects; an appended revision may repeat or drop them.
_UNSURE = re.compile(rb"/ObjStm|/Encrypt\b|/Prev\s+\d")
_OVERLAP = 64
_LONGEST = 64 << 20


def media_class(name: str, media_type: str | None = None) -> Media:
    """By the name's ending, else by the media type's first half."""
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if ending in _ENDINGS:
        return _ENDINGS[ending]
    if media_type == "application/pdf":
        return "pdf"
    first = (media_type or "").split("/")[0]
    if media_type == "text/plain" and not ending:
        return "text"
    return first if first in ("image", "audio", "video") else "other"  # type: ignore[return-value]


def count_pdf_pages(chunks: Iterable[bytes]) -> int | None:
    """The pages of a plain PDF, or None where a count of its page objects could mislead.

    Counted only when the page objects agree with the page tree's own ``/Count``.
    """
    pages, said, seen, tail = 0, 0, 0, b""
    for chunk in chunks:
        if not seen and not chunk.startswith(b"%PDF-"):
            return None
        seen += len(chunk)
        window = tail + chunk
        if _UNSURE.search(window) or seen > _LONGEST:
            return None
        # A match is counted with the window in which it ends beyond what the last one held in full.
        edge = max(0, len(window) - _OVERLAP)
        pages += sum(match.start() < edge for match in _PAGE.finditer(window))
        said = max([said, *(int(match[1]) for match in _COUNT.finditer(window) if match.start() < edge)])
        tail = window[edge:]
    pages += len(_PAGE.findall(tail))
    said = max([said, *(int(match[1]) for match in _COUNT.finditer(tail))])
    return pages if pages and pages == said else None
