"""The command line as a whole: every command, each imported when it is asked for."""

from __future__ import annotations

import click

from paperterm import __version__
from paperterm.cli.commands import Commands
from paperterm.cli.plain.browse import start
from paperterm.cli.session import Session

_PLACES = {
    "browse": "plain.browse:browse",
    "search": "papers:search",
    "show": "papers:show",
    "copy": "papers:copy",
    "open": "papers:open_",
    "export": "papers:export",
    "bookmark": "marks:bookmark",
    "read": "marks:read",
    "undo": "history:undo",
    "redo": "history:redo",
    "history": "history:history",
    "archive": "marks:archive",
    "later": "marks:later",
    "remove": "marks:remove",
    "tag": "marks:tag",
    "tags": "tags:tags",
    "note": "notes:note",
    "edit": "editing:edit",
    "notes": "notebook:notes",
    "backup": "backing_up:backup",
    "restore": "backing_up:restore",
    "add": "adding:add",
    "resolve": "adding:resolve",
    "searches": "searches:searches",
    "sync": "syncing:sync",
    "digest": "digest:digest",
    "feeds": "feeds:feeds",
    "fetch": "feeds:fetch",
    "import": "taking_in:import_",
    "starter": "taking_in:starter",
    "doctor": "doctor:doctor",
    "man": "manual.command:man",
    "completions": "completing.command:completions",
    "config": "config:config",
    "keys": "keys:keys",
    "tour": "tour:tour",
}
"""Where in this package the commands are; each is imported when it is asked for."""


@click.group(cls=Commands, places=_PLACES, invoke_without_command=True)
@click.version_option(__version__, prog_name="paperterm", message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, help="Show tracebacks of what goes wrong.")
@click.option("--plain", is_flag=True, help="As `browse --plain`: line by line, nothing drawn.")
@click.pass_context
def cli(context: click.Context, debug: bool, plain: bool) -> int:
    """Read papers in the terminal. Without a command, the app starts."""
    session = context.ensure_object(Session)
    session.debug = debug
    if context.invoked_subcommand is None:
        return start(session, plain=plain)
    if plain:
        raise click.UsageError("--plain stands without a command, or behind browse.")
    return 0
