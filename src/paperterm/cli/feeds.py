"""Commands for what is fetched again and again: feeds, fetch."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence

import click

from paperterm.cli.completing import values
from paperterm.cli.finding import bring_up_index
from paperterm.cli.office import Followed, open_office
from paperterm.cli.output import counted, say, takes_unicode, tell, width
from paperterm.cli.session import Session, pass_session
from paperterm.cli.table import cells
from paperterm.errors import LibraryReadOnly
from paperterm.library.arrivals.outcome import Fetched
from paperterm.library.door import Library
from paperterm.library.feeds import FeedState, Problem
from paperterm.library.when import now, stamp
from paperterm.model.text import shown

_feed = click.argument("name", metavar="FEED", shell_complete=values.feeds)
_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")


@click.group(invoke_without_command=True)
@_json
@click.pass_context
def feeds(context: click.Context, as_json: bool) -> int:
    """List, add and remove what is fetched again.

    A FEED is daily-papers, arxiv:CATEGORIES, arxiv-query:TEXT, hf-search:TEXT, or the https
    address of an RSS or Atom feed. `paperterm fetch` fetches them.

    \b
      paperterm feeds add arxiv:cs.CL+cs.AI
      paperterm feeds add "arxiv-query:title:mamba cat:cs.LG"
      paperterm feeds add arxiv:cs.LG --only "long context"
      paperterm feeds remove daily-papers
    """
    if context.invoked_subcommand is None:
        _list(context.ensure_object(Session), as_json)
    return 0


@feeds.command("list")
@_json
@pass_session
def list_feeds(session: Session, as_json: bool) -> int:
    """List the feeds.

    With their papers, when each last succeeded, and what is wrong now.
    """
    _list(session, as_json)
    return 0


def _list(session: Session, as_json: bool) -> None:
    with session.library(greeting=False) as library:
        states = library.feeds.all()
    if not states and not as_json:
        tell("There are no feeds; `paperterm feeds add daily-papers` adds one.")
    names = [shown(state.feed.name) for state in states]
    longest = min(max(map(cells, names), default=0), 40)
    for state, name in zip(states, names, strict=True):
        only = f"only “{shown(state.only)}”; " if state.only else ""
        told = only + shown(state.sentence(now()))
        papers = counted(state.papers, "paper")
        if as_json:
            say(json.dumps(_object(state), ensure_ascii=not takes_unicode()))
        elif width() is None:
            say(f"{name}\t{state.feed.kind.label}\t{state.papers}\t{told}")
        else:
            gap = " " * max(0, longest - cells(name))
            say(f"{name}{gap}  {state.feed.kind.label:<25}  {papers:>13}  {told}")


def _object(state: FeedState) -> dict[str, object]:
    return {
        "feed": state.feed.name,
        "kind": state.feed.kind.value,
        "papers": state.papers,
        "paused": state.paused,
        "only": shown(state.only) or None,
        "succeeded": stamp(state.succeeded) if state.succeeded else None,
        "tried": stamp(state.tried) if state.tried else None,
        "through": state.through.isoformat() if state.through else None,
        "problem": state.problem.value or None,
        "message": shown(state.message) or None,
        "retry_at": stamp(state.retry_at) if state.retry_at else None,
        "state": shown(state.sentence(now())),
    }


@feeds.command()
@_feed
@click.option(
    "--only",
    metavar="SEARCH",
    help="Take in only new papers that this saved search finds.",
    shell_complete=values.searches,
)
@pass_session
def add(session: Session, name: str, only: str | None) -> int:
    """Add a feed, or bring one back that was removed."""
    with session.library(greeting=False) as library:
        search = library.searches.named(only).name if only else ""
        state, is_new = library.feeds.add(name, search)
        if only and not is_new:
            library.feeds.take_only(name, search)
    feed = shown(state.feed.name)
    if only and is_new:
        say(f"Added the feed {feed}; of what is new there, only what “{search}” finds is taken in.")
    elif only:
        say(f"The feed {feed} is there already; {_taken(state.only, search)}")
    elif not is_new:
        say(f"The feed {feed} is there already.")
    elif state.tried:
        say(f"The feed {feed} is back, as it was ({shown(state.sentence(now()))}).")
    else:
        say(f"Added the feed {feed}; `paperterm fetch` fetches it.")
    return 0


@feeds.command()
@_feed
@pass_session
def remove(session: Session, name: str) -> int:
    """Take a feed away; its papers stay."""
    with session.library(greeting=False) as library:
        state = library.feeds.remove(name)
    feed = shown(state.feed.name)
    kept = f"its {counted(state.papers, 'paper')} stayed; " if state.papers else ""
    say(f"Removed the feed {feed}; {kept}`paperterm feeds add {_quoted(feed)}` brings it back.")
    return 0


def _quoted(name: str) -> str:
    import shlex

    return shlex.quote(name)


def _taken(before: str, after: str) -> str:
    which = f"only what “{shown(after)}” finds is" if after else "all is"
    was = f"what “{shown(before)}” finds" if before else "all"
    return f"{which} taken in of what is new there. It was {was}."


@feeds.command()
@_feed
@click.argument(
    "search",
    metavar="[SEARCH]",
    required=False,
    default="",
    shell_complete=values.searches,
)
@pass_session
def only(session: Session, name: str, search: str) -> int:
    """Take in only new papers that a saved SEARCH finds.

    Without a SEARCH, all are taken in again. What is in the library already is kept up whatever the
    search finds, and what it does not find is counted and left out, for good unless the feed shows
    it again.
    """
    with session.library(greeting=False) as library:
        saved = library.searches.named(search).name if search else ""
        before = library.feeds.take_only(name, saved)
    say(f"{shown(name)}: {_taken(before, saved)}")
    return 0


@feeds.command()
@_feed
@pass_session
def pause(session: Session, name: str) -> int:
    """Fetch a feed no more, until it is resumed."""
    with session.library(greeting=False) as library:
        changed = library.feeds.pause(name)
    say(f"Paused {shown(name)}." if changed else f"{shown(name)} was paused already.")
    return 0


@feeds.command()
@_feed
@pass_session
def resume(session: Session, name: str) -> int:
    """Fetch a paused feed again."""
    with session.library(greeting=False) as library:
        changed = library.feeds.pause(name, paused=False)
    say(f"Resumed {shown(name)}." if changed else f"{shown(name)} was not paused.")
    return 0


@click.command()
@click.argument("names", metavar="[FEED]...", nargs=-1, shell_complete=values.feeds)
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Fetch what has been since that day, too: daily-papers and arXiv.",
)
@click.option("--trending", is_flag=True, help="Fetch what is trending on Daily Papers, instead.")
@_json
@pass_session
def fetch(
    session: Session,
    names: Sequence[str],
    since: dt.datetime | None,
    trending: bool,
    as_json: bool,
) -> int:
    """Fetch what is new in the feeds.

    Without a FEED, in all that are not paused. Days of daily-papers that were missed are fetched,
    too. What is fetched is in the library even when something goes wrong afterwards, and fetching
    again goes on from there. The exit status is 1 when a feed failed: that there is nothing new is
    no failure.
    """
    if trending and (names or since):
        raise click.UsageError("What is trending has no FEED and no DATE.")
    status = 0
    changed = False
    with session.library(greeting=False) as library:
        if library.read_only:
            raise LibraryReadOnly(library.read_only)
        with Followed() as followed:
            office = open_office(session, library, followed)
            if trending:
                came = iter([office.fetch_trending()])
            else:
                day = since.date() if since else None
                came = (office.fetch(state.feed, day) for state in _wanted(library, names))
            for fetched in came:
                followed.clear()
                _report(fetched, as_json)
                changed = changed or bool(fetched.tally.new or fetched.tally.updated)
                status = max(status, int(fetched.error is not None))
        if changed:
            bring_up_index(library)
    return status


def _wanted(library: Library, names: Sequence[str]) -> list[FeedState]:
    """The feeds of these names; without any, all that are not paused."""
    if names:
        return [library.feeds.named(name) for name in names]
    states = [state for state in library.feeds.all() if not state.paused]
    if not states:
        tell("There is no feed to fetch; `paperterm feeds` lists them.")
    return states


def _report(fetched: Fetched, as_json: bool) -> None:
    for remark in fetched.tally.remarks:
        tell(f"{fetched.feed}: {remark}")
    for refusal in fetched.tally.refused:
        title = f" ({refusal.title})" if refusal.title else ""
        tell(f"{fetched.feed}: {refusal.reason}{title}")
    if as_json:
        say(json.dumps(_result(fetched), ensure_ascii=not takes_unicode()))
    elif fetched.error is None:
        say(shown(fetched.sentence))
    if fetched.error is not None:
        tell(fetched.sentence)
        if fetched.problem is not Problem.OFFLINE and str(fetched.error) not in fetched.sentence:
            tell(f"{fetched.feed}: {fetched.error}")


def _result(fetched: Fetched) -> dict[str, object]:
    return {
        "feed": fetched.feed,
        "new": fetched.tally.new,
        "updated": fetched.tally.updated,
        "unchanged": fetched.tally.unchanged,
        "left_out": len(fetched.tally.left_out),
        "refused": len(fetched.tally.refused),
        "error": shown(str(fetched.error)) if fetched.error else None,
        "state": shown(fetched.state),
    }
