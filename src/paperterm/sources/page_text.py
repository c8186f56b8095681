"""A Daily Papers page that was copied as text.

A page's dates can be understood only when all of it has been seen, so its papers come at the end;
a page is small, and what is too large to be one is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from paperterm.errors import SourceError
from paperterm.model.paper import Paper, Sighting
from paperterm.model.record import Context, Item, Record, Refusal, Remark
from paperterm.model.text import shown
from paperterm.sources.decoding import Line, Lines, bounded
from paperterm.sources.huggingface import SOURCE
from paperterm.sources.page_blocks import blocks, opening
from paperterm.sources.page_lines import authors_in, date_in, is_banner, plain
from paperterm.sources.page_papers import Draft, papers
from paperterm.sources.page_year import Calendar, settle

LARGEST = 32 * 1024 * 1024
"""Bytes of a page; a month of Daily Papers has about two million."""

MOST_LINES = 500_000
"""Lines of a page, since many short ones take more memory than their bytes."""


def sniff(head: str) -> bool:
    """Whether a text that begins with `head` may be such a page, or a part of one."""
    banner = False
    for line in head.split("\n"):
        text = plain(line)
        found = authors_in(text)
        if (found and found[0] is not None) or (banner and date_in(text)):
            return True
        banner = banner or is_banner(text)
    return False


def read(chunks: Iterator[bytes], context: Context) -> Iterator[Item]:
    """The papers of a page; `SourceError` when it is too large to be one."""
    source = Lines(chunks, LARGEST)
    lines = _lines(source, context)
    day, start = opening(lines)
    found = [each for block in blocks(lines[start:]) for each in papers(block)]
    drafts = [each for each in found if isinstance(each, Draft)]
    stamps = [draft.facts.published for draft in drafts if draft.facts.published]
    calendar = settle(day, stamps, context)
    if calendar.remark:
        yield Remark(calendar.remark)
    yield from source.remarks(context.name)
    yield from _items(found, calendar)


def _lines(source: Lines, context: Context) -> list[Line]:
    lines = list(islice(bounded(source, LARGEST, context.name), MOST_LINES + 1))
    if len(lines) > MOST_LINES:
        raise SourceError(f"{shown(context.name)} has more than {MOST_LINES:,} lines.")
    return lines


def _items(found: Sequence[Draft | Refusal], calendar: Calendar) -> Iterator[Item]:
    position = 0
    for each in found:
        if isinstance(each, Refusal):
            yield each
            continue
        if each.reason:
            yield Refusal(each.line, each.reason, shown(each.title))
        else:
            yield Record(_paper(each, calendar, position), each.line)
        # A paper that is refused has its place on the page all the same.
        position += 1


def _paper(draft: Draft, calendar: Calendar, position: int) -> Paper:
    stamp = draft.facts.published
    published = calendar.date(stamp)
    return Paper(
        title=draft.title,
        abstract=draft.abstract,
        author_count=draft.facts.authors,
        published=published,
        year_assumed=published is not None and stamp is not None and stamp.year is None,
        comments=draft.facts.comments,
        sightings=(Sighting(SOURCE, calendar.day, position),),
    )
