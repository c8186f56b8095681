"""What a terminal would show: the part of its language that Textual writes, on a grid of cells."""

from __future__ import annotations

import codecs
import re
import unicodedata

_TOKEN = re.compile(
    r"\x1b\[(?P<values>[0-?]*)[ -/]*(?P<final>[@-~])"  # a control sequence
    r"|\x1b[\]P^_X][^\x07\x1b]*(?:\x07|\x1b\\)"  # a string for the terminal
    r"|\x1b[ -/]*[0-OQ-WYZ\\`-~]"
    r"|(?P<control>[\x00-\x1a\x1c-\x1f\x7f])"
    r"|(?P<text>[^\x00-\x1f\x7f]+)"
)


class Screen:
    """A grid of cells that bytes are written to; colours are passed over."""

    def __init__(self, columns: int, rows: int) -> None:
        self.columns = columns
        self.rows = rows
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""
        self._row = 0
        self._column = 0
        self._clear()

    @property
    def lines(self) -> list[str]:
        """The rows, from the top."""
        return ["".join(row) for row in self._cells]

    def shows(self, text: str) -> bool:
        """Whether `text` stands in one of the rows."""
        return any(text in line for line in self.lines)

    @property
    def drawn(self) -> bool:
        """Whether there is a letter anywhere."""
        return any(cell.isalpha() for row in self._cells for cell in row)

    def feed(self, data: bytes) -> None:
        """Take in what a program wrote; sequences may be cut anywhere."""
        text = self._rest + self._decoder.decode(data)
        at = 0
        while match := _TOKEN.match(text, at):
            at = match.end()
            if written := match["text"]:
                self._write(written)
            elif match["final"]:
                self._command(match["final"], match["values"])
            elif match["control"]:
                self._control(match["control"])
        self._rest = text[at:]

    def _write(self, text: str) -> None:
        for character in text:
            if unicodedata.combining(character):
                continue
            if self._column >= self.columns:
                self._column = 0
                self._row = min(self._row + 1, self.rows - 1)
            self._cells[self._row][self._column] = character
            self._column += 1
            if unicodedata.east_asian_width(character) in "WF":
                self._column += 1

    def _control(self, control: str) -> None:
        if control == "\r":
            self._column = 0
        elif control == "\n":
            self._row = min(self._row + 1, self.rows - 1)
        elif control == "\b":
            self._column = max(0, self._column - 1)

    def _command(self, final: str, values: str) -> None:
        if values.startswith("?"):
            if final == "h" and values == "?1049":
                self._clear()
            return
        numbers = [int(value) if value.isdigit() else 0 for value in values.split(";")]
        first = max(1, numbers[0])
        match final:
            case "H" | "f":
                second = numbers[1] if len(numbers) > 1 else 1
                self._go(first - 1, max(1, second) - 1)
            case "A" | "B":
                self._go(self._row + (first if final == "B" else -first), self._column)
            case "C" | "D":
                self._go(self._row, self._column + (first if final == "C" else -first))
            case "G":
                self._go(self._row, first - 1)
            case "J":
                self._erase(numbers[0])
            case "K":
                self._cells[self._row][self._column :] = " " * (self.columns - self._column)

    def _go(self, row: int, column: int) -> None:
        self._row = max(0, min(row, self.rows - 1))
        self._column = max(0, min(column, self.columns - 1))

    def _erase(self, what: int) -> None:
        if what == 2:
            self._clear()
            return
        self._cells[self._row][self._column :] = " " * (self.columns - self._column)
        for row in range(self._row + 1, self.rows):
            self._cells[row] = [" "] * self.columns

    def _clear(self) -> None:
        self._cells = [[" "] * self.columns for _ in range(self.rows)]
