"""A digest as one JSON object on one line."""

from __future__ import annotations

from collections.abc import Iterator

from paperterm.exports import jsonl
from paperterm.model.digest import Digest, Item, Section


def lines(digest: Digest, *, ascii_only: bool = False) -> Iterator[str]:
    """The one line of it; with `ascii_only`, in ASCII."""
    told = {
        "day": digest.day.isoformat(),
        "since": digest.since,
        "new": digest.new,
        "troubles": list(digest.troubles),
        "sections": [_section(section) for section in digest.sections],
    }
    yield jsonl.json_text(told, ascii_only=ascii_only)


def _section(section: Section) -> dict[str, object]:
    return {
        "part": section.part.value,
        "name": section.name or None,
        "day": section.day.isoformat() if section.day else None,
        "papers": [_item(item) for item in section.items],
        "more": section.more,
    }


def _item(item: Item) -> dict[str, object]:
    return {**jsonl.record(item.paper, item.marks), "also": list(item.also)}
