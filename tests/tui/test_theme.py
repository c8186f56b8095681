"""Themes: each can be read, a choice is kept, and there are no colours where none are wanted."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from bench.places import Reader as Someone
from bench.places import starter_reader
from rich._palettes import EIGHT_BIT_PALETTE
from rich.color import Color, ColorSystem
from rich.segment import Segment
from textual.screen import ModalScreen

from faults.ttys import Tty
from paperterm.library.door import Library
from paperterm.library.paths import Paths
from paperterm.library.remembered import remember, remembered
from paperterm.library.settings import Fetch, Settings, ThemeName
from paperterm.model.marks import Change
from paperterm.model.tags import PALETTE
from paperterm.tui.painting import ALL, FEW, MANY, THEMES, Paint, last_theme, paint_of
from paperterm.tui.sixteen import NONE, ON_DARK, ON_LIGHT
from tui.conftest import Reader, reading

PAINTED = [name for name in THEMES if name is not ThemeName.TERMINAL]
LONG, MAMBA = "2506.18841", "2312.00752"
Rgb = tuple[int, ...]


def luminance(colour: Rgb) -> float:
    linear = [v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4 for v in _unit(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _unit(colour: Rgb) -> Iterator[float]:
    return (value / 255 for value in colour[:3])


def contrast(one: Rgb, other: Rgb) -> float:
    """As the WCAG reckon it, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def as_shown(colour: str | Color | None, colours: int) -> Rgb:
    """What a terminal of so many colours makes of one."""
    parsed = Color.parse(colour) if isinstance(colour, str) else colour
    assert parsed is not None
    if colours == MANY:
        number = parsed.downgrade(ColorSystem.EIGHT_BIT).number
        assert number is not None
        return tuple(EIGHT_BIT_PALETTE[number])
    return tuple(parsed.get_truecolor())


@pytest.mark.parametrize("colours", [ALL, MANY], ids=["true", "256"])
@pytest.mark.parametrize("name", PAINTED, ids=lambda name: name.value)
def test_all_that_means_something_can_be_read_on_every_ground(
    name: ThemeName, colours: int
) -> None:
    theme = Paint(colours=colours).theme(name)
    enough = 7.0 if name is ThemeName.HIGH_CONTRAST else 4.5
    meant = {
        "foreground": theme.foreground,
        "primary": theme.primary,
        "secondary": theme.secondary,
        "accent": theme.accent,
        "warning": theme.warning,
        "error": theme.error,
        "success": theme.success,
        **{of: theme.variables[of] for of in ("muted", "tag", *(f"tag-{n}" for n in PALETTE))},
    }
    grounds = (theme.background, theme.surface, theme.panel)
    unreadable = {
        (what, ground): contrast(as_shown(colour, colours), as_shown(ground, colours))
        for what, colour in meant.items()
        for ground in grounds
        if contrast(as_shown(colour, colours), as_shown(ground, colours)) < enough
    }
    assert not unreadable
    hit = [as_shown(theme.variables[of], colours) for of in ("hit-text", "hit")]
    assert contrast(*hit) >= enough
    tags = {as_shown(theme.variables[f"tag-{each}"], colours) for each in PALETTE}
    assert len(tags) == len(PALETTE)


XTERM = {
    "red": (205, 0, 0),
    "green": (0, 205, 0),
    "blue": (0, 0, 238),
    "magenta": (205, 0, 205),
    "cyan": (0, 205, 205),
    "bright_red": (255, 0, 0),
    "bright_yellow": (255, 255, 0),
    "bright_magenta": (255, 0, 255),
    "bright_cyan": (0, 255, 255),
}
VGA = {
    "red": (170, 0, 0),
    "green": (0, 170, 0),
    "blue": (0, 0, 170),
    "magenta": (170, 0, 170),
    "cyan": (0, 170, 170),
    "bright_red": (255, 85, 85),
    "bright_yellow": (255, 255, 85),
    "bright_magenta": (255, 85, 255),
    "bright_cyan": (85, 255, 255),
}


@pytest.mark.parametrize("palette", [XTERM, VGA], ids=["xterm", "vga"])
@pytest.mark.parametrize(
    ("meant", "ground"), [(ON_DARK, (0, 0, 0)), (ON_LIGHT, (255, 255, 255))], ids=["dark", "light"]
)
def test_the_terminals_own_colours_can_be_read(
    meant: dict[str, str], ground: Rgb, palette: dict[str, Rgb]
) -> None:
    text = {of: colour for of, colour in meant.items() if of != "line"}
    assert {of for of, colour in text.items() if contrast(palette[colour], ground) < 4.5} == set()


