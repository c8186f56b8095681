"""The command that tells the keys of the app."""

from __future__ import annotations

import json

import click

from paperterm.cli import app
from paperterm.cli.output import glyph, painted, say, takes_unicode, tell, width
from paperterm.cli.session import Session, pass_session
from paperterm.cli.table import cells, fit


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@pass_session
def keys(session: Session, as_json: bool) -> int:
    """Print the keys of the app, with the names of its actions.

    A name, with a key, changes a key in the settings; "" takes the key away.

    \b
      paperterm config set keys.bookmark B
      paperterm config set keys.tag '["t", "ctrl+t"]'
    """
    rows, problems = app.keys(session.settings.keys)
    for problem in problems:
        tell(problem)
    for line in _json_lines(rows) if as_json else _lines(rows):
        say(line)
    return 0


def _json_lines(rows: list[app.KeysOf]) -> list[str]:
    return [
        json.dumps(
            {
                "action": row.action,
                "keys": list(row.keys),
                "changed": row.changed,
                "does": row.does,
                "where": row.where,
            },
            ensure_ascii=not takes_unicode(),
        )
        for row in rows
    ]


def _lines(rows: list[app.KeysOf]) -> list[str]:
    columns = width()
    if columns is None:
        return [f"{row.action}\t{' '.join(row.keys)}\t{row.does}" for row in rows]
    longest = max(len(row.action) for row in rows)
    lines: list[str] = []
    where = ""
    for row in rows:
        if row.where != where:
            where = row.where
            lines += [*([""] if lines else []), painted(where, bold=True)]
        shown = " ".join(plain_key(key) for key in row.shown) or "no key"
        shown += " " * max(0, 12 - cells(shown))
        sign = "*" if row.changed else " "
        lines.append(fit(f"{sign} {shown} {row.action:<{longest}}  {row.does}", columns).rstrip())
    if any(row.changed for row in rows):
        lines += ["", "* changed in the settings"]
    return lines


_ARROWS = {"↑": "Up", "↓": "Down", "←": "Left", "→": "Right"}


def plain_key(key: str) -> str:
    """The name of a key, where the output may lack arrows."""
    for arrow, name in _ARROWS.items():
        key = key.replace(arrow, glyph(arrow, name))
    return key
