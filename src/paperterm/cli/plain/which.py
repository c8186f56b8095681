"""Which papers a command means: numbers of the list, ids, or the paper that was opened last."""

from __future__ import annotations

import re
from collections.abc import Sequence

from paperterm.cli.plain.talk import Talk
from paperterm.errors import UsageError
from paperterm.model import ids
from paperterm.model.text import shown
from paperterm.model.wording import counted

_NUMBERS = re.compile(r"\d{1,9}(?:-\d{1,9})?(?:,\d{1,9}(?:-\d{1,9})?)*", re.ASCII)
_ALL = "all"


def papers_meant(talk: Talk, text: str) -> list[int]:
    """The papers that `text` means: ``3``, ``3 5-7``, ``all``, ``2312.00752``; each id once.

    Without any text, the paper opened last. Raises `UsageError` where something means no paper.
    """
    words = text.split()
    if not words:
        if talk.opened is None:
            raise UsageError("Which paper? Say its number in the list, or open one first.")
        return [talk.opened]
    meant: dict[int, None] = {}
    for word in words:
        meant |= dict.fromkeys(_papers(talk, word))
    return list(meant)


def papers_and_rest(talk: Talk, text: str) -> tuple[list[int], str]:
    """The papers that the first word of `text` means, and the other words.

    Where the first word means none, the paper opened last is meant, and all words are left.
    """
    first, _, rest = text.partition(" ")
    if _NUMBERS.fullmatch(first) or ids.parse_arxiv_id(first) or ids.parse_doi(first):
        return papers_meant(talk, first), rest.strip()
    return papers_meant(talk, ""), text


def number_meant(talk: Talk, text: str) -> int:
    """The place in the list, from 0, that a number means. Raises `UsageError`."""
    count = len(talk.listing.ids)
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII):
        raise UsageError(f"{shown(text)[:40]!r} is no number.")
    if not 1 <= int(text) <= count:
        papers = counted(count, "paper")
        raise UsageError(f"There is no number {int(text)} in this list of {papers}.")
    return int(text) - 1


def _papers(talk: Talk, word: str) -> Sequence[int]:
    if word.casefold() == _ALL:
        return talk.listing.ids
    if not _NUMBERS.fullmatch(word):
        return [talk.library.named(word).id]
    found: list[int] = []
    for part in word.split(","):
        first, _, last = part.partition("-")
        low, high = sorted((number_meant(talk, first), number_meant(talk, last or first)))
        found.extend(talk.listing.ids[low : high + 1])
    return found
