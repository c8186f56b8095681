"""Commands that tell what was done, take it back, and bring it back: history, undo, redo."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import click

from paperterm.cli.output import counted, painted, say, takes_unicode, tell, width
from paperterm.cli.session import Session, pass_session
from paperterm.cli.table import fit
from paperterm.errors import UsageError
from paperterm.library import history as told_of
from paperterm.library.door import Library
from paperterm.library.history import Told
from paperterm.library.marking import Marked
from paperterm.model.text import shown

_CHUNK = 500
_times = click.argument("times", metavar="[N]", type=click.IntRange(min=1), default=1)


@click.command()
@_times
@click.option(
    "--only", metavar="NUMBER", type=click.IntRange(min=1), help="Take back just this one of all."
)
@pass_session
def undo(session: Session, times: int, only: int | None) -> int:
    """Take back the last action, or the last N.

    Imports are actions, too: papers that came new with one leave, but for those that bear marks
    or were shown by another source since. What came by itself is passed over; `--only NUMBER`
    takes back any one that `paperterm history` shows under this number.
    """
    with session.library(greeting=False) as library:
        if only is None:
            return _turn(library, library.undo, times, undone=True)
        if not any(one.number == only and not one.undone for one in library.history(1, only + 1)):
            raise UsageError(f"There is no action {only} to take back; `paperterm history` tells.")
        return _turn(library, lambda: library.undo(only), 1, undone=True)


@click.command()
@_times
@pass_session
def redo(session: Session, times: int) -> int:
    """Bring back what was taken back last, or the last N.

    An action that came after it ends what can be brought back.
    """
    with session.library(greeting=False) as library:
        return _turn(library, library.redo, times, undone=False)


def _turn(library: Library, turn: Callable[[], Marked | None], times: int, *, undone: bool) -> int:
    """Do it so many times, and say what came of each; the exit status."""
    for number in range(times):
        done = turn()
        if done is None:
            if not number:
                tell(f"{told_of.NOTHING_DONE if undone else told_of.NOTHING_UNDONE}.")
            return 0
        say(f"{told_of.turned_in(library, done, undone=undone)}.")
    return 0


@click.command()
@click.option("-n", "count", metavar="N", type=click.IntRange(min=1), default=20, help="How many.")
@click.option("--all", "everything", is_flag=True, help="All there are.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@pass_session
def history(session: Session, count: int, everything: bool, as_json: bool) -> int:
    """Tell what was done, the newest first.

    When, on how many papers, and whether it is taken back.
    """
    with session.library(greeting=False) as library:
        columns = width()
        empty = True
        for told in _told(library, None if everything else count):
            empty = False
            say(_json(told) if as_json else _line(told, columns))
    if empty and not as_json:
        tell("Nothing was done yet.")
    return 0


def _told(library: Library, most: int | None) -> Iterator[Told]:
    before = None
    while most is None or most > 0:
        some = library.history(_CHUNK if most is None else min(most, _CHUNK), before)
        yield from some
        if not some:
            return
        before = some[-1].number
        most = None if most is None else most - len(some)


def _json(told: Told) -> str:
    fields = {
        "number": told.number,
        "what": told_of.what(told),
        "at": told.at,
        "machine": shown(told.machine),
        "here": told.own,
        "papers": told.papers,
        "paper": told.key or None,
        "title": told_of.of_what(told) or None,
        "taken_back": told.undone,
    }
    return json.dumps(fields, ensure_ascii=not takes_unicode())


def _line(told: Told, columns: int | None) -> str:
    at = told_of.when(told)
    rest = told_of.where(told)
    if columns is None:
        stamp = at.isoformat(timespec="seconds") if at else ""
        what, on = told_of.what(told), told_of.of_what(told)
        return "\t".join((str(told.number), stamp, what, str(told.papers), rest, on))
    papers = f"{counted(told.papers, 'paper') if told.papers else '':>12}"
    head = f"{told.number:>6}  {at:%Y-%m-%d %H:%M}" if at else f"{told.number:>6}  {'':16}"
    line = f"{head}  {papers}  {told_of.what(told)}"
    line = f"{line} ({rest})" if rest else line
    line = f"{line}: {on}" if (on := told_of.of_what(told)) else line
    return painted(fit(line, columns).rstrip(), dim=told.undone)
