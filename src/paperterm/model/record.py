"""What a source yields while it reads: papers, and what it could not take."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from paperterm.model.marks import Marks
from paperterm.model.paper import Paper
from paperterm.model.part import Part
from paperterm.model.whole import Told


@dataclass(frozen=True, slots=True)
class Past:
    """How a paper stood in the library that it comes from."""

    added: str = ""
    """When it first came there, an ISO time in UTC."""
    came: str = ""
    """The name of the import that it came new with, if nothing else has shown it since."""
    names: tuple[str, ...] = ()
    """What it was known by that the paper itself does not tell."""


@dataclass(frozen=True, slots=True)
class Record:
    """A paper as a source tells it, and where in the input it began (lines from 1)."""

    paper: Paper
    line: int = 0
    marks: Marks = Marks()  # noqa: RUF009 - a frozen value
    """Marks that came with it, from another paperterm library."""
    end: int = 0
    """Where it ended: bytes of the input, unpacked. 0 where reading can't be taken up again."""
    past: Past = Past()


@dataclass(frozen=True, slots=True)
class Beside:
    """What another paperterm library tells beside its papers, and where."""

    told: Told
    line: int = 0
    end: int = 0
    """As that of a record."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that was not taken, and why; both are for showing."""

    line: int
    reason: str
    title: str = ""
    end: int = 0
    """As that of a record."""


@dataclass(frozen=True, slots=True)
class Passed:
    """A record that was not asked for: see `model.part`."""

    line: int = 0
    end: int = 0
    """As that of a record."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the reader should know of the whole input: an assumed year, an encoding."""

    text: str


Item = Record | Beside | Refusal | Remark | Passed


@dataclass(frozen=True, slots=True)
class Place:
    """How far a reading has got: what is before it need not be read again."""

    bytes: int = 0
    """Of the input, unpacked."""
    line: int = 0
    """The last line before it."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a source can't see in the bytes themselves."""

    name: str
    """What to call the input in messages."""
    as_of: dt.date | None = None
    """The day the reader says the input is of."""
    modified: dt.date | None = None
    """The day the file was last written; nothing in it can be younger."""
    after: Place = Place()
    """Where to begin. Lines are counted from the input's own beginning all the same."""
    part: Part = Part()  # noqa: RUF009 - a frozen value
    """The papers that are wanted."""
