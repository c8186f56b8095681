"""The journal of what a reader has done: entries of writes, and what they come to.

An *entry* is one action; its *ops* are what it writes, each into one *register*: of one paper, one
mark. Stamps put the entries of all machines in one order. What the registers hold is a function
of the set of entries, whatever the order they came in and however often: the greatest stamp wins.
Of notes, every version stands that no other names as replaced, so that nobody's words are lost.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from paperterm.model.marks import Marks, joined_notes

TAG = "tag:"
"""Before a tag, the name of its register."""
NOTE = "note"
LATER = "later"
EDITED = "edited"
"""What the reader has put in the place of what services tell, as `edits.Edit.text`."""
RENAMED = "renamed"
"""What a paper's key is now, when it has learnt a better one: no register."""
IMPORT = "import:"
"""Before an import's own name, the key that its registers have; `removed` is one of them."""
FEED = "feed:"
"""Before the name of a feed, the key that its registers have: `FEED_FIELDS`."""
FEED_FIELDS = ("added", "paused", "removed", "only")
"""Since when a feed is so, an ISO time with zone; or nothing."""
YES, NO = "1", "0"
FLAGS = ("bookmarked", "read", "archived", "removed")


class Kind(StrEnum):
    """What kind of action an entry is."""

    DO = "do"
    IMPORT = "import"
    """Papers that came in because the reader wanted it."""
    ARRIVAL = "arrival"
    """Papers that came in by themselves."""
    PART = "part"
    """Marks that came in with an import, which is its target."""
    UNDO = "undo"
    REDO = "redo"
    RENAME = "rename"
    OTHER = "other"
    """What is not a reader's action: how an older file's marks were brought along."""


ACTIONS = (Kind.DO, Kind.IMPORT)
"""What can be taken back."""
TURNS = (Kind.UNDO, Kind.REDO)
"""What takes back, or brings back, its target."""

Version = tuple[str, str]
"""One version of a note: its stamp, and the key it was written under."""


@dataclass(frozen=True, slots=True)
class Op:
    """A write into one register."""

    key: str
    """Of the paper, as it was then; or of an import or a feed."""
    field: str
    """One of `FLAGS`, `LATER`, `NOTE`, `EDITED`, `RENAMED`, or `TAG` and a tag.

    Of a feed, one of `FEED_FIELDS`."""
    value: str
    """`YES` or `NO`; a date, a time or nothing; a note or nothing; a key."""
    former: str = ""
    """What the register held before."""
    replaces: tuple[Version, ...] = ()
    """The versions of a note that this one takes the place of."""
    stands: str | None = None
    """The write that this one brings back: its `name`, or nothing where none had been; None for a
    write of its own."""
    before: str = ""
    """The write that stood before, in the same way: what is brought back counts for itself."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One action, as machines tell each other of it."""

    stamp: str
    machine: str
    machine_name: str
    seq: int
    """How manyeth of its machine's, from 1."""
    at: str
    """When it was, an ISO time with zone."""
    label: str
    kind: Kind
    target: str = ""
    """The stamp of the entry that is taken back or brought back; of a part, the import's key."""
    papers: int = 0
    """On how many papers it was."""
    ops: tuple[Op, ...] = ()
    subjects: tuple[tuple[str, str], ...] = ()
    """For each key what paper it is (JSON), as far as it was written down."""


def is_of_paper(key: str) -> bool:
    """Whether the registers of `key` are a paper's."""
    return not key.startswith((IMPORT, FEED))


def name_of(stamp: str, key: str) -> str:
    """What a write goes by in its register."""
    return f"{stamp} {key}"


@dataclass(frozen=True, slots=True)
class Write:
    """An op with the stamp of its entry."""

    stamp: str
    op: Op

    @property
    def version(self) -> Version:
        """What tells it from every other write into its register."""
        return self.stamp, self.op.key

    @property
    def stands(self) -> str:
        """The name of the write whose value it holds."""
        return name_of(*self.version) if self.op.stands is None else self.op.stands


def ops_between(key: str, before: Marks, after: Marks) -> Iterator[Op]:
    """The writes that make `after` of `before`; that of a note does not say what it replaces."""
    for name in FLAGS:
        was, wanted = getattr(before, name), getattr(after, name)
        if was != wanted:
            yield Op(key, name, YES if wanted else NO, YES if was else NO)
    if before.later != after.later:
        yield Op(key, LATER, _written(after.later), _written(before.later))
    if before.tags != after.tags:
        was_tagged, is_tagged = set(before.tags), set(after.tags)
        for tag in sorted(is_tagged - was_tagged):
            yield Op(key, TAG + tag, YES, NO)
        for tag in sorted(was_tagged - is_tagged):
            yield Op(key, TAG + tag, NO, YES)
    if before.note != after.note:
        yield Op(key, NOTE, after.note, before.note)


def _written(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


class Renames:
    """Which key an op counts for today."""

    def __init__(self, writes: Iterable[Write]) -> None:
        """Of any writes, those of renames matter."""
        self._by_old: dict[str, list[tuple[str, str]]] = {}
        for write in writes:
            if write.op.field == RENAMED:
                self._by_old.setdefault(write.op.key, []).append((write.stamp, write.op.value))
        for known in self._by_old.values():
            known.sort()

    def now(self, key: str, stamp: str) -> str:
        """The key today of what was said of `key` at `stamp`.

        It goes with every rename that came later, one after the other. Where one of the names on
        the way was given up earlier, but after `stamp`, the machine that gave the name did not
        know: then it goes on from there too, but never back.
        """
        moment, passed = stamp, {key}
        while True:
            known = self._by_old.get(key, ())
            place = bisect_right(known, moment, key=lambda one: one[0])
            if place < len(known):
                moment, key = known[place]
            else:
                unknown = [new for at, new in known if at > stamp and new not in passed]
                if not unknown:
                    return key
                key = unknown[-1]
            passed.add(key)


def standing(writes: Iterable[Write]) -> list[Write]:
    """What stands of the writes into one register, in the order of their stamps."""
    ordered = sorted(writes, key=lambda write: write.version)
    if not ordered or ordered[0].op.field != NOTE:
        return ordered[-1:]
    replaced = {version for write in ordered for version in write.op.replaces}
    return [write for write in ordered if write.version not in replaced]


def registers(writes: Sequence[Write]) -> dict[tuple[str, str], list[Write]]:
    """What stands in each register, by today's key and field."""
    renames = Renames(writes)
    told: dict[tuple[str, str], list[Write]] = {}
    for write in writes:
        if write.op.field != RENAMED:
            key = renames.now(write.op.key, write.stamp)
            told.setdefault((key, write.op.field), []).append(write)
    return {place: standing(some) for place, some in told.items()}


def marks_of(held: Mapping[tuple[str, str], Sequence[Write]]) -> dict[str, Marks]:
    """What `registers` come to: the marks on every paper that has any."""
    values: dict[str, dict[str, str]] = {}
    for (key, field), writes in held.items():
        text = joined_notes(*(write.op.value for write in writes))
        values.setdefault(key, {})[field] = text
    found = {key: _marks(fields) for key, fields in values.items()}
    return {key: marks for key, marks in found.items() if marks}


def _marks(fields: Mapping[str, str]) -> Marks:
    later = fields.get(LATER)
    tags = (
        name[len(TAG) :] for name, value in fields.items() if name.startswith(TAG) and value == YES
    )
    flags = {name: fields.get(name) == YES for name in FLAGS}
    return Marks(
        **flags,
        tags=tuple(sorted(tags)),
        note=fields.get(NOTE, ""),
        later=dt.date.fromisoformat(later) if later else None,
    )
