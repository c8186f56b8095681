"""Libraries in the states a reader may meet them in: each a function that makes a new one so."""

from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import replace
from itertools import product

from paperterm.library.door import Library
from paperterm.model.paper import Paper, Sighting
from paperterm.model.record import Record

_HOW = (
    "Sparse",
    "Dense",
    "Robust",
    "Causal",
    "Latent",
    "Neural",
    "Linear",
    "Adaptive",
    "Deep",
    "Fast",
)
_WHAT = ("Retrieval", "Attention", "Decoding", "Routing", "Tokens", "Experts", "Memory", "Agents")
_WHY = (
    "Translation",
    "Vision",
    "Speech",
    "Proteins",
    "Search",
    "Robots",
    "Proofs",
    "Weather",
    "Code",
)
_SURE = (
    "at Scale",
    "in Practice",
    "Revisited",
    "without Labels",
    "by Design",
    "on a Budget",
    "Again",
)
_NAMES = ("Adams", "Baker", "Chen", "Diaz", "Evans", "Fischer", "Gupta", "Haddad", "Ito", "Jansen")
_DAY = dt.date(2025, 11, 6)
_NEWER = 99


def as_first_seen(library: Library) -> None:
    """As on a first start."""
    library.greet()
    library.bring_up_index()


def empty(library: Library) -> None:
    """The starter shelf was taken down, and nothing came since."""
    library.greet()
    library.remove_starter()


def large(library: Library) -> None:
    """More than ten thousand papers, made up, and their index."""
    unindexed(library)
    library.bring_up_index()


def unindexed(library: Library) -> None:
    """The same papers before their index was built."""
    titles = product(_WHAT, _HOW, _WHY, _SURE, _HOW[:3])
    library.add(
        Record(
            Paper(
                f"{how} {what} for {why} {end} with {other} States",
                abstract=f"We look at {what.lower()} for {why.lower()}, and keep it {how.lower()}.",
                authors=(f"{_NAMES[number % 10]}, {how[0]}.", f"{_NAMES[number % 7]}, {why[0]}."),
                published=_DAY - dt.timedelta(days=number % 700),
                arxiv_id=f"24{1 + number // 9000:02}.{number % 9000:05}",
                upvotes=number * 7 % 90,
                sightings=(Sighting("page", _DAY - dt.timedelta(days=number % 40), number),),
            )
        )
        for number, (what, how, why, end, other) in enumerate(titles)
    )


def odd(library: Library) -> None:
    """Papers that ask much of a list: long titles, thousands of authors, no abstract."""
    long = "On the Length of Titles and the Patience of Readers: " + "a Study of Studies of " * 12
    crowd = tuple(f"{first}. {last}" for last, first in product(_NAMES, "ABCDEFGHIJKLMNOPQRSTUVW"))
    papers = (
        Paper(f"{long.rstrip()} Studies", abstract="It is long.", authors=("Ada Baker",)),
        Paper("A Measurement by Three Thousand", "Short.", authors=crowd, author_count=3_012),
        Paper("A Paper without an Abstract", authors=("Emil Ito",)),
        Paper("Ångström, Gödel, Erdős, Đặng: Names with Marks", "Fine.", authors=("Zoë Đặng",)),
        Paper("Обзор механизмов внимания: от рекуррентных сетей", "Текст.", authors=("Л. Орлова",)),
        Paper("[MASK] and [/] and [bold] Are Only Text", "So is this: [link=x]y[/link]."),
    )
    library.add(
        Record(replace(paper, published=_DAY, sightings=(Sighting("page", _DAY, place),)))
        for place, paper in enumerate(papers)
    )
    library.bring_up_index()


def of_a_newer_paperterm(library: Library) -> None:
    """Files that this paperterm only reads."""
    as_first_seen(library)
    for path in (library.paths.catalogue, library.paths.marks):
        with sqlite3.connect(path) as connection:
            connection.execute(f"PRAGMA user_version = {_NEWER}")
