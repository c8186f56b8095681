"""Bytes -> lines of text, as they arrive and in constant memory.

UTF-8 with or without byte order mark, UTF-16 with one, and text that is neither, taken as
Windows-1252. Lines end with LF, CR LF or CR. A character cut off by the end of the input is
left out; what was before it counts.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from paperterm.errors import SourceError
from paperterm.model.record import Remark
from paperterm.model.text import shown

_SIGNATURES = (
    (b"%PDF-", "a PDF document"),
    (b"\x1f\x8b", "a gzip file"),
    (b"PK\x03\x04", "a zip archive"),
    (b"PK\x05\x06", "a zip archive"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ\x00", "an xz file"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
)
_UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b")) + b"\x7f"
_MOST_CONTROLS = 0.05
"""The share of control codes above which bytes are no text in any encoding."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its end."""

    number: int
    """From 1."""
    text: str
    too_long: bool = False
    """True when it went on for more than was asked for; `text` is then empty."""


def refuse_binary(head: bytes, name: str) -> None:
    """Raise `SourceError`, saying what it seems to be, unless `head` may begin a text."""
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            raise SourceError(f"{shown(name)} seems to be {kind}, and papers are read from text.")
    if head[:2] in _UTF16 and not head.startswith(_UTF32):
        head = _utf16(head)
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if b"\x00" in head or controls > _MOST_CONTROLS * len(head):
        raise SourceError(f"{shown(name)} holds binary data, and papers are read from text.")


def _utf16(data: bytes) -> bytes:
    return b"".join(_as_utf8(iter([data])))


def _as_utf8(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """`chunks` in UTF-8, if a UTF-16 byte order mark says that they need changing."""
    start = b""
    while len(start) < 2 and (chunk := next(chunks, None)) is not None:
        start += chunk
    encoding = _UTF16.get(start[:2])
    if encoding is None:
        yield start
        yield from chunks
        return
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    for chunk in chain([start[2:]], chunks):
        yield decoder.decode(chunk).encode()


class Lines:
    """The lines of `chunks`, one pass; a line of more than `longest` bytes comes empty."""

    def __init__(self, chunks: Iterable[bytes], longest: int) -> None:
        self._chunks = _as_utf8(iter(chunks))
        self._longest = longest
        self._utf8_seen = False
        self._foreign = ""

    def __iter__(self) -> Iterator[Line]:
        for number, (raw, ended) in enumerate(self._split(), 1):
            if raw is None:
                yield Line(number, "", too_long=True)
                continue
            raw = raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw
            yield Line(number, self._text(raw, ended))

    def remarks(self, name: str) -> Iterator[Remark]:
        """What is to be said of the encoding, once the lines have been read."""
        if self._foreign:
            yield Remark(f"{shown(name)} is not UTF-8; {self._foreign}.")

    def _text(self, raw: bytes, ended: bool) -> str:
        try:
            text = raw.decode()
        except UnicodeDecodeError as error:
            cut_off = not ended and error.reason == "unexpected end of data"
            if cut_off and not self._foreign:
                return raw[: error.start].decode()
            return self._foreign_text(raw)
        self._utf8_seen = self._utf8_seen or not text.isascii()
        return text

    def _foreign_text(self, raw: bytes) -> str:
        # Text that has been good UTF-8 so far is damaged here, not in another encoding.
        if self._utf8_seen:
            self._foreign = self._foreign or "what could not be read was replaced"
            return raw.decode(errors="replace")
        self._foreign = "read as Windows-1252"
        return raw.decode("cp1252", errors="replace")

    def _split(self) -> Iterator[tuple[bytes | None, bool]]:
        """Lines, None for one that is too long, and whether the end of each was seen."""
        parts: list[bytes] = []
        size = 0
        for chunk in _whole_line_ends(self._chunks):
            for piece in chunk.splitlines(keepends=True):
                size += len(piece)
                if size <= self._longest:
                    parts.append(piece)
                if piece.endswith((b"\n", b"\r")):
                    yield self._joined(parts, size), True
                    parts, size = [], 0
        if size:
            yield self._joined(parts, size), False

    def _joined(self, parts: list[bytes], size: int) -> bytes | None:
        return b"".join(parts).rstrip(b"\r\n") if size <= self._longest else None


def _whole_line_ends(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """`chunks` cut so that no CR LF is torn apart."""
    held = b""
    for chunk in chunks:
        chunk = held + chunk
        held = b"\r" if chunk.endswith(b"\r") else b""
        yield chunk[: len(chunk) - len(held)]
    yield held


def bounded(lines: Lines, most: int, name: str) -> Iterator[Line]:
    """`lines`; `SourceError` when they have more than `most` characters."""
    size = 0
    for line in lines:
        size += len(line.text) + 1
        if line.too_long or size > most:
            raise SourceError(f"{shown(name)} is larger than {most // 1024**2} MB.")
        yield line


def whole_text(lines: Lines, most: int, name: str) -> str:
    """All of `lines` as one text; `SourceError` when that is more than `most` characters."""
    return "\n".join(line.text for line in bounded(lines, most, name))
