"""No more is written to a terminal than has changed, and it shows the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bench.places import PROJECT, python, starter_reader
from bench.places import Reader as Someone
from bench.terminal import Terminal
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import split_graphemes

from paperterm.tui.thrift import Thrift

COLUMNS, ROWS = 30, 4
_TOKEN = re.compile(
    r"\x1b\[(?P<values>[\d;]*)(?P<final>[HGm])|(?P<text>[^\x1b\r\n]+)|(?P<control>[\r\n])"
)
_OFF = {"22": {"1", "2"}, "23": {"3"}, "24": {"4"}, "27": {"7"}, "29": {"9"}}


class Grid:
    """What a terminal shows, with its styles, of the little that is written here."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], tuple[str, object]] = {}
        self.at = (1, 1)
        self.on: set[str] = set()
        self.ink = self.ground = ""

    def write(self, data: str) -> Grid:
        for token in _TOKEN.finditer(data):
            if token["text"]:
                self._letters(token["text"])
            elif token["final"] == "H":
                row, column = map(int, token["values"].split(";"))
                self.at = row, column
            elif token["final"] == "G":
                self.at = self.at[0], int(token["values"])
            elif token["control"]:
                self.at = (
                    (self.at[0], 1) if token["control"] == "\r" else (self.at[0] + 1, self.at[1])
                )
            elif token["final"] == "m":
                self._restyle(token["values"].split(";"))
        return self

    def _letters(self, text: str) -> None:
        row, column = self.at
        for start, end, width in split_graphemes(text)[0]:
            letter = text[start:end]
            seen = letter != " " or self.on & {"4", "7", "9"}
            style = (frozenset(self.on), self.ink, self.ground) if seen else self.ground
            self._break(row, column)
            self._break(row, column + width)
            for place in range(column, column + width):
                self.cells[row, place] = (letter if place == column else "", style)
            column += width
        self.at = row, column

    def _break(self, row: int, column: int) -> None:
        """Half of a wide character can't be: the other half becomes blank."""
        if self.cells.get((row, column), (" ", ""))[0] == "":
            for place in (column - 1, column):
                was = self.cells[row, place][1]
                self.cells[row, place] = " ", was if isinstance(was, str) else _on_blank(was)

    def _restyle(self, numbers: list[str]) -> None:
        while numbers:
            number = numbers.pop(0)
            if number in ("", "0"):
                self.on, self.ink, self.ground = set(), "", ""
            elif number in ("38", "48"):
                kind = numbers.pop(0)
                value = kind + ";".join(numbers.pop(0) for _ in range(3 if kind == "2" else 1))
                self.ink, self.ground = (
                    (value, self.ground) if number == "38" else (self.ink, value)
                )
            elif number in _OFF:
                self.on -= _OFF[number]
            elif 30 <= int(number) <= 39:
                self.ink = "" if number == "39" else number
            elif 40 <= int(number) <= 49:
                self.ground = "" if number == "49" else number
            else:
                self.on.add(number)


def _on_blank(style: object) -> object:
    assert isinstance(style, tuple)
    return style if style[0] & {"4", "7", "9"} else style[2]


STYLES = st.sampled_from(
    ["", "1", "2", "1;31", "3;4;38;2;1;2;3;48;2;9;9;9", "7", "48;2;9;9;9", "42", "1;7;33;42", "9"]
)
TEXTS = st.one_of(
    st.text("ab ●★│é", min_size=1, max_size=6), st.sampled_from(["大模", "e\u0301", "👩‍🔬", "   "])
)
RUNS = st.tuples(
    st.integers(1, ROWS),
    st.integers(1, COLUMNS),
    st.lists(st.tuples(STYLES, TEXTS), min_size=1, max_size=4),
)


def painted(runs: list[tuple[int, int, list[tuple[str, str]]]]) -> str:
    """As Textual paints: every piece from no style to none."""
    frame = ""
    for row, column, pieces in runs:
        frame += f"\x1b[{row};{column}H"
        frame += "".join(f"\x1b[{style}m{text}\x1b[0m" if style else text for style, text in pieces)
        frame += "\n"
    return frame + "\x1b[1;1H"


