"""Lines of an explanation in columns: text at the left, a bar and a number at the right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from paperterm.model.say_why import Kind, Line

_NUMBER = 8
"""Columns of a number."""
_BARS = ((64, 12), (34, 6))
"""From how many columns on there is room for a bar of how many."""
_LEAST = 16
"""Columns of text below which a number has a line of its own."""
_HANGING = 2
"""How much further the second line of a text is indented."""
_APART = {Kind.WORD, Kind.SUM, Kind.SCORE, Kind.HEADING}
"""What comes after an empty line; sums stay together."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of at most the width asked for; its parts, one after the other, make it up."""

    kind: Kind
    text: str
    bar: str = ""
    number: str = ""


def laid_out(
    lines: Iterable[Line], width: int, cells: Callable[[str], int], full: str = "━"
) -> Iterator[Row]:
    """`lines` wrapped to `width` columns, `cells` being how many of them a text takes."""
    length = next((length for least, length in _BARS if width >= least), 0)
    beside = _NUMBER + (length + 2 if length else 0)
    before: Kind | None = None
    for line in lines:
        if before is not None and line.kind in _APART and line.kind is not before:
            yield Row(line.kind, "")
        before = line.kind
        below = width - beside < _LEAST
        room = width - (beside if line.number and not below else 0)
        first, *others = wrapped(line.text, room, line.indent, cells)
        if line.number and not below:
            bar = full * max(round(line.share * length), line.share > 0) if length else ""
            bar = f"  {bar:<{length}}" if length else ""
            first += " " * (room - cells(first))
            yield Row(line.kind, first, bar, f"{line.number:>{_NUMBER}}")
        else:
            yield Row(line.kind, first)
        for text in others:
            yield Row(line.kind, text)
        if line.number and below:
            yield Row(line.kind, "", "", f"{line.number:>{width}}")


def wrapped(text: str, width: int, indent: int, cells: Callable[[str], int]) -> list[str]:
    """`text` in lines of at most `width` columns, the second and later ones indented further.

    A no-break space is shown as any other, and no line ends there.
    """
    indent = min(indent, max(0, width - 8))
    lines = [" " * indent]
    empty = True
    for word in text.split(" "):
        gap = "" if empty else " "
        for piece in _pieces(word, max(2, width - indent - _HANGING), cells):
            if not empty and cells(lines[-1] + gap + piece) > width:
                lines.append(" " * (indent + _HANGING))
                gap = ""
            lines[-1] += gap + piece
            empty, gap = False, ""
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines]


def _pieces(word: str, width: int, cells: Callable[[str], int]) -> Iterator[str]:
    """A word, cut where it is longer than a line."""
    piece, used = "", 0
    for character in word:
        size = cells(character)
        if piece and used + size > width:
            yield piece
            piece, used = "", 0
        piece += character
        used += size
    yield piece
