"""What the reader's terminal can be painted with, and how it is: in which theme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual.filter import LineFilter
from textual.theme import Theme

from paperterm.library.settings import ThemeName
from paperterm.tui import theme as themes
from paperterm.tui.sixteen import NONE, ON_DARK, ON_LIGHT, Sixteen
from paperterm.tui.transliterating import InAscii

_LIGHT_GROUNDS = (7, *range(9, 16))
"""Among the sixteen colours, those that dark text is written on."""
ALL, MANY, FEW = 1 << 24, 256, 16
"""How many colours a terminal may have."""
_REMEMBERED = "theme"
THEMES = {
    ThemeName.DARK: themes.DARK,
    ThemeName.LIGHT: themes.LIGHT,
    ThemeName.HIGH_CONTRAST: themes.HIGH_CONTRAST,
    ThemeName.SOLARIZED_DARK: themes.SOLARIZED_DARK,
    ThemeName.SOLARIZED_LIGHT: themes.SOLARIZED_LIGHT,
    ThemeName.TERMINAL: themes.TERMINAL,
}
_TELLING = set(THEMES) - {ThemeName.TERMINAL}
"""Whoever chooses one of these says whether the ground is light."""


@dataclass(frozen=True, slots=True)
class Paint:
    """What is known of the terminal."""

    light: bool = False
    """The terminal's ground is light."""
    colours: int = ALL
    """How many it has."""
    colourless: bool = False
    """The reader wants none: NO_COLOR."""
    ascii: bool = False
    """It shows nothing but ASCII."""

    def theme(self, name: ThemeName) -> Theme:
        """The theme that is painted for a name; of few colours, no other can be made."""
        if self.colourless or self.colours <= FEW:
            return themes.TERMINAL
        theme = THEMES.get(name, themes.LIGHT if self.light else themes.DARK)
        return themes.IN_256.get(theme.name, theme) if self.colours <= MANY else theme


class Painting:
    """How the app is painted now."""

    def __init__(self, paint: Paint) -> None:
        self.paint = paint
        self.name = ThemeName.AUTO
        self.filters: list[LineFilter] = []
        """What each line goes through for its colours, before it is painted."""
        self.last: list[LineFilter] = [InAscii()] if paint.ascii else []
        """What it goes through in the end."""

    def wear(self, name: ThemeName) -> Theme:
        """Look like that from now on; the theme that Textual is to use."""
        self.name = name
        theme = self.paint.theme(name)
        light = not THEMES[name].dark if name in _TELLING else self.paint.light
        meant = NONE if self.paint.colourless else ON_LIGHT if light else ON_DARK
        self.filters = [Sixteen(meant)] if theme is themes.TERMINAL else []
        return theme


def last_theme(told: Mapping[str, object]) -> ThemeName:
    """What was chosen last, of all that is remembered."""
    name = told.get(_REMEMBERED)
    choices = {choice.value: choice for choice in ThemeName if choice is not ThemeName.LAST}
    return choices.get(str(name), ThemeName.AUTO)


def remembering(name: ThemeName) -> dict[str, object]:
    """What is to be remembered of a choice."""
    return {_REMEMBERED: name.value}


def paint_of(environ: Mapping[str, str], colours: str | None, *, ascii: bool = False) -> Paint:
    """What the environment tells; `colours` is the name Rich has for how many there are."""
    return Paint(
        light=_is_light(environ.get("COLORFGBG", "")),
        colours={"truecolor": ALL, "256": MANY}.get(colours or "", FEW),
        colourless=bool(environ.get("NO_COLOR")),
        ascii=ascii,
    )


def has_unicode(environ: Mapping[str, str], stream: str, locale: str) -> bool:
    """Whether the terminal shows more than ASCII, by the encodings of its stream and its locale.

    A locale that is not installed has a name all the same.
    """
    if "utf" not in stream.lower():
        return False
    named = environ.get("LC_ALL") or environ.get("LC_CTYPE") or environ.get("LANG") or ""
    return "utf" in locale.lower() or "utf" in named.lower()


def _is_light(told: str) -> bool:
    """``0;15`` and ``0;default;15`` are black on white; what tells nothing is dark."""
    ground = told.rpartition(";")[2]
    return ground.isdecimal() and ground.isascii() and int(ground[:4]) in _LIGHT_GROUNDS
