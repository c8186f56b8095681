"""Commands that bring papers in: import, starter."""

from __future__ import annotations

import datetime as dt
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import click

from paperterm.cli.completing import values
from paperterm.cli.finding import bring_up_index
from paperterm.cli.interrupts import Gently
from paperterm.cli.output import counted, say, tell
from paperterm.cli.progress import Bar
from paperterm.cli.reading import Counted
from paperterm.cli.session import Session, pass_session
from paperterm.errors import SourceError, UsageError
from paperterm.library.door import Library
from paperterm.library.intake import Tally
from paperterm.library.reading import reading_of
from paperterm.model.dates import read_since
from paperterm.model.part import Part
from paperterm.model.record import Context, Place
from paperterm.model.text import shown

_LARGE = 1_000_000
"""Bytes from which on a file gets a progress bar at once."""
_INTERRUPTED = 130
_LONGEST_LABEL = 100


@dataclass(slots=True)
class _Taken:
    """What came of one file."""

    name: str
    tally: Tally
    failure: str = ""
    interrupted: bool = False
    resumable: bool = False
    """Whether the same import would go on where this one was stopped."""

    @property
    def failed(self) -> bool:
        return bool(self.failure) or (bool(self.tally.refused) and not self.tally.taken)


@dataclass(frozen=True, slots=True)
class _Asked:
    """How files are to be read."""

    format: str | None
    as_of: dt.date | None
    part: Part
    from_start: bool
    label: str
    """What the journal is to call the import."""
    name: str = field(default_factory=lambda: Tally().name)

    @property
    def how(self) -> str:
        """All that makes the same file give other papers."""
        since = self.part.since
        return f"{self.format} {self.as_of} {since} {' '.join(self.part.categories)}"


@click.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, shell_complete=values.files)
@click.option(
    "--format",
    metavar="NAME",
    help="Take the content for this format, unseen.",
    shell_complete=values.formats,
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day the content is of, as 2025-11-06, where it does not say so itself.",
)
@click.option(
    "--cat",
    "categories",
    metavar="NAME",
    multiple=True,
    help="Only papers of this arXiv category, as cs.CL, or archive, as cs. May be repeated.",
)
@click.option(
    "--since",
    metavar="DATE",
    help="Only papers published since then: 2023, 2023-06, 2023-06-01, or 30d, 2w, 3m, 1y ago.",
)
@click.option(
    "--from-start", is_flag=True, help="Do not go on where an earlier import was stopped."
)
@click.option(
    "--no-index", is_flag=True, help="Leave the search index to the next search or the app."
)
@pass_session
def import_(
    session: Session,
    files: Sequence[str],
    format: str | None,
    as_of: dt.datetime | None,
    categories: Sequence[str],
    since: str | None,
    from_start: bool,
    no_index: bool,
) -> int:
    """Take in the papers of files; - is standard input.

    Taken are a Daily Papers page, saved as HTML or copied as text, answers of Hugging Face's
    papers API and of arXiv's, arXiv's metadata snapshot, RSS and Atom feeds, arXiv's listing
    e-mails, BibTeX, RIS, CSL-JSON, and JSON lines as `search --json` and `export` print them, each
    as it is or packed with gzip. What a file holds is found by looking at it.

    A snapshot whose import was stopped is gone on with where it was, while it has not changed.

    The exit status is 1 when a file could not be read or nothing in it could be taken.
    """
    label = f"import of {', '.join(shown(Path(name).name) for name in files)[:_LONGEST_LABEL]}"
    day = as_of.date() if as_of else None
    asked = _Asked(format, day, _part(categories, since), from_start, label)
    whole = Tally(label=label, name=asked.name)
    status = 0
    changed = False
    # No greeting: a first import into an empty library is to find it empty.
    with session.library(greeting=False) as library:
        with _booking(library, whole):
            for name in files:
                taken = _take(library, name, asked)
                if not taken.tally.restored:
                    whole.new += taken.tally.new
                    whole.marked += taken.tally.marked
                _report(taken)
                changed = changed or bool(taken.tally.new or taken.tally.updated)
                if taken.interrupted:
                    how = "; the same command goes on there" if taken.resumable else ""
                    tell(f"Interrupted; what had been read by then is in the library{how}.")
                    return _INTERRUPTED
                status = max(status, int(taken.failed))
        if changed and not no_index:
            sys.stdout.flush()
            try:
                bring_up_index(library)
            except KeyboardInterrupt:
                tell("Interrupted; all papers are in, and the next search goes on with the index.")
                return _INTERRUPTED
    return status


