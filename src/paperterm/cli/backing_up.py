"""Commands that keep the reader's marks safe: backup, restore."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from paperterm.cli.output import counted, is_terminal, say, tell
from paperterm.cli.session import Session, pass_session
from paperterm.errors import UsageError
from paperterm.library import safekeeping
from paperterm.library.safekeeping import Backup, Restoring
from paperterm.model.text import shown


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--all", "everything", is_flag=True, help="The catalogue of papers too.")
@click.option("--list", "listing", is_flag=True, help="Tell the backups there are.")
@pass_session
def backup(session: Session, file: Path | None, everything: bool, listing: bool) -> int:
    """Back up your marks now.

    The copy goes into the folder of backups, or a FILE that is not there yet. Marks are bookmarks,
    tags, notes, what is read, your feeds, and the journal that undo needs. A copy of each of the
    last seven days on which you marked something is kept anyway.
    """
    if listing:
        if file or everything:
            raise click.UsageError("--list goes alone.")
        kept = list(safekeeping.all_backups(session.paths))
        for one in kept:
            say(_line(one))
        if not kept:
            tell("There are no backups yet.")
        return 0
    for path in safekeeping.back_up(session.paths, file, everything=everything):
        say(f"Backed up to {shown(str(path))}")
    return 0


def _line(one: Backup) -> str:
    when = one.at.astimezone().strftime("%Y-%m-%d %H:%M") if one.at else "?"
    if one.counts is None:
        held = "can't be read"
    else:
        held = ", ".join(counted(number, kind) for kind, number in one.counts)
    return f"{shown(one.path.name)}\t{when}\t{shown(one.why)}\t{held}"


@click.command()
@click.argument("name", metavar="[BACKUP]", required=False)
@click.option("--undo", is_flag=True, help="Take the last restoring back.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_session
def restore(session: Session, name: str | None, undo: bool, yes: bool) -> int:
    """Put your marks back as a BACKUP has them.

    It says first what would change, and asks. A BACKUP is a name that `paperterm backup --list`
    tells, a day (the newest backup of it), or a file. Without one, it is the newest that differs
    from what there is. What there is now is backed up before, so that --undo brings it back. The
    app may be open meanwhile.

    \b
      paperterm restore 2025-11-06
      paperterm restore --undo
    """
    if undo and name is not None:
        raise click.UsageError("BACKUP and --undo exclude each other.")
    with safekeeping.restoring_from(session.paths, name, undo=undo) as restoring:
        say(f"From {shown(str(restoring.backup))}:")
        if restoring.comparison.same:
            say("Nothing would change.")
            return 0
        _tell_changes(restoring)
        if session.settings.sync is not None:
            say("What was done since and is in the folder of `sync` comes back with the next sync.")
        if not yes and not _agreed():
            say("Nothing was changed.")
            return 1
        made = restoring.carry_out()
    safekeeping.reunite(session.paths)
    say(f"Restored. What was there before is in {shown(made.name)};")
    say("`paperterm restore --undo` brings it back.")
    return 0


def _tell_changes(restoring: Restoring) -> None:
    for one in restoring.comparison.counts:
        head, space, rest = one.kind.partition(" ")
        kinds = f"{head}s{space}{rest}" if head == "paper" else f"{one.kind}s"
        say(f"  {kinds}: {one.come} come, {one.go} go")
    if not restoring.comparison.counts:
        say("  only the journal that undo goes by is another")


def _agreed() -> bool:
    if not is_terminal(sys.stdin):
        raise UsageError("Nobody can be asked here, and nothing was changed; --yes does not ask.")
    return click.confirm("Put these marks back?", err=True)
