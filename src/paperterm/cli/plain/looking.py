"""Commands that look: the list, searches, shelves, days, and a paper read out."""

from __future__ import annotations

from paperterm.cli.finding import asked
from paperterm.cli.plain import telling
from paperterm.cli.plain.talk import ROWS, Answer, Listing, Talk
from paperterm.cli.plain.which import number_meant, papers_meant
from paperterm.errors import IndexUnusable, UsageError
from paperterm.model.query import Query
from paperterm.model.text import shown
from paperterm.model.wording import counted

_MANY = 500
"""Papers from which on making the search index is told of before."""


def visit(talk: Talk, name: str, query: Query) -> list[str]:
    """Make what `query` finds the list, and read out its beginning; one without papers is told."""
    return _look_for(talk, name, query) + _read_out(talk)


def _look_for(talk: Talk, name: str, query: Query) -> list[str]:
    """Make what `query` finds the list; what is to be known of how it was found."""
    hints = _bring_up_index(talk) if query.has_text else []
    view = talk.library.find(query, talk.session.settings.sort)
    if not view.indexed:
        hints.append("Without the search index, words were looked for letter by letter.")
    hints += [shown(view.hint)] if view.hint else []
    talk.listing = Listing(name, query, view)
    return hints


def list_(talk: Talk, text: str) -> Answer:
    """Read out the list as it is by now, from its beginning or from a number."""
    hints = _look_for(talk, talk.listing.name, talk.listing.query)
    if text:
        talk.listing.start = number_meant(talk, text)
    return hints + _read_out(talk)


def next_(talk: Talk, text: str) -> Answer:
    """Read out the papers that come next."""
    start = talk.listing.start + ROWS
    if start >= len(talk.listing.ids):
        return [f"This is the end of {_named(talk.listing)}."]
    talk.listing.start = start
    return _read_out(talk)


def back(talk: Talk, text: str) -> Answer:
    """Read out the papers before."""
    if talk.listing.start == 0:
        return [f"This is the beginning of {_named(talk.listing)}."]
    talk.listing.start = max(0, talk.listing.start - ROWS)
    return _read_out(talk)


def where(talk: Talk) -> Answer:
    """Which list this is, and which paper of it was opened last."""
    entry = talk.entry(talk.opened) if talk.opened is not None else None
    last = f" Opened last: {_place(talk, entry.id)}{telling.title(entry)}" if entry else ""
    return [f"{_heading(talk.listing)}{last}"]


def search(talk: Talk, text: str) -> Answer:
    """Make what a query finds the list; where it finds nothing, the list stays as it was."""
    if not shown(text):
        raise UsageError("What for? For example: search mamba retrieval.")
    before = talk.listing
    hints = _look_for(talk, f"Search for {shown(text)}", asked([text]))
    if talk.listing.ids:
        return hints + _read_out(talk)
    talk.listing = before
    return [*hints, f"No paper matches {shown(text)}. The list is still {_named(before)}."]


def read(talk: Talk, text: str) -> Answer:
    """Open a paper and read it out; without one, that which follows the one opened last."""
    meant = papers_meant(talk, text) if text else [_following(talk)]
    if len(meant) != 1:
        raise UsageError("One paper at a time is read out.")
    entry = talk.entry(meant[0])
    if entry is None:
        raise UsageError("This paper is no longer in the library.")
    talk.opened = entry.id
    return list(telling.page(_place(talk, entry.id), entry))


def _following(talk: Talk) -> int:
    number = talk.listing.number_of(talk.opened) if talk.opened is not None else 0
    if number >= len(talk.listing.ids):
        raise UsageError(f"This was the last paper of {_named(talk.listing)}.")
    return talk.listing.ids[number]


def _place(talk: Talk, paper_id: int) -> str:
    number = talk.listing.number_of(paper_id)
    return f"{number} of {len(talk.listing.ids):,}. " if number else ""


def _read_out(talk: Talk) -> list[str]:
    listing = talk.listing
    shown_ids = listing.ids[listing.start : listing.start + ROWS]
    found = {entry.id: entry for entry in talk.library.entries(shown_ids)}
    rows = [
        telling.row(number, found[paper_id])
        if paper_id in found
        else f"{number}. This paper is no longer in the library."
        for number, paper_id in enumerate(shown_ids, listing.start + 1)
    ]
    return [_heading(listing), *rows]


def _heading(listing: Listing) -> str:
    count = len(listing.ids)
    if not count:
        return f"{listing.name}: no papers."
    if count <= ROWS and not listing.start:
        return f"{listing.name}: {counted(count, 'paper')}."
    first, last = listing.start + 1, min(listing.start + ROWS, count)
    those = f"{first:,} to {last:,}" if last > first else f"{first:,}"
    return f"{listing.name}: {those} of {count:,}."


def _named(listing: Listing) -> str:
    return f"{listing.name}, {counted(len(listing.ids), 'paper')}"


def _bring_up_index(talk: Talk) -> list[str]:
    """Make the index follow the library; why it can't, if so."""
    behind = talk.library.index_behind()
    if behind == 0:
        return []
    if (talk.library.shelves().all if behind is None else behind) > _MANY:
        talk.say("The search index is being made first; with many papers that takes a while.")
    try:
        with talk.waiting():
            talk.library.bring_up_index()
    except IndexUnusable as error:
        return [shown(str(error))]
    return []
