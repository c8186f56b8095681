"""The command line: a module a group of commands, put together here."""

from __future__ import annotations

import click

from paperterm import __version__
from paperterm.cli import app, doctor, marks, papers, taking_in
from paperterm.cli.commands import Commands
from paperterm.cli.session import Session


@click.group(cls=Commands, invoke_without_command=True)
@click.version_option(__version__, prog_name="paperterm", message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, help="Show tracebacks of what goes wrong.")
@click.pass_context
def cli(context: click.Context, debug: bool) -> int:
    """Read papers in the terminal. Without a command, the app starts."""
    session = context.ensure_object(Session)
    session.debug = debug
    if context.invoked_subcommand is None:
        return app.start(session)
    return 0


for _command in (
    papers.search,
    papers.show,
    papers.copy,
    papers.open_,
    marks.bookmark,
    marks.tag,
    marks.tags,
    taking_in.import_,
    papers.export,
    taking_in.starter,
    doctor.doctor,
):
    cli.add_command(_command)
