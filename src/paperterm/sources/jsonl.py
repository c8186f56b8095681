"""paperterm's own JSON lines: a paper a line, what its reader said of it included.

A line with a title is taken. Of its other fields those that make no sense are left out, one by
one; a line that is no JSON object with a title is refused and the rest goes on. Where a whole
library is told (`sources.whole`), the marks of its papers stand in its journal alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress

from paperterm.errors import UsageError
from paperterm.model import ids
from paperterm.model.marks import NOT_LATER, Marks, clean_note, parse_tag
from paperterm.model.paper import Paper, Sighting
from paperterm.model.record import Beside, Context, Item, Passed, Past, Record, Refusal
from paperterm.model.text import shown
from paperterm.model.whole import KIND, Head
from paperterm.sources.decoding import Line, Lines
from paperterm.sources.fields import (
    STRICT,
    count_of,
    day_of,
    line_of,
    moment_of,
    text_of,
    texts_of,
)
from paperterm.sources.whole import Beyond

LONGEST_LINE = 8 * 1024 * 1024
"""Bytes of one paper."""

_LINES_SNIFFED = 50
_LONGEST_SOURCE = 100
_MOST_NAMES = 100
_NAME = re.compile(r"(?:arxiv|doi|title):[!-~]{1,250}", re.ASCII)
_NOT_OURS = ("versions", "update_date", "authors_parsed")
"""Fields of arXiv's metadata snapshot, whose lines have titles too."""
_SEARCH = ids.huggingface_search_url("")


def sniff(head: str) -> bool:
    """Whether a text that begins with `head` may be JSON lines."""
    start = head.lstrip()
    lines = start.split("\n")[:_LINES_SNIFFED]
    for value in map(_parsed, (line for line in lines if line.lstrip().startswith("{"))):
        if isinstance(value, Mapping) and ("title" in value or KIND in value):
            return not any(name in value for name in _NOT_OURS)
    # One long line goes on beyond the head, or was cut off.
    return len(lines) == 1 and start.startswith("{") and '"title"' in start


def read(chunks: Iterator[bytes], context: Context) -> Iterator[Item]:
    """The papers of JSON lines, each as soon as its line has been read."""
    lines = Lines(chunks, LONGEST_LINE)
    reader = _Reader(context)
    for line in lines:
        if line.too_long or line.text.strip():
            yield from reader.items(line)
    yield from reader.beyond.close()
    yield from lines.remarks(context.name)


class _Reader:
    """Reads line after line."""

    def __init__(self, context: Context) -> None:
        self.beyond = Beyond()
        self._part = bool(context.part)
        """Whether only some papers are wanted: those bring their marks along."""
        self._whole = False

    def items(self, line: Line) -> Iterator[Item]:
        """What a line tells."""
        if line.too_long:
            yield Refusal(line.number, f"the line is longer than {LONGEST_LINE // 1024**2} MB")
            return
        value = _parsed(line.text)
        if isinstance(value, str):
            yield Refusal(line.number, value)
        elif KIND in value:
            if self._part:
                yield Passed(line.number)
                return
            for item in self.beyond.read(value, line.number):
                self._whole = self._whole or _is_head(item)
                yield item
        else:
            yield self._paper(value, line.number)

    def _paper(self, value: Mapping[str, object], line: int) -> Record | Refusal:
        title = line_of(value.get("title"))
        if not shown(title):
            return Refusal(line, "there is no title", shown(text_of(value.get("id")))[:100])
        marks = Marks() if self._whole else _marks(value)
        past = _past(value) if self._whole else Past()
        return Record(_paper(title, value), line, marks, past=past)


def _is_head(item: Item) -> bool:
    return isinstance(item, Beside) and isinstance(item.told, Head)


def _past(value: Mapping[str, object]) -> Past:
    came = text_of(value.get("came_with"))
    names = texts_of(value.get("names"))[:_MOST_NAMES]
    return Past(
        moment_of(value.get("added")),
        came if len(came) <= _LONGEST_SOURCE else "",
        tuple(name for name in names if _NAME.fullmatch(name)),
    )


