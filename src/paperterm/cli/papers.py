"""Commands that look papers up and hand them on: search, show, export, copy, open."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TextIO

import click

from paperterm.cli.card import WIDEST, card
from paperterm.cli.commands import QueryCommand
from paperterm.cli.completing import values
from paperterm.cli.explaining import explanation_lines, guide_lines
from paperterm.cli.finding import asked, find, saved_and
from paperterm.cli.output import counted, is_terminal, say, takes_unicode, tell, width
from paperterm.cli.session import Session, pass_session
from paperterm.cli.table import INDENT, cells, rows, script_line, snippet_line
from paperterm.errors import UsageError
from paperterm.library.door import Library
from paperterm.library.exporting import (
    EXPORTS,
    entries_of,
    export_lines,
    json_line,
    writing_whole,
)
from paperterm.library.view import Entry, View
from paperterm.model.query import Field, Sort
from paperterm.model.text import shown

_query = click.argument("query", nargs=-1, type=click.UNPROCESSED)


@click.command(cls=QueryCommand)
@_query
@click.option("--limit", type=click.IntRange(min=1), help="Show at most so many papers.")
@click.option("--sort", type=click.Choice([sort.value for sort in Sort]), help="The order.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.option("--explain", is_flag=True, help="Say of each paper why it is there, and its place.")
@click.option(
    "--saved",
    metavar="NAME",
    help="Search as a saved search does; QUERY narrows it.",
    shell_complete=values.searches,
)
@click.option("--world", is_flag=True, help="Ask Hugging Face and arXiv, not your library.")
@click.option("--keep", is_flag=True, help="With --world: take what is found into the library.")
@pass_session
def search(
    session: Session,
    query: Sequence[str],
    limit: int | None,
    sort: str | None,
    as_json: bool,
    explain: bool,
    saved: str | None,
    world: bool,
    keep: bool,
) -> int:
    """Search papers; without a QUERY, list them all.

    A QUERY is words, "phrases", -not, title: author: tag: is:bookmarked date:2024 and so on, as in
    the app. Options are written out in full: a QUERY may begin with a minus.

    \b
      paperterm search mamba -retrieval is:unread
      paperterm search --json tag:llm date:2025
      paperterm search --explain --limit 3 mamba retrieval
      paperterm search --saved "long context" is:unread

    To a terminal a table is printed, with a piece of the abstract or the authors under a title that
    does not tell why it is there; elsewhere the id, the date and the title, kept apart by tabs.
    Finding nothing is no failure. With --world, papers are printed as the services find them; the
    exit status is 1 when one of them could not be asked.
    """
    if world:
        if sort:
            raise click.UsageError("What the world finds comes in its own order: no --sort.")
        if saved:
            raise click.UsageError("--saved asks your library, --world does not: choose one.")
        from paperterm.cli.world import search_world

        return search_world(session, " ".join(query), limit, as_json, keep)
    if keep:
        raise click.UsageError("--keep goes with --world.")
    # Exit status 0 with no hits: an empty answer is an answer, and `set -e` must not end on it.
    if explain and as_json:
        raise UsageError("--explain is for people to read, --json for programs: choose one.")
    wanted = asked(query, sort)
    with session.library() as library:
        if saved:
            wanted = saved_and(library, saved, wanted)
        view = find(session, library, wanted)
        if not view.ids:
            tell(_nothing((*query, *([f"the saved search {saved}"] if saved else []))))
        elif explain and not view.ranked:
            tell("Only what the index finds by words has a score that can be explained.")
        entries = islice(entries_of(library, view.ids), limit)
        columns = width()
        below = partial(_snippet, library, view, columns or 0)
        if explain:
            below = partial(explanation_lines, library, wanted, view.sort, columns)
        lines: Iterator[str]
        if as_json:
            lines = (json_line(entry, ascii_only=not takes_unicode()) for entry in entries)
        elif columns is None:
            lines = chain.from_iterable(
                (script_line(entry), *(below(entry) if explain else ())) for entry in entries
            )
        else:
            lines = rows(entries, columns, below)
        if explain and view.ranked and view.ids:
            lines = chain(lines, guide_lines(columns))
        for line in lines:
            say(line)
    return 0


def _snippet(library: Library, view: View, columns: int, entry: Entry) -> Iterator[str]:
    if library.hits_in(shown(entry.paper.title), view.patterns, Field.TITLE):
        return
    room = columns - len(INDENT)
    text, spans = library.snippet(entry.paper, view.patterns, room)
    if cells(text) > room:  # characters of two cells
        text, spans = library.snippet(entry.paper, view.patterns, room // 2)
    if text:
        yield snippet_line(text, spans, columns)


def _nothing(query: Sequence[str]) -> str:
    words = shown(" ".join(query))
    return f"No paper matches {words}" if words else "There are no papers in this library yet."


@click.command()
@click.argument("name", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@pass_session
def show(session: Session, name: str, as_json: bool) -> int:
    """Show a paper with its abstract.

    An ID is an arXiv id in any form, a DOI, an arXiv or Hugging Face address, or the id that
    `search` prints.
    """
    with session.library() as library:
        entry = library.named(name)
    if as_json:
        say(json_line(entry, ascii_only=not takes_unicode()))
        return 0
    columns = min(width() or WIDEST, WIDEST)
    for line in card(entry, columns):
        say(line)
    return 0


@click.command(cls=QueryCommand)
@_query
@click.option(
    "--output",
    metavar="FILE",
    help="Write to FILE, whole or not at all. Short: -o.",
    shell_complete=values.files,
)
@click.option(
    "--format",
    type=click.Choice(EXPORTS),
    default=EXPORTS[0],
    show_default=True,
    help="What to write.",
)
@pass_session
def export(session: Session, query: Sequence[str], output: str | None, format: str) -> int:
    """Write papers for other programs: all, or those of a QUERY.

    JSON lines hold all there is of a paper, bookmark and tags included: `paperterm import` of
    them elsewhere gives the same paper. Without a QUERY they hold the whole library: papers that
    were taken out, history, colours of tags and saved searches too, and importing them into an
    empty one gives the same. BibTeX, RIS and CSL-JSON hold what is cited of a paper.
    """
    with session.library() as library:
        if format == EXPORTS[0] and not "".join(query).strip():
            return _export_whole(library, output)
        view = find(session, library, asked(query))
        entries = entries_of(library, view.ids)
        if output is None or output == "-":
            if not view.ids:
                tell(_nothing(query))
            for line in export_lines(entries, format, ascii_only=not takes_unicode()):
                say(line)
            return 0
        with writing_whole(Path(output)) as stream:
            for line in export_lines(entries, format):
                stream.write(f"{line}\n".encode())
    say(f"Wrote {counted(len(view.ids), 'paper')} to {shown(output)}.")
    return 0


def _export_whole(library: Library, output: str | None) -> int:
    if output is None or output == "-":
        for line in library.whole.lines(ascii_only=not takes_unicode()):
            say(line)
        return 0
    with writing_whole(Path(output)) as stream:
        for line in library.whole.lines():
            stream.write(f"{line}\n".encode())
    say(f"Wrote {counted(library.whole.papers, 'paper')} to {shown(output)}.")
    return 0


@click.command()
@click.argument("name", metavar="ID")
@pass_session
def copy(session: Session, name: str) -> int:
    """Copy the link of a paper; says which way it went."""
    from paperterm.desktop import clipboard

    with session.library() as library:
        link = session.link_of(library.named(name).paper)
    fallback = session.paths.state / "copied.txt"
    copied = clipboard.copy(link, write_terminal=_terminal_writer(), fallback=fallback)
    say(copied.told)
    return 0


def _terminal_writer() -> Callable[[str], None] | None:
    """How to reach the reader's terminal; None when neither output is one."""
    for stream in (sys.stdout, sys.stderr):
        if is_terminal(stream):
            return partial(_write_through, stream)
    return None


def _write_through(stream: TextIO, sequence: str) -> None:
    stream.write(sequence)
    stream.flush()


@click.command("open")
@click.argument("name", metavar="ID")
@pass_session
def open_(session: Session, name: str) -> int:
    """Open the page of a paper in the browser."""
    from paperterm.desktop import browser

    with session.library() as library:
        link = session.link_of(library.named(name).paper)
    say(browser.open_url(link).told)
    return 0
