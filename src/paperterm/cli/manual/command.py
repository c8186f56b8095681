"""The command that prints the manual."""

from __future__ import annotations

from pathlib import Path

import click

from paperterm.cli.completing import values
from paperterm.cli.output import counted, say
from paperterm.model.text import shown


@click.command()
@click.option(
    "--output",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write a page for each command to DIR.",
    shell_complete=values.folders,
)
@click.pass_context
def man(context: click.Context, output: Path | None) -> int:
    """Print the manual as a man page.

    It tells every command, option, file and exit status.

    \b
      paperterm man | man -l -
      paperterm man --output ~/.local/share/man/man1
    """
    from paperterm.cli.manual import pages
    from paperterm.storage.files import write_whole

    root = context.find_root()
    program, name = root.command, "paperterm"
    if output is None:
        say(pages.whole(program, name).rstrip("\n"))
        return 0
    output.mkdir(parents=True, exist_ok=True)
    written = pages.single(program, name)
    for file, text in written.items():
        write_whole(output / file, text.encode())
    say(f"Wrote {counted(len(written), 'page')} to {shown(str(output))}.")
    return 0
