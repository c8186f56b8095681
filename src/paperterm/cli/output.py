"""What the command line says: results on standard output, all else on standard error."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TextIO

import click

from paperterm.model.text import shown


class ClosedPipe(Exception):
    """Whoever was reading our output is gone, and does not want the rest."""


def say(line: str = "") -> None:
    """One line of the result. Outside text in it must have been through `shown`."""
    sys.stdout.write(f"{line}\n")


def tell(message: str) -> None:
    """One line for the person, on standard error; cleaned of all that a terminal would act on."""
    sys.stdout.flush()
    sys.stderr.write(f"{shown(message)}\n")
    sys.stderr.flush()


def is_terminal(stream: TextIO) -> bool:
    """Whether a person is likely to look at what `stream` shows."""
    return stream.isatty()


def width() -> int | None:
    """Columns of the terminal that the result goes to; None when it goes elsewhere."""
    return shutil.get_terminal_size().columns if is_terminal(sys.stdout) else None


def painted(text: str, *, bold: bool = False, dim: bool = False, colour: str | None = None) -> str:
    """`text` in a style, where the result goes to a terminal that may have colours."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    if plain or not is_terminal(sys.stdout):
        return text
    return click.style(text, fg=colour, bold=bold or None, dim=dim or None)


def glyph(nice: str, plain: str) -> str:
    """`nice`, or `plain` where the output's encoding has no such character."""
    try:
        nice.encode(sys.stdout.encoding)
    except UnicodeEncodeError:
        return plain
    return nice


def takes_unicode() -> bool:
    """Whether the output's encoding has every character."""
    return glyph("\U0010fffd", "") != ""


def counted(number: int, what: str) -> str:
    """``1 paper``, ``12 papers``."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
