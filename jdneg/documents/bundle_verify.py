"""Is this bag still what it was when it was made? Ours or anybody's, folder or zip, with no journal at hand.

RFC 8493 and its drafts 0.93 to 0.97. A bag that carries ``Jdneg-Tagmanifest: required`` is judged more
strictly: its tagmanifest must be there and must list every file beside ``data/``. All faults are listed at
once; ``result`` is the gravest of them.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from functools import cached_property
from pathlib import Path
from typing import Literal

from jdneg.documents import bag_manifest as tags
from jdneg.documents.bag_source import Fault, Source, Unreadable, open_source, reading
from jdneg.documents.bagit import CHUNK, MANIFEST, TAGMANIFEST
from jdneg.i18n import t
from jdneg.values import dataclass

Outcome = Literal["ok", "altered", "missing", "extra", "unverifiable", "invalid"]

GRAVEST: tuple[Outcome, ...] = ("invalid", "altered", "missing", "extra", "unverifiable")
_LONGEST_TAG_FILE = 64 << 20


@dataclass(frozen=True, slots=True)
class Problem:
    """``problem`` is one of the result words; ``detail`` a sentence in the interface's language."""

    path: str
    problem: str
    detail: str


@dataclass(frozen=True, slots=True)
class BagReport:
    """``warnings`` are tolerated oddities of other people's bags: they do not change the result."""

    result: Outcome
    files: int
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


def verify_bag(path: Path | str) -> BagReport:
    """Check every byte the manifests speak of. Raises FileMissing when there is nothing at ``path``."""
    source = open_source(Path(path))
    bag = _Bag(source)
    try:
        bag.check()
    finally:
        source.close()
    faults = sorted(set(bag.faults), key=lambda one: (one.path, one.kind, one.code))
    kinds = {fault.kind for fault in faults}
    result: Outcome = next((word for word in GRAVEST if word in kinds), "ok")
    odd = tuple(_problem(fault, "warning") for fault in dict.fromkeys(bag.oddities))
    return BagReport(result, len(source.files), tuple(_problem(one, one.kind) for one in faults), odd)


def _problem(fault: Fault, word: str) -> Problem:
    return Problem(fault.path, word, t(f"bundle.fault_{fault.code}", **dict(fault.facts)))


@dataclass(slots=True)
class _Manifest:
    """One manifest: its file, its hash function (None: unknown to us) and its lines by the file they mean."""

    name: str
    algorithm: str | None
    lines: dict[str, str] = field(default_factory=dict)


