"""Commands that bring papers in: import, starter."""

from __future__ import annotations

import datetime as dt
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from paperterm.cli.finding import bring_up_index
from paperterm.cli.interrupts import Gently
from paperterm.cli.output import counted, say, tell
from paperterm.cli.progress import Bar
from paperterm.cli.reading import Counted
from paperterm.cli.session import Session, pass_session
from paperterm.errors import SourceError
from paperterm.library.door import Library
from paperterm.library.intake import Tally
from paperterm.model.record import Context
from paperterm.model.text import shown

_LARGE = 1_000_000
"""Bytes from which on a file gets a progress bar at once."""
_INTERRUPTED = 130


@dataclass(slots=True)
class _Taken:
    """What came of one file."""

    name: str
    tally: Tally
    failure: str = ""
    interrupted: bool = False

    @property
    def failed(self) -> bool:
        return bool(self.failure) or (bool(self.tally.refused) and not self.tally.taken)


@click.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--format", metavar="NAME", help="Take the content for this format, unseen.")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day the content is of, as 2025-11-06, where it does not say so itself.",
)
@pass_session
def import_(
    session: Session, files: Sequence[str], format: str | None, as_of: dt.datetime | None
) -> int:
    """Take in the papers of files; - is standard input.

    Taken are a Daily Papers page, saved as HTML or copied as text, answers of Hugging Face's
    papers API and of arXiv's, RSS and Atom feeds, arXiv's listing e-mails, BibTeX, RIS, CSL-JSON,
    and JSON lines as `search --json` and `export` print them. What a file holds is found by
    looking at it.

    The exit status is 1 when a file could not be read or nothing in it could be taken.
    """
    day = as_of.date() if as_of else None
    status = 0
    changed = False
    # No greeting: a first import into an empty library is to find it empty.
    with session.library(greeting=False) as library:
        for name in files:
            taken = _take(library, name, format, day)
            _report(taken)
            changed = changed or bool(taken.tally.new or taken.tally.updated)
            if taken.interrupted:
                tell("Interrupted; what had been read by then is in the library.")
                return _INTERRUPTED
            status = max(status, int(taken.failed))
        if changed:
            bring_up_index(library)
    return status


def _take(library: Library, file: str, format: str | None, as_of: dt.date | None) -> _Taken:
    from paperterm.sources import registry

    name = "standard input" if file == "-" else file
    taken = _Taken(shown(name), Tally())
    try:
        # Descriptor 0 rather than `sys.stdin`: unbuffered, so that Ctrl-C finds the read itself.
        with (
            open(0 if file == "-" else file, "rb", buffering=0, closefd=file != "-") as raw,
            Bar(f"Reading {shown(Path(name).name)[:30]}", _LARGE) as bar,
            Gently() as gently,
        ):
            modified, size = _told_by(raw.fileno())
            stream = Counted(raw, gently, lambda done: bar.update(done, size))
            items = registry.read(stream, Context(name, as_of, modified), format)
            library.add(gently.items(items), taken.tally)
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
    if taken.failure:
        tell(taken.failure)
    if not taken.failure or tally.taken or tally.refused:
        marked = f", with the marks of {counted(tally.marked, 'paper')}" if tally.marked else ""
        say(f"{taken.name}: {_summary(tally)}, {len(tally.refused)} refused{marked}")


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
