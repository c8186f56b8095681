"""Papers as rows of the catalogue, and back."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from paperterm.model import ids
from paperterm.model.edits import with_told
from paperterm.model.paper import Paper, Sighting
from paperterm.storage import edits

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
    """Every name that `paper` is known by, its key among them; none of an edit's."""
    paper = paper.as_told
    names = [ids.title_key(paper.title)]
    if paper.arxiv_id:
        names.append(f"arxiv:{paper.arxiv_id}")
    if paper.doi:
        names.append(f"doi:{paper.doi}")
    return names


_COLUMNS = (
    "key", "title", "sort_title", "authors", "author_count", "published", "year_assumed",
    "comments", "upvotes", "arxiv_id", "doi", "link", "categories", "code", "project", "venue",
    "plain_venue", "updated", "submitter", "day", "position", "added", "revision",
)  # fmt: skip
_INSERT = f"INSERT INTO paper (id, {','.join(_COLUMNS)}) VALUES (?{',?' * len(_COLUMNS)})"
_UPDATE = f"UPDATE paper SET {','.join(f'{name} = ?' for name in _COLUMNS)} WHERE id = ?"
_listed = json.JSONEncoder(ensure_ascii=False).encode


def insert(
    connection: sqlite3.Connection, papers: Mapping[int, Paper], added: str, revision: int
) -> None:
    """Add papers under ids that no paper has had, and all that hangs on them."""
    today = _local_day(added)
    connection.executemany(
        _INSERT,
        [(paper_id, *_values(paper, today, added, revision)) for paper_id, paper in papers.items()],
    )
    _write_rest(connection, papers)


def replace(
    connection: sqlite3.Connection, paper_id: int, paper: Paper, added: str, revision: int
) -> None:
    """Write a row anew under its id, an edit laid over it; aliases are only ever added."""
    paper = edits.over(connection, paper_id, paper)
    values = _values(paper, _local_day(added), added, revision)
    connection.execute(_UPDATE, (*values, paper_id))
    connection.execute("DELETE FROM sighting WHERE id = ?", (paper_id,))
    _write_rest(connection, {paper_id: paper})


def _values(paper: Paper, today: str, added: str, revision: int) -> tuple[str | int | None, ...]:
    """What stands in `_COLUMNS`; `today` is the local day of `added`."""
    day = paper.day
    places = [s.position for s in paper.sightings if s.day == day] if day else []
    return (
        paper.key,
        paper.title,
        ids.normal_title(paper.title),
        _listed(paper.authors),
        paper.author_count,
        paper.published.isoformat() if paper.published else None,
        paper.year_assumed,
        paper.comments,
        paper.upvotes,
        paper.arxiv_id,
        paper.doi,
        paper.link,
        _listed(paper.categories),
        paper.code,
        paper.project,
        paper.venue,
        ids.normal_title(paper.venue or ""),
        paper.updated.isoformat() if paper.updated else None,
        paper.submitter,
        day.isoformat() if day else today,
        min(places, default=0),
        added,
        revision,
    )


def _local_day(added: str) -> str:
    return dt.datetime.fromisoformat(added).astimezone().date().isoformat()


def _write_rest(connection: sqlite3.Connection, papers: Mapping[int, Paper]) -> None:
    connection.executemany(
        "INSERT OR REPLACE INTO abstract (id, text, is_summary, ai_summary, keywords)"
        " VALUES (?, ?, ?, ?, ?)",
        [
            (
                paper_id,
                paper.abstract,
                paper.abstract_is_summary,
                paper.ai_summary,
                _listed(paper.keywords),
            )
            for paper_id, paper in papers.items()
        ],
    )
    # In the order of the table, so that neighbours are written one after another.
    names = [(name, paper_id) for paper_id, paper in papers.items() for name in aliases(paper)]
    connection.executemany("INSERT OR IGNORE INTO alias VALUES (?, ?)", sorted(names))
    connection.executemany(
        "INSERT INTO sighting VALUES (?, ?, ?, ?)",
        [
            (paper_id, s.source, s.day.isoformat() if s.day else "", s.position)
            for paper_id, paper in papers.items()
            for s in paper.sightings
        ],
    )


_FETCHED = (
    "paper.id, title, abstract.text, is_summary, authors, author_count, published, year_assumed,"
    " comments, upvotes, arxiv_id, doi, link, categories, added, day,"
    " code, project, venue, updated, submitter, ai_summary, keywords, edited.told"
)


_BRIEF = _FETCHED.replace("abstract.text, is_summary", "'', 0").replace(
    "ai_summary, keywords", "'', '[]'"
)


def fetch(
    connection: sqlite3.Connection, wanted: Sequence[int], *, brief: bool = False
) -> dict[int, Stored]:
    """The papers of these ids, whatever the number; those that are gone are left out.

    `brief` leaves out what is long: abstract, summary and keywords.
    """
    columns, joined = (_BRIEF, "") if brief else (_FETCHED, " JOIN abstract USING (id)")
    joined += " LEFT JOIN edited ON edited.id = paper.id"
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
            f"SELECT {columns} FROM paper{joined} WHERE paper.id IN ({places})",
            chunk,
        ):
            found[row[0]] = _stored(row, sightings.get(row[0], []))
    return found


def _stored(row: tuple[object, ...], sightings: list[Sighting]) -> Stored:
    (paper_id, title, abstract, is_summary, authors, author_count, published) = row[:7]
    (year_assumed, comments, upvotes, arxiv_id, doi, link, categories, added, day) = row[7:16]
    (code, project, venue, updated, submitter, ai_summary, keywords, told) = row[16:]
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
    if isinstance(told, str):
        with suppress(ValueError, TypeError):  # of a damaged catalogue
            paper = with_told(paper, told)
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
