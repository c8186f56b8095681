"""The few words of a longer text that say best why a paper was found."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from paperterm.model.pattern import Patterns
from paperterm.model.query import Field
from paperterm.search.analysis import SPACELESS
from paperterm.search.highlight import BETWEEN_NAMES, Hit, hits, joined, name_hits

_BEFORE, _AFTER = "… ", " …"
"""Where something is left out."""
_ROOM_FOR_ELLIPSES = 16
"""Characters below which a snippet is too short for them."""

_SENTENCE = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[^a-z\s])|[。！？]")
_NAME = re.compile(re.escape(BETWEEN_NAMES))


class Snippet(NamedTuple):
    """A window on a text."""

    text: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    """The hits in it: ranges that don't overlap, from left to right."""
    distinct: int = 0
    """How many different words and phrases of the query it shows."""


def of_text(text: str, patterns: Patterns, length: int) -> Snippet:
    """The best window on an abstract: of at most `length` characters, on one line.

    The best has the most different words of the query, then the most hits, then is the first; it
    begins with a sentence where it can, and with a word in any case. Empty when nothing matches.
    `text` is clean, and so is the snippet.
    """
    return _best(text, hits(text, patterns, Field.ABSTRACT), length, _SENTENCE)


def of_names(names: Sequence[str], patterns: Patterns, length: int) -> Snippet:
    """The same for a paper's authors."""
    return _best(BETWEEN_NAMES.join(names), name_hits(names, patterns), length, _NAME)


def _best(text: str, found: Sequence[Hit], length: int, beginning: re.Pattern[str]) -> Snippet:
    if not found or length < 1:
        return Snippet()
    if len(text) <= length:
        return _cut(text, found, 0, len(text))
    if length < _ROOM_FOR_ELLIPSES:
        start = found[0].start
        return _cut(text, found, start, min(start + length, len(text)), marked=False)
    room = length - len(_BEFORE + _AFTER)
    first, end = _densest(found, room)
    return _cut(text, found, *_widened(text, first, end, room, beginning))


def _densest(found: Sequence[Hit], room: int) -> tuple[int, int]:
    """Where the hits begin and end that go together best into `room` characters."""
    best, place = (0, 0), (found[0].start, found[0].start + room)
    often: dict[int, int] = {}
    last = 0
    for first, hit in enumerate(found):
        while last < len(found) and found[last].end <= hit.start + room:
            often[found[last].word] = often.get(found[last].word, 0) + 1
            last += 1
        worth = len(often), last - first
        if last > first and worth > best:
            best, place = worth, (hit.start, found[last - 1].end)
        if last > first:
            often[hit.word] -= 1
            if not often[hit.word]:
                del often[hit.word]
        else:  # a hit that is itself too long
            last = first + 1
    return place


def _widened(
    text: str, start: int, end: int, room: int, beginning: re.Pattern[str]
) -> tuple[int, int]:
    """A window of at most `room` characters around `start` to `end`, from word to word."""
    end = _boundary(text, range(end, min(start + room, len(text)) + 1), end)
    earliest = max(0, end - room)
    begins = _beginnings(text, earliest, start, beginning)
    if begins:
        start = begins[-1]
    else:
        start = _boundary(text, range(start, earliest - 1, -1), start)
        context = range(start - (start - earliest) // 3, start)
        start = _boundary(text, context, start)
    stop = min(start + room + (0 if start else len(_BEFORE)), len(text))
    end = _boundary(text, range(stop, end - 1, -1), stop)
    if end == len(text):  # there is room left for more before
        earliest = max(0, end - room - len(_AFTER))
        earlier = _beginnings(text, earliest, start, beginning)
        if earlier:
            start = earlier[0]
        elif not begins:
            start = _boundary(text, range(earliest, start), start)
    return start, end


def _beginnings(text: str, earliest: int, latest: int, beginning: re.Pattern[str]) -> list[int]:
    """Where, in a part of the text, a sentence or a name begins."""
    found = [match.end() for match in beginning.finditer(text, earliest, latest)]
    return found if earliest else [0, *found]


def _boundary(text: str, places: range, otherwise: int) -> int:
    """The first of some places where a word begins or ends."""
    return next((at for at in places if _is_boundary(text, at)), otherwise)


def _is_boundary(text: str, at: int) -> bool:
    if at in (0, len(text)):
        return True
    before, after = text[at - 1], text[at]
    if before == " " or after == " ":
        return True
    apart = SPACELESS.match(before) or SPACELESS.match(after)
    return apart is not None and not unicodedata.category(after).startswith("M")


def _cut(text: str, found: Sequence[Hit], start: int, end: int, *, marked: bool = True) -> Snippet:
    while start < end and text[start] == " ":
        start += 1
    while end > start and text[end - 1] == " ":
        end -= 1
    before = _BEFORE if marked and start else ""
    after = _AFTER if marked and end < len(text) else ""
    shift = len(before) - start
    inside = [hit for hit in found if hit.start < end and hit.end > start]
    spans = tuple(
        (max(left, start) + shift, min(right, end) + shift) for left, right in joined(inside)
    )
    distinct = len({hit.word for hit in inside})
    return Snippet(f"{before}{text[start:end]}{after}", spans, distinct)
