"""The command that keeps several machines' marks the same: sync."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path

import click

from paperterm.cli.output import counted, say, takes_unicode, tell
from paperterm.cli.session import Session, pass_session
from paperterm.errors import LibraryBusy, SyncError, UsageError
from paperterm.library.door import Library
from paperterm.library.syncing.round import Report, sync_here
from paperterm.model.text import shown

_WATCH_SECONDS = 2.0
"""Between two rounds of watching; one in which nothing is new reads a list of files."""
_BUSY_SECONDS = 5.0


@click.command()
@click.argument(
    "folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path, file_okay=False)
)
@click.option("--watch", is_flag=True, help="Keep doing it, until Ctrl-C.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a round.")
@pass_session
def sync(session: Session, folder: Path | None, watch: bool, as_json: bool) -> int:
    """Share what you did with your other machines.

    DIR is a folder, there already, that Syncthing, Dropbox, git or a stick carries between them;
    without one, it is the setting `sync`. Each machine writes files of its own in there, and only
    at their ends. Marks, notes and whatever else the journal holds are the same wherever the same
    files have come, in any order. The exit status is 1 when something there can't be read: the rest
    is here.

    \b
      paperterm sync ~/Sync/papers
      paperterm sync ~/Sync/papers --watch
    """
    folder = folder or session.settings.sync
    if folder is None:
        raise UsageError(
            "Which folder? `paperterm sync DIR`, or the setting `sync` in config.toml."
        )
    with session.library(greeting=False) as library:
        if not watch:
            return _report(_round(library, folder), as_json)
        said = ""
        while True:
            said = _watched(library, folder, said, as_json)
            time.sleep(_WATCH_SECONDS)


def _round(library: Library, folder: Path) -> Report:
    return sync_here(library, folder, threading.Event(), _BUSY_SECONDS)


def _watched(library: Library, folder: Path, said: str, as_json: bool) -> str:
    """A round of watching; what is wrong, which is told when it was not `said` before."""
    try:
        report = _round(library, folder)
    except (SyncError, LibraryBusy) as error:  # it may be there again the next time
        if str(error) != said:
            tell(str(error))
        return str(error)
    wrong = "\n".join(_wrong(report))
    if report.heard or report.told or (wrong and wrong != said):
        _report(report, as_json)
    return wrong


def _report(report: Report, as_json: bool) -> int:
    wrong = _wrong(report)
    if as_json:
        told = {
            "heard": report.heard,
            "told": report.told,
            "machines": report.machines,
            "missing": report.missing,
            "problems": [shown(problem) for problem in report.problems],
        }
        say(json.dumps(told, ensure_ascii=not takes_unicode()))
    else:
        heard = f"took over {counted(report.heard, 'action')}" if report.heard else "nothing new"
        say(f"{counted(report.machines, 'machine')}: {heard}, wrote {report.told}.")
    for problem in wrong:
        tell(problem)
    return int(bool(report.problems))


def _wrong(report: Report) -> list[str]:
    missing = (
        f"{counted(number, 'action')} of {name} did not come yet, though later ones did."
        for name, number in report.missing.items()
    )
    half = (
        f"The end of {shown(file)} did not come yet; it is read when it is there."
        for file in report.half_come
    )
    return [*report.problems, *missing, *half]
