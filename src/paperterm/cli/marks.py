"""Commands that mark papers. Each is one action, undone as one in the app."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import click

from paperterm.cli.completing import values
from paperterm.cli.many import Chosen, choosing, papers_of
from paperterm.cli.output import counted, say, tell
from paperterm.cli.session import Session, pass_session
from paperterm.library.door import Library
from paperterm.library.retagging import tag_changes
from paperterm.library.view import Holding
from paperterm.library.when import today
from paperterm.model.ahead import read_day_ahead
from paperterm.model.marks import NOT_LATER, Change, archiving, parse_tags, putting_off, tag_label
from paperterm.model.text import shown


@click.command()
@choosing()
@click.option("--remove", is_flag=True, help="Take the bookmarks away.")
@pass_session
def bookmark(session: Session, chosen: Chosen, remove: bool) -> int:
    """Bookmark papers.

    IDs that no paper has are told and the others are done; the exit status is then 1.

    \b
      paperterm bookmark 2312.00752 2408.08066
      paperterm bookmark --query 'mamba since:30d' --dry-run
    """
    what = "Took the bookmark from" if remove else "Bookmarked"
    label = "remove bookmark" if remove else "bookmark"
    question = "Take the bookmark from" if remove else "Bookmark"
    change = lambda key: Change(key, bookmarked=not remove)  # noqa: E731
    return _mark_each(session, chosen, change, label, what, question)


@click.command()
@choosing()
@click.option("--unread", is_flag=True, help="Mark the papers as unread.")
@pass_session
def read(session: Session, chosen: Chosen, unread: bool) -> int:
    """Mark papers as read: they leave the Inbox."""
    label = "unread" if unread else "read"
    change = lambda key: Change(key, read=not unread)  # noqa: E731
    return _mark_each(session, chosen, change, label, f"Marked as {label}:", f"Mark as {label}:")


@click.command()
@choosing()
@click.option(
    "--add",
    "added",
    metavar="TAG",
    multiple=True,
    help="Add a tag; may be repeated.",
    shell_complete=values.tags,
)
@click.option(
    "--remove",
    "removed",
    metavar="TAG",
    multiple=True,
    help="Take a tag away.",
    shell_complete=values.tags,
)
@click.option("--as-typed", is_flag=True, help="Keep capitals where a tag is there without them.")
@pass_session
def tag(
    session: Session,
    chosen: Chosen,
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
        raise click.UsageError("A tag needs at least one letter or sign.")
    printing = not add and not remove
    with session.library() as library:
        meant = chosen.reading() if printing else chosen
        found = papers_of(session, library, meant, "Change the tags of")
        if printing:
            _print_tags(found.held)
            return found.status
        if not found.go_on or not found.held:
            return found.status
        if as_typed:
            changes = [Change(one.key, add=add, remove=remove) for one in found.held]
        else:
            for near in near_tags(library, add):
                tell(near)
            changes = tag_changes(library, found.held, add, remove)
        done = library.mark(changes, tag_label(changes)).keys
    say(_told("Changed the tags of", len(done), len(found.held)))
    return found.status


def near_tags(library: Library, tags: Sequence[str]) -> Iterator[str]:
    """A sentence of each tag that is about to be made where there is one nearly the same."""
    known = library.tagging.known()
    for each in tags:
        if near := known.near(each):
            yield f"#{each} is new; #{near} is there, and is nearly the same."


@click.command()
@choosing()
@click.option("--remove", is_flag=True, help="Take the papers out of the archive.")
@pass_session
def archive(session: Session, chosen: Chosen, remove: bool) -> int:
    """Archive papers: they leave the Inbox, read or not."""
    if remove:
        what = ("out of the archive", "Took out of the archive", "Take out of the archive")
        return _mark_each(session, chosen, lambda key: Change(key, archived=False), *what)
    return _mark_each(session, chosen, archiving, "archive", "Archived", "Archive")


@click.command()
@choosing("ID... DAY")
@click.option("--remove", is_flag=True, help="Put the papers off no longer; no DAY then.")
@pass_session
def later(session: Session, chosen: Chosen, remove: bool) -> int:
    """Put papers off: on DAY they are in the Inbox again.

    DAY is tomorrow, mon, 3d, 2w, "6 nov" or 2026-11-06.
    """
    if remove:
        asked = lambda key: Change(key, later=NOT_LATER)  # noqa: E731
        what = ("no longer put off", "No longer put off:", "Put off no longer:")
        return _mark_each(session, chosen, asked, *what)
    *names, text = chosen.names or ("",)
    if not text or (not names and chosen.query is None):
        raise click.UsageError("An ID and a DAY are needed.")
    day = read_day_ahead(text, today())
    until = f"until {day.isoformat()}"
    what = (f"put off {until}", f"Put off {until}:", f"Put off {until}:")
    return _mark_each(session, chosen.named(names), lambda key: putting_off(key, day), *what)


@click.command()
@choosing()
@click.option("--restore", is_flag=True, help="Bring papers back that were removed.")
@pass_session
def remove(session: Session, chosen: Chosen, restore: bool) -> int:
    """Take papers out of the library.

    Nothing is deleted: they are shown by is:removed alone, and can be brought back.
    """
    what = ("bring back", "Brought back") if restore else ("remove", "Removed")
    question = "Bring back" if restore else "Remove"
    return _mark_each(
        session, chosen, lambda key: Change(key, removed=not restore), *what, question
    )


def _mark_each(
    session: Session,
    chosen: Chosen,
    change: Callable[[str], Change],
    label: str,
    what: str,
    question: str,
) -> int:
    """Carry out a change on each paper as one action; the exit status."""
    with session.library() as library:
        found = papers_of(session, library, chosen, question)
        if not found.go_on or not found.held:
            return found.status
        done = library.mark([change(one.key) for one in found.held], label).keys
    say(_told(what, len(done), len(found.held)))
    return found.status


def _print_tags(held: Sequence[Holding]) -> None:
    """A tag a line; of several papers, each after its paper's id."""
    for one in held:
        start = f"{shown(one.key)}\t" if len(held) > 1 else ""
        for each in one.marks.tags:
            say(f"{start}{shown(each)}")


def _told(what: str, done: int, asked: int) -> str:
    if not done:
        return f"Nothing to change: {counted(asked, 'paper')} had it so already."
    rest = f"; {asked - done} had it so already" if done < asked else ""
    return f"{what} {counted(done, 'paper')}{rest}."
