"""Fitting text into cells."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style


def cut(text: str, width: int) -> str:
    """`text` in at most `width` cells, ending in an ellipsis where something is left out."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + "…"


def padded(text: str, width: int) -> str:
    """`text` in exactly `width` cells."""
    return set_cell_size(cut(text, width), max(0, width))


def spanned(text: str, spans: Sequence[tuple[int, int]], style: Style, hit: Style) -> list[Segment]:
    """`text` with the parts at `spans` (ascending) in another style."""
    segments: list[Segment] = []
    place = 0
    for start, end in spans:
        start, end = max(start, place), min(end, len(text))
        if start >= end:
            continue
        if start > place:
            segments.append(Segment(text[place:start], style))
        segments.append(Segment(text[start:end], hit))
        place = end
    if place < len(text):
        segments.append(Segment(text[place:], style))
    return segments
