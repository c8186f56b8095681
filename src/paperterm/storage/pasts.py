"""How papers stood in a library: when they came, with which import, and their other names."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Mapping

from paperterm.model.record import Past
from paperterm.storage.rows import CHUNK, Stored, aliases


def of(connection: sqlite3.Connection, papers: Mapping[int, Stored]) -> dict[int, Past]:
    """How these papers of the catalogue's stand."""
    came = dict(_rows(connection, "SELECT id, import FROM came WHERE id", papers))
    names: dict[int, list[str]] = {}
    for paper_id, name in _rows(connection, "SELECT id, name FROM alias WHERE id", papers):
        if name not in aliases(papers[paper_id].paper):
            names.setdefault(paper_id, []).append(name)
    return {
        paper_id: Past(one.added, came.get(paper_id, ""), tuple(sorted(names.get(paper_id, ()))))
        for paper_id, one in papers.items()
    }


def _rows(
    connection: sqlite3.Connection, sql: str, ids: Collection[int]
) -> Iterator[tuple[int, str]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), CHUNK):
        chunk = tuple(ordered[start : start + CHUNK])
        yield from connection.execute(f"{sql} IN ({','.join('?' * len(chunk))})", chunk)


def add_names(connection: sqlite3.Connection, names: Mapping[int, Collection[str]]) -> None:
    """Let papers be known by these names, too."""
    connection.executemany(
        "INSERT OR IGNORE INTO alias VALUES (?, ?)",
        sorted((name, paper_id) for paper_id, some in names.items() for name in some),
    )


def note_came(connection: sqlite3.Connection, came: Mapping[int, str]) -> None:
    """Papers of the catalogue's came new with the imports of these names."""
    connection.executemany(
        "INSERT OR REPLACE INTO came SELECT id, ? FROM paper WHERE id = ?",
        [(name, paper_id) for paper_id, name in came.items()],
    )


def imports_gone(connection: sqlite3.Connection) -> set[str]:
    """The names of the imports that are taken back; with the reader's marks attached."""
    return {row[0] for row in connection.execute("SELECT name FROM marks.import_gone")}
