"""Commands that mark papers: bookmark, tag. Each is one action, undone as one in the app."""

from __future__ import annotations

from collections.abc import Sequence

import click

from paperterm.cli.output import counted, say, tell
from paperterm.cli.session import Session, pass_session
from paperterm.errors import UnknownPaper
from paperterm.library.door import Library
from paperterm.library.retagging import tag_changes
from paperterm.library.view import Entry
from paperterm.model.marks import Change, parse_tags
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
            changes = tag_changes(library, entries, add, remove)
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
