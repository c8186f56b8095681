"""What a reader wants to add, out of whatever was typed or pasted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from paperterm.model.ids import normal_title, parse_arxiv_id, parse_doi

MOST = 1000
"""Papers that are added at once."""
_LONGEST = 2000
"""Characters of a line that are looked at."""
_SHORTEST_TITLE = 3

_AROUND = " \t\"'`()[]{}<>,;.*|"
_BESIDE_TITLE = " \t\"'`-*|,;"
_BULLET = re.compile(r"^\s*(?:[-*•·‣]|\(?\d{1,3}[.)\]]|\[\d{1,3}\])\s+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


class By(StrEnum):
    """How a paper is named."""

    ARXIV = "arxiv"
    DOI = "doi"
    TITLE = "title"
    NOTHING = "nothing"
    """In no way that is understood."""


@dataclass(frozen=True, slots=True)
class Want:
    """One paper that is wanted."""

    by: By
    value: str
    """An arXiv id, a DOI, a title, or the line that was not understood."""
    text: str
    """The line it stood in."""


def wants(lines: Iterable[str]) -> list[Want]:
    """The papers that `lines` name, each once, in their order; at most `MOST`.

    A line that names an arXiv id or a DOI anywhere means that; else it is a title.
    """
    found: dict[tuple[By, str], Want] = {}
    for line in lines:
        text = " ".join(line[:_LONGEST].split())
        for want in _of_line(text) if text else ():
            key = (want.by, normal_title(want.value) if want.by is By.TITLE else want.value)
            found.setdefault(key, want)
        if len(found) >= MOST:
            break
    return list(found.values())[:MOST]


def _of_line(text: str) -> list[Want]:
    whole = _named(text)
    if whole:
        return [Want(*whole, text)]
    words = _BULLET.sub("", text).split()
    named = [name for word in words if (name := _named(word.strip(_AROUND)))]
    if named:
        return [Want(by, value, text) for by, value in dict.fromkeys(named)]
    title = _ADDRESS.sub("", _BULLET.sub("", text)).strip(_BESIDE_TITLE)
    if len(normal_title(title)) < _SHORTEST_TITLE or not any(map(str.isalpha, title)):
        return [Want(By.NOTHING, text, text)]
    return [Want(By.TITLE, title, text)]


def _named(text: str) -> tuple[By, str] | None:
    if arxiv_id := parse_arxiv_id(text):
        return By.ARXIV, arxiv_id
    if doi := parse_doi(text):
        return By.DOI, doi
    return None
