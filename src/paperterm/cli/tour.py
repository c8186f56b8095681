"""The command that tells the first steps in the app."""

from __future__ import annotations

import click

from paperterm.cli import app
from paperterm.cli.keys import plain_key
from paperterm.cli.output import say
from paperterm.cli.session import Session, pass_session


@click.command()
@pass_session
def tour(session: Session) -> int:
    """Tell the first steps in the app, with the keys in force."""
    for line in app.first_steps(session.settings.keys):
        say(plain_key(line))
    return 0