def _parsed(line: str) -> Mapping[str, object] | str:
    """The object in `line`, or the reason why there is none."""
    try:
        value = STRICT.decode(line)
    except RecursionError:
        return "the JSON is nested too deep"
    except ValueError:
        return "the line is not JSON, or is cut off"
    return value if isinstance(value, Mapping) else "the line is JSON, but not an object"


def _paper(title: str, value: Mapping[str, object]) -> Paper:
    arxiv_id, doi, link = _names(value)
    sightings = _sightings(value)
    abstract = text_of(value.get("abstract"))
    summary = value.get("abstract_is_summary")
    if not isinstance(summary, bool):
        summary = all(sighting.source == "starter" for sighting in sightings)
    return Paper(
        title=title,
        abstract=abstract,
        abstract_is_summary=summary and bool(abstract),
        authors=texts_of(value.get("authors")),
        author_count=count_of(value.get("author_count")),
        published=day_of(value.get("published")),
        year_assumed=value.get("year_assumed") is True,
        comments=count_of(value.get("comments")),
        upvotes=count_of(value.get("upvotes")),
        arxiv_id=arxiv_id,
        doi=doi,
        link=link,
        categories=texts_of(value.get("categories")),
        code=ids.safe_link(text_of(value.get("code"))),
        project=ids.safe_link(text_of(value.get("project"))),
        venue=line_of(value.get("venue")) or None,
        updated=day_of(value.get("updated")),
        submitter=line_of(value.get("submitter")) or None,
        ai_summary=text_of(value.get("ai_summary")),
        keywords=texts_of(value.get("keywords")),
        sightings=sightings,
    )


def _names(value: Mapping[str, object]) -> tuple[str | None, str | None, str | None]:
    """The arXiv id, the DOI and the link, each from the best place that has it."""
    url = text_of(value.get("url"))
    spelled = [text_of(value.get("id")), url]
    arxiv_id = _first(ids.parse_arxiv_id, [text_of(value.get("arxiv_id")), *spelled])
    doi = _first(ids.parse_doi, [text_of(value.get("doi")), *spelled])
    ours = ids.parse_arxiv_id(url) or ids.parse_doi(url) or url.startswith(_SEARCH)
    return arxiv_id, doi, ids.safe_link(value.get("link")) or (None if ours else ids.safe_link(url))


def _first(parse: Callable[[str], str | None], spellings: list[str]) -> str | None:
    return next(filter(None, map(parse, spellings)), None)


def _sightings(value: Mapping[str, object]) -> tuple[Sighting, ...]:
    listed = value.get("sightings")
    told = [_sighting(entry) for entry in listed] if isinstance(listed, list) else []
    sightings = dict.fromkeys(sighting for sighting in told if sighting)
    source = value.get("source")
    names = source.split(",") if isinstance(source, str) else texts_of(source)
    sources = dict.fromkeys(filter(None, map(_source, names)))
    return tuple(sightings) or tuple(map(Sighting, sources)) or (Sighting("jsonl"),)


def _sighting(entry: object) -> Sighting | None:
    if not isinstance(entry, Mapping):
        return None
    source = _source(entry.get("source"))
    position = count_of(entry.get("position")) or 0
    return Sighting(source, day_of(entry.get("day")), position) if source else None


def _source(name: object) -> str:
    source = shown(text_of(name))
    return source if len(source) <= _LONGEST_SOURCE else ""


def _marks(value: Mapping[str, object]) -> Marks:
    tags: set[str] = set()
    for text in texts_of(value.get("tags")):
        with suppress(UsageError):
            tags.add(parse_tag(text))
    note = value.get("note")
    later = day_of(value.get("later"))
    return Marks(
        value.get("bookmarked") is True,
        value.get("read") is True,
        tuple(sorted(tags)),
        # Not `text_of`, which would take the indentation of its first line.
        clean_note(note) if isinstance(note, str) else "",
        value.get("archived") is True,
        None if later == NOT_LATER else later,
    )
