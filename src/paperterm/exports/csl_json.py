"""CSL-JSON: a list with an item a paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from paperterm.exports.citing import Keys, abstract, address, date_parts, is_meeting, name_parts
from paperterm.exports.jsonl import json_text
from paperterm.model.marks import Marks
from paperterm.model.paper import Paper
from paperterm.model.text import shown


def lines(papers: Iterable[tuple[Paper, Marks]], *, ascii_only: bool = False) -> Iterator[str]:
    """The lines of a file, an item each; `ascii_only` escapes all that is not ASCII."""
    keys = Keys()
    held = "["
    ended = ""
    for paper, _marks in papers:
        yield held + ended
        held = json_text(_item(paper, keys.key(paper)), ascii_only=ascii_only)
        ended = ","
    if ended:
        yield held
        yield "]"
    else:
        yield "[]"


def _item(paper: Paper, key: str) -> dict[str, object]:
    venue = shown(paper.venue or "")
    kind = (
        "article" if not venue else "paper-conference" if is_meeting(venue) else "article-journal"
    )
    parts = date_parts(paper)
    told: dict[str, object] = {
        "id": key,
        "type": kind,
        "title": shown(paper.title),
        "author": [_author(name) for name in paper.authors],
        "issued": {"date-parts": [parts]} if parts else None,
        "container-title": venue,
        "number": f"arXiv:{paper.arxiv_id}" if paper.arxiv_id else None,
        "DOI": paper.doi or (f"10.48550/arXiv.{paper.arxiv_id}" if paper.arxiv_id else None),
        "URL": address(paper),
        "keyword": ", ".join(map(shown, paper.keywords)),
        "abstract": abstract(paper),
    }
    return {name: value for name, value in told.items() if value}


def _author(name: str) -> dict[str, str]:
    parts = name_parts(name)
    if not parts.given:
        return {"literal": parts.family}
    told = {"family": parts.family, "given": parts.given, "suffix": parts.suffix}
    return {part: value for part, value in told.items() if value}
