"""RIS: a record from each ``TY`` on, read as it comes.

Records are told apart here, so that one that is broken, or never ends, costs only itself; what is
in them is rispy's to say.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from paperterm.model.paper import Paper, Sighting
from paperterm.model.record import Context, Item, Record, Refusal
from paperterm.model.text import shown
from paperterm.sources.decoding import Line, Lines
from paperterm.sources.fields import line_of, text_of, texts_of
from paperterm.sources.naming import arxiv_id_in, doi_in, link_in, venue_of
from paperterm.sources.told_dates import numeric_day

SOURCE = "ris"
"""The name of this source in sightings."""

LONGEST_LINE = 8 * 1024 * 1024
"""Bytes of one line."""

_MOST_LINES = 20_000
"""Lines of one record."""
_TAG = re.compile(r"([A-Z][A-Z0-9]) {1,2}-(?: (.*)|$)", re.DOTALL)
_BEGUN = re.compile(r"^[ \ufeff]{0,3}TY {1,2}- ?[A-Z]{2,10}\s*$", re.MULTILINE)
_TITLES = ("title", "primary_title", "translated_title", "short_title")
_VENUES = (
    "journal_name", "alternate_title3", "secondary_title", "alternate_title2", "alternate_title1",
)  # fmt: skip
_DATES = ("date", "year", "publication_year")
_MENTIONS = ("note", "custom1", "number", "accession_number", "volume")
_Told = Mapping[str, object]


def sniff(head: str) -> bool:
    """Whether a text that begins with `head` may be RIS."""
    return bool(_BEGUN.search(head))


def read(chunks: Iterator[bytes], context: Context) -> Iterator[Item]:
    """The records of a file, each as soon as it has ended."""
    lines = Lines(chunks, LONGEST_LINE)
    record: list[Line] = []
    for line in lines:
        tag = _tag(line)
        if record and tag == "TY":
            yield _item(record)
            record = []
        # Between records there is nothing; a record that has lost its TY begins there, too.
        if (record or (tag and tag != "ER")) and len(record) < _MOST_LINES:
            record.append(line)
        if record and tag == "ER":
            yield _item(record)
            record = []
    if record:
        yield _item(record)
    yield from lines.remarks(context.name)


def _tag(line: Line) -> str:
    match = _TAG.match(line.text.lstrip("\ufeff "))
    return match[1] if match else ""


def _item(lines: list[Line]) -> Record | Refusal:
    start = lines[0].number
    if any(line.too_long for line in lines):
        return Refusal(start, f"a line is longer than {LONGEST_LINE // 1024**2} MB")
    if _tag(lines[0]) != "TY":
        return Refusal(start, "the beginning of the record, TY, is missing")
    told = _told(lines)
    title = _first(told, _TITLES)
    if not shown(title):
        return Refusal(start, "there is no title", shown(_first(told, ("id", "doi")))[:100])
    return Record(_paper(title, told), start)


def _told(lines: list[Line]) -> _Told:
    """What rispy makes of a record, written out as it wants it."""
    from rispy import RisParser

    written = [_canonical(line.text) for line in lines]
    if _tag(lines[-1]) != "ER":
        written.append("ER  - ")
    found = RisParser(delimiter_tags_mapping={}).parse_lines(iter(written))
    return found[0] if found else {}


def _canonical(line: str) -> str:
    # Two spaces before the hyphen are the rule; some programs write one, or indent.
    stripped = line.lstrip("\ufeff ")
    match = _TAG.match(stripped)
    return f"{match[1]}  - {match[2] or ''}" if match else line


def _first(told: _Told, names: tuple[str, ...]) -> str:
    lines = (line_of(_one(told.get(name))) for name in names)
    return next(filter(None, lines), "")


def _one(value: object) -> object:
    """`value`, or the first of it when a tag that should stand once stood more often."""
    return value[0] if isinstance(value, list) and value else value


def _paper(title: str, told: _Told) -> Paper:
    people = texts_of(told.get("authors")) or texts_of(told.get("first_authors"))
    authors = tuple(filter(None, map(_person, people)))
    addresses = [word for text in texts_of(told.get("urls")) for word in text.split("; ")]
    doi = _first(told, ("doi",))
    mentions = [_first(told, (name,)) for name in (*_MENTIONS, *_VENUES)]
    mentions += map(line_of, texts_of(told.get("notes")))
    return Paper(
        title=title,
        abstract=text_of(told.get("abstract")) or text_of(told.get("notes_abstract")),
        authors=authors,
        author_count=len(authors) or None,
        published=_published(told),
        arxiv_id=arxiv_id_in([doi, *addresses], mentions),
        doi=doi_in([doi, *addresses, *mentions]),
        link=link_in(map(line_of, addresses)),
        venue=venue_of(_first(told, _VENUES)),
        keywords=tuple(dict.fromkeys(texts_of(told.get("keywords")))),
        sightings=(Sighting(SOURCE),),
    )


def _person(name: str) -> str:
    """``Lovelace, Ada, Jr.`` with the first name first."""
    parts = [" ".join(part.split()) for part in name.split(",")]
    ordered = (*parts[1:2], *parts[:1], *parts[2:])
    return " ".join(part for part in ordered if part)


def _published(told: _Told) -> dt.date | None:
    """The date, or the year where that is all there is."""
    days = (numeric_day(_first(told, (name,))) for name in _DATES)
    return next(filter(None, days), None)
