"""Keeping the search index up with the catalogue.

The index is derived: it is caught up with after a crash, and built anew when it is missing,
stale, foreign or broken. `python -m paperterm.library.indexing DATA CACHE` does that in a process
of its own, since building holds the interpreter for hundreds of milliseconds at a time; it
prints one JSON object a line: ``{"done": 1200, "total": 10000}``, at last ``{"outcome": …}``.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from paperterm.errors import IndexUnusable, PapertermError
from paperterm.library.outcome import Outcome, Progress
from paperterm.search.document import Document, Stamp
from paperterm.storage.catalogue import Catalogue, open_catalogue

_CHUNK = 500
_REBUILD_SHARE = 0.5
"""From this share of changed papers on, building anew beats following."""


def behind(catalogue: Catalogue, index: Path) -> int | None:
    """How many papers the index is behind; None when there is no index to speak of."""
    from paperterm.search import store

    stamp = store.stamp_of(index)
    if stamp is None or stamp.library != catalogue.get_meta("library"):
        return None
    if stamp.revision > catalogue.revision:
        return None
    return catalogue.count_changed_since(stamp.revision)


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
        late = None if anew else behind(catalogue, index)
        if late == 0:
            return Outcome.FRESH
        if late is not None and late < _REBUILD_SHARE * catalogue.count():
            try:
                if not store.needs_rebuild(index):
                    _follow(catalogue, index, progress)
                    return Outcome.UPDATED
            except IndexUnusable:
                pass
        _build(catalogue, index, progress)
        return Outcome.BUILT


def _build(catalogue: Catalogue, index: Path, progress: Progress) -> None:
    from paperterm.search import store

    with catalogue.database.reading():
        ids = catalogue.ids()
        stamp = _stamp(catalogue)
        total = len(ids)
        store.build(index, _documents(catalogue, ids), stamp, lambda done: progress(done, total))


def _follow(catalogue: Catalogue, index: Path, progress: Progress) -> None:
    from paperterm.search import store

    old = store.stamp_of(index)
    if old is None:
        raise IndexUnusable("The search index is gone.")
    with catalogue.database.reading():
        ids = list(catalogue.changed_since(old.revision))
        gone = catalogue.removed_since(old.revision)
        stamp = _stamp(catalogue)
        total = len(ids)
        store.update(
            index, _documents(catalogue, ids), gone, stamp, lambda done: progress(done, total)
        )


def _stamp(catalogue: Catalogue) -> Stamp:
    return Stamp(catalogue.get_meta("library"), catalogue.revision)


def _documents(catalogue: Catalogue, ids: Sequence[int]) -> Iterator[Document]:
    for start in range(0, len(ids), _CHUNK):
        for stored in catalogue.papers(ids[start : start + _CHUNK]).values():
            paper = stored.paper
            names = tuple(name for name in (paper.arxiv_id, paper.doi) if name)
            yield Document(stored.id, paper.title, paper.abstract, paper.authors, names)


def main(arguments: Sequence[str]) -> int:
    """The process of its own: arguments are the catalogue's file and the index's folder."""
    catalogue_file, index = map(Path, arguments[:2])

    def say(told: dict[str, object]) -> None:
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()

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