@contextmanager
def _booking(library: Library, whole: Tally) -> Iterator[None]:
    """What comes in within the block is one entry of the journal, however the block ends."""
    try:
        yield
    finally:
        library.book(whole)


def _part(categories: Sequence[str], since: str | None) -> Part:
    day = read_since(since, dt.date.today()) if since else None
    if since and day is None:
        raise UsageError(f"{shown(since)} is no date such as 2023, 2023-06 or 30d.")
    return Part(tuple(sorted(set(categories))), day)


def _take(library: Library, file: str, asked: _Asked) -> _Taken:
    from paperterm.sources import registry

    name = "standard input" if file == "-" else file
    taken = _Taken(shown(name), Tally(label=asked.label, name=asked.name))
    try:
        # Descriptor 0 rather than `sys.stdin`: unbuffered, so that Ctrl-C finds the read itself.
        with (
            open(0 if file == "-" else file, "rb", buffering=0, closefd=file != "-") as raw,
            Bar(f"Reading {shown(Path(name).name)[:30]}", _LARGE) as bar,
            Gently() as gently,
        ):
            modified, size = _told_by(raw.fileno())
            reading = None if file == "-" else reading_of(raw.fileno(), Path(file), asked.how)
            after = library.begun(reading) if reading and not asked.from_start else Place()
            if after.line:
                again = "`--from-start` reads it all again"
                tell(f"{shown(name)}: going on after line {after.line:,}; {again}.")
            stream = Counted(raw, gently, lambda done: bar.update(done, size, taken.tally.met))
            context = Context(name, asked.as_of, modified, after, asked.part)
            items = registry.read(stream, context, asked.format)
            try:
                library.add(gently.items(items), taken.tally, reading)
            except KeyboardInterrupt:
                taken.resumable = reading is not None and library.begun(reading).line > 0
                raise
    except OSError as error:
        taken.failure = f"{shown(name)} can't be read: {error.strerror or 'no reason given'}."
    except SourceError as error:
        taken.failure = str(error)
    except KeyboardInterrupt:
        taken.interrupted = True
    return taken


def _told_by(descriptor: int) -> tuple[dt.date, int | None]:
    """The day an open file was last written, and its size in bytes if it has one."""
    told = os.fstat(descriptor)
    if not stat.S_ISREG(told.st_mode):
        return dt.date.today(), None
    try:
        return dt.date.fromtimestamp(told.st_mtime), told.st_size
    except (OverflowError, ValueError, OSError):
        return dt.date.today(), told.st_size


def _report(taken: _Taken) -> None:
    tally = taken.tally
    for remark in tally.remarks:
        tell(remark)
    for refusal in tally.refused:
        where = f"{taken.name}:{refusal.line}" if refusal.line else taken.name
        title = f" ({refusal.title})" if refusal.title else ""
        tell(f"{where}: {refusal.reason}{title}")
    if tally.entries:
        entries = f"{tally.entries:,} entr{'y' if tally.entries == 1 else 'ies'}"
        tell(f"{taken.name}: the history of that library came along, {entries}.")
    if taken.failure:
        tell(taken.failure)
    if not taken.failure or tally.taken or tally.refused:
        marked = tally.marked + tally.followed
        along = f", with the marks of {counted(marked, 'paper')}" if marked else ""
        passed = f", {tally.passed} passed over" if tally.passed else ""
        say(f"{taken.name}: {_summary(tally)}, {len(tally.refused)} refused{passed}{along}")


def _summary(tally: Tally) -> str:
    return f"{tally.new} new, {tally.updated} updated, {tally.unchanged} unchanged"


@click.group()
def starter() -> None:
    """Put up or take down the starter shelf."""


@starter.command("add")
@pass_session
def add_starter(session: Session) -> int:
    """Put the starter shelf up (again)."""
    with session.library(greeting=False) as library:
        say(f"Starter shelf: {_summary(library.add_starter())}")
        bring_up_index(library)
    return 0


@starter.command("remove")
@pass_session
def remove_starter(session: Session) -> int:
    """Take the starter shelf down; papers with a mark of yours stay."""
    with session.library(greeting=False) as library:
        gone, stayed = library.remove_starter()
    rest = f"; {stayed} with your marks stayed" if stayed else ""
    say(f"Took {counted(gone, 'paper')} of the starter shelf away{rest}.")
    return 0
