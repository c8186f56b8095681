"""Commands for saved searches."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress

import click

from paperterm.cli.commands import QueryCommand
from paperterm.cli.completing import values
from paperterm.cli.finding import bring_up_index
from paperterm.cli.output import counted, say, takes_unicode, tell, width
from paperterm.cli.session import Session, pass_session
from paperterm.cli.table import cells, fit
from paperterm.errors import LibraryError
from paperterm.library.saved.changing import SearchFile
from paperterm.library.saved.searches import Tally, query_of
from paperterm.model.saved import Saved
from paperterm.model.text import shown

_name = click.argument("name", metavar="NAME", shell_complete=values.searches)
_query = click.argument("query", nargs=-1, type=click.UNPROCESSED)
_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")


def _file(session: Session) -> SearchFile:
    return SearchFile(session.paths.searches, session.paths.state)


@click.group(invoke_without_command=True)
@_json
@click.pass_context
def searches(context: click.Context, as_json: bool) -> int:
    """List, add and change saved searches.

    They are shelves in the app, and stand in searches.toml beside the settings, to be edited and
    shared. What is new in one has come since its shelf was last looked at.

    \b
      paperterm searches add "long context" '"long context" is:unread'
      paperterm search --saved "long context"
      paperterm searches move "long context" 1
    """
    if context.invoked_subcommand is None:
        _list(context.ensure_object(Session), as_json)
    return 0


@searches.command("list")
@_json
@pass_session
def list_searches(session: Session, as_json: bool) -> int:
    """List the saved searches.

    With how many papers each finds, and how many of them are new.
    """
    _list(session, as_json)
    return 0


def _list(session: Session, as_json: bool) -> None:
    with session.library() as library:
        written = library.searches.written()
        for problem in written.problems:
            tell(problem)
        if any(query_of(saved).has_text for saved in written.searches):
            bring_up_index(library)
        tallies = [library.searches.tally(saved) for saved in written.searches]
    if not written.searches and not as_json:
        tell("There are no saved searches; `paperterm searches add NAME QUERY` saves one.")
    for line in _lines(written.searches, tallies, as_json):
        say(line)


def _lines(saved: Sequence[Saved], tallies: Sequence[Tally | None], as_json: bool) -> Sequence[str]:
    together = list(zip(saved, tallies, strict=True))
    if as_json:
        found = [
            (one, (tally.all, tally.new) if tally else (None, None)) for one, tally in together
        ]
        return [
            json.dumps(
                {"name": one.name, "query": one.query, "papers": papers, "new": new},
                ensure_ascii=not takes_unicode(),
            )
            for one, (papers, new) in found
        ]
    columns = width()
    if columns is None:
        return [
            f"{one.name}\t{tally.new if tally else ''}\t{tally.all if tally else ''}\t{one.query}"
            for one, tally in together
        ]
    longest = min(max((cells(one.name) for one in saved), default=0), columns // 3)
    return [
        fit(
            f"{fit(one.name, longest)}  {f'{tally.new} new' if tally and tally.new else '':>9}"
            f"  {counted(tally.all, 'paper') if tally else '':>13}  {one.query}",
            columns,
        ).rstrip()
        for one, tally in together
    ]


@searches.command(cls=QueryCommand)
@_name
@_query
@pass_session
def add(session: Session, name: str, query: Sequence[str]) -> int:
    """Save a search.

    Without a QUERY, the one of that name that was removed is brought back.
    """
    if not query:
        saved = _file(session).bring_back(name)
        say(f"The search {saved.name!r} is back: {saved.query}")
        return 0
    saved = _file(session).add(name, " ".join(query))
    with suppress(LibraryError), session.library(greeting=False) as library:
        library.searches.look(saved, library.searches.newest)  # what is there is not new
    if hint := query_of(saved).hint:
        tell(hint)
    does = f"paperterm search --saved {_quoted(saved.name)}"
    say(f"Saved the search {saved.name!r}; `{does}` does it.")
    return 0


@searches.command()
@_name
@click.argument("new", metavar="NEW-NAME")
@pass_session
def rename(session: Session, name: str, new: str) -> int:
    """Give a saved search another name."""
    with session.library(greeting=False) as library:
        before, after = library.searches.rename(name, new)
    say(f"The search {before.name!r} is called {after.name!r} now.")
    return 0


@searches.command()
@_name
@click.argument("place", metavar="PLACE", type=click.IntRange(min=1))
@pass_session
def move(session: Session, name: str, place: int) -> int:
    """Put a saved search in a place among the others: 1 is the first."""
    came = _file(session).move(name, place)
    say(f"The search {shown(name)!r} is no. {came} now.")
    return 0


@searches.command(cls=QueryCommand)
@_name
@click.argument("query", nargs=-1, type=click.UNPROCESSED, required=True)
@pass_session
def edit(session: Session, name: str, query: Sequence[str]) -> int:
    """Give a saved search another QUERY."""
    saved = _file(session).edit(name, " ".join(query))
    if hint := query_of(saved).hint:
        tell(hint)
    say(f"The search {saved.name!r} looks for: {saved.query}")
    return 0


@searches.command()
@_name
@pass_session
def remove(session: Session, name: str) -> int:
    """Take a saved search away; its papers stay."""
    saved = _file(session).remove(name)
    say(
        f"Removed the search {saved.name!r} ({saved.query}); "
        f"`paperterm searches add {_quoted(saved.name)}` brings it back."
    )
    return 0


def _quoted(name: str) -> str:
    import shlex

    return shlex.quote(name)
