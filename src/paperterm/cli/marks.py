"""Commands that mark papers. Each is one action, undone as one in the app."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import click

from paperterm.cli.output import counted, say, tell
from paperterm.cli.session import Session, pass_session
from paperterm.errors import UnknownPaper
from paperterm.library.door import Library
from paperterm.library.retagging import tag_changes
from paperterm.library.view import Entry
from paperterm.library.when import today
from paperterm.model.ahead import read_day_ahead
from paperterm.model.marks import NOT_LATER, Change, archiving, parse_tags, putting_off
from paperterm.model.text import shown

_names = click.argument("names", metavar="ID...", nargs=-1, required=True)


def _known(library: Library, names: Sequence[str]) -> tuple[list[Entry], int]:
    """The papers that `names` mean, each once, and the exit status: 1 when one means none."""
    found: dict[int, Entry] = {}
    status = 0
    for name in names:
        try:
            entry = library.named(name)
        except UnknownPaper as error:
            tell(str(error))
            status = 1
        else:
            found[entry.id] = entry
    return list(found.values()), status


@click.command()
@_names
@click.option("--remove", is_flag=True, help="Take the bookmarks away.")
@pass_session
def bookmark(session: Session, names: Sequence[str], remove: bool) -> int:
    """Bookmark papers.

    IDs that no paper has are told and the others are done; the exit status is then 1.
    """
    with session.library() as library:
        entries, status = _known(library, names)
        changes = [Change(entry.paper.key, bookmarked=not remove) for entry in entries]
        label = "remove bookmark" if remove else "bookmark"
        done = library.mark(changes, label, entries).keys if entries else ()
    if entries:
        what = "Took the bookmark from" if remove else "Bookmarked"
        say(_told(what, len(done), len(entries)))
    return status


@click.command()
@_names
@click.option("--add", "added", metavar="TAG", multiple=True, help="Add a tag; may be repeated.")
@click.option("--remove", "removed", metavar="TAG", multiple=True, help="Take a tag away.")
@click.option("--as-typed", is_flag=True, help="Keep capitals where a tag is there without them.")
@pass_session
def tag(
    session: Session,
    names: Sequence[str],
    added: Sequence[str],
    removed: Sequence[str],
    as_typed: bool,
) -> int:
    """Tag papers; without options, print their tags.

    A TAG may hold others: llm/long-context stands below llm. Several are kept apart by commas.
    One that is there with other capitals is used as it is there.
    """
    add = tuple(tag for text in added for tag in parse_tags(text))
    remove = tuple(tag for text in removed for tag in parse_tags(text))
    if (added or removed) and not (add or remove):
        raise click.UsageError("A tag needs at least one letter.")
    with session.library() as library:
        entries, status = _known(library, names)
        if not add and not remove:
            _print_tags(entries)
            return status
        if as_typed:
            changes = [Change(entry.paper.key, add=add, remove=remove) for entry in entries]
        else:
            _tell_near(library, add)
            held = library.holdings([entry.id for entry in entries])
            changes = tag_changes(library, held, add, remove)
        done = library.mark(changes, "tags", entries).keys if entries else ()
    if entries:
        say(_told("Changed the tags of", len(done), len(entries)))
    return status


def _tell_near(library: Library, tags: Sequence[str]) -> None:
    """Of tags that are about to be made: which there is that is nearly the same."""
    known = library.tagging.known()
    for each in tags:
        if near := known.near(each):
            tell(f"#{each} is new; #{near} is there, and is nearly the same.")


@click.command()
@_names
@click.option("--remove", is_flag=True, help="Take the papers out of the archive.")
@pass_session
def archive(session: Session, names: Sequence[str], remove: bool) -> int:
    """Archive papers: they leave the Inbox, read or not."""
    if remove:
        what = ("out of the archive", "Took out of the archive")
        return _mark_each(session, names, lambda key: Change(key, archived=False), *what)
    return _mark_each(session, names, archiving, "archive", "Archived")


@click.command()
@click.argument("arguments", metavar="ID... DAY", nargs=-1, required=True)
@click.option("--remove", is_flag=True, help="Put the papers off no longer; no DAY then.")
@pass_session
def later(session: Session, arguments: Sequence[str], remove: bool) -> int:
    """Put papers off: on DAY they are in the Inbox again.

    DAY is tomorrow, mon, 3d, 2w, "6 nov" or 2026-11-06.
    """
    if remove:
        asked = lambda key: Change(key, later=NOT_LATER)  # noqa: E731
        return _mark_each(session, arguments, asked, "no longer put off", "No longer put off:")
    *names, text = arguments
    if not names:
        raise click.UsageError("An ID and a DAY are needed.")
    day = read_day_ahead(text, today())
    until = f"until {day.isoformat()}"
    return _mark_each(
        session, names, lambda key: putting_off(key, day), f"put off {until}", f"Put off {until}:"
    )


@click.command()
@_names
@click.option("--restore", is_flag=True, help="Bring papers back that were removed.")
@pass_session
def remove(session: Session, names: Sequence[str], restore: bool) -> int:
    """Take papers out of the library.

    Nothing is deleted: they are shown by is:removed alone, and can be brought back.
    """
    what = ("bring back", "Brought back") if restore else ("remove", "Removed")
    return _mark_each(session, names, lambda key: Change(key, removed=not restore), *what)


def _mark_each(
    session: Session, names: Sequence[str], change: Callable[[str], Change], label: str, what: str
) -> int:
    """Carry out a change on each paper as one action; the exit status."""
    with session.library() as library:
        entries, status = _known(library, names)
        changes = [change(entry.paper.key) for entry in entries]
        done = library.mark(changes, label, entries).keys if entries else ()
    if entries:
        say(_told(what, len(done), len(entries)))
    return status


def _print_tags(entries: Sequence[Entry]) -> None:
    """A tag a line; of several papers, each after its paper's id."""
    for entry in entries:
        start = f"{shown(entry.paper.key)}\t" if len(entries) > 1 else ""
        for each in entry.marks.tags:
            say(f"{start}{shown(each)}")


def _told(what: str, done: int, asked: int) -> str:
    if not done:
        return f"Nothing to change: {counted(asked, 'paper')} had it so already."
    rest = f"; {asked - done} had it so already" if done < asked else ""
    return f"{what} {counted(done, 'paper')}{rest}."
