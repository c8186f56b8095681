"""Putting a digest together: what has come since, under what it belongs to."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from paperterm.exports.digests.formats import DIGESTS
from paperterm.library.batch import STARTER
from paperterm.library.door import Library
from paperterm.library.feeds import FeedState
from paperterm.library.saved.searches import query_of
from paperterm.library.view import Entry
from paperterm.library.when import now, today
from paperterm.model.digest import Digest, Item, Part, Section
from paperterm.model.query import Query, Sort, both
from paperterm.model.text import shown
from paperterm.model.wording import date_text

FORMATS = tuple(DIGESTS)
"""The names of the forms; the first is the usual one."""
_MOST = 5_000
"""Papers that are looked at one by one; of more, those with the most upvotes are."""
_STALE = dt.timedelta(hours=36)
"""How long a feed may go unasked until it is said that nobody knows what is new there."""
_Place = tuple[int, int, str, dt.date | None]
"""Where a section stands: its kind, the newest day first, the feed, the day."""


def digest_of(library: Library, upto: int, since: str, query: Query, limit: int) -> Digest:
    """What `query` finds of the papers that have come after number `upto`.

    Of each section at most `limit` papers are listed.
    """
    view = library.find(Query(query.root, Sort.UPVOTES))
    new = [paper for paper in view.ids if paper > upto]
    entries = [entry for entry in library.entries(new[:_MOST]) if entry.paper.sources != (STARTER,)]
    entries.sort(key=_best_first)
    unlisted = max(0, len(new) - _MOST)
    found = _found(library, query, upto)
    first = {paper: names[0] for paper, names in found.items()}
    by_search: dict[str, list[Entry]] = defaultdict(list)
    rest: list[Entry] = []
    for entry in entries:
        (by_search[first[entry.id]] if entry.id in first else rest).append(entry)

    def section(
        part: Part, name: str, held: Sequence[Entry], day: dt.date | None = None, more: int = 0
    ) -> Section:
        items = tuple(
            Item(one.paper, one.marks, tuple(found.get(one.id, ())[1:])) for one in held[:limit]
        )
        return Section(part, shown(name), items, day, len(held) - len(items) + more)

    sections = [
        section(Part.SEARCH, saved.name, by_search[saved.name])
        for saved in library.searches.written().searches
        if by_search[saved.name]
    ]
    feeds, others = _by_feed(rest, [state.feed.name for state in library.feeds.all()])
    sections += [section(Part.FEED, name, held, day) for (name, day), held in feeds]
    if others or unlisted:
        sections.append(section(Part.OTHER, "", others, more=unlisted))
    return Digest(
        today(), since, len(entries) + unlisted, tuple(sections), tuple(_troubles(library))
    )


def lines(told: Digest, form: str, *, ascii_only: bool = False) -> Iterable[str]:
    """A digest in the form of this name, line by line and without line ends."""
    return DIGESTS[form](told, ascii_only=ascii_only)


def _best_first(entry: Entry) -> tuple[int, int, int]:
    paper = entry.paper
    return -(paper.upvotes or 0), -(paper.comments or 0), entry.id


def _found(library: Library, query: Query, upto: int) -> Mapping[int, list[str]]:
    """Which saved searches find a new paper, in their order."""
    found: dict[int, list[str]] = defaultdict(list)
    for saved in library.searches.written().searches:
        asked = query_of(saved)
        for paper in library.searches.new_in(Query(both(asked.root, query.root)), upto):
            found[paper].append(saved.name)
    return found


_Groups = list[tuple[tuple[str, dt.date | None], list[Entry]]]


def _by_feed(entries: Iterable[Entry], feeds: Sequence[str]) -> tuple[_Groups, list[Entry]]:
    """The papers of each feed and day, in the order of `feeds` and the newest day first."""
    groups: dict[tuple[str, dt.date | None], list[Entry]] = defaultdict(list)
    others: list[Entry] = []
    for entry in entries:
        seen = [one for one in entry.paper.sightings if one.source in feeds]
        if seen:
            last = min(seen, key=lambda one: (feeds.index(one.source), _newest_first(one.day)))
            groups[last.source, last.day].append(entry)
        else:
            others.append(entry)
    order = sorted(groups, key=lambda key: (feeds.index(key[0]), _newest_first(key[1])))
    return [(key, groups[key]) for key in order], others


def _newest_first(day: dt.date | None) -> int:
    return -day.toordinal() if day else 0


# What is wrong


def _troubles(library: Library) -> Iterable[str]:
    yield from map(shown, library.searches.written().problems)
    for state in library.feeds.all():
        if told := _trouble(state, now()):
            yield f"{shown(state.feed.name)}: {told}"


def _trouble(state: FeedState, now: dt.datetime) -> str:
    """What is wrong with a feed, and since when; empty when nothing is."""
    if state.paused:
        return ""
    since = f"nothing fetched since {_moment(state.succeeded)}" if state.succeeded else ""
    if wrong := state.wrong(now):
        return f"{wrong}; {since or 'nothing fetched yet'}"
    if state.tried is None:
        return "not fetched yet"
    return since if now - state.tried > _STALE else ""


def _moment(at: dt.datetime | None) -> str:
    """``5 Nov 2025, 07:12``, where the reader is."""
    here = at.astimezone() if at else None
    return f"{date_text(here.date())}, {here:%H:%M}" if here else ""
