"""From what a query looked for to the patterns that find it in a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from paperterm.model.pattern import ANYTHING, Pattern
from paperterm.model.query import Field
from paperterm.search.analysis import STOP_WORDS, Piece

_WITH_STOP_WORDS = (Field.TITLE, Field.AUTHOR, Field.ID)


def patterns_of(
    way: Sequence[Piece], field: Field, *, prefix: bool = False, stems: Iterable[str] = ()
) -> Iterator[Pattern]:
    """What one of a text's `analysis.readings` matches; with `prefix`, its end is open as well.

    `stems` are the terms that its end stands for then, though they do not begin so.
    """
    before = tuple(piece.term for piece in way[:-1])
    stops = [piece.text in STOP_WORDS for piece in way]
    stops[-1] &= not prefix
    yield from _row((*before, way[-1].term), stops, field)
    if prefix:
        yield from _row((*before, way[-1].text), stops, field, open_end=True)
        for stem in stems:
            yield from _row((*before, stem), stops, field)


def _row(
    pieces: tuple[str, ...], stops: Sequence[bool], field: Field, *, open_end: bool = False
) -> Iterator[Pattern]:
    if len(pieces) == 1 or not any(stops):
        yield Pattern(pieces, field, open_end)
        return
    for one in _WITH_STOP_WORDS if field is Field.ANY else (field,):
        if one is not Field.ABSTRACT:
            yield Pattern(pieces, one, open_end)
    if field in (Field.ANY, Field.ABSTRACT):
        # Abstracts are indexed without their stop words, which leave their places empty.
        blanks = [ANYTHING if stop else text for text, stop in zip(pieces, stops, strict=True)]
        while blanks and not blanks[0]:
            del blanks[0]
        while blanks and not blanks[-1]:
            del blanks[-1]
        if blanks:
            yield Pattern(tuple(blanks), Field.ABSTRACT, open_end)


def says_little(way: Sequence[Piece]) -> bool:
    """Whether there are only stop words in it, which are not worth lighting beside others."""
    return all(piece.text in STOP_WORDS for piece in way)
