"""Changes of a reader's marks as the journal writes them down: JSON."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator, Mapping

from paperterm.model.marks import Change

_NEXT = re.compile(r"\s*[\[,]\s*(?=\{)")


def written(changes: Iterable[Change]) -> str:
    """The changes of one action, as one line.

    Change by change: while a long line is made or read, other threads get their turns.
    """
    return f"[{', '.join(json.dumps(_to_json(change)) for change in changes)}]"


def read_back(text: str) -> list[Change]:
    """The changes that `written` wrote, now or in an earlier release."""
    return [_from_json(item) for item in _items(text)]


def _items(text: str) -> Iterator[Mapping[str, object]]:
    """The objects of a JSON array, one after another. Raises `ValueError` where it is none."""
    read, at = json.JSONDecoder().raw_decode, 0
    while match := _NEXT.match(text, at):
        item, at = read(text, match.end())
        yield item
    if text[at:].strip() not in ("]", "[]"):
        raise ValueError("not an array of changes")


def _to_json(change: Change) -> dict[str, object]:
    return {
        name: value
        for name, value in (
            ("key", change.key),
            ("bookmarked", change.bookmarked),
            ("read", change.read),
            ("add", list(change.add) or None),
            ("remove", list(change.remove) or None),
            ("note", change.note),
            ("former_note", change.former_note),
            ("archived", change.archived),
            ("later", change.later and change.later.isoformat()),
            ("former_later", change.former_later and change.former_later.isoformat()),
            ("removed", change.removed),
        )
        if value is not None
    }


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
        _day(item.get("former_later")),
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