# What is painted


@pytest.fixture
def marked(starter: Paths) -> Paths:
    with Library(starter) as library:
        for name, change in (
            (LONG, {"bookmarked": True, "add": ("llm/long", "rl", "to read")}),
            (MAMBA, {"read": True, "add": ("ssm",)}),
        ):
            entry = library.named(name)
            library.mark([Change(entry.paper.key, **change)], "marks", [entry])  # type: ignore[arg-type]
    return starter


def segments(reader: Reader) -> Iterator[Segment]:
    """What is painted; where a question has come up, of that alone: the rest is dimmed."""
    screen = reader.app.screen
    strips = screen._compositor.render_strips()
    if isinstance(screen, ModalScreen):
        for region in (one.region for one in screen.walk_children() if not one.children):
            for strip in strips[region.y : region.bottom]:
                yield from strip.crop(region.x, region.right)
    else:
        for strip in strips:
            yield from strip


def hard_to_read(reader: Reader) -> set[tuple[str, float]]:
    """What is painted in letters or signs, not lines, with too little contrast."""
    found = set()
    for segment in segments(reader):
        style, text = segment.style, segment.text.strip("╭─╮│╰╯█ ▁▂▃▄▅▆▇")
        if text and style and style.color and style.bgcolor:
            pair = as_shown(style.color, ALL), as_shown(style.bgcolor, ALL)
            if contrast(*pair) < 4.5:
                found.add((text, round(contrast(*pair), 2)))
    return found


@pytest.mark.parametrize("name", PAINTED, ids=lambda name: name.value)
async def test_every_letter_on_every_screen_can_be_read(marked: Paths, name: ThemeName) -> None:
    async with reading(marked, (120, 50), Settings(fetch=Fetch.ASKED, theme=name)) as reader:
        await reader.sees("83 papers")
        await reader.sees("Summary by paperterm")
        assert hard_to_read(reader) == set()
        await reader.press("slash")
        await reader.type("long")
        await reader.sees("of 84")
        await reader.press("enter")
        await reader.sees("▌")
        assert hard_to_read(reader) == set()
        for keys, there in (
            (("x", "j"), "1 selected"),
            (("escape", "question_mark"), "Esc closes"),
            (("escape", "T"), "nearly|# llm"),
            (("escape", "t"), "Enter"),
            (("escape", "ctrl+p"), "Around the panes"),
            (("escape", "F"), "Daily Papers"),
            (("escape", "n"), "\\^s keep"),
            (("escape", "C"), "solarized-light"),
        ):
            await reader.press(*keys)
            await reader.sees(there)
            await reader.pilot.pause(0.1)
            assert hard_to_read(reader) == set(), keys


# Choosing


async def test_a_theme_is_shown_while_it_is_looked_at_and_kept_for_the_next_start(
    starter: Paths,
) -> None:
    def ground(reader: Reader) -> str:
        return reader.app.screen.styles.background.hex

    async with reading(starter) as reader:
        assert ground(reader) == "#11131A"
        await reader.press("C", "j", "j")
        await reader.sees("How paperterm looks")
        await reader.until(lambda: reader.app.theme == "paperterm-light", "light")
        await reader.press("escape")
        await reader.until(lambda: ground(reader) == "#11131A", "dark again")
        assert remembered(starter.state) == {}
        await reader.press("C", "j", "j", "enter")
        await reader.until(lambda: remembered(starter.state) == {"theme": "light"}, "kept")
        await reader.until(lambda: ground(reader) == "#F7F7F4", "light")
    async with reading(starter) as reader:
        assert ground(reader) == "#F7F7F4"
    settings = Settings(fetch=Fetch.ASKED, theme=ThemeName.SOLARIZED_DARK)
    async with reading(starter, settings=settings) as reader:
        assert ground(reader) == "#002B36"


@pytest.mark.parametrize("size", [(40, 12), (20, 5), (3, 2)], ids=str)
async def test_there_is_room_to_choose_at_every_size(starter: Paths, size: tuple[int, int]) -> None:
    async with reading(starter, size) as reader:
        await reader.press("C")
        await reader.until(lambda: len(reader.app.screen_stack) == 2, "the question")
        if size == (40, 12):
            await reader.sees("auto(.|\n)*solarized-light(.|\n)*terminal")
        await reader.press("j", "escape")
        await reader.until(lambda: len(reader.app.screen_stack) == 1, "its end")
        assert reader.app.failure is None


