"""Papers, and short ways to put them in, find them and mark them."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from paperterm.library.door import Library
from paperterm.library.intake import Tally
from paperterm.library.marking import Marked
from paperterm.library.paths import Paths
from paperterm.library.view import Entry
from paperterm.model.marks import Change, Marks
from paperterm.model.paper import Paper, Sighting
from paperterm.model.parse import parse
from paperterm.model.query import Query
from paperterm.model.record import Record

DAY = dt.date(2025, 11, 6)
NOBODY = 65534


def paths_in(folder: Path) -> Paths:
    return Paths(*(folder / name for name in ("data", "config", "cache", "state")))


def seen(source: str = "page", day: dt.date | None = DAY, position: int = 0) -> Sighting:
    return Sighting(source, day, position)


def paper(title: str = "Attention Is All You Need", **facts: Any) -> Paper:
    facts.setdefault("sightings", (seen(),))
    return Paper(title, **facts)


def record(
    title: str = "Attention Is All You Need", marks: Marks | None = None, **f: Any
) -> Record:
    return Record(paper(title, **f), marks=marks or Marks())


def numbered(number: int, **facts: Any) -> Paper:
    """One of any number of papers that arXiv has."""
    facts.setdefault("arxiv_id", f"2401.{number:05}")
    facts.setdefault("abstract", f"Abstract of number {number}.")
    facts.setdefault("sightings", (seen(position=number),))
    return Paper(f"Paper number {number}", **facts)


def take_in(library: Library, *papers: Paper | Record) -> Tally:
    return library.add(p if isinstance(p, Record) else Record(p) for p in papers)


def everything(library: Library) -> list[Entry]:
    return library.entries(library.find(Query()).ids)


def only(library: Library) -> Entry:
    """The library's one paper."""
    (entry,) = everything(library)
    return entry


def entry_of(library: Library, title: str) -> Entry:
    (found,) = [entry for entry in everything(library) if entry.paper.title == title]
    return found


def titles(library: Library, text: str) -> list[str]:
    """What a query of this text shows, in its order."""
    view = library.find(parse(text, typing=False))
    return [entry.paper.title for entry in library.entries(view.ids)]


def mark(
    library: Library, entries: Entry | Sequence[Entry], label: str = "", **asked: Any
) -> Marked:
    entries = [entries] if isinstance(entries, Entry) else entries
    changes = [Change(entry.paper.key, **asked) for entry in entries]
    return library.mark(changes, label or " ".join(asked), entries)


def marks_by_title(library: Library) -> dict[str, Marks]:
    return {entry.paper.title: entry.marks for entry in everything(library) if entry.marks}


def contents(library: Library) -> list[tuple[Paper, Marks]]:
    """All of a library that does not depend on when or how it was filled."""
    pairs = [(entry.paper, entry.marks) for entry in everything(library)]
    return sorted(pairs, key=lambda pair: pair[0].key)


@contextlib.contextmanager
def without_power() -> Iterator[None]:
    """For root: permissions count within the block, as they do for everybody else."""
    if os.geteuid():
        yield
        return
    os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


def make_newer(path: Path) -> None:
    """As if a later paperterm had written this file."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        connection.execute(f"PRAGMA user_version = {version + 1}")


def tear(path: Path, start: int = 4096) -> None:
    """Damage in the middle of a file, which opening it does not notice."""
    content = bytearray(path.read_bytes())
    content[start:] = b"\xff" * (len(content) - start)
    path.write_bytes(content)
