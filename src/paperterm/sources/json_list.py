"""The elements of a JSON list, one by one, so that one that is broken costs only itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from paperterm.model.record import Refusal
from paperterm.sources.fields import LENIENT

Element = tuple[int, object]
"""The line that a value begins on, and the value; or, where that is broken, its `Refusal`."""

LIST = re.compile(r"\s*\[")
_GAP = re.compile(r"[\s,]*")
_RUN_INTO = 64
_MOST_BROKEN = 1000
"""Broken papers after which a document is given up; each costs another look at all of it."""


def elements(document: str, line: int, again: re.Pattern[str], start: int = 0) -> Iterator[Element]:
    """The elements of the list that begins at `start`, which is on `line`, in `document`.

    After one that is broken, reading goes on where `again` is found: the beginning of the next.
    """
    opened = LIST.match(document, start)
    at = opened.end() if opened else _next(document, start, again)
    counted, broken = start, 0
    while at is not None:
        gap = _GAP.match(document, at)
        at = gap.end() if gap else at
        line, counted = line + document.count("\n", counted, at), at
        if document.startswith(("]", "}"), at):
            return
        if at == len(document):
            yield line, Refusal(line, "the input ends in the middle of its list of papers")
            return
        try:
            value, at = LENIENT.raw_decode(document, at)
        except (ValueError, RecursionError) as error:
            broken += 1
            at = _after(document, at, error, again) if broken < _MOST_BROKEN else None
            end = "" if at else ", and so is all that follows"
            yield line, Refusal(line, f"the JSON of this paper is broken or cut off{end}")
        else:
            yield line, value


def _after(document: str, start: int, error: Exception, again: re.Pattern[str]) -> int | None:
    """Where to go on after what began at `start` could not be read."""
    if not isinstance(error, json.JSONDecodeError):
        return None
    # A string that lost its end may have run into the beginning of the next element.
    return _next(document, max(start + 1, error.pos - _RUN_INTO), again)


def _next(document: str, start: int, again: re.Pattern[str]) -> int | None:
    found = again.search(document, start)
    return found.start() if found else None
