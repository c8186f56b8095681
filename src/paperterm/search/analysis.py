"""From text to tokens: one rule for what is indexed, what is asked and what is highlighted.

Text is a row of *groups*: letters and digits with, at most, a hyphen, an apostrophe, a full stop
or the like between them (``long-context``, ``LLM.int8``, ``It's``). A group is made of *runs*
(``LLM``, ``int8``), a run of *parts* (``int``, ``8``; ``Long``, ``Writer``). Every part has a
position of its own; a run or group of several parts is indexed in one piece, too, at its first and
its last position. So ``long context``, ``long-context`` and ``longcontext`` find each other, and
each of them can stand in a phrase. Scripts written without spaces have a group a character.

A token's *text* is folded (no case, no accents), its *term* is also stemmed: terms are indexed,
texts are what a reader types the beginning of.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from whoosh.lang.porter import stem as _porter

LONGEST_TERM = 64
"""Characters of a token that count; more is noise and costs space."""

_SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U0001b000-\U0001b2ff\U00020000-\U0003ffff"
)
SPACELESS = re.compile(f"[{_SPACELESS}]")
"""A character that is a word of its own."""
_MARKS = "\u00ad\u0300-\u036f\u0483-\u0487\u200b-\u200d\u2060\u3099\u309a\ufeff"
_JOINER = r"(?:[-_.'&\u2010-\u2013\u2018\u2019\u2212]|(?<=\d),(?=\d))"
_SIGNED = r"[A-Za-z](?:\+\+|\#)(?![A-Za-z0-9])"
_RUN = rf"(?:[^\W_{_SPACELESS}][{_MARKS}]*)+"

_ASCII_GROUPS = re.compile(rf"{_SIGNED}|[A-Za-z0-9]+(?:{_JOINER}[A-Za-z0-9]+)*")
_GROUPS = re.compile(rf"{_SIGNED}|[{_SPACELESS}]|{_RUN}(?:{_JOINER}{_RUN})*")
_RUNS = re.compile(rf"[{_SPACELESS}]|{_RUN}")
_PARTS = re.compile(r"\d+|[A-Z]+[^\W\d_A-Z]*|[^\W\d_A-Z]+")

# Letters that Unicode does not take apart and that people type without their strokes.
_LETTERS = str.maketrans(
    {
        "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D",
        "þ": "th", "Þ": "Th", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ı": "i",
        "ħ": "h", "Ħ": "H", "ŋ": "n", "Ŋ": "N",
    }
)  # fmt: skip

_STOP_WORDS = (
    "a an and are as at be been but by can for from has have in into is it its not of on or our "
    "such that the their these this to was we were which while with"
)
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""Words that say nothing of what a paper is about: left out of abstracts, never required."""


class Piece(NamedTuple):
    """A part, a run or a whole group."""

    start: int
    """Its first character in the group's surface."""
    end: int
    text: str
    """Folded."""
    term: str
    """Folded and stemmed: what is in the index."""
    first: int
    """The position of its first part in the group."""
    last: int


class Group(NamedTuple):
    """The pieces of one surface, coarser and coarser; of a plain word all three are the same."""

    parts: tuple[Piece, ...]
    runs: tuple[Piece, ...]
    wholes: tuple[Piece, ...]
    """One piece; none when nothing is left of the surface."""

    def pieces(self) -> tuple[Piece, ...]:
        """Every piece once."""
        if self.parts is self.wholes:
            return self.parts
        return tuple(dict.fromkeys(self.parts + self.runs + self.wholes))


def surfaces(text: str) -> list[str]:
    """The groups of `text` as they are written."""
    return (_ASCII_GROUPS if text.isascii() else _GROUPS).findall(text)


def groups(text: str) -> Iterator[re.Match[str]]:
    """The groups of `text` with their places; what matches is the surface."""
    return (_ASCII_GROUPS if text.isascii() else _GROUPS).finditer(text)


