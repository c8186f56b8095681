"""The formats that papers come in, and how the right one is found: by looking at the content."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

from paperterm.errors import SourceError, UsageError
from paperterm.model.record import Context, Item, Remark
from paperterm.model.text import shown
from paperterm.sources import (
    arxiv_atom,
    arxiv_email,
    bibtex,
    csl_json,
    feeds,
    hf_json,
    jsonl,
    page_html,
    page_text,
    ris,
)
from paperterm.sources.decoding import Lines, refuse_binary

_CHUNK = 64 * 1024
"""Bytes a read; also how much of the beginning is looked at."""


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of input."""

    name: str
    """What a person calls it on the command line."""
    label: str
    """What to say of it, in a few words."""
    sniff: Callable[[str], bool]
    """Whether a text that begins like this may be of this format."""
    read: Callable[[Iterator[bytes], Context], Iterator[Item]]
    """The items of the input that comes in these chunks; may raise `SourceError`."""
    may_be_empty: bool = False
    """Whether there are whole inputs without papers: a feed on a day without news."""


FORMATS = {
    format.name: format
    for format in (
        Format("page-html", "a saved Daily Papers page", page_html.sniff, page_html.read),
        Format("arxiv-atom", "an answer of arXiv's API", arxiv_atom.sniff, arxiv_atom.read, True),
        Format("arxiv-rss", "an RSS or Atom feed of arXiv's", feeds.sniff_arxiv, feeds.read, True),
        Format("feed", "another RSS or Atom feed", feeds.sniff_other, feeds.read, True),
        Format("csl-json", "CSL-JSON", csl_json.sniff, csl_json.read),
        Format("hf-json", "papers as Hugging Face's API has them", hf_json.sniff, hf_json.read),
        Format("jsonl", "paperterm's JSON lines", jsonl.sniff, jsonl.read),
        Format("bibtex", "BibTeX", bibtex.sniff, bibtex.read),
        Format("ris", "RIS", ris.sniff, ris.read),
        Format("arxiv-email", "a listing e-mail of arXiv's", arxiv_email.sniff, arxiv_email.read),
        Format("page-text", "a Daily Papers page copied as text", page_text.sniff, page_text.read),
    )
}
"""The formats by name, in the order in which they are tried."""


def read(stream: BinaryIO, context: Context, format: str | None = None) -> Iterator[Item]:
    """The papers in `stream`, what could not be taken, and what is to be known, as it is read.

    `stream` is read forwards only. Raises `UsageError` for a `format` that does not exist, and
    `SourceError` for input without papers: at once when its beginning shows that, else later.
    """
    if format is not None and format not in FORMATS:
        raise UsageError(f"There is no format {shown(format)}; there are {', '.join(FORMATS)}.")
    head = _head(stream, context)
    name = shown(context.name)
    refuse_binary(head, context.name)
    text = "\n".join(line.text for line in Lines([head], 8 * _CHUNK))
    if len(head) < _CHUNK and not text.strip():
        raise SourceError(f"{name} is empty.")
    chosen = FORMATS[format] if format else _recognised(text)
    if chosen is None:
        *labels, last = (each.label for each in FORMATS.values())
        known = f"{', '.join(labels)} and {last}"
        raise SourceError(f"{name} holds no papers that paperterm can recognise; it reads {known}.")
    return _items(chosen, chain([head], _chunks(stream, context)), context)


def _recognised(head: str) -> Format | None:
    return next((each for each in FORMATS.values() if each.sniff(head)), None)


def _items(chosen: Format, chunks: Iterator[bytes], context: Context) -> Iterator[Item]:
    """What `chosen` reads; it is an error when that is nothing and may not be."""
    anything = False
    for item in chosen.read(chunks, context):
        anything = anything or not isinstance(item, Remark)
        yield item
    if not anything and not chosen.may_be_empty:
        raise SourceError(f"{shown(context.name)} holds no papers.")


def _head(stream: BinaryIO, context: Context) -> bytes:
    """The first bytes, as many as one chunk has; a pipe may give them in pieces."""
    pieces: list[bytes] = []
    missing = _CHUNK
    for piece in _chunks(stream, context):
        pieces.append(piece)
        missing -= len(piece)
        if missing <= 0:
            break
    return b"".join(pieces)


def _chunks(stream: BinaryIO, context: Context) -> Iterator[bytes]:
    while True:
        try:
            chunk = stream.read(_CHUNK)
        except OSError as error:
            reason = error.strerror or "the system gave no reason"
            raise SourceError(f"{shown(context.name)} can't be read: {reason}.") from error
        if not chunk:
            return
        yield chunk
