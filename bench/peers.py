"""paperterm's search and its peers behind one interface: a question is prepared, then asked.

Only asking is timed. It ends when the number of papers found is known, and the best 50 of them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from bench.questions import TAG, TAGGED_EVERY, TYPED, Kind, Question
from paperterm.library.door import Library
from paperterm.library.paths import Paths
from paperterm.model.parse import parse
from paperterm.model.query import FactLeaf, Node, Query
from paperterm.search.reader import Reader

BEST = 50
ENGINE, WHOLE, FTS5, TANTIVY = "paperterm", "paperterm, whole path", "FTS5", "tantivy"

Ask = Callable[[], int]
"""Asks, and says how many papers were found."""


class Engine(Protocol):
    """Something that finds papers."""

    name: str

    def prepare(self, question: Question) -> Ask | None:
        """A function that asks; None when this engine has no way of asking that."""

    def close(self) -> None:
        """Give the files back."""


class Index:
    """paperterm's engine alone: `search.reader.Reader`, given a query that has been parsed."""

    name = ENGINE

    def __init__(self, folder: Path) -> None:
        self._reader = Reader(folder)

    def prepare(self, question: Question) -> Ask:
        """A function that asks."""
        return partial(self._ask, _query(question).root)

    def _ask(self, root: Node) -> int:
        return len(self._reader.search(root, _no_facts).ids)

    def close(self) -> None:
        """Give the files back."""
        self._reader.close()


class Engined:
    """paperterm's engine; questions of dates and tags go through the library, which knows these."""

    name = ENGINE

    def __init__(self, paths: Paths) -> None:
        self._index = Index(paths.index)
        self._library = Library(paths)
        self._library.warm_up()

    def prepare(self, question: Question) -> Ask:
        """A function that asks."""
        if question.kind in (Kind.DATED, Kind.TAGGED):
            return partial(_find, self._library, _query(question))
        return self._index.prepare(question)

    def close(self) -> None:
        """Give the files back."""
        self._index.close()
        self._library.close()


class Whole:
    """What a key in the search bar sets going: parse the text, then find through the library."""

    name = WHOLE

    def __init__(self, paths: Paths) -> None:
        self._library = Library(paths)
        self._library.warm_up()

    def prepare(self, question: Question) -> Ask:
        """A function that asks."""
        return lambda: _find(self._library, _query(question))

    def close(self) -> None:
        """Give the files back."""
        self._library.close()


def _find(library: Library, query: Query) -> int:
    return len(library.find(query).ids)


def _query(question: Question) -> Query:
    return parse(question.text, typing=question.kind in TYPED)


def _no_facts(leaf: FactLeaf) -> list[int]:
    raise ValueError(f"{leaf} is not a question of words")


class FullText:
    """SQLite's FTS5, as `work.full_text_table` makes it; the title is worth five abstracts.

    It is asked twice: for the best, and for how many there are.
    """

    name = FTS5

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(file)

    def prepare(self, question: Question) -> Ask | None:
        """A function that asks; FTS5 knows no typos."""
        if question.kind is Kind.TYPO:
            return None
        source, order = "FROM paper WHERE paper MATCH ?", "rank"
        values: tuple[object, ...] = (_match(question),)
        if question.kind in (Kind.DATED, Kind.TAGGED):
            source = "FROM paper JOIN fact ON fact.id = paper.rowid WHERE paper MATCH ?"
        if question.kind is Kind.DATED:
            source, order = f"{source} AND day BETWEEN ? AND ?", "day DESC"
            values += (question.first.isoformat(), question.last.isoformat())
        if question.kind is Kind.TAGGED:
            source, values = f"{source} AND tag = ?", (*values, TAG)
        best = f"SELECT paper.rowid {source} ORDER BY {order} LIMIT {BEST}"
        return partial(self._ask, best, f"SELECT count(*) {source}", values)

    def _ask(self, best: str, count: str, values: tuple[object, ...]) -> int:
        self._connection.execute(best, values).fetchall()
        found: int = self._connection.execute(count, values).fetchone()[0]
        return found

    def replace(self, number: int, title: str) -> None:
        """Give a paper another title."""
        with self._connection:
            self._connection.execute("UPDATE paper SET title = ? WHERE rowid = ?", (title, number))

    def close(self) -> None:
        """Give the file back."""
        self._connection.close()


def _match(question: Question) -> str:
    words = [f'"{word}"' for word in question.words]
    if question.kind is Kind.PHRASE:
        return f'"{" ".join(question.words)}"'
    if question.kind in TYPED:
        words[-1] += " *"
    return (" OR " if question.kind is Kind.ANY else " AND ").join(words)


def make_ready(file: Path, papers: Iterable[dict[str, Any]]) -> None:
    """Put what questions ask for beside FTS5's table: days and tags, by the papers' numbers.

    The table itself learns what a title is worth, and is made one piece, as fast as it can be.
    """
    rows = (
        (number, paper["published"], TAG if number % TAGGED_EVERY == 0 else None)
        for number, paper in enumerate(papers, 1)
    )
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE fact (id INTEGER PRIMARY KEY, day TEXT, tag TEXT)")
        connection.executemany("INSERT INTO fact VALUES (?, ?, ?)", rows)
        connection.execute("INSERT INTO paper (paper, rank) VALUES ('rank', 'bm25(5, 1, 1)')")
        connection.execute("INSERT INTO paper (paper) VALUES ('optimize')")
    connection.close()


def has_tantivy() -> bool:
    """Whether tantivy is installed."""
    with suppress(ImportError):
        from bench import peer_tantivy  # noqa: F401

        return True
    return False
