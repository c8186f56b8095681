"""The terminal's own colours in place of a theme's, or none: the theme `terminal`, and NO_COLOR.

Nobody knows how a terminal's sixteen colours look. All that is read stands in its plain text
colour on its plain ground; the six that mean something are those that can be read on a dark
ground or on a light one in the palettes terminals come with. Where the reader is, is painted in
reverse, and what was found is underlined.
"""

from __future__ import annotations

from rich.color import Color as RichColor
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from paperterm.tui.theme import TERMINAL

ON_DARK = {
    "primary": "cyan",
    "secondary": "bright_cyan",
    "accent": "bright_yellow",
    "warning": "bright_yellow",
    "error": "bright_red",
    "success": "green",
    "line": "bright_black",
    "tag-red": "bright_red",
    "tag-yellow": "bright_yellow",
    "tag-green": "green",
    "tag-teal": "cyan",
    "tag-blue": "bright_cyan",
    "tag-pink": "bright_magenta",
}
"""By what it means in a theme: one of the terminal's colours; the plain one stands for others."""
ON_LIGHT = {
    "primary": "blue",
    "secondary": "blue",
    "accent": "magenta",
    "warning": "red",
    "error": "red",
    "line": "bright_black",
    "tag-red": "red",
    "tag-teal": "blue",
    "tag-blue": "blue",
    "tag-pink": "magenta",
}
NONE: dict[str, str] = {}
"""No colours at all."""

_DARKEST = 0x30
"""What is darker is the ground in `TERMINAL`, whatever little Textual lays upon it."""


class Sixteen(LineFilter):
    """Puts the colours that `meant` names in place of those of the theme `TERMINAL`."""

    def __init__(self, meant: dict[str, str]) -> None:
        super().__init__()
        self._styles: dict[Style, Style] = {}
        # Not quite those that the theme was given.
        colours = TERMINAL.to_color_system().generate() | TERMINAL.variables
        self._own = {_rgb(colours[name]): RichColor.parse(meant[name]) for name in meant}
        self._hit = _rgb(colours["hit"])
        self._of_hit = Style(
            bold=True,
            underline=True,
            color=meant.get("accent"),
            bgcolor="default" if meant else None,
        )

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments in the terminal's own colours."""
        return [
            Segment(segment.text, self._of(segment.style)) if segment.style else segment
            for segment in segments
        ]

    def _of(self, style: Style) -> Style:
        if style not in self._styles:
            self._styles[style] = self._made_of(style)
        return self._styles[style]

    def _made_of(self, style: Style) -> Style:
        ground = style.bgcolor and style.bgcolor.triplet
        kept = _without_colours(style)
        if ground == self._hit:
            return kept + self._of_hit
        if style.reverse:
            return kept
        if ground is not None and max(ground) >= _DARKEST:
            return kept + Style(reverse=True)
        colour = style.color and style.color.triplet
        return kept + Style(color=self._own.get(colour)) if colour else kept


def _without_colours(style: Style) -> Style:
    return Style(
        bold=style.bold or None,
        italic=style.italic or None,
        underline=style.underline or None,
        reverse=style.reverse or None,
        strike=style.strike or None,
    )


def _rgb(colour: str) -> ColorTriplet:
    return Color.parse(colour).rich_color.get_truecolor()
