"""Changes of a reader's marks as the journal of older files has them: JSON."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping

from paperterm.model.marks import Change

_NEXT = re.compile(r"\s*[\[,]\s*(?=\{)")


def read_back(text: str) -> list[Change]:
    """The changes of one action, as an earlier release wrote them."""
    return [_from_json(item) for item in _items(text)]


def _items(text: str) -> Iterator[Mapping[str, object]]:
    """The objects of a JSON array, one after another. Raises `ValueError` where it is none."""
    read, at = json.JSONDecoder().raw_decode, 0
    while match := _NEXT.match(text, at):
        item, at = read(text, match.end())
        yield item
    if text[at:].strip() not in ("]", "[]"):
        raise ValueError("not an array of changes")


def _from_json(item: Mapping[str, object]) -> Change:
    return Change(
        str(item["key"]),
        _flag(item.get("bookmarked")),
        _flag(item.get("read")),
        _tags(item.get("add")),
        _tags(item.get("remove")),
        _text(item.get("note")),
        _text(item.get("former_note")),
        _flag(item.get("archived")),
        _day(item.get("later")),
        _flag(item.get("removed")),
    )


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _tags(value: object) -> tuple[str, ...]:
    return tuple(str(tag) for tag in value) if isinstance(value, list) else ()


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _day(value: object) -> dt.date | None:
    return dt.date.fromisoformat(value) if isinstance(value, str) else None
