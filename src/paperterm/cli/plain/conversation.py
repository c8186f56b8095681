"""The conversation itself: a line is read, understood and answered, until the reader leaves."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable
from typing import BinaryIO, TextIO

from paperterm.cli.card import WIDEST
from paperterm.cli.failures import told_of
from paperterm.cli.interrupts import Gently
from paperterm.cli.output import ClosedPipe, width
from paperterm.cli.plain import looking, shelving, table
from paperterm.cli.plain.talk import Answer, Talk
from paperterm.errors import UsageError
from paperterm.model.marks import LONGEST_NOTE
from paperterm.model.text import shown_lines, storable

_LONGEST = 4 * LONGEST_NOTE
"""Bytes a line may have."""
_PROMPT = "> "


class Mouth:
    """Says lines on standard output, each at once; for a terminal, wrapped between words."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def say(self, line: str) -> None:
        """One line, with nothing in it that a terminal would act on."""
        columns = width()
        for part in shown_lines(line).split("\n"):
            self._write(f"{self._wrapped(part, min(columns, WIDEST)) if columns else part}\n")

    def prompt(self) -> None:
        """Ask for a line."""
        self._write(_PROMPT)

    def _wrapped(self, text: str, columns: int) -> str:
        # A link stays whole: the terminal breaks what is too long for a line.
        parts = textwrap.wrap(text, columns, break_long_words=False, break_on_hyphens=False)
        return "\n".join(parts)

    def _write(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except BrokenPipeError as error:
            raise ClosedPipe from error


def converse(talk: Talk, ears: BinaryIO, mouth: Mouth, *, asking: bool) -> None:
    """Answer line after line of `ears` until it ends, or the reader leaves.

    With `asking` a person is there: a prompt stands before each line, and Ctrl-C ends what is
    being done, not the conversation.
    """
    with Gently() as gently:
        talk.waiting = gently.waiting
        while not talk.over:
            try:
                if not _turn(talk, ears, mouth, asking=asking):
                    break
            except KeyboardInterrupt:
                if not asking:
                    raise
                gently.forget()
                mouth.say("\nInterrupted. The command quit leaves.")
    if asking and not talk.over:
        mouth.say("")  # the prompt's line is still open


def _turn(talk: Talk, ears: BinaryIO, mouth: Mouth, *, asking: bool) -> bool:
    """Take a line and answer it; False at the end of input."""
    if asking:
        mouth.prompt()
    with talk.waiting():
        line = _line(ears)
    if line is None:
        return False
    for told in _answered(talk, line):
        mouth.say(told)
    return True


def opening(talk: Talk) -> Answer:
    """What is said first."""
    return [
        "paperterm, line by line. The command help tells the commands, quit leaves.",
        *_safely(talk, lambda: shelving.begin(talk)),
    ]


def _answered(talk: Talk, line: bytes) -> Answer:
    return _safely(talk, lambda: _answer(talk, line))


def _answer(talk: Talk, line: bytes) -> Answer:
    if len(line) >= _LONGEST:
        raise UsageError(f"A line has at most {_LONGEST:,} bytes; nothing was done with this one.")
    text = storable(line.decode(sys.stdin.encoding or "utf-8", "replace")).strip()
    if not text:
        return looking.where(talk)
    if text.isdecimal():
        return looking.read(talk, text)
    if text[0] in "/?":
        text = f"{text[0]} {text[1:]}"
    word, _, rest = text.partition(" ")
    return table.named(word).run(talk, rest.strip())


def _safely(talk: Talk, answer: Callable[[], Answer]) -> Answer:
    """The answer, or why there is none: nothing that goes wrong ends the conversation."""
    try:
        return answer()
    except ClosedPipe:
        raise
    except Exception as error:
        return [told_of(error, debug=talk.session.debug)]


def _line(ears: BinaryIO) -> bytes | None:
    """The next line, without the rest of one that is too long; None at the end of input."""
    try:
        line = ears.readline(_LONGEST)
        rest = line
        while rest and not rest.endswith(b"\n") and len(rest) == _LONGEST:
            rest = ears.readline(_LONGEST)
    except OSError:  # the terminal is gone
        return None
    return line or None
