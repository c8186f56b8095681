"""The command that starts reading: in the app, or line by line."""

from __future__ import annotations

import sys

import click

from paperterm.cli import app
from paperterm.cli.output import is_terminal
from paperterm.cli.session import Session, pass_session


@click.command()
@click.option("--plain", is_flag=True, help="Line by line, without drawing anything.")
@pass_session
def browse(session: Session, plain: bool) -> int:
    """Start reading: the list, search, marks and abstracts.

    With --plain it is a conversation of whole sentences that a screen reader can follow and that
    works everywhere, on pipes too: each line of standard input is a command, and is answered on
    standard output. Its command help tells all of them.

    \b
      paperterm browse --plain
      printf 'search mamba\\nread 1\\n' | paperterm browse --plain
    """
    return start(session, plain=plain)


def start(session: Session, *, plain: bool) -> int:
    """Let the reader read, until they leave; the exit status."""
    return _converse(session) if plain else app.start(session.paths)


def _converse(session: Session) -> int:
    from paperterm.cli.plain.conversation import Mouth, converse, opening
    from paperterm.cli.plain.talk import Listing, Talk
    from paperterm.library.view import View
    from paperterm.model.query import Query

    mouth = Mouth(sys.stdout)
    asking = is_terminal(sys.stdin) and is_terminal(sys.stdout)
    with session.library() as library:
        talk = Talk(session, library, mouth.say, Listing("All", Query(), View()))
        for line in opening(talk):
            mouth.say(line)
        converse(talk, sys.stdin.buffer, mouth, asking=asking)
    return 0
