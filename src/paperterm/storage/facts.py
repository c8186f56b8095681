"""What SQLite answers of a query: fact leaves as sets of ids, orders, and a plain scan.

Every function takes the catalogue's connection with the reader's marks attached (see
`catalogue.attach_marks`), and returns ids of the catalogue.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import sqlite3
from array import array
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from paperterm.model.ids import normal_title
from paperterm.model.query import (
    Category,
    Counted,
    Dated,
    FactLeaf,
    Field,
    Has,
    Holds,
    Is,
    Listed,
    Place,
    Sort,
    State,
    Tag,
    TextLeaf,
    Thing,
)
from paperterm.storage.marks import MARKED

_PUT_BY = "(read = 1 OR archived = 1 OR removed = 1 OR later > :today)"
"""What is true of the state of a paper that is not in the Inbox."""
_UNREAD = "SELECT id FROM paper WHERE key NOT IN (SELECT key FROM marks.state WHERE read = 1)"
_CAME_WITH_REMOVED = (
    "SELECT id FROM came JOIN paper USING (id) WHERE import IN (SELECT name FROM marks.import_gone)"
    f" AND key NOT IN (SELECT key FROM marks.state WHERE {MARKED}"
    " UNION ALL SELECT key FROM marks.tag UNION ALL SELECT key FROM marks.note"
    " UNION ALL SELECT key FROM marks.edit)"
)
"""Papers without a mark that came with an import which was taken back."""
_NOTED = "SELECT id FROM paper WHERE key IN (SELECT key FROM marks.note)"
_STATES = {
    State.BOOKMARKED: "SELECT id FROM paper WHERE key IN"
    " (SELECT key FROM marks.state WHERE bookmarked = 1)",
    State.READ: "SELECT id FROM paper WHERE key IN (SELECT key FROM marks.state WHERE read = 1)",
    State.UNREAD: _UNREAD,
    State.TAGGED: "SELECT id FROM paper WHERE key IN (SELECT key FROM marks.tag)",
    State.NOTED: _NOTED,
    State.INBOX: "SELECT id FROM paper WHERE key NOT IN"
    f" (SELECT key FROM marks.state WHERE {_PUT_BY})",
    State.ARCHIVED: "SELECT paper.id FROM marks.state JOIN paper USING (key) WHERE archived = 1",
    State.LATER: "SELECT paper.id FROM marks.state JOIN paper USING (key) WHERE later > :today",
    State.REMOVED: "SELECT paper.id FROM marks.state JOIN paper USING (key) WHERE removed = 1"
    f" UNION ALL {_CAME_WITH_REMOVED}",
}
_THINGS = {
    Thing.ABSTRACT: "SELECT id FROM abstract WHERE text <> '' AND NOT is_summary",
    Thing.PDF: "SELECT id FROM paper WHERE arxiv_id IS NOT NULL",
    Thing.CODE: "SELECT id FROM paper WHERE code IS NOT NULL",
    Thing.PROJECT: "SELECT id FROM paper WHERE project IS NOT NULL",
    Thing.NOTE: _NOTED,
}
_PLACES = {
    Place.VENUE: "SELECT id FROM paper WHERE instr(plain_venue, ?)",
    Place.NOTE: "SELECT paper.id FROM marks.note JOIN paper USING (key) WHERE instr(folded, ?)",
}
_ORDERS = {
    Sort.RELEVANCE: "day DESC, position, id",
    Sort.DAY: "day DESC, position, id",
    Sort.DATE: "published IS NULL, published DESC, id",
    Sort.ADDED: "added DESC, day DESC, position, id",
    Sort.UPVOTES: "upvotes IS NULL, upvotes DESC, day DESC, position, id",
    Sort.COMMENTS: "comments IS NULL, comments DESC, day DESC, position, id",
    Sort.TITLE: "sort_title, id",
}
_LAST = "\U0010ffff"
_DAYS = (dt.date.min, dt.date.max)


def ids_of(connection: sqlite3.Connection, leaf: FactLeaf, today: dt.date) -> array[int]:
    """The papers that a fact leaf finds, ascending; `today` says which were put off until now."""
    sql, values = _statement(leaf, today)
    found = connection.execute(f"SELECT DISTINCT id FROM ({sql}) ORDER BY id", values)
    return array("q", (row[0] for row in found))


def hidden(connection: sqlite3.Connection) -> array[int]:
    """The papers that are shown only to who asks for them, ascending."""
    return ids_of(connection, Is(State.REMOVED), dt.date.min)


_Values = tuple[str | int, ...] | dict[str, str]


def _statement(leaf: FactLeaf, today: dt.date) -> tuple[str, _Values]:
    match leaf:
        case Is(state):
            return _STATES[state], {"today": today.isoformat()}
        case Has(thing):
            return _THINGS[thing], ()
        case Tag(name, prefix):
            return _tagged(name.casefold().strip("/"), prefix)
        case Category(name):
            whole, below = f'"{name}"'.casefold(), f'"{name}.'.casefold()
            return (
                "SELECT id FROM paper WHERE instr(lower(categories), ?)"
                " OR instr(lower(categories), ?)",
                (whole, below),
            )
        case Holds(place, text):
            return _PLACES[place], (normal_title(text),)
        case Dated(first, last):
            return "SELECT id FROM paper WHERE published BETWEEN ? AND ?", _span(first, last)
        case Listed(first, last):
            span = _span(first, last)
            return (
                "SELECT id FROM sighting WHERE day BETWEEN ? AND ?"
                " UNION ALL SELECT id FROM paper WHERE day BETWEEN ? AND ?",
                span + span,
            )
        case Counted(number, least, most):
            least = 0 if least is None else least
            most = 2**62 if most is None else most
            return (
                f"SELECT id FROM paper WHERE {number.value} BETWEEN ? AND ?",
                (min(least, 2**62), min(most, 2**62)),
            )


def _tagged(tag: str, prefix: bool) -> tuple[str, tuple[str, ...]]:
    base = "SELECT paper.id FROM marks.tag JOIN paper USING (key) WHERE "
    if prefix:
        return base + "folded BETWEEN ? AND ?", (tag, tag + _LAST)
    return base + "folded = ? OR folded BETWEEN ? AND ?", (tag, f"{tag}/", f"{tag}/{_LAST}")


def _span(first: dt.date | None, last: dt.date | None) -> tuple[str, str]:
    return (first or _DAYS[0]).isoformat(), (last or _DAYS[1]).isoformat()


def in_order(connection: sqlite3.Connection, sort: Sort) -> tuple[array[int], list[str]]:
    """Every id in the order of `sort`, and beside each the day it stands under (ISO)."""
    found = connection.execute(f"SELECT id, day FROM paper ORDER BY {_ORDERS[sort]}").fetchall()
    return array("q", (row[0] for row in found)), [row[1] for row in found]


def scan(connection: sqlite3.Connection, leaf: TextLeaf) -> set[int]:
    """The papers that hold the leaf's text as a substring: for while there is no index.

    Case is ignored; accents are ignored in titles.
    """
    text = " ".join(leaf.text.split())
    plain = normal_title(text)
    wanted = leaf.field
    parts: list[str] = []
    if wanted in (Field.ANY, Field.TITLE):
        parts.append("SELECT id FROM paper WHERE instr(sort_title, :plain)")
        parts.append("SELECT id FROM paper WHERE instr(lower(title), lower(:text))")
    if wanted in (Field.ANY, Field.ABSTRACT):
        parts.append("SELECT id FROM abstract WHERE instr(lower(text), lower(:text))")
    if wanted in (Field.ANY, Field.AUTHOR):
        parts.append("SELECT id FROM paper WHERE instr(lower(authors), lower(:text))")
    if wanted in (Field.ANY, Field.ID):
        parts.append("SELECT id FROM paper WHERE instr(arxiv_id, :text) OR instr(doi, :text)")
    values = {"plain": plain, "text": text}
    return {row[0] for row in connection.execute(" UNION ".join(parts), values)}


_DAYS_OF = (
    "SELECT id, day FROM sighting WHERE day <> ''{0} UNION SELECT id, day FROM paper WHERE true{0}"
)
_AMONG = " AND id IN (SELECT value FROM json_each(?1))"
_CUTS = {10: "", 7: "-01", 4: "-01-01"}
"""Characters of an ISO day that tell the day, the month, the year; and what makes a day of them."""


def calendar_counts(
    connection: sqlite3.Connection, characters: int, among: Collection[int] | None = None
) -> dict[dt.date, int]:
    """How many papers stand under each day, or month or year, newest first.

    `characters` of the ISO day tell them apart: 10, 7 or 4; a month is told by its first day.
    `among` are the papers that count, all if None.
    """
    days = _DAYS_OF.format("" if among is None else _AMONG)
    found = connection.execute(
        f"SELECT substr(day, 1, {characters}) AS span, count(DISTINCT id) FROM ({days})"
        " GROUP BY span ORDER BY span DESC",
        () if among is None else (json.dumps(list(among)),),
    )
    return dict(_dated(found, _CUTS[characters]))


def _dated(rows: Iterable[tuple[object, int]], rest: str) -> Iterator[tuple[dt.date, int]]:
    """The rows whose day is one; in a damaged catalogue anything may stand there."""
    for span, count in rows:
        with contextlib.suppress(ValueError, TypeError):
            yield dt.date.fromisoformat(f"{span}{rest}"), count


@dataclass(frozen=True, slots=True)
class StateCounts:
    """How many papers there are in each state that has a shelf."""

    all: int
    inbox: int
    bookmarks: int
    later: int
    archived: int
    removed: int


def state_counts(connection: sqlite3.Connection, today: dt.date, gone: int) -> StateCounts:
    """How many papers there are in each state; `gone` is how many are `hidden`."""
    all_of_them = connection.execute("SELECT count(*) FROM paper").fetchone()[0]
    put_by, bookmarked, later, archived, removed = connection.execute(
        f"SELECT count(*) FILTER (WHERE {_PUT_BY}),"
        " count(*) FILTER (WHERE bookmarked = 1 AND removed = 0),"
        " count(*) FILTER (WHERE later > :today AND removed = 0),"
        " count(*) FILTER (WHERE archived = 1 AND removed = 0),"
        " count(*) FILTER (WHERE removed = 1) FROM marks.state JOIN paper USING (key)",
        {"today": today.isoformat()},
    ).fetchone()
    # Those that are gone without being marked as removed bear no mark at all.
    inbox = all_of_them - put_by - (gone - removed)
    return StateCounts(all_of_them - gone, inbox, bookmarked, later, archived, gone)


def tagged(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """Every tag with each paper that carries it, but for those taken out of the library."""
    return connection.execute(
        "SELECT tag, paper.id FROM marks.tag JOIN paper USING (key)"
        " WHERE key NOT IN (SELECT key FROM marks.state WHERE removed = 1)"
    ).fetchall()


def marks_version(connection: sqlite3.Connection) -> int:
    """Changes whenever another connection has changed the file of marks."""
    version: int = connection.execute("PRAGMA marks.data_version").fetchone()[0]
    return version


def stray_keys(connection: sqlite3.Connection) -> list[str]:
    """Keys that carry marks and are no paper's key."""
    found = connection.execute(
        f"SELECT key FROM marks.state WHERE {MARKED}"
        " AND key NOT IN (SELECT key FROM paper)"
        " UNION SELECT key FROM marks.tag WHERE key NOT IN (SELECT key FROM paper)"
        " UNION SELECT key FROM marks.note WHERE key NOT IN (SELECT key FROM paper)"
        " UNION SELECT key FROM marks.edit WHERE key NOT IN (SELECT key FROM paper)"
    )
    return [row[0] for row in found]