class _Bag:
    """One reading of one bag: fills ``faults`` and ``oddities``."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.faults: list[Fault] = list(source.faults)
        self.oddities: list[Fault] = []
        self.version = (1, 0)
        self.encoding = "utf-8"
        self.texts: dict[str, str | None] = {}

    def check(self) -> None:
        if any(fault.code in ("not_a_bag", "too_many", "zip_bomb") for fault in self.faults):
            return
        if not self._declared():
            return
        payload = self._manifests("manifest-")
        tagfiles = self._manifests("tagmanifest-")
        fetched = self._fetch()
        # Where a tagmanifest lists a payload manifest, its absence is named there.
        if not payload and not any(path.startswith("manifest-") for one in tagfiles for path in one.lines):
            self._fault(MANIFEST if self.ours else ".", "missing" if self.ours else "invalid", "no_manifest")
        self._compare([*payload, *tagfiles], fetched)
        self._unlisted(payload)
        if self.ours:
            self._strict(tagfiles)
        self._oxum()

    def _fault(self, path: str, kind: str, code: str, **facts: str) -> None:
        self.faults.append(Fault(path, kind, code, tuple(facts.items())))  # type: ignore[arg-type]

    def _odd(self, path: str, code: str) -> None:
        self.oddities.append(Fault(path, "extra", code))

    # -- tag files

    def _declared(self) -> bool:
        """Read bagit.txt; False when there is nothing that could be a bag."""
        if "bagit.txt" not in self.source.files:
            bag = any(name.startswith("manifest-") for name in self.source.files)
            self._fault("bagit.txt", "missing" if bag else "invalid", "gone" if bag else "not_a_bag")
            return bag
        raw = self._raw("bagit.txt")
        declared = tags.read_declaration(raw) if raw is not None else None
        if isinstance(declared, str):
            self._fault("bagit.txt", "invalid", f"bagit_{declared}")
        elif declared is not None:
            self.version, self.encoding = declared.version, declared.encoding
        return True

    def _raw(self, path: str) -> bytes | None:
        try:
            with reading(self.source, path) as stream:
                raw = stream.read(_LONGEST_TAG_FILE + 1)
        except Unreadable as error:
            self._fault(path, error.kind, error.code)
            return None
        if len(raw) > _LONGEST_TAG_FILE:
            self._fault(path, "invalid", "too_long")
            return None
        return raw

    def _text(self, path: str) -> str | None:
        """A tag file in the bag's encoding, read once; None when absent or unreadable."""
        if path not in self.texts:
            raw = self._raw(path) if path in self.source.files else None
            try:
                self.texts[path] = None if raw is None else raw.decode(self.encoding)
            except UnicodeError:
                self._fault(path, "invalid", "undecodable")
                self.texts[path] = None
        return self.texts[path]

    @cached_property
    def info(self) -> list[tuple[str, str]]:
        return tags.read_info(self._text("bag-info.txt") or self._text("package-info.txt") or "")

    @cached_property
    def ours(self) -> bool:
        return ("jdneg-tagmanifest", "required") in self.info

    def _fetch(self) -> frozenset[str]:
        paths, bad = tags.read_fetch(self._text("fetch.txt") or "")
        for line in bad:
            self._fault("fetch.txt", "invalid", "bad_line", line=line[:200])
        for path in paths:
            if tags.unsafe(path.removeprefix("./")) or not path.removeprefix("./").startswith("data/"):
                self._fault(path, "invalid", "unsafe")
        return frozenset(tags.decode_path(path.removeprefix("./")) for path in paths)

    # -- manifests

    def _manifests(self, prefix: str) -> list[_Manifest]:
        root = (name for name in self.source.files if "/" not in name)
        names = sorted(name for name in root if name.startswith(prefix) and name.endswith(".txt"))
        return [self._manifest(name, prefix) for name in names]

    def _manifest(self, name: str, prefix: str) -> _Manifest:
        found = _Manifest(name, tags.hash_name(name.removeprefix(prefix).removesuffix(".txt")))
        lines, bad = tags.read_manifest(self._text(name) or "")
        for broken in bad:
            self._fault(name, "invalid", "bad_line", line=broken[:200])
        if found.algorithm is None:
            self._fault(name, "unverifiable", "unknown_hash")
        self._listed_twice(name, lines)
        for line in lines:
            if self._acceptable(line, payload=prefix == "manifest-"):
                self._enter(found, line)
        return found

    def _acceptable(self, line: tags.Line, *, payload: bool) -> bool:
        if tags.unsafe(line.path) or (payload and not line.path.startswith("data/")):
            self._fault(line.path, "invalid", "unsafe")
            return False
        if line.odd:
            self._odd(line.path, line.odd)
        return True

    def _listed_twice(self, name: str, lines: list[tags.Line]) -> None:
        for path in sorted(tags.twice(line.path for line in lines)):
            same = len({line.digest for line in lines if line.path == path}) == 1
            if same and self.version < (1, 0):
                self._odd(path, "listed_again")
            else:
                self._fault(path, "invalid", "listed_twice", manifest=name)

    def _enter(self, manifest: _Manifest, line: tags.Line) -> None:
        """Note which file a line means; a second line for the same file must say the same."""
        path = self._resolve(line.path)
        known = manifest.lines.get(path)
        if known is not None and known != line.digest:
            self._fault(path, "invalid", "listed_twice", manifest=manifest.name)
        manifest.lines[path] = line.digest

    def _resolve(self, written: str) -> str:
        """The bag's file a manifest line means, or the decoded name when there is none."""
        decoded = tags.decode_path(written)
        order = (decoded, written) if self.version >= (1, 0) else (written, decoded)
        exact = next((path for path in order if path in self.source.files), None)
        if exact is not None:
            return exact
        form = unicodedata.normalize("NFC", decoded)
        if form in self._by_form:
            self._odd(written, "other_form")
            return self._by_form[form]
        if not self.ours and form.casefold() in self._by_case:
            self._odd(written, "other_case")
            return self._by_case[form.casefold()]
        return order[0]

    @cached_property
    def _by_form(self) -> Mapping[str, str]:
        return {unicodedata.normalize("NFC", path): path for path in self.source.files}

    @cached_property
    def _by_case(self) -> Mapping[str, str]:
        return {form.casefold(): path for form, path in self._by_form.items()}

    # -- files against manifests

    def _compare(self, manifests: list[_Manifest], fetched: frozenset[str]) -> None:
        """Every listed file: is it there, and does each manifest's hash fit?"""
        wanted: dict[str, list[_Manifest]] = {}
        for manifest in manifests:
            for path in manifest.lines:
                wanted.setdefault(path, []).append(manifest)
        for path, listing in sorted(wanted.items()):
            if path in self.source.files:
                self._hash(path, listing)
            elif path in fetched and not self.ours:
                self._fault(path, "unverifiable", "to_fetch")
            else:
                self._fault(path, "missing", "gone")

    def _hash(self, path: str, listing: list[_Manifest]) -> None:
        digests = {one.algorithm: hashlib.new(one.algorithm) for one in listing if one.algorithm}
        if not digests:
            return
        try:
            with reading(self.source, path) as stream:
                while chunk := stream.read(CHUNK):
                    for digest in digests.values():
                        digest.update(chunk)
        except Unreadable as error:
            self._fault(path, error.kind, error.code)
            return
        for one in listing:
            if one.algorithm and digests[one.algorithm].hexdigest() != one.lines[path]:
                self._fault(path, "altered", "differs", manifest=one.name)

    def _unlisted(self, manifests: list[_Manifest]) -> None:
        """Payload that a manifest does not speak of. Before 1.0 one of several was enough."""
        listed = [frozenset(one.lines) for one in manifests]
        for path in _payload(self.source.files):
            holding = sum(path in one for one in listed)
            if holding == 0 and listed:
                self._fault(path, "extra", "unlisted")
            elif holding < len(listed) and self.version >= (1, 0):
                self._fault(path, "invalid", "not_in_all")

    def _strict(self, tagfiles: list[_Manifest]) -> None:
        """Our own bundles: exactly one tagmanifest, and nothing beside ``data/`` that it does not list."""
        own = next((one for one in tagfiles if one.name == TAGMANIFEST), None)
        if own is None:
            self._fault(TAGMANIFEST, "missing", "no_tagmanifest")
            return
        for path in sorted(self.source.files):
            if not path.startswith("data/") and path != TAGMANIFEST and path not in own.lines:
                self._fault(path, "extra", "unlisted_root")

    def _oxum(self) -> None:
        """The size bag-info.txt gives, looked at only when no file was named: it would name none."""
        said = next((value for label, value in self.info if label == "payload-oxum"), None)
        if said is None or any(one.path.startswith("data/") or one.kind == "missing" for one in self.faults):
            return
        sizes = [self.source.files[path] for path in _payload(self.source.files)]
        if said != f"{sum(sizes)}.{len(sizes)}":
            self._fault("bag-info.txt", "altered", "oxum", said=said[:60], found=f"{sum(sizes)}.{len(sizes)}")


def _payload(paths: Iterable[str]) -> Iterator[str]:
    return (path for path in sorted(paths) if path.startswith("data/"))
