"""One piece of work in a process of its own: `python -m bench.work NAME FILE FOLDER`.

It prints the seconds it took, imports not counted, so that whoever started it sees its memory too.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from paperterm.library.paths import Paths

Row = tuple[Any, ...]


def papers_in(file: Path) -> Iterator[dict[str, Any]]:
    """The papers of a file of JSON lines."""
    with file.open(encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


def read_only(file: Path, folder: Path) -> float:
    """Read the JSON and do nothing with it."""
    begun = time.perf_counter()
    for _ in papers_in(file):
        pass
    return time.perf_counter() - begun


def plain_table(file: Path, folder: Path) -> float:
    """sqlite3's `executemany` into one table that has a key and no other index."""
    begun = time.perf_counter()
    with sqlite3.connect(folder / "table.db") as connection:
        connection.execute(
            "CREATE TABLE paper (id TEXT PRIMARY KEY, title, abstract, authors, published,"
            " comments, upvotes, url)"
        )
        connection.executemany("INSERT INTO paper VALUES (?,?,?,?,?,?,?,?)", _rows(file))
    connection.close()
    return time.perf_counter() - begun


def _rows(file: Path) -> Iterator[Row]:
    for paper in papers_in(file):
        yield (
            paper["id"],
            paper["title"],
            paper["abstract"],
            json.dumps(paper["authors"]),
            paper["published"],
            paper["comments"],
            paper["upvotes"],
            paper["url"],
        )


def full_text_table(file: Path, folder: Path) -> float:
    """SQLite's FTS5, stemmed and with prefixes, as a search while typing needs it."""
    begun = time.perf_counter()
    with sqlite3.connect(folder / "fts.db") as connection:
        connection.execute(
            "CREATE VIRTUAL TABLE paper USING fts5"
            "(title, abstract, authors, tokenize = 'porter unicode61', prefix = '2 3')"
        )
        connection.executemany(
            "INSERT INTO paper VALUES (?,?,?)", (row[1:4] for row in _rows(file))
        )
    connection.close()
    return time.perf_counter() - begun


def tantivy_index(file: Path, folder: Path) -> float:
    """tantivy's index, stemmed, with the facts that questions ask for; one thread writes."""
    from bench import peer_tantivy

    begun = time.perf_counter()
    peer_tantivy.build(papers_in(file), folder / "tantivy")
    return time.perf_counter() - begun


def take_in(file: Path, folder: Path) -> float:
    """paperterm's import: read, settle identity, merge, store. The index comes after."""
    from paperterm.library.door import Library
    from paperterm.model.record import Context
    from paperterm.sources import registry

    with Library(paths_in(folder)) as library, file.open("rb") as stream:
        begun = time.perf_counter()
        tally = library.add(registry.read(stream, Context(file.name, date.today())))
        taken = time.perf_counter() - begun
    if tally.refused:
        raise ValueError(tally.refused[0].reason)
    return taken


def build_index(file: Path, folder: Path) -> float:
    """paperterm's index, built from a library that has been taken in."""
    from paperterm.library.door import Library
    from paperterm.search import store  # noqa: F401 - its imports are not what is measured

    with Library(paths_in(folder)) as library:
        begun = time.perf_counter()
        library.bring_up_index(anew=True)
        return time.perf_counter() - begun


def paths_in(folder: Path) -> Paths:
    """Where `take_in` and `build_index` keep the library."""
    from paperterm.library.paths import Paths

    return Paths(folder / "data", folder / "config", folder / "cache", folder / "state")


WORKS: dict[str, Callable[[Path, Path], float]] = {
    work.__name__: work
    for work in (read_only, plain_table, full_text_table, tantivy_index, take_in, build_index)
}


def main() -> None:
    """Do the work and print the seconds."""
    name, file, folder = sys.argv[1:]
    seconds = WORKS[name](Path(file), Path(folder))
    sys.stdout.write(f"{seconds}\n")


if __name__ == "__main__":
    main()
