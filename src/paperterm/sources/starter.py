"""The starter shelf: the papers that a new library begins with, and our summaries of them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from paperterm.model.paper import Paper, Sighting
from paperterm.model.record import Record
from paperterm.sources.fields import count_of, day_of, text_of, texts_of

SOURCE = "starter"
"""The name of this source in sightings."""

_DAY = dt.date(2025, 11, 6)


def read_starter(path: Path | None = None) -> Iterator[Record]:
    """The papers of the starter shelf, or of a file like it, in their order."""
    shelf: Traversable = path or files("paperterm") / "data" / "starter.jsonl"
    lines = shelf.read_text(encoding="utf-8").splitlines()
    for position, line in enumerate(lines):
        value = json.loads(line)
        summary = text_of(value.get("summary"))
        paper = Paper(
            title=text_of(value["title"]),
            abstract=summary,
            abstract_is_summary=bool(summary),
            authors=texts_of(value.get("authors")),
            author_count=count_of(value.get("author_count")),
            published=day_of(value.get("published")),
            comments=count_of(value.get("comments")),
            arxiv_id=value.get("arxiv_id"),
            sightings=(Sighting(SOURCE, _DAY, position),),
        )
        yield Record(paper, position + 1)