async def test_the_theme_is_in_the_palette(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("ctrl+p")
        await reader.type("looks")
        await reader.sees("Choose how paperterm looks")
        await reader.press("enter")
        await reader.sees("How paperterm looks")


@pytest.mark.parametrize("told", ["last", "neon", "", None, 3, ["dark"]], ids=repr)
def test_what_is_no_theme_is_not_remembered_as_one(told: object) -> None:
    assert last_theme({"theme": told}) is ThemeName.AUTO


async def test_a_theme_of_another_version_does_no_harm(starter: Paths) -> None:
    remember(starter.state, {"theme": "neon", "other": 1})
    async with reading(starter) as reader:
        assert reader.app.theme == "paperterm-dark"


@pytest.mark.parametrize(
    ("told", "light"),
    [
        ("15;0", False),
        ("0;15", True),
        ("0;default;15", True),
        ("0;7", True),
        ("15;8", False),
        ("", False),
        ("0;default", False),
        (";", False),
        ("0;٧", False),
        ("0;" + "9" * 5000, False),
    ],
    ids=lambda told: repr(told)[:20],
)
def test_a_terminal_says_whether_its_ground_is_light(told: str, light: bool) -> None:
    paint = paint_of({"COLORFGBG": told}, "truecolor")
    assert paint.light is light
    assert paint.theme(ThemeName.AUTO).name == f"paperterm-{'light' if light else 'dark'}"


@pytest.mark.parametrize("name", list(THEMES), ids=lambda name: name.value)
def test_of_few_colours_the_terminals_own_are_used(name: ThemeName) -> None:
    assert Paint(colours=FEW).theme(name).name == "paperterm-terminal"


# At a terminal

_SGR = re.compile(rb"\x1b\[([\d;:]*)m")


def colours_in(output: bytes) -> set[bytes]:
    """The numbers of colours that are asked for."""
    found: set[bytes] = set()
    for numbers in _SGR.findall(output):
        rest = numbers.replace(b":", b";").split(b";")
        while rest:
            number = rest.pop(0)
            if number in (b"38", b"48"):
                kind = rest.pop(0)
                taken = rest[: 3 if kind == b"2" else 1]
                rest = rest[len(taken) :]
                found.add(b";".join([number, kind, *taken]))
            elif 30 <= int(number or 0) <= 49 or 90 <= int(number or 0) <= 107:
                found.add(number)
    return found


@pytest.fixture(scope="module")
def someone(tmp_path_factory: pytest.TempPathFactory) -> Someone:
    return starter_reader(tmp_path_factory.mktemp("someone"))


def looked_around(someone: Someone, **environment: str) -> bytes:
    """All that is written while someone searches, marks, and looks at help."""
    with Tty(someone, **environment) as tty:
        tty.wait_for_text("LongWriter-Zero: Mastering")
        tty.press("/long")
        tty.wait_for_text("of 84")
        tty.press("\rjbxj?")
        tty.wait_for_text("Esc closes")
        tty.settle(0.3)
        return bytes(tty.output)


def test_no_color_means_none(someone: Someone) -> None:
    output = looked_around(someone, NO_COLOR="1")
    assert colours_in(output) == set()
    styles = {number for sgr in _SGR.findall(output) for number in sgr.split(b";")}
    assert {b"1", b"4", b"7"} <= styles  # what is new, what was found, where the reader is


def test_sixteen_colours_are_the_terminals_own(someone: Someone) -> None:
    output = looked_around(someone, TERM="xterm-16color", COLORTERM="")
    named = {str(code).encode() for code in (*range(30, 38), 39, *range(90, 98), 49)}
    found = colours_in(output)
    assert found
    assert found <= named


def test_a_terminal_of_256_colours_is_asked_for_no_others(someone: Someone) -> None:
    found = colours_in(looked_around(someone, TERM="screen-256color", COLORTERM=""))
    assert found
    assert {number[:5] for number in found} <= {b"38;5;", b"48;5;"}


def test_an_empty_no_color_is_none_at_all() -> None:
    assert paint_of({"NO_COLOR": ""}, "truecolor").colourless is False
    assert NONE == {}
