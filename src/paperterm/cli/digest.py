"""The command for what is new: digest."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import click

from paperterm.cli.completing import values
from paperterm.cli.failures import NOTHING_NEW
from paperterm.cli.finding import asked, bring_up_index
from paperterm.cli.output import counted, say, takes_unicode, tell
from paperterm.cli.session import Session, pass_session
from paperterm.library.digesting import FORMATS, digest_of, lines
from paperterm.library.door import Library
from paperterm.library.exporting import writing_whole
from paperterm.library.saved.searches import query_of
from paperterm.library.when import now
from paperterm.model.digest import Digest
from paperterm.model.query import Query
from paperterm.model.text import shown
from paperterm.model.wording import date_text

_FIRST_DAYS = 7
"""How many days the first digest looks back."""
_LIMIT = 50


@dataclass(frozen=True, slots=True)
class _Span:
    """What counts as new."""

    upto: int
    """All papers with greater numbers."""
    since: str
    """That, in words."""
    is_next: bool
    """Whether it begins where the last digest ended."""


@click.command()
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Tell of all that has come since that day.",
)
@click.option(
    "--days", type=click.IntRange(1, 3650), metavar="N", help="Tell of the last N days instead."
)
@click.option("--query", "text", metavar="QUERY", default="", help="Only of what QUERY finds.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=_LIMIT,
    show_default=True,
    help="List at most so many papers under a heading.",
)
@click.option("--format", "form", type=click.Choice(FORMATS), default=FORMATS[0], show_default=True)
@click.option(
    "--output",
    "-o",
    metavar="FILE",
    help="Write to FILE, whole or not at all.",
    shell_complete=values.files,
)
@click.option("--keep", is_flag=True, help="Let the next digest tell of the same once more.")
@click.option(
    "--mark", is_flag=True, help="With --since or --days: let the next digest begin here, too."
)
@pass_session
def digest(
    session: Session,
    since: dt.datetime | None,
    days: int | None,
    text: str,
    limit: int,
    form: str,
    output: str | None,
    keep: bool,
    mark: bool,
) -> int:
    """Tell what is new since the last digest: for cron and mail.

    By saved search, then by feed and day, the best first: by upvotes, then by comments. A feed that
    is in trouble is told of, for then papers may be missing. Nothing is fetched: that is
    `paperterm fetch`.

    \b
      paperterm fetch; paperterm digest | mail -E -s "New papers" me@example.org
      paperterm digest --format html --output new.html
      paperterm digest --days 7 --query "cat:cs.CL"

    Only once a digest is written whole does the next one begin there; each --query has its own
    beginning. Those of --since and --days change nothing. The exit status is 3 when nothing is new
    and nothing is wrong, and nothing is written then, but for --format json.
    """
    if since and days:
        raise click.UsageError("--since and --days both say what is new: choose one.")
    if keep and mark:
        raise click.UsageError("--keep and --mark say opposite things: choose one.")
    query = asked([text])
    name = f"digest:{text.strip()}"
    with session.library(greeting=False) as library:
        newest = library.searches.newest
        span = _span(library, name, since, days)
        if any(
            one.has_text for one in (query, *map(query_of, library.searches.written().searches))
        ):
            bring_up_index(library)
        told = _told(library, span, query, limit)
        if told.is_empty:
            tell(f"Nothing new {told.since}.")
        if not told.is_empty or form == "json":
            _write(told, form, output)
        if mark or (span.is_next and not keep):
            library.searches.note(name, newest)
    return NOTHING_NEW if told.is_empty else 0


def _told(library: Library, span: _Span, query: Query, limit: int) -> Digest:
    if query.hint:
        tell(query.hint)
    return digest_of(library, span.upto, span.since, query, limit)


def _span(library: Library, name: str, since: dt.datetime | None, days: int | None) -> _Span:
    if since:
        before = library.searches.newest_before(since.astimezone())
        return _Span(before, f"since {date_text(since.date())}", is_next=False)
    last = None if days else library.searches.seen(name)
    if last is not None:
        return _Span(last, "since the last digest", is_next=True)
    back = dt.timedelta(days=days or _FIRST_DAYS)
    span = f"in the last {counted(days or _FIRST_DAYS, 'day')}"
    return _Span(library.searches.newest_before(now() - back), span, is_next=not days)


def _write(told: Digest, form: str, output: str | None) -> None:
    """All of it, or an error."""
    if output is None or output == "-":
        _print(lines(told, form, ascii_only=not takes_unicode()))
        return
    with writing_whole(Path(output)) as stream:
        for line in lines(told, form):
            stream.write(f"{line}\n".encode())
    say(f"Wrote {counted(told.new, 'new paper')} to {shown(output)}.")


def _print(written: Iterable[str]) -> None:
    for line in written:
        say(line)
    sys.stdout.flush()  # what can't be written must be known before the digest counts as told