def _accent(character: str) -> bool:
    # In kana the voicing marks tell one letter from another: they stay, as Hangul's letters do.
    return unicodedata.category(character) in ("Mn", "Cf") and character not in "\u3099\u309a"


def fold(text: str) -> str:
    """`text` without accents and invisible characters; case stays."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in apart if not _accent(c))
    return unicodedata.normalize("NFC", plain.translate(_LETTERS))


@lru_cache(maxsize=1 << 17)
def stem(text: str) -> str:
    """The term of a folded text; English endings go, and whatever is not a plain word stays."""
    return _porter(text) if text.isascii() and text.isalpha() and len(text) > 2 else text


def analyse(surface: str) -> Group:
    """The pieces of one group, which `surfaces` found."""
    if surface.isascii() and surface.isalpha() and _one_part(surface):
        text = surface.lower()[:LONGEST_TERM]
        plain = (Piece(0, len(surface), text, stem(text), 0, 0),)
        return Group(plain, plain, plain)
    if surface[-1] in "+#":
        letter, signed = surface[0].lower(), surface.lower()
        whole = (Piece(0, len(surface), signed, signed, 0, 0),)
        return Group((Piece(0, 1, letter, letter, 0, 0),), whole, whole)
    return _compound(surface)


remembered = lru_cache(maxsize=1 << 16)(analyse)
"""`analyse` for those who meet the same words again and again."""


def _one_part(word: str) -> bool:
    return len(word) == 1 or word[1:].islower() or word.isupper()


def _compound(surface: str) -> Group:
    parts: list[Piece] = []
    runs: list[Piece] = []
    for match in _RUNS.finditer(surface):
        found = _parts_of_run(match[0], match.start(), len(parts))
        if found:
            parts += found
            runs.append(_joined(found, match.start(), match.end()))
    wholes = (_joined(parts, 0, len(surface)),) if parts else ()
    return Group(tuple(parts), tuple(runs), wholes)


def _parts_of_run(run: str, start: int, position: int) -> list[Piece]:
    folded = fold(run)
    exact = len(folded) == len(run)
    pieces: list[Piece] = []
    for match in _PARTS.finditer(folded):
        text = match[0].casefold()[:LONGEST_TERM]
        left, right = match.span() if exact else (0, len(run))
        at = position + len(pieces)
        pieces.append(Piece(start + left, start + right, text, stem(text), at, at))
    return pieces


def _joined(parts: list[Piece], start: int, end: int) -> Piece:
    if len(parts) == 1:
        return parts[0]
    text = "".join(part.text for part in parts)[:LONGEST_TERM]
    return Piece(start, end, text, stem(text), parts[0].first, parts[-1].last)


@lru_cache(maxsize=1 << 10)
def readings(text: str) -> tuple[tuple[Piece, ...], ...]:
    """The ways to read `text` as pieces that follow each other, the finest first.

    ``pre-training`` is ``pre``, ``training`` and also ``pretraining``. Empty without any token.
    """
    found = [remembered(surface) for surface in surfaces(text)]
    if len(found) == 1 and found[0].wholes and found[0].wholes[0].text[-1] in "+#":
        return (found[0].wholes,)
    ways = (
        tuple(piece for group in found for piece in group.parts),
        tuple(piece for group in found for piece in group.runs),
        tuple(piece for group in found for piece in group.wholes),
    )
    return tuple(way for way in dict.fromkeys(ways) if way)


NAME_END = ":"
"""The term at the last word of a title's name, in ``Mamba: Linear-Time Sequence Modeling``."""


def initial(text: str) -> str:
    """The term under which an author's name `text` can be found by its first letter."""
    return f"{text[0]}."


def initials(group: Group) -> list[str]:
    """For each part of a group that can be an author's name, the term of its first letter.

    Empty when the group has parts that can't be one, nor the hyphenated half of one.
    """
    texts = [part.text for part in group.parts]
    named = all(text.isascii() and text.isalpha() for text in texts)
    return [initial(text) for text in texts] if named else []
