"""paperterm's own records: one JSON object a paper, as `search --json` and `export` print them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from paperterm.model.edits import edited_fields
from paperterm.model.marks import Marks
from paperterm.model.paper import Paper, Sighting

Value = str | int | bool | None | list[str] | list[dict[str, str | int]]


def record(paper: Paper, marks: Marks) -> dict[str, Value]:
    """What a script wants to know of a paper.

    `abstract` holds paperterm's own summary while the abstract is unknown; then, and only then,
    there is an `abstract_is_summary`, and it is true. Other facts that few papers have are there
    for those that have them.
    """
    told: dict[str, Value] = {
        "id": paper.key,
        "title": paper.title,
        "abstract": paper.abstract,
        "authors": list(paper.authors),
        "author_count": paper.author_count,
        "published": paper.published.isoformat() if paper.published else None,
        "comments": paper.comments,
        "upvotes": paper.upvotes,
        "url": paper.url,
        "arxiv_id": paper.arxiv_id,
        "bookmarked": marks.bookmarked,
        "tags": list(marks.tags),
        "read": marks.read,
        "source": ", ".join(paper.sources),
    }
    if paper.abstract_is_summary:
        told["abstract_is_summary"] = True
    return told | _seldom_told(paper) | _seldom_marked(marks)


def _seldom_told(paper: Paper) -> dict[str, Value]:
    facts: dict[str, Value] = {
        "venue": paper.venue,
        "updated": paper.updated.isoformat() if paper.updated else None,
        "code": paper.code,
        "project": paper.project,
        "submitter": paper.submitter,
        "ai_summary": paper.ai_summary,
        "keywords": list(paper.keywords),
        "edited": list(edited_fields(paper)) if paper.told else None,
    }
    return {name: value for name, value in facts.items() if value}


def _seldom_marked(marks: Marks) -> dict[str, Value]:
    facts: dict[str, Value] = {
        "note": marks.note,
        "archived": marks.archived,
        "later": marks.later.isoformat() if marks.later else None,
    }
    return {name: value for name, value in facts.items() if value}


def full_record(paper: Paper, marks: Marks) -> dict[str, Value]:
    """All there is, so that an import of it into an empty library gives the same paper."""
    return (
        record(paper, marks)
        | {
            "doi": paper.doi,
            "link": paper.link,
            "categories": list(paper.categories),
            "sightings": [_sighting(sighting) for sighting in paper.sightings],
        }
        | ({"year_assumed": True} if paper.year_assumed else {})
    )


def _sighting(sighting: Sighting) -> dict[str, str | int]:
    told: dict[str, str | int] = {"source": sighting.source, "position": sighting.position}
    if sighting.day:
        told["day"] = sighting.day.isoformat()
    return told


def line(told: dict[str, Value], *, ascii_only: bool = False) -> str:
    """One line of JSON, without its line end; anything JSON can't hold as it is, is escaped.

    `ascii_only` escapes all that is not ASCII, for an output that is not in UTF-8.
    """
    return json_text(told, ascii_only=ascii_only)


def lines(papers: Iterable[tuple[Paper, Marks]], *, ascii_only: bool = False) -> Iterator[str]:
    """All there is of `papers`, one a line."""
    for paper, marks in papers:
        yield line(full_record(paper, marks), ascii_only=ascii_only)


def json_text(value: object, *, ascii_only: bool = False) -> str:
    """`value` as JSON on one line, as `line` has it."""
    text = json.dumps(value, ensure_ascii=ascii_only)
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else _escaped(c) for c in text)


def _escaped(character: str) -> str:
    """A character no terminal should get raw, as JSON's own escapes."""
    encoded = character.encode("utf-16-be", "surrogatepass")
    return "".join(
        f"\\u{int.from_bytes(encoded[i : i + 2], 'big'):04x}" for i in range(0, len(encoded), 2)
    )
