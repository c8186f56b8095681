"""Which papers a command marks: those whose IDs are given, or all that a query finds.

A query may find thousands, so how many is said first, and asked about at a terminal; elsewhere
nothing is done without ``--yes``. However many they are, it is one action, undone as one.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import click

from paperterm.cli.finding import asked, find
from paperterm.cli.output import counted, is_terminal, tell
from paperterm.cli.session import Session
from paperterm.errors import UnknownPaper
from paperterm.library.door import Library
from paperterm.library.view import Holding


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a command is about, as it was asked for."""

    names: tuple[str, ...] = ()
    query: str | None = None
    yes: bool = False
    dry_run: bool = False

    def named(self, names: Sequence[str]) -> Chosen:
        """The same with these names."""
        return replace(self, names=tuple(names))

    def reading(self) -> Chosen:
        """The same for a command that changes nothing, so that nothing is to be asked."""
        return replace(self, yes=True)


@dataclass(frozen=True, slots=True)
class Found:
    """The papers that are meant."""

    held: Sequence[Holding]
    status: int
    """The exit status so far: 1 when a name means no paper."""
    go_on: bool = True
    """False when nothing is to be done: nobody said yes, or only the number was wanted."""


def choosing(metavar: str = "ID...") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command its IDs and options; the function gets them as `chosen`."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        @click.argument("names", metavar=f"[{metavar}]", nargs=-1)
        @click.option(
            "--query", metavar="QUERY", help="All papers that a QUERY finds; no IDs then."
        )
        @click.option("--yes", is_flag=True, help="With --query: don't ask.")
        @click.option("--dry-run", is_flag=True, help="Only say how many papers there are.")
        @functools.wraps(command)
        def chosen(
            *args: Any,
            names: tuple[str, ...],
            query: str | None,
            yes: bool,
            dry_run: bool,
            **rest: Any,
        ) -> Any:
            return command(*args, chosen=Chosen(names, query, yes, dry_run), **rest)

        return chosen

    return decorate


def papers_of(session: Session, library: Library, chosen: Chosen, what: str) -> Found:
    """The papers that are meant, each once. `what` begins the question: ``Bookmark``."""
    if chosen.query is None:
        if not chosen.names:
            raise click.UsageError("Which papers? Give IDs, or --query.")
        found = _by_name(library, chosen.names)
        if chosen.dry_run:
            tell(f"{counted(len(found.held), 'paper')} would be marked; nothing was changed.")
            return Found(found.held, found.status, go_on=False)
        return found
    if chosen.names:
        raise click.UsageError("IDs or --query, not both.")
    if not chosen.query.strip():
        raise click.UsageError("An empty QUERY would be every paper; say '*' if that is meant.")
    query = asked(["" if chosen.query.strip() == "*" else chosen.query])
    held = library.holdings(find(session, library, query).ids)
    return Found(held, 0, go_on=_agreed(len(held), chosen, what))


def _by_name(library: Library, names: Sequence[str]) -> Found:
    ids: dict[int, None] = {}
    status = 0
    for name in names:
        try:
            ids[library.named(name).id] = None
        except UnknownPaper as error:
            tell(str(error))
            status = 1
    held = {one.id: one for one in library.holdings(ids)}
    return Found([held[one] for one in ids if one in held], status)


def _agreed(count: int, chosen: Chosen, what: str) -> bool:
    """Say how many papers there are, and ask whether that is meant."""
    papers = f"{count:,} paper{'' if count == 1 else 's'}"
    if not count or chosen.dry_run:
        tell(f"The query finds {papers}; nothing was changed.")
        return False
    if chosen.yes:
        tell(f"The query finds {papers}.")
        return True
    if not is_terminal(sys.stdin):
        raise click.UsageError(
            f"The query finds {papers}; --yes marks them, --dry-run only counts."
        )
    tell(f"The query finds {papers}.")
    if click.confirm(f"{what} {papers}?", err=True):
        return True
    tell("Nothing was changed.")
    return False
