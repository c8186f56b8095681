"""RIS: a record a paper, for reference managers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from paperterm.exports.citing import abstract, address, date_parts, is_meeting, name_parts
from paperterm.model.marks import Marks
from paperterm.model.paper import Paper
from paperterm.model.text import shown


def lines(papers: Iterable[tuple[Paper, Marks]], *, ascii_only: bool = False) -> Iterator[str]:
    """The lines of a file; `ascii_only` is not for a format that is text in any case."""
    for paper, _marks in papers:
        for tag, value in _tags(paper):
            if value:
                yield f"{tag}  - {value}"
        yield "ER  - "
        yield ""


def _tags(paper: Paper) -> Iterator[tuple[str, str]]:
    venue = shown(paper.venue or "")
    meeting = is_meeting(venue)
    yield "TY", "GEN" if not venue else "CONF" if meeting else "JOUR"
    yield "TI", shown(paper.title)
    for name in paper.authors:
        yield "AU", _author(name)
    if parts := date_parts(paper):
        yield "PY", f"{parts[0]:04}"
        yield "DA", "/".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])])
    yield "T2" if meeting else "JO", venue
    if paper.arxiv_id:
        yield "M1", f"arXiv:{paper.arxiv_id}"
    yield "DO", paper.doi or (f"10.48550/arXiv.{paper.arxiv_id}" if paper.arxiv_id else "")
    yield "UR", address(paper) or ""
    for word in map(shown, paper.keywords):
        yield "KW", word
    yield "AB", abstract(paper)


def _author(name: str) -> str:
    parts = name_parts(name)
    return ", ".join(filter(None, (parts.family, parts.given, parts.suffix)))
