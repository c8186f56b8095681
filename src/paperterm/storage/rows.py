"""Papers as rows of the catalogue, and back."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from paperterm.model import ids
from paperterm.model.paper import Paper, Sighting

CHUNK = 500
"""Ids in one statement; SQLite's own limit on parameters is 999 in old builds."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A paper as the catalogue holds it."""

    id: int
    paper: Paper
    added: str
    """When it first came, an ISO time with zone."""
    day: dt.date
    """The day it stands under in the list."""


def aliases(paper: Paper) -> list[str]:
    """Every name that `paper` is known by, its key among them."""
    names = [ids.title_key(paper.title)]
    if paper.arxiv_id:
        names.append(f"arxiv:{paper.arxiv_id}")
    if paper.doi:
        names.append(f"doi:{paper.doi}")
    return names


def insert(connection: sqlite3.Connection, paper: Paper, added: str, revision: int) -> int:
    """Add a row and all that hangs on it; returns the new id."""
    columns = _columns(paper, added, revision)
    names, places = ",".join(columns), ",".join(f":{name}" for name in columns)
    cursor = connection.execute(f"INSERT INTO paper ({names}) VALUES ({places})", columns)
    paper_id = cursor.lastrowid
    assert paper_id is not None
    _write_rest(connection, paper_id, paper)
    return paper_id


def replace(
    connection: sqlite3.Connection, paper_id: int, paper: Paper, added: str, revision: int
) -> None:
    """Write a row anew under its id; aliases are only ever added."""
    columns = _columns(paper, added, revision)
    settings = ",".join(f"{name} = :{name}" for name in columns)
    connection.execute(
        f"UPDATE paper SET {settings} WHERE id = :id",
        {**columns, "id": paper_id},
    )
    connection.execute("DELETE FROM sighting WHERE id = ?", (paper_id,))
    _write_rest(connection, paper_id, paper)


def _columns(paper: Paper, added: str, revision: int) -> dict[str, str | int | None]:
    day = paper.day
    places = [s.position for s in paper.sightings if s.day == day] if day else []
    return {
        "key": paper.key,
        "title": paper.title,
        "sort_title": ids.normal_title(paper.title),
        "authors": json.dumps(paper.authors, ensure_ascii=False),
        "author_count": paper.author_count,
        "published": paper.published.isoformat() if paper.published else None,
        "year_assumed": paper.year_assumed,
        "comments": paper.comments,
        "upvotes": paper.upvotes,
        "arxiv_id": paper.arxiv_id,
        "doi": paper.doi,
        "link": paper.link,
        "categories": json.dumps(paper.categories, ensure_ascii=False),
        "code": paper.code,
        "project": paper.project,
        "venue": paper.venue,
        "plain_venue": ids.normal_title(paper.venue or ""),
        "updated": paper.updated.isoformat() if paper.updated else None,
        "submitter": paper.submitter,
        "day": day.isoformat() if day else _local_day(added),
        "position": min(places, default=0),
        "added": added,
        "revision": revision,
    }


def _local_day(added: str) -> str:
    return dt.datetime.fromisoformat(added).astimezone().date().isoformat()


def _write_rest(connection: sqlite3.Connection, paper_id: int, paper: Paper) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO abstract (id, text, is_summary, ai_summary, keywords)"
        " VALUES (?, ?, ?, ?, ?)",
        (
            paper_id,
            paper.abstract,
            paper.abstract_is_summary,
            paper.ai_summary,
            json.dumps(paper.keywords, ensure_ascii=False),
        ),
    )
    connection.executemany(
        "INSERT OR IGNORE INTO alias VALUES (?, ?)",
        [(name, paper_id) for name in aliases(paper)],
    )
    connection.executemany(
        "INSERT INTO sighting VALUES (?, ?, ?, ?)",
        [
            (paper_id, s.source, s.day.isoformat() if s.day else "", s.position)
            for s in paper.sightings
        ],
    )


_FETCHED = (
    "paper.id, title, abstract.text, is_summary, authors, author_count, published, year_assumed,"
    " comments, upvotes, arxiv_id, doi, link, categories, added, day,"
    " code, project, venue, updated, submitter, ai_summary, keywords"
)


def fetch(connection: sqlite3.Connection, wanted: Sequence[int]) -> dict[int, Stored]:
    """The papers of these ids, whatever the number; those that are gone are left out."""
    found: dict[int, Stored] = {}
    for start in range(0, len(wanted), CHUNK):
        chunk = tuple(wanted[start : start + CHUNK])
        places = ",".join("?" * len(chunk))
        sightings: dict[int, list[Sighting]] = {}
        for paper_id, source, day, position in connection.execute(
            f"SELECT id, source, day, position FROM sighting WHERE id IN ({places})"
            " ORDER BY id, source, day",
            chunk,
        ):
            sightings.setdefault(paper_id, []).append(Sighting(source, _date(day), position))
        for row in connection.execute(
            f"SELECT {_FETCHED} FROM paper JOIN abstract USING (id) WHERE paper.id IN ({places})",
            chunk,
        ):
            found[row[0]] = _stored(row, sightings.get(row[0], []))
    return found


def _stored(row: tuple[object, ...], sightings: list[Sighting]) -> Stored:
    (paper_id, title, abstract, is_summary, authors, author_count, published) = row[:7]
    (year_assumed, comments, upvotes, arxiv_id, doi, link, categories, added, day) = row[7:16]
    (code, project, venue, updated, submitter, ai_summary, keywords) = row[16:]
    paper = Paper(
        title=str(title),
        abstract=str(abstract),
        abstract_is_summary=bool(is_summary),
        authors=tuple(_names(authors)),
        author_count=_whole(author_count),
        published=_date(published),
        year_assumed=bool(year_assumed),
        comments=_whole(comments),
        upvotes=_whole(upvotes),
        arxiv_id=_maybe(arxiv_id),
        doi=_maybe(doi),
        link=_maybe(link),
        categories=tuple(_names(categories)),
        code=_maybe(code),
        project=_maybe(project),
        venue=_maybe(venue),
        updated=_date(updated),
        submitter=_maybe(submitter),
        ai_summary=str(ai_summary),
        keywords=tuple(_names(keywords)),
        sightings=tuple(sightings),
    )
    assert isinstance(paper_id, int)
    return Stored(paper_id, paper, str(added), _date(day) or dt.date.min)


def _names(value: object) -> Iterator[str]:
    try:
        parsed = json.loads(str(value))
    except ValueError:
        return
    if isinstance(parsed, list):
        yield from (name for name in parsed if isinstance(name, str))


def _date(value: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) and value else None
    except ValueError:
        return None


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _maybe(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
