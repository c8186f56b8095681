"""How fast a tree of very many tags is: `python -m bench.tags`.

A library with `--papers` papers, half as many tags three levels deep, and taggings spread over
the papers at random. The tree with its counts is built from the file beside the recursive query
one would write first: each tag split into its parents, the distinct papers counted for each.
Then what follows: the rows of the shelves, what the tag prompt knows and offers, a rename.
"""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.places import temporary_folder
from bench.report import Report, arguments, median, milliseconds, table, tell
from paperterm.library import retagging
from paperterm.library.completing import offers
from paperterm.library.door import Library
from paperterm.library.paths import Paths
from paperterm.library.tag_tree import TagTree, tree_of
from paperterm.model.marks import Change
from paperterm.model.paper import Paper, Sighting
from paperterm.model.query import Query, Tag
from paperterm.model.tags import near_duplicates
from paperterm.storage.marks import open_marks
from paperterm.storage.tags import tag_sets
from paperterm.tui.tag_rows import TagRows

_GOAL = 0.1
"""Seconds of the processor that building the tree may take."""
_BRANCH = 10
"""Tags of the last level below one of the middle."""
_RECURSIVE = """
WITH RECURSIVE node(name, key) AS (
    SELECT folded, key FROM marks.tag JOIN paper USING (key)
    UNION ALL
    SELECT rtrim(rtrim(name, replace(name, '/', '')), '/'), key FROM node WHERE instr(name, '/')
)
SELECT name, count(DISTINCT key) FROM node GROUP BY name ORDER BY replace(name, '/', char(1))
"""


def tag_names(tags: int) -> Iterator[str]:
    """So many tags, three levels deep."""
    for number in range(tags):
        middle = number // _BRANCH
        yield f"area-{middle % 200}/topic {middle}/point-{number}"


def fill(paths: Paths, papers: int, tags: int, taggings: int) -> None:
    """Make the library; the tags are written straight to the file, as nobody could set as many."""
    chance = random.Random(1)
    with Library(paths) as library:
        catalogue = library._catalogue
        with catalogue.database.transaction():
            made = {
                number: Paper(f"Paper {number}", arxiv_id=_name(number), sightings=(Sighting("b"),))
                for number in range(1, papers + 1)
            }
            catalogue.insert_all(made, "2025-11-06T00:00:00+00:00", catalogue.next_revision())
    names = list(tag_names(tags))
    rows = {(f"arxiv:{_name(chance.randint(1, papers))}", name) for name in names}
    while len(rows) < taggings:
        rows.add((f"arxiv:{_name(chance.randint(1, papers))}", chance.choice(names)))
    tagged: dict[str, list[str]] = {}
    for key, name in sorted(rows):
        tagged.setdefault(key, []).append(name)
    store = open_marks(paths.marks)
    with store.database.transaction():
        store.record([Change(key, add=tuple(tags)) for key, tags in tagged.items()], "tags", {})
    store.database.close()


def _name(number: int) -> str:
    return f"{2000 + number // 90_000:04}.{number % 90_000:05}"


def timed(work: Callable[[], object], rounds: int) -> float:
    """The median of the processor's time that some work takes."""
    taken = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return median(taken)


def recursive(connection: sqlite3.Connection) -> TagTree:
    """The same names and counts by a recursive query."""
    rows = connection.execute(_RECURSIVE).fetchall()
    return TagTree(tuple(row[0] for row in rows), tuple(row[1] for row in rows))


def _measure(library: Library, rounds: int) -> list[list[str]]:
    connection = library._catalogue.database.connection
    ours, theirs = tree_of(tag_sets(connection)), recursive(connection)
    if (ours.names, ours.counts) != (theirs.names, theirs.counts):
        raise SystemExit("The two trees are not the same.")
    build = timed(lambda: tree_of(tag_sets(connection)), rounds)
    query = timed(lambda: recursive(connection), max(1, rounds // 3))
    shut, opened = TagRows(), TagRows()
    knowing = timed(library.tagging.known, 1)
    known = library.tagging.known()
    first = ours.names[0]
    own = library.tags()
    alike = timed(lambda: near_duplicates(own), 1)
    renamed = len(library.find(Query(Tag(first))).ids)
    rename = timed(lambda: _rename(library, first), 1)
    met = "yes" if build <= _GOAL else "NO"
    return [
        ["the tree with its counts, from the file", milliseconds(build)],
        [f"within {milliseconds(_GOAL)}", met],
        ["by a recursive query", milliseconds(query)],
        ["tree / recursive query", f"{build / query:.2f}"],
        ["shelves: rows while all is shut", milliseconds(timed(lambda: shut.show(ours), 1))],
        ["screen of tags: what is alike", milliseconds(alike)],
        ["shelves: rows with all open", milliseconds(timed(lambda: _open(opened, ours), 1))],
        ["prompt: what it knows, once for each change", milliseconds(knowing)],
        ["prompt: a letter", milliseconds(timed(lambda: offers(known, "point-1"), rounds))],
        [f"rename of a tag of {renamed:,} papers", milliseconds(rename)],
    ]


def _open(rows: TagRows, tree: TagTree) -> None:
    tree.visible(lambda name: True)
    rows.show(tree)


def _rename(library: Library, tag: str) -> None:
    retagging.carry_out(library, retagging.plan_rename(library, tag, f"{tag} anew"))


def main() -> None:
    """Measure and tell."""
    parser = arguments("bench.tags", __doc__)
    parser.set_defaults(papers=100_000)
    parser.add_argument("--rounds", type=int, default=5, metavar="N")
    options = parser.parse_args()
    report = Report(options.out)
    with temporary_folder() as folder:
        for share in (1, 2):
            paths = _paths(folder / str(share))
            tell(f"a library with {share} taggings a paper …")
            fill(paths, options.papers, options.papers // 2, options.papers * share)
            with Library(paths) as library:
                rows = _measure(library, options.rounds)
            head = f"{options.papers:,} papers, {options.papers // 2:,} tags, {share} a paper"
            report.add(table([head, "measured"], rows))
    report.close()


def _paths(folder: Path) -> Paths:
    return Paths(*(folder / name for name in ("data", "config", "cache", "state")))


if __name__ == "__main__":
    main()
