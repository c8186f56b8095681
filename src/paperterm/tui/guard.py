"""The last door before the terminal: no control character passes, whatever a widget was given."""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from paperterm.model.text import shown


class ControlGuard(LineFilter):
    """Takes out of every painted line what a terminal would act on.

    Outside text is cleaned where it comes in; this catches what a new widget may forget.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments, each with text that can only be read."""
        if all(text.isprintable() for text, _, _ in segments):
            return segments
        return [
            segment if segment.control or segment.text.isprintable() else _harmless(segment)
            for segment in segments
        ]


def _harmless(segment: Segment) -> Segment:
    """Cell widths must not change: what would vanish becomes a blank."""
    text = "".join(c if c.isprintable() else shown(c) or " " for c in segment.text)
    return Segment(text, segment.style)
