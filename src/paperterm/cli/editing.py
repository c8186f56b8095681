"""The command that puts the reader's own fields in the place of what services tell of a paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import click

from paperterm.cli.output import say
from paperterm.cli.session import Session, pass_session
from paperterm.errors import UsageError
from paperterm.model import edits
from paperterm.model.edits import Edit, edit_of, edited_fields, listed
from paperterm.model.text import shown


@click.command()
@click.argument("name", metavar="ID")
@click.option("--title", metavar="TEXT", help="What it is called.")
@click.option(
    "--authors", metavar="NAMES", help="Kept apart by commas, or by semicolons where there are any."
)
@click.option("--date", metavar="DATE", help="When it was published, as 2023-12-01.")
@click.option("--abstract", metavar="TEXT", help="Its abstract.")
@click.option("--revert", is_flag=True, help="Show it as the services tell it again.")
@pass_session
def edit(session: Session, /, name: str, revert: bool, **told: str | None) -> int:
    """Correct the title, authors, date or abstract of a paper.

    What you write stands in the place of what the services tell. It stays when the paper is fetched
    again, is searched and exported, and can be undone. An empty text gives a field back to the
    services.

    \b
      paperterm edit 2312.00752 --date 2023-12-01
      paperterm edit 2312.00752 --title "Mamba" --authors "Albert Gu, Tri Dao"
      paperterm edit 2312.00752 --abstract ""
    """
    given = {option: text for option, text in told.items() if text is not None}
    if revert == bool(given):
        raise UsageError("Say what to edit (--title, --authors, --date, --abstract), or --revert.")
    fields: dict[str, Any] = {
        _FIELDS.get(one, one): _read(one, text) for one, text in given.items()
    }
    with session.library(greeting=False) as library:
        entry = library.named(name)
        wanted = Edit() if revert else replace(edit_of(entry.paper), **fields)
        done = library.edit(entry.paper, wanted)
        after = library.named(entry.paper.key).paper
        title, mine = shown(after.title), edited_fields(after)
        if not done.keys:
            say(f"{title} is as before.")
        elif mine:
            say(f"Edited {title}; {listed(mine)} {'is' if len(mine) == 1 else 'are'} yours.")
        else:
            say(f"{title} is as the services tell it again.")
    return 0


_FIELDS = {"date": "published"}
_PARSERS: dict[str, Callable[[str], object]] = {
    "title": edits.parse_title,
    "authors": edits.split_authors,
    "date": edits.parse_date,
    "abstract": edits.parse_abstract,
}


def _read(option: str, text: str) -> object:
    return _PARSERS[option](text) if text.strip() else None
