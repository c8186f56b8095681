"""Keeping the search index up with the catalogue.

The index is derived: it is caught up with after a crash, and built anew when it is missing,
stale, foreign or broken. `python -m paperterm.library.indexing DATA CACHE` does that in a process
of its own, since building holds the interpreter for hundreds of milliseconds at a time; it
prints one JSON object a line: ``{"done": 1200, "total": 10000}``, at last ``{"outcome": …}``.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from paperterm.errors import IndexUnusable, PapertermError
from paperterm.library.outcome import Outcome, Progress
from paperterm.search.document import Document, Stamp
from paperterm.storage.catalogue import Catalogue, open_catalogue

_CHUNK = 500
_FIRST_BATCH, _BATCH = 2_000, 10_000
"""Papers between two states of the index that can be searched."""
_NICE = 19
"""The app beside which an index is built has the right of way."""
_MUCH = 0.2
"""The share of papers whose change makes it worth while to leave one segment of all."""


def behind(catalogue: Catalogue, index: Path) -> int | None:
    """How many papers the index is behind; None when there is no index to speak of."""
    stamp = _stamp_of(catalogue, index)
    return None if stamp is None else late(catalogue, stamp)


def late(catalogue: Catalogue, stamp: Stamp) -> int:
    """How many changes of the catalogue an index with that stamp does not know."""
    gone = len(catalogue.removed_since(stamp.revision))
    if stamp.upto is None:
        return gone + catalogue.count_changed_since(stamp.revision)
    above = catalogue.count_changed_since(stamp.before, above=stamp.upto)
    return gone + above + catalogue.count_changed_since(stamp.revision, upto=stamp.upto)


def _stamp_of(catalogue: Catalogue, index: Path) -> Stamp | None:
    """The stamp of the index, if it is this catalogue's and not from a later state of it."""
    from paperterm.search import store

    stamp = store.stamp_of(index)
    if stamp is None or stamp.library != catalogue.get_meta("library"):
        return None
    return stamp if stamp.revision <= catalogue.revision else None


def condemn(index: Path) -> None:
    """Take an index away that a search has found damaged, so that it is built anew."""
    from paperterm.search import store

    if store.stamp_of(index) is None:
        return
    with suppress(IndexUnusable), store.lock(index) as ours:
        if ours and store.verify(index):
            shutil.rmtree(index, ignore_errors=True)


def bring_up(
    catalogue: Catalogue,
    index: Path,
    progress: Progress = lambda done, total: None,
    *,
    anew: bool = False,
) -> Outcome:
    """Make the index follow the catalogue, in this process; `anew` distrusts what is there.

    Raises `IndexUnusable` when it can't be written (a full disk, a folder that is not ours).
    """
    from paperterm.search import store

    with store.lock(index) as ours:
        if not ours:
            return Outcome.BUSY
        if anew or (stamp := _stamp_of(catalogue, index)) is None:
            _build(catalogue, index, progress, beside=anew)
            return Outcome.BUILT
        if not late(catalogue, stamp) and stamp.upto is None:
            _merge(index)
            return Outcome.FRESH
        try:
            _follow(catalogue, index, stamp, progress)
        except IndexUnusable:
            if not store.verify(index):  # it is the disk that fails
                raise
            _build(catalogue, index, progress, beside=True)
            return Outcome.BUILT
        return Outcome.UPDATED


def _build(catalogue: Catalogue, index: Path, progress: Progress, *, beside: bool) -> None:
    """A new index: one made `beside` the old one, or one filled where all can search it."""
    from paperterm.search import store

    with catalogue.database.reading():
        ids = catalogue.ids()
        stamp = Stamp(catalogue.get_meta("library"), catalogue.revision)
        if beside or not ids:
            total, documents = len(ids), _documents(catalogue, ids)
            store.build(index, documents, stamp, lambda done: progress(done, total))
        else:
            stamp = replace(stamp, upto=ids[0] - 1)
            store.begin(index, stamp)
    if stamp.upto is not None:
        _follow(catalogue, index, stamp, progress)
    _merge(index, thoroughly=True)


def _follow(catalogue: Catalogue, index: Path, stamp: Stamp, progress: Progress) -> None:
    """Take in what has changed, batch by batch.

    Papers come in by their ids, and the stamp always tells how far the index is: whoever is
    stopped goes on from there.
    """
    from paperterm.search import store

    todo, papers = late(catalogue, stamp), catalogue.count()
    done = 0 if stamp.upto is None else max(0, papers - todo)
    total, size = done + todo, _FIRST_BATCH
    while stamp.upto is not None or late(catalogue, stamp):
        with catalogue.database.reading():
            gone: list[int] = []
            if stamp.upto is None:
                gone = catalogue.removed_since(stamp.revision)
                stamp = replace(stamp, revision=catalogue.revision, upto=-1, before=stamp.revision)
            above = -1 if stamp.upto is None else stamp.upto
            ids = catalogue.changed_since(stamp.before, above, size)
            last = len(ids) < size
            stamp = replace(stamp, upto=None, before=-1) if last else replace(stamp, upto=ids[-1])
            heard = partial(_heard, progress, done, total)
            store.update(index, _documents(catalogue, ids), gone, stamp, heard)
        done, size = done + len(ids), _BATCH
        _merge(index)
    _merge(index, thoroughly=todo > papers * _MUCH)


def _heard(progress: Progress, before: int, total: int, more: int) -> None:
    progress(before + more, max(total, before + more))


def _merge(index: Path, *, thoroughly: bool = False) -> None:
    from paperterm.search import store

    if store.wants_merging(index, thoroughly=thoroughly):
        store.merge(index, thoroughly=thoroughly)


def _documents(catalogue: Catalogue, ids: Sequence[int]) -> Iterator[Document]:
    for start in range(0, len(ids), _CHUNK):
        for stored in catalogue.papers(ids[start : start + _CHUNK]).values():
            paper = stored.paper
            names = tuple(name for name in (paper.arxiv_id, paper.doi) if name)
            yield Document(
                stored.id, paper.title, paper.abstract, paper.authors, names, paper.published
            )


def main(arguments: Sequence[str]) -> int:
    """The process of its own: arguments are the catalogue's file and the index's folder."""
    catalogue_file, index = map(Path, arguments[:2])

    def say(told: dict[str, object]) -> None:
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()

    with suppress(OSError):
        os.nice(_NICE)
    try:
        catalogue = open_catalogue(catalogue_file)
        outcome = bring_up(
            catalogue,
            index,
            lambda done, total: say({"done": done, "total": total}),
            anew="--anew" in arguments,
        )
    except PapertermError as error:
        say({"error": str(error)})
        return 1
    except BrokenPipeError:  # whoever asked is gone; the next start catches up
        return 1
    say({"outcome": outcome.value})
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
