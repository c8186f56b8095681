"""arXiv's listing e-mails: blocks between lines of two backslashes, read as they come.

A block has the fields of a paper and, unless it tells of a replacement, the abstract. What comes
as a mail with parts is taken apart first.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from paperterm.model import ids
from paperterm.model.paper import Paper, Sighting
from paperterm.model.record import Context, Item, Record, Refusal
from paperterm.model.text import shown
from paperterm.sources import arxiv_atom, mail_parts
from paperterm.sources.author_line import authors_of
from paperterm.sources.decoding import Line, Lines, bounded
from paperterm.sources.naming import categories_in, doi_in
from paperterm.sources.told_dates import mail_day

LARGEST = 16 * 1024 * 1024
"""Bytes of a mail."""

_ROW = re.compile(r"(?:-{70,}|(?:%%--){10,}(?:%%)?)\s*")
_RULED = re.compile(r"^-{70,}[ \t]*$", re.MULTILINE)
_PAPER = re.compile(r"(?:arXiv:|Paper: )\s*(\S{1,40})(.{0,200})")
_BEGUN = re.compile(r"^\\\\[ \t]*\n(?:arXiv:|Paper: )", re.MULTILINE)
_HEADERS = re.compile(r"(?:From .*\n)?(?:[A-Za-z][A-Za-z-]{1,40}:.*(?:\n[ \t].*)*(?:\n|$)){3}")
_FIELD = re.compile(r"([A-Z][A-Za-z-]{2,20}(?: \(revised v\d+\))?):[ \t]*(.*)")
_REPLACED = re.compile(r"replaced with revised version\s+(.*)")
_WRAPPED = re.compile(r"(?<=[^\W\d_])-\n(?=[a-z])(?!(?:and|or|to)\b)")
"""A word that was wrapped at its hyphen; one that stands for another (long- and ...) was not."""
_SIZE = re.compile(r"\s*\(\d+\s*kb.*")
_SNIFFED = 64 * 1024
_MOST_LINES = 2000
"""Lines of one block."""


def sniff(head: str) -> bool:
    """Whether a text that begins with `head` may be such a mail, with or without its headers."""
    return bool(_RULED.search(head) and _BEGUN.search(head)) or _is_mail(head)


def _is_mail(head: str) -> bool:
    headers = _HEADERS.match(head.lstrip("\ufeff\n"))
    start = head.partition("\n\n")[0].lower()
    return bool(headers) and "arxiv" in start and "\nmime-version:" in f"\n{start}"


def read(chunks: Iterator[bytes], context: Context) -> Iterator[Item]:
    """The papers of a mail; `SourceError` when it is too large, or can't be taken apart."""
    first = next(chunks, b"")
    rest: Iterator[bytes] = chain([first], chunks)
    name, day, before = context.name, context.as_of, 0
    if _is_mail("\n".join(line.text for line in Lines([first], _SNIFFED))):
        mail = mail_parts.opened(rest, LARGEST, name)
        rest, day, before = iter([mail.text]), day or mail.day, mail.lines_before
    lines = Lines(rest, LARGEST)
    for place, block in enumerate(_blocks(bounded(lines, LARGEST, name))):
        yield _item(block, before, Sighting(arxiv_atom.SOURCE, day, place))
    yield from lines.remarks(name)


@dataclass(slots=True)
class _Block:
    """What stands between two rows of dashes."""

    line: int
    head: list[str] = field(default_factory=list)
    abstract: list[str] | None = None
    whole: bool = False
    """Whether its end was seen."""

    def add(self, text: str) -> None:
        part = self.head if self.abstract is None else self.abstract
        if len(part) < _MOST_LINES:
            part.append(text)


def _blocks(lines: Iterable[Line]) -> Iterator[_Block]:
    """The blocks that are about a paper."""
    block: _Block | None = None
    for line in lines:
        text = line.text.rstrip()
        ruled = text.startswith("\\\\")
        if block is None:
            block = _Block(line.number + 1) if ruled else None
        elif ruled and block.abstract is None and text == "\\\\" and block.head:
            block.abstract = []
        elif ruled or _ROW.fullmatch(text):
            block.whole = True
            if _is_paper(block):
                yield block
            block = None
        else:
            block.add(text)
    if block is not None and _is_paper(block):
        yield block


def _is_paper(block: _Block) -> bool:
    return any(_PAPER.match(text) or text.startswith("Title:") for text in block.head)


def _item(block: _Block, before: int, sighting: Sighting) -> Record | Refusal:
    line = block.line + before
    named = next(filter(None, map(_PAPER.match, block.head)), None)
    fields = _fields(block.head)
    title = fields.get("Title", "")
    arxiv_id = ids.parse_arxiv_id(named[1]) if named else None
    if arxiv_id is None:
        return Refusal(line, "there is no arXiv id", shown(title)[:200])
    if not block.whole and block.abstract is None:
        return Refusal(line, "the mail ends in the middle of this paper", arxiv_id)
    if not shown(title):
        return Refusal(line, "there is no title", arxiv_id)
    return Record(_paper(title, arxiv_id, fields, block, sighting), line)


def _paper(
    title: str, arxiv_id: str, fields: dict[str, str], block: _Block, sighting: Sighting
) -> Paper:
    authors = authors_of(fields.get("Authors", ""))
    published, updated = _days(fields, block.head)
    return Paper(
        title=title,
        abstract=_WRAPPED.sub("-", "\n".join(block.abstract or [])).strip(),
        authors=authors,
        author_count=len(authors) or None,
        published=published,
        arxiv_id=arxiv_id,
        doi=doi_in([fields.get("DOI", "")]),
        categories=categories_in(fields.get("Categories", "").split()),
        venue=fields.get("Journal-ref") or None,
        updated=updated,
        sightings=(sighting,),
    )


def _fields(head: list[str]) -> dict[str, str]:
    """The fields by name; lines that are indented continue the one before."""
    told: dict[str, str] = {}
    name = ""
    for text in head:
        if match := _FIELD.fullmatch(text):
            name = match[1]
            told.setdefault(name, match[2].strip())
        elif name and text.startswith((" ", "\t")):
            told[name] = f"{told[name]} {text.strip()}".strip()
    return told


def _days(fields: dict[str, str], head: list[str]) -> tuple[dt.date | None, dt.date | None]:
    """The days of the first version and of the last revision, as far as they are told."""
    replaced = next(filter(None, map(_REPLACED.match, head)), None)
    revised = [text for name, text in fields.items() if name.startswith("Date (")]
    if replaced:
        revised.append(replaced[1])
    days = filter(None, (mail_day(_SIZE.sub("", text)) for text in revised))
    first = mail_day(_SIZE.sub("", fields.get("Date", "")))
    return first, max(days, default=None)
