"""From what a query looked for to the patterns that find it in a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from paperterm.model.pattern import ANYTHING, Pattern
from paperterm.model.query import Field
from paperterm.search.analysis import STOP_WORDS, Piece

_WITH_STOP_WORDS = (Field.TITLE, Field.AUTHOR, Field.ID)


def patterns_of(way: Sequence[Piece], field: Field, *, prefix: bool) -> Iterator[Pattern]:
    """What one of a text's `analysis.readings` matches; with `prefix`, its end is open as well."""
    yield from _row(way, tuple(piece.term for piece in way), field, open_end=False)
    if prefix:
        texts = (*(piece.term for piece in way[:-1]), way[-1].text)
        yield from _row(way, texts, field, open_end=True)


def _row(
    way: Sequence[Piece], pieces: tuple[str, ...], field: Field, *, open_end: bool
) -> Iterator[Pattern]:
    stops = [piece.text in STOP_WORDS for piece in way]
    if open_end:
        stops[-1] = False
    if len(way) == 1 or not any(stops):
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
