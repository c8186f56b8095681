"""BibTeX: a record for each entry, or the reason why there is none.

Blocks are found by bibtexparser. What it calls failed because a key or a field is there twice is
an entry all the same. Values are read here, since an entry may inherit some from its ``crossref``.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from paperterm.errors import SourceError
from paperterm.model.paper import Paper, Sighting
from paperterm.model.record import Context, Item, Record, Refusal, Remark
from paperterm.model.text import shown
from paperterm.sources import bib_values
from paperterm.sources.decoding import Lines, whole_text
from paperterm.sources.fields import line_of, text_of
from paperterm.sources.latex import plain
from paperterm.sources.naming import arxiv_id_in, categories_in, doi_in, link_in, venue_of

if TYPE_CHECKING:
    from bibtexparser.model import Block, Entry

SOURCE = "bibtex"
"""The name of this source in sightings."""

LARGEST = 64 * 1024 * 1024
"""Bytes of a file; the parent of a ``crossref`` stands behind its children, so all is read."""

_ENTRY = re.compile(
    r"^[ \t]*@(\w+)[ \t]*[{(]\s{0,20}([^\s,={}()\"]*)[ \t]*(?:[,})=]|$)", re.MULTILINE
)
_SPACED = re.compile(r"^([ \t]*@)([ \t]{0,20})(\w+)(\s{0,20})([{(])", re.MULTILINE)
"""Where an entry begins; bibtexparser does not see one with white space in its beginning.

