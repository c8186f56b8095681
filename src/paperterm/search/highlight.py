"""Where in a text the words are that a query found."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from paperterm.search.analysis import Group, Piece, remembered
from paperterm.search.analysis import groups as groups_of


def spans(text: str, terms: Collection[str]) -> list[tuple[int, int]]:
    """The character ranges of `text` whose words `Hits.terms` names, from left to right.

    Ranges don't overlap. Words count as they were matched: in any inflection, with or without
    accents and hyphens; a term that ends in ``*`` stands for all words that begin so.
    """
    exact = {term for term in terms if term[-1:] != "*"}
    beginnings = tuple(term[:-1] for term in terms if term[-1:] == "*" and len(term) > 1)
    found: list[tuple[int, int]] = []
    for start, surface in groups_of(text):
        for piece in _matched(remembered(surface), exact, beginnings):
            left, right = start + piece.start, start + piece.end
            if found and left <= found[-1][1]:
                found[-1] = (found[-1][0], max(found[-1][1], right))
            else:
                found.append((left, right))
    return found


def _matched(group: Group, exact: set[str], beginnings: tuple[str, ...]) -> Iterable[Piece]:
    """The coarsest pieces of a group that match."""
    for pieces in (group.wholes, group.runs, group.parts):
        matched = [
            piece
            for piece in pieces
            if piece.term in exact or (beginnings and piece.text.startswith(beginnings))
        ]
        if matched or group.parts is group.wholes:
            return matched
    return ()
