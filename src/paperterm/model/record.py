"""What a source yields while it reads: papers, and what it could not take."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from paperterm.model.marks import Marks
from paperterm.model.paper import Paper


@dataclass(frozen=True, slots=True)
class Record:
    """A paper as a source tells it, and where in the input it began (lines from 1)."""

    paper: Paper
    line: int = 0
    marks: Marks = Marks()  # noqa: RUF009 - a frozen value
    """Marks that came with it, from another paperterm library."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that was not taken, and why; both are for showing."""

    line: int
    reason: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the reader should know of the whole input: an assumed year, an encoding."""

    text: str


Item = Record | Refusal | Remark


@dataclass(frozen=True, slots=True)
class Context:
    """What a source can't see in the bytes themselves."""

    name: str
    """What to call the input in messages."""
    as_of: dt.date | None = None
    """The day the reader says the input is of."""
    modified: dt.date | None = None
    """The day the file was last written; nothing in it can be younger."""
