"""Commands for tags over the whole library: list, rename, merge, delete, colour."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import click

from paperterm.cli.completing import values
from paperterm.cli.output import counted, glyph, say, takes_unicode, tell, width
from paperterm.cli.session import Session, pass_session
from paperterm.cli.table import cells, fit
from paperterm.errors import LibraryReadOnly
from paperterm.exports.jsonl import json_text
from paperterm.library import retagging
from paperterm.library.door import Library
from paperterm.library.retagging import Plan
from paperterm.library.tag_tree import TagTree
from paperterm.model.marks import parse_tag
from paperterm.model.tags import near_duplicates, parse_colour
from paperterm.model.text import shown

_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
_dry = click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
_MOST_TOLD = 10
"""Groups of tags that are alike that the list tells of."""


@click.group(invoke_without_command=True)
@_json
@click.pass_context
def tags(context: click.Context, as_json: bool) -> int:
    """List, rename, merge, delete and colour tags.

    A tag's papers are counted with those of the tags below it. What is renamed, merged or deleted
    is so on every paper, with the tags below it, as one action that can be taken back.

    \b
      paperterm tags rename llm lm          # llm/long-context becomes lm/long-context
      paperterm tags merge llms "language models" lm
      paperterm tags delete "to read"
      paperterm tags colour lm teal
    """
    if context.invoked_subcommand is None:
        _list(context.ensure_object(Session), as_json)
    return 0


@tags.command("list")
@_json
@pass_session
def list_tags(session: Session, as_json: bool) -> int:
    """List the tags, and how many papers have each."""
    _list(session, as_json)
    return 0


def _list(session: Session, as_json: bool) -> None:
    with session.library() as library:
        tree, own = library.tagging.tree(), library.tags()
        colours = library.tagging.colours()
    if not len(tree) and not as_json:
        tell("No paper has a tag yet.")
    carried = _by_folded(own)
    columns = width()
    for place, name in enumerate(tree.names):
        colour = colours.of(name)
        if as_json:
            itself = carried.get(name.casefold(), 0)
            told = {"tag": name, "papers": tree.counts[place], "itself": itself, "colour": colour}
            say(json_text(told, ascii_only=not takes_unicode()))
        elif columns is None:
            say(f"{shown(name)}\t{tree.counts[place]}")
    if columns is not None and not as_json:
        _print_tree(tree, columns)
    _tell_near(own)


def _by_folded(own: Sequence[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for tag, count in own:
        found[tag.casefold()] = found.get(tag.casefold(), 0) + count
    return found


def _print_tree(tree: TagTree, columns: int) -> None:
    names = [f"{'  ' * name.count('/')}{shown(name.rpartition('/')[2])}" for name in tree.names]
    longest = min(max(map(cells, names), default=0), max(8, columns - 9))
    for place, name in enumerate(names):
        say(f"{fit(name, longest)}  {tree.counts[place]:>6}")


def _tell_near(own: Sequence[tuple[str, int]]) -> None:
    groups = near_duplicates(own)
    alike = glyph("≈", "=")
    for group in groups[:_MOST_TOLD]:
        named = f" {alike} ".join(f"{name} ({count:,})" for name, count in group)
        tell(f"Nearly the same: {named}; `paperterm tags merge` makes them one.")
    if len(groups) > _MOST_TOLD:
        tell(f"And {len(groups) - _MOST_TOLD:,} more groups of tags are nearly the same.")


@tags.command()
@click.argument("old", shell_complete=values.tags)
@click.argument("new", shell_complete=values.tags)
@_dry
@pass_session
def rename(session: Session, old: str, new: str, dry_run: bool) -> int:
    """Rename a tag, and those below it, on every paper.

    On a tag that there is already, both become one. A name that begins with - goes after --.
    """
    return _do(session, lambda library: retagging.plan_rename(library, old, new), dry_run)


@tags.command()
@click.argument("names", metavar="TAG... INTO", nargs=-1, required=True, shell_complete=values.tags)
@_dry
@pass_session
def merge(session: Session, names: Sequence[str], dry_run: bool) -> int:
    """Make one tag of several: the last one, which may be new."""
    if len(names) < 2:
        raise click.UsageError("Which tag is to take in the others? It is the last one named.")
    *merged, into = names
    return _do(session, lambda library: retagging.plan_merge(library, merged, into), dry_run)


@tags.command()
@click.argument("tag", shell_complete=values.tags)
@_dry
@pass_session
def delete(session: Session, tag: str, dry_run: bool) -> int:
    """Take a tag, and those below it, from every paper; the papers stay."""
    return _do(session, lambda library: retagging.plan_delete(library, tag), dry_run)


def _do(session: Session, planned: Callable[[Library], Plan], dry_run: bool) -> int:
    with session.library() as library:
        plan = planned(library)
        tell(f"{plan.told}.")
        if dry_run:
            return 0
        if library.read_only:
            raise LibraryReadOnly(library.read_only)
        done = retagging.carry_out(library, plan)
    if done.keys:
        papers = counted(len(done.keys), "paper")
        say(f"Changed the tags of {papers}; `paperterm undo` takes it back.")
    else:
        say("Nothing to change.")
    return 0


@tags.command()
@click.argument("tag", shell_complete=values.tags)
@click.argument("name", metavar="COLOUR", required=False, shell_complete=values.colours)
@pass_session
def colour(session: Session, tag: str, name: str | None) -> int:
    """Give a tag, and those below it, a colour.

    Without a COLOUR, the one that it has is printed.
    COLOUR is red, yellow, green, teal, blue, pink, or auto: the one it has by itself.
    """
    wanted = parse_tag(tag)
    with session.library() as library:
        if name is None:
            say(library.tagging.colours().of(wanted))
            return 0
        before = library.tagging.set_colour(wanted, parse_colour(name))
        after = library.tagging.colours().of(wanted)
    say(f"#{shown(wanted)} is {after}; it was {before}.")
    return 0