@given(st.lists(st.lists(RUNS, min_size=1, max_size=6), min_size=1, max_size=5))
def test_the_terminal_shows_the_same(
    frames: list[list[tuple[int, int, list[tuple[str, str]]]]],
) -> None:
    thrift, all_of_it, little = Thrift(), Grid(), Grid()
    for runs in frames:
        all_of_it.write(painted(runs))
        little.write(thrift.thrifty(painted(runs)))
        assert little.cells == all_of_it.cells
        assert (little.on, little.ink, little.ground) == (set(), "", "")


def test_what_is_shown_already_is_not_written_again() -> None:
    frame = painted([(1, 1, [("1;31", "papers"), ("", " · 84")]), (2, 5, [("7", "j")])])
    thrift = Thrift()
    assert Grid().write(thrift.thrifty(frame)).cells == Grid().write(frame).cells
    assert thrift.thrifty(frame) == ""
    assert thrift.thrifty(frame.replace("papers", "Papers")) == (
        "\x1b[1;1H\x1b[1;31mP\x1b[m\x1b[1;1H"
    )


@pytest.mark.parametrize(
    "change", ["\x1b[?1049h", "\x1b[2J", "\x1b[K", "\x1bc", "\x08", "\x1b[?47h"], ids=repr
)
def test_what_may_have_changed_is_written_again(change: str) -> None:
    frame, thrift = painted([(1, 1, [("", "papers")])]), Thrift()
    thrift.thrifty(frame)
    assert thrift.thrifty(change) == change
    assert "papers" in thrift.thrifty(frame)


@pytest.mark.parametrize(
    "harmless",
    ["\x1b[?25l", "\x1b[?2026h", "\x1b[?2026$p", "\x1b]52;c;YQ==\x07", "\x1b[>25u", "\x07"],
    ids=repr,
)
def test_what_changes_nothing_goes_through_and_is_no_reason_to_paint(harmless: str) -> None:
    frame, thrift = painted([(1, 1, [("", "papers")])]), Thrift()
    thrift.thrifty(frame)
    assert thrift.thrifty(harmless) == harmless
    assert thrift.thrifty(frame) == ""


def test_a_screen_that_was_forgotten_is_painted_anew() -> None:
    frame, thrift = painted([(1, 1, [("", "papers")])]), Thrift()
    thrift.thrifty(frame)
    thrift.forget()
    assert "papers" in thrift.thrifty(frame)


# At a terminal


@pytest.fixture(scope="module")
def someone(tmp_path_factory: pytest.TempPathFactory) -> Someone:
    return starter_reader(tmp_path_factory.mktemp("someone"))


def test_a_slow_line_gets_little_and_shows_all(someone: Someone) -> None:
    environment = someone.environment | {"NO_COLOR": "1"}
    with Terminal(python("paperterm"), environment, str(PROJECT), (80, 24)) as terminal:
        terminal.wait_for_text("84 papers")
        terminal.wait_for_text("Summary by paperterm")
        terminal.settle(0.5)
        before = len(terminal.output)
        for _ in range(7):
            terminal.press("j")
            terminal.settle(0.3)
        terminal.settle(1.0)
        assert len(terminal.output) - before < 7 * 1200  # rows and whole abstracts
        terminal.press("/long")
        terminal.wait_for_text("of 84")
        terminal.press("\rjbxt")
        terminal.settle(0.3)
        terminal.press("\x1b")
        terminal.settle(0.5)
        # But for the first and the last line, which tell the time and what was done.
        shown, before = terminal.screen.lines[1:-1], len(terminal.output)
        terminal.press("\x0c")
        terminal.wait_for(lambda _: len(terminal.output) - before > 1500, "all of it anew")
        terminal.settle(0.5)
        assert terminal.screen.lines[1:-1] == shown


def test_what_another_program_wrote_is_painted_over(someone: Someone, tmp_path: Path) -> None:
    with Terminal(python("paperterm"), someone.environment, str(PROJECT)) as terminal:
        terminal.wait_for_text("84 papers")
        terminal.settle(0.3)
        terminal.screen.feed(b"\x1b[5;5Hwall: the system goes down")
        assert terminal.screen.shows("wall:")
        terminal.press("\x0c")
        terminal.wait_for(lambda screen: not screen.shows("wall:"), "a clean screen")
