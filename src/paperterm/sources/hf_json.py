"""Wrappers out of JSON text: whole documents, and what is left of damaged ones.

Read are a list of wrappers (an answer of ``/api/daily_papers``) and an object with such a list
(the properties of a Daily Papers page).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from itertools import islice

from paperterm.errors import SourceError
from paperterm.model.record import Context, Item, Refusal
from paperterm.model.text import shown
from paperterm.sources import csl_json, huggingface
from paperterm.sources.decoding import Lines, whole_text
from paperterm.sources.fields import LENIENT, day_of
from paperterm.sources.json_list import LIST, Element, elements

LARGEST = 64 * 1024 * 1024
"""Bytes of a document that has to be read whole."""

MOST_PAPERS = 100_000
"""Papers of one document; the rest of a list that is longer is no list of papers."""

_DAILY = "dailyPapers"
_FOUND = "searchResults"
_PROPERTY = re.compile(f'"(?:{_DAILY}|{_FOUND})"\\s*:')
_WRAPPER = re.compile(r'\{\s*"paper"\s*:')
_LIST_BEGUN = re.compile(r'\[\s*(?:["{\[\]]|null\b|$)')
"""A title may begin with a bracket, too."""


def sniff(head: str) -> bool:
    """Whether a text that begins with `head` may be such JSON."""
    start = head.lstrip()
    if csl_json.sniff(head):
        return False
    return bool(_LIST_BEGUN.match(start) or (start.startswith("{") and _PROPERTY.search(start)))


def read(chunks: Iterator[bytes], context: Context) -> Iterator[Item]:
    """The papers of a JSON file; `SourceError` when it holds something else."""
    lines = Lines(chunks, LARGEST)
    document = whole_text(lines, LARGEST, context.name)
    yield from items(document, 1, context)
    yield from lines.remarks(context.name)


def items(document: str, line: int, context: Context) -> Iterator[Item]:
    """The papers of the JSON text `document`, which begins on `line` of the input.

    Raises `SourceError` when `document` is about something else.
    """
    page = None if LIST.match(document) else _parsed(document)
    if page is not None:
        wrappers, day = _of_page(page)
        found: list[Element] = [(line, wrapper) for wrapper in wrappers or ()]
        foreign = wrappers is None
    else:
        day = _day_in(document)
        found = list(islice(elements(document, line, _WRAPPER), MOST_PAPERS))
        whole = [value for _, value in found if not isinstance(value, Refusal)]
        foreign = bool(whole) and not any(map(huggingface.is_wrapper, whole))
    if foreign:
        raise SourceError(
            f"{shown(context.name)} is JSON, but not of papers as Hugging Face gives them;"
            " paperterm's own format is one JSON object a line."
        )
    yield from huggingface.take(found, day)


def _parsed(document: str) -> Mapping[str, object] | None:
    try:
        value, _ = LENIENT.raw_decode(document.lstrip())
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, Mapping) else None


def _of_page(page: Mapping[str, object]) -> tuple[list[object] | None, dt.date | None]:
    """The list of wrappers in a page's properties, and the day when it is a day's page."""
    lists = {key: part for key, part in page.items() if isinstance(part, list)}
    named = [key for key in (_DAILY, _FOUND) if key in lists]
    for key in (*named, *lists):
        if any(map(huggingface.is_wrapper, lists[key])):
            # What a search finds was listed on days of its own.
            of_day = key == _DAILY and page.get("periodType") == "day"
            return lists[key], day_of(page.get("dateString")) if of_day else None
    return (lists[named[0]] if named else None), None


def _day_in(document: str) -> dt.date | None:
    """The page's day as `_of_page` has it, from what stands before a broken page's papers."""
    first = _WRAPPER.search(document)
    before = document[: first.start()] if first else ""
    of_day = re.search(r'"periodType"\s*:\s*"day"', before)
    stated = re.search(r'"dateString"\s*:\s*"([^"]*)"', before)
    listed = re.search(rf'"{_DAILY}"\s*:\s*\[\s*$', before)
    return day_of(stated[1]) if of_day and stated and listed else None
