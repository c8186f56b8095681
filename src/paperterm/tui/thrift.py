"""Writing to the terminal no more than has changed: for slow lines, and far machines.

Textual paints whole panes anew. What it writes is laid out here on a grid of cells that knows what
the terminal shows; only cells that are different are written, with the fewest changes of style.
Whatever is not painting goes through as it is, and makes the grid forget what it might have
changed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len, split_graphemes

_TOKEN = re.compile(
    r"\x1b\[(?P<row>\d+);(?P<column>\d+)H"
    r"|\x1b\[(?P<style>[\d;]*)m"
    r"|(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
    r"|(?P<line>\n)"
    r"|(?P<other>\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]P^_X].*?(?:\x07|\x1b\\)|\x1b.?|.)",
    re.DOTALL,
)
_HARMLESS = re.compile(
    r"\x1b\[\?(?!1049|47|1047)\d+[hl]|\x1b\[[?<>=][\d;$]*[a-gi-km-z]|\x1b\](?:22|52);.*|\x07",
    re.DOTALL,
)
"""What changes nothing of what is shown: modes, questions, the clipboard, the bell."""
_PLAIN = re.compile(r"[ -~\xa1-\xac\xae-\u02ff\u2010-\u2027\u2190-\u25ff\u2605\u2606\u2713\u2315]*")
"""Characters of one cell in every terminal, as far as one can know."""
_UNSURE = "\0"
_NEAR = 5
"""So many cells that are the same are written again, rather than passed over."""
_SEEN = {"4", "7", "9"}
"""Attributes that show on a blank, and its ink with them."""
_OFF = {"1": "22", "2": "22", "3": "23", "4": "24", "7": "27", "9": "29"}


class _Style(NamedTuple):
    attributes: frozenset[str] = frozenset()
    ink: str = ""
    ground: str = ""


_NO_STYLE = _Style()


class _Cell(NamedTuple):
    text: str
    """A character, with `_UNSURE` if it may take other cells; empty for what it covers."""
    style: _Style


_Row = list[_Cell | None]
"""None: nobody knows."""


class Thrift:
    """Knows what a terminal shows."""

    def __init__(self) -> None:
        self._rows: dict[int, _Row] = {}
        self._painted: dict[int, _Row] = {}
        """Rows as they will be when what was painted last has been written."""
        self._touched: dict[int, list[tuple[int, int]]] = {}
        self._place: tuple[int, int] | None = None
        """Where the next letter would stand."""
        self._at: tuple[int, int] | None = None
        """Where the terminal's cursor was left."""
        self._style = _NO_STYLE

    def forget(self) -> None:
        """The terminal may show anything."""
        self._rows.clear()
        self._at = None

    def thrifty(self, data: str) -> str:
        """What has to be written instead of `data`, to the same effect."""
        out: list[str] = []
        moved = False
        for token in _TOKEN.finditer(data):
            if (text := token["text"]) is not None:
                if self._place is None:  # nobody says where: not the way Textual paints
                    out += (self._written(), f"\x1b[{self._code()}m{text}\x1b[m")
                    self.forget()
                else:
                    self._paint(text)
                moved = False
            elif (style := token["style"]) is not None:
                self._style = _styled(self._style, style)
            elif token["row"]:
                self._place, moved = (int(token["row"]), int(token["column"])), True
            elif token["line"]:
                self._place, moved = None, False
            else:
                out += (self._written(), token["other"])
                if not _HARMLESS.fullmatch(token["other"]):
                    self.forget()
        out.append(self._written())
        if moved and self._place != self._at:
            out.append("\x1b[{};{}H".format(*self._place or ()))
            self._at = self._place
        return "".join(out)

    def _code(self) -> str:
        return ";".join(filter(None, (*sorted(self._style.attributes), *self._style[1:])))

    # Laying out

    def _paint(self, text: str) -> None:
        assert self._place is not None
        number, column = self._place
        row = self._painted.get(number)
        if row is None:
            row = self._painted[number] = list(self._rows.get(number, ()))
            self._touched[number] = []
        cells = self._cells(text)
        end = column + len(cells)
        if len(row) < end:
            row.extend([None] * (end - len(row)))
        _break(row, column)
        _break(row, end)
        row[column:end] = cells
        self._touched[number].append((column, end))
        self._place = number, end

    def _cells(self, text: str) -> list[_Cell]:
        width = cell_len(text)
        if width == len(text) and _PLAIN.fullmatch(text):
            return [_cell(character, self._style) for character in text]
        cells: list[_Cell] = []
        for start, end, width in split_graphemes(text)[0]:
            if width:
                cells.append(_Cell(text[start:end] + _UNSURE, self._style))
                cells += [_Cell("", self._style)] * (width - 1)
        return cells

    # Writing

    def _written(self) -> str:
        """What brings the terminal from what it shows to what was painted."""
        out: list[str] = []
        style, at = _NO_STYLE, 0
        for number, row in self._painted.items():
            before = self._rows.get(number, [])
            for start, end in self._spans(number, before, row):
                out.append(_way(at, number, start))
                at, self._at = number, None
                for cell in row[start:end]:
                    if cell is not None and cell.text:
                        wanted = _on_blank(style, cell.style) if cell.text == " " else cell.style
                        if wanted != style:
                            out.append(_change(style, wanted))
                            style = wanted
                        out.append(cell.text.removesuffix(_UNSURE))
            self._rows[number] = row
        self._painted.clear()
        self._touched.clear()
        if style != _NO_STYLE:
            out.append("\x1b[m")
        return "".join(out)

    def _spans(self, number: int, before: _Row, row: _Row) -> list[tuple[int, int]]:
        """The cells of a row that are to be written."""
        touched = _joined(self._touched[number])
        if any(cell is not None and len(cell.text) != 1 for cell in (*before, *row)):
            return touched  # a terminal may see other widths: as Textual would have it
        known = len(before)
        spans: list[tuple[int, int]] = []
        for start, end in touched:
            for place in range(start, end):
                if place >= known or before[place] != row[place]:
                    if spans and 0 <= place - spans[-1][1] <= _NEAR and spans[-1][0] >= start:
                        spans[-1] = spans[-1][0], place + 1
                    else:
                        spans.append((place, place + 1))
        return spans


