"""The words of a segment: looked up exactly, by their beginning, and by how they are misspelt.

A term's number is its place in the order of all terms, so the terms that begin alike are one range
of numbers, and their posting lists lie next to each other in the file. Texts that stemming changed
(``retrieval``, whose term is ``retriev``) are kept beside the terms, so that a word can be found by
any beginning of it, however far it is typed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property

from paperterm.search.flat import Array, FlatFile

Range = tuple[int, int]
"""Terms from the first number up to, without, the second."""

_STEP = 64
"""Strings from one signpost to the next."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


class _Strings:
    """Sorted strings in a file, of which only those looked at are read."""

    def __init__(self, file: FlatFile, name: str) -> None:
        self._text = file.raw(name)
        self._ends = file.raw(f"{name}.ends")

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, at: int) -> bytes:
        return bytes(self._text[self._ends[at - 1] if at else 0 : self._ends[at] - 1])

    def all(self) -> list[bytes]:
        """All of them, read."""
        return bytes(self._text).splitlines()

    @cached_property
    def _signposts(self) -> list[bytes]:
        """Every `_STEP`th of them: most of the way to a string leads along these."""
        return [self[at] for at in range(0, len(self), _STEP)]

    def place(self, wanted: bytes) -> int:
        """Where `wanted` is, or would be."""
        post = bisect_left(self._signposts, wanted)
        low = max(0, post - 1) * _STEP
        return bisect_left(self, wanted, low, min(post * _STEP, len(self)))

    def starting(self, beginning: bytes) -> Range:
        """Which of them begin so."""
        return self.place(beginning), self.place(beginning + b"\xff")


class Lexicon:
    """The terms and texts of one segment."""

    def __init__(self, file: FlatFile) -> None:
        self._file = file

    def terms(self) -> list[bytes]:
        """All terms, in the order of their numbers."""
        return self._terms.all()

    def texts(self) -> tuple[list[bytes], Array]:
        """All texts that are not terms, and the numbers of their terms."""
        return self._texts.all(), self._file.array("texts.terms")

    @cached_property
    def _terms(self) -> _Strings:
        return _Strings(self._file, "terms")

    @cached_property
    def _texts(self) -> _Strings:
        return _Strings(self._file, "texts")

    @cached_property
    def words(self) -> list[bytes]:
        """All words as they are typed: what a slip of the finger may have been meant to be."""
        return _Strings(self._file, "words").all()

    def __len__(self) -> int:
        return len(self._terms)

    def term(self, number: int) -> bytes:
        """The term of that number."""
        return self._terms[number]

    def find(self, term: str) -> list[Range]:
        """The term itself: one range of one, or none."""
        wanted = term.encode("utf-8", "replace")
        at = self._terms.place(wanted)
        return [(at, at + 1)] if at < len(self._terms) and self._terms[at] == wanted else []

    def starting(self, beginning: str) -> list[Range]:
        """The terms with a text that begins so; ranges that do not overlap."""
        wanted = beginning.encode("utf-8", "replace")
        low, high = self._terms.starting(wanted)
        ranges = [(low, high)] if low < high else []
        first, last = self._texts.starting(wanted)
        others = set(self._file.slice("texts.terms", first, last).tolist())
        return ranges + [(n, n + 1) for n in sorted(others) if not low <= n < high]

    def near(self, text: str) -> Iterator[str]:
        """The words here that one slip of the finger makes of `text`."""
        known = self.words
        for edit in edits(text):
            wanted = edit.encode()
            at = bisect_left(known, wanted)
            if at < len(known) and known[at] == wanted:
                yield edit

    def near_beginnings(self, text: str) -> Iterator[str]:
        """What one slip makes of `text` and words here begin with."""
        known = self.words
        for edit in edits(text):
            wanted = edit.encode()
            at = bisect_left(known, wanted)
            if at < len(known) and known[at].startswith(wanted):
                yield edit


def edits(text: str) -> Iterable[str]:
    """All that differs from `text` by a letter swapped, left out, added or changed."""
    found: dict[str, None] = {}
    halves = [(text[:at], text[at:]) for at in range(len(text) + 1)]
    for left, right in halves:
        if len(right) > 1:
            found[left + right[1] + right[0] + right[2:]] = None
    for left, right in halves:
        if right:
            found[left + right[1:]] = None
        for letter in _LETTERS:
            found[left + letter + right] = None
            if right:
                found[left + letter + right[1:]] = None
    found.pop(text, None)
    return found