A line with nothing but an @ begins none.
"""
_ADDRESS = re.compile(r"https?://[^\s{}\"<>]{1,2000}")
_ESCAPED = re.compile(r"\\([_%&#$~])(?:\{\})?")
_INHERITED = ("author", "year", "month", "day", "date", "booktitle", "journal", "journaltitle")
"""What a parent tells of its children; its title, names and abstract are its own."""
_MOST_ANCESTORS = 5
_NAMED_IN = (
    "note",
    "howpublished",
    "journal",
    "journaltitle",
    "volume",
    "number",
    "annote",
    "pages",
)

_Fields = dict[str, str]


def sniff(head: str) -> bool:
    """Whether a text that begins with `head` may be BibTeX."""
    return bool(_ENTRY.search(head))


def read(chunks: Iterator[bytes], context: Context) -> Iterator[Item]:
    """The entries of a file, in its order; `SourceError` when it is too large."""
    lines = Lines(chunks, LARGEST)
    text = whole_text(lines, LARGEST, context.name)
    blocks = _blocks(text, context.name)
    bibliography = _Bibliography(blocks)
    for block in blocks:
        if (entry := _entry_in(block)) is not None:
            yield _item(entry, bibliography)
        elif (error := _failure(block)) is not None:
            yield _broken(block, error)
    yield from lines.remarks(context.name)
    if bibliography.again:
        yield Remark(
            f"{shown(context.name)} uses a key more than once ({', '.join(bibliography.again[:5])}"
            f"{', …' if len(bibliography.again) > 5 else ''}); each of these entries is taken."
        )


def _blocks(text: str, name: str) -> list[Block]:
    from bibtexparser.entrypoint import parse_string

    log = logging.getLogger("bibtexparser")
    if not log.handlers:
        # What it has to say is in the blocks; a program's messages are not its to write.
        log.addHandler(logging.NullHandler())
    try:
        return parse_string(_SPACED.sub(r"\1\3\5\2\4", text), parse_stack=[]).blocks
    except Exception as error:
        # It means to raise on nothing but its own mistakes.
        raise SourceError(f"{shown(name)} is BibTeX that can't be read.") from error


def _entry_in(block: Block) -> Entry | None:
    """The entry that `block` is, or that it is about when only a name in it is there twice."""
    from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry

    while isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
        inner = block.ignore_error_block
        if inner is None:
            return None
        block = inner
    return block if isinstance(block, Entry) else None


def _failure(block: Block) -> Exception | None:
    """Why `block` could not be read; a string that is defined anew could be."""
    known = getattr(block, "ignore_error_block", None)
    return getattr(block, "error", None) if known is None else None


class _Bibliography:
    """What entries of one file need to know of each other."""

    def __init__(self, blocks: list[Block]) -> None:
        self._strings: dict[str, str] = {}
        self._parents: dict[str, Entry] = {}
        self.again: list[str] = []
        """Keys that are there more than once, for showing."""
        for block in blocks:
            self._learn_string(block)
            entry = _entry_in(block)
            if entry and self._parents.setdefault(entry.key.lower(), entry) is not entry:
                self.again.append(shown(entry.key)[:50])
        self.again = list(dict.fromkeys(self.again))

    def _learn_string(self, block: Block) -> None:
        from bibtexparser.model import String

        block = getattr(block, "ignore_error_block", None) or block
        if isinstance(block, String):
            self._strings[block.key.lower()] = bib_values.value_of(block.value, self._strings)

    def fields(self, entry: Entry) -> _Fields:
        """The values of `entry` by lower-case names, with those it inherits."""
        told = self._own(entry)
        parent, seen = told, {entry.key.lower()}
        while (key := parent.get("crossref", "").strip().lower()) and key not in seen:
            found = self._parents.get(key)
            if found is None or len(seen) > _MOST_ANCESTORS:
                break
            seen.add(key)
            parent = self._own(found)
            for name in _INHERITED:
                if parent.get(name):
                    told.setdefault(name, parent[name])
            if parent.get("title") and not told.get("journal"):
                told.setdefault("booktitle", parent["title"])
        return told

    def _own(self, entry: Entry) -> _Fields:
        told: _Fields = {}
        for field in entry.fields:
            for name, value in bib_values.values_of(field.key, str(field.value), self._strings):
                if value.strip():
                    told.setdefault(name.lower(), value.strip())
        return told


def _item(entry: Entry, bibliography: _Bibliography) -> Record | Refusal:
    line = (entry.start_line or 0) + 1
    fields = bibliography.fields(entry)
    title = _line(fields, "title")
    if not shown(title):
        return Refusal(line, "there is no title", shown(entry.key)[:100])
    return Record(_paper(title, fields), line)


def _paper(title: str, fields: Mapping[str, str]) -> Paper:
    authors, others = bib_values.people(fields.get("author", ""))
    addresses = [
        found[0] for name in ("url", "howpublished", "note") for found in _found(fields, name)
    ]
    spelled = [_unescaped(fields.get(name, "")) for name in _NAMED_IN]
    doi = _unescaped(fields.get("doi", ""))
    eprint = fields.get("eprint", "") if _is_arxiv(fields) else ""
    return Paper(
        title=title,
        abstract=text_of(plain(fields.get("abstract", ""))),
        authors=tuple(map(text_of, authors)),
        author_count=None if others else len(authors) or None,
        published=bib_values.day(fields),
        arxiv_id=arxiv_id_in([eprint, fields.get("arxivid", ""), doi, *addresses], spelled),
        doi=doi_in([doi, *addresses, *spelled]),
        link=link_in(addresses[:1]),
        categories=categories_in([fields.get("primaryclass", ""), fields.get("eprintclass", "")]),
        venue=venue_of(_line(fields, "journal", "journaltitle", "booktitle")),
        keywords=_keywords(fields),
        sightings=(Sighting(SOURCE),),
    )


def _is_arxiv(fields: Mapping[str, str]) -> bool:
    archive = fields.get("archiveprefix") or fields.get("eprinttype") or "arxiv"
    return archive.lower() == "arxiv"


def _line(fields: Mapping[str, str], *names: str) -> str:
    told = (line_of(plain(fields.get(name, ""))) for name in names)
    return next(filter(None, told), "")


def _found(fields: Mapping[str, str], name: str) -> Iterator[re.Match[str]]:
    return _ADDRESS.finditer(_unescaped(fields.get(name, "")))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)


def _keywords(fields: Mapping[str, str]) -> tuple[str, ...]:
    words = re.split(r"[;,]", _line(fields, "keywords", "keyword"))
    return tuple(dict.fromkeys(word.strip() for word in words if word.strip()))


def _broken(block: Block, error: Exception) -> Refusal:
    told = getattr(error, "abort_reason", None) or str(error) or "it can't be read"
    reason = shown(told).strip(" .")[:200]
    begun = _ENTRY.match(block.raw or "")
    return Refusal(
        (block.start_line or 0) + 1,
        f"the BibTeX is broken: {reason[:1].lower()}{reason[1:]}",
        shown(begun[2])[:100] if begun else "",
    )
