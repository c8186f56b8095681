"""What a reader says of papers: carried out, written down, taken back."""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

from paperterm.exports import jsonl as exported
from paperterm.library import frecency
from paperterm.library.when import now
from paperterm.model.marks import Change, Marks
from paperterm.model.paper import Paper
from paperterm.model.record import Context, Record
from paperterm.model.text import storable
from paperterm.storage import facts
from paperterm.storage.catalogue import Catalogue
from paperterm.storage.marks import MarkStore, Turned
from paperterm.storage.tags import TagStore


@dataclass(frozen=True, slots=True)
class Marked:
    """What came of an action: its label, and the papers (by key) whose marks changed."""

    label: str
    keys: tuple[str, ...]
    left: int = 0
    """Of an action taken back or brought back: on how many papers something was left alone,
    since it was changed again later."""
    feeds: bool = False
    """Whether feeds are others now."""


_LONG = ("ai_summary", "keywords")
"""Facts that nobody needs to find a paper again."""


def subject_of(paper: Paper) -> str:
    """Enough of `paper` to find it again, as a line of paperterm's own JSON."""
    told = exported.full_record(paper.as_told, Marks()) | {"abstract": ""}
    return exported.line({name: told[name] for name in told if name not in _LONG})


def mark(
    catalogue: Catalogue,
    store: MarkStore,
    changes: Iterable[Change],
    label: str,
    papers: Iterable[Paper] = (),
) -> Marked:
    """Carry out `changes` (one action); on the disk when this returns.

    A key that a paper no longer bears, because it has learnt its id meanwhile, means that paper.
    What is written down of a paper is what `papers` has of it; of others, what the catalogue has,
    where nothing is written down yet.
    """
    asked = list(changes)
    current = catalogue.current_keys(change.key for change in asked)
    asked = [
        replace(change, key=current[change.key])
        if current.get(change.key, change.key) != change.key
        else change
        for change in asked
    ]
    label = storable(label)
    keys = [change.key for change in asked]
    subjects = {paper.key: subject_of(paper) for paper in papers}
    missing = store.without_subject([key for key in keys if key not in subjects])
    subjects.update(_subjects(catalogue, missing))
    with store.database.transaction():
        done = store.record(asked, label, subjects)
        added = (tag for change in done for tag in change.add)
        frecency.note_use(TagStore(store.database), added, now())
    changed = dict.fromkeys(change.key for change in done)
    # What came with an import that was taken back bears no mark that says so.
    wanted = [change.key for change in asked if change.removed is False]
    if wanted and catalogue.keep(catalogue.ids_named(wanted)):
        changed |= dict.fromkeys(wanted)
    return Marked(label, tuple(changed))


def _subjects(catalogue: Catalogue, keys: Collection[str]) -> dict[str, str]:
    """What the catalogue has of the papers with these keys."""
    if not keys:
        return {}
    found = catalogue.papers(catalogue.ids_named(list(keys)), brief=True)
    return {one.paper.key: subject_of(one.paper) for one in found.values()}


def turn(
    catalogue: Catalogue, store: MarkStore, does: Callable[[], Turned | None]
) -> Marked | None:
    """Take back or bring back, as `does` says, an action of the reader's; None without one.

    Papers that an import had brought leave with it, or come again.
    """
    connection = catalogue.database.connection
    before = set(facts.hidden(connection))
    with store.database.transaction():
        done = does()
    if done is None:
        return None
    moved = sorted(before ^ set(facts.hidden(connection)))
    keys = dict.fromkeys((*done.keys, *catalogue.keys_of(moved).values()))
    return Marked(done.label, tuple(keys), done.left, done.feeds)


def reconcile(
    catalogue: Catalogue, store: MarkStore, take_in: Callable[[list[Record]], object]
) -> None:
    """Bring marks and papers back together after a crash or the loss of the catalogue.

    A paper may be known by a better key than its marks know; a marked paper that is gone from
    the catalogue is brought back from what was written down when it was marked.
    """
    stray = facts.stray_keys(catalogue.database.connection)
    lost = [key for key in stray if catalogue.current_key(key) is None]
    if lost:
        take_in([record for key in lost for record in _remembered(store, key)])
    renames = [
        (key, new) for key in stray if (new := catalogue.current_key(key)) not in (None, key)
    ]
    if renames:
        with store.database.transaction():
            store.rename([(old, new) for old, new in renames if new], {})


def _remembered(store: MarkStore, key: str) -> list[Record]:
    from paperterm.sources import jsonl

    line = io.BytesIO(store.subject(key).encode())
    return [item for item in jsonl.read(line, Context("marks")) if isinstance(item, Record)]
