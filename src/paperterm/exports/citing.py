"""What the formats of reference managers need of a paper: a key, names in parts, a kind of work."""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass

from paperterm.model import ids
from paperterm.model.paper import Paper
from paperterm.model.text import shown

_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV", re.ASCII)
_MEETING = re.compile(
    r"\b(?:conference|proceedings|proc\.|workshop|symposium|meeting|congress)", re.IGNORECASE
)
_STOP = frozenset(
    ["a", "an", "and", "are", "as", "at", "by", "can", "do", "does", "for", "from", "how", "in",
     "is", "it", "its", "of", "on", "or", "the", "to", "toward", "towards", "via", "what", "when",
     "why", "with"]
)  # fmt: skip
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Name:
    """An author's name in parts; one that has none is all `family`."""

    family: str
    given: str = ""
    suffix: str = ""


def name_parts(name: str) -> Name:
    """`name`, first name first, in parts: the family name begins at its last word, or before at
    a particle such as ``van der``. A name with a comma is not taken apart.
    """
    words = shown(name).split()
    if len(words) < 2 or "," in name:
        return Name(" ".join(words))
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
    start = len(words) - 1
    while start > 1 and words[start - 1][0].islower():
        start -= 1
    return Name(" ".join(words[start:]), " ".join(words[:start]), suffix)


class Keys:
    """Citation keys such as ``lovelace1843notes``, each given once."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def key(self, paper: Paper) -> str:
        """The key of `paper`; one that is taken already gets a letter: ``lovelace1843notesb``."""
        author = name_parts(paper.authors[0]).family if paper.authors else ""
        year = str(paper.published.year) if paper.published else ""
        words = _ascii_words(paper.title)
        telling = next((word for word in words if word not in _STOP), "".join(words[:1]))
        base = ("".join(_ascii_words(author)) + year + telling)[:60] or "paper"
        key, number = base, 1
        while key in self._given:
            number += 1
            key = base + _letters(number)
        self._given.add(key)
        return key


def _letters(number: int) -> str:
    """``a`` for 1, ``z`` for 26, ``aa`` for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def _ascii_words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’-")
    return _WORD.findall(plain)


def is_meeting(venue: str) -> bool:
    """Whether `venue` sounds like a conference, and not like a journal."""
    return bool(_MEETING.search(venue))


def date_parts(paper: Paper) -> list[int]:
    """Year, month and day of publication, as far as they were told.

    The last day of a month stands for a month, and that of a year for a year: so a source that
    tells no day has them (`sources.told_dates`).
    """
    day = paper.published
    if day is None:
        return []
    if day.day < calendar.monthrange(day.year, day.month)[1]:
        return [day.year, day.month, day.day]
    return [day.year] if day.month == 12 else [day.year, day.month]


def address(paper: Paper) -> str | None:
    """The best web address of `paper` itself; None when only a search would find it."""
    if paper.link:
        return paper.link
    if paper.arxiv_id:
        return ids.arxiv_url(paper.arxiv_id)
    return ids.doi_url(paper.doi) if paper.doi else None


def abstract(paper: Paper) -> str:
    """The abstract on one line, unless what stands there is our own summary."""
    return "" if paper.abstract_is_summary else shown(paper.abstract)