def _break(row: _Row, place: int) -> None:
    """A wide character that reaches across a place is no longer there: half of it is written on."""
    if place < len(row) and _is_covered(row[place]):
        head, end = place - 1, place + 1
        while head > 0 and _is_covered(row[head]):
            head -= 1
        while end < len(row) and _is_covered(row[end]):
            end += 1
        row[head:end] = [_Cell(" ", cell.style) if cell else None for cell in row[head:end]]


def _is_covered(cell: _Cell | None) -> bool:
    return cell is not None and not cell.text


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same cells in spans that are in order and do not touch."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _way(at: int, row: int, column: int) -> str:
    """From somewhere in row `at` to a place, in few bytes."""
    place = f"\x1b[{row};{column}H"
    if row == at + 1 and at:
        return min(("\r\n" if column == 1 else f"\n\x1b[{column}G", place), key=len)
    return place


@lru_cache(8192)
def _cell(character: str, style: _Style) -> _Cell:
    if character == " " and not style.attributes & _SEEN:
        style = _Style(ground=style.ground)
    return _Cell(character, style)


@lru_cache(1024)
def _on_blank(style: _Style, blank: _Style) -> _Style:
    """What a blank may be written in, which shows no ink, with least change of a style."""
    if blank.attributes:
        return blank
    return _Style(style.attributes - _SEEN, style.ink, blank.ground)


@lru_cache(1024)
def _styled(style: _Style, codes: str) -> _Style:
    """What a style is after a sequence of codes."""
    attributes, ink, ground = set(style.attributes), style.ink, style.ground
    numbers = codes.split(";")
    while numbers:
        number = numbers.pop(0)
        if number in ("", "0"):
            attributes, ink, ground = set(), "", ""
        elif number in ("38", "48"):
            taken = 4 if numbers[:1] == ["2"] else 2
            colour = ";".join([number, *numbers[:taken]])
            del numbers[:taken]
            ink, ground = (colour, ground) if number == "38" else (ink, colour)
        elif len(number) > 1 and number[:-1] in ("3", "9"):
            ink = "" if number == "39" else number
        elif len(number) > 1 and number[:-1] in ("4", "10"):
            ground = "" if number == "49" else number
        else:
            attributes.add(number)
    return _Style(frozenset(attributes), ink, ground)


@lru_cache(4096)
def _change(old: _Style, new: _Style) -> str:
    """The shortest sequence that goes from one style to another."""
    if new == _NO_STYLE:
        return "\x1b[m"
    codes = [_OFF.get(gone, "0") for gone in sorted(old.attributes - new.attributes)]
    still = {on for on in new.attributes if _OFF.get(on) in codes}  # bold and dim end together
    codes += sorted((new.attributes - old.attributes) | still)
    if new.ink != old.ink:
        codes.append(new.ink or "39")
    if new.ground != old.ground:
        codes.append(new.ground or "49")
    anew = ["0", *sorted(new.attributes), *filter(None, (new.ink, new.ground))]
    return min((f"\x1b[{';'.join(way)}m" for way in (codes, anew)), key=len)
