"""What several machines have done comes to the same everywhere, in whatever order it comes."""

from __future__ import annotations

import datetime as dt
import random
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperterm.errors import UsageError
from paperterm.model.journal import (
    NO,
    NOTE,
    RENAMED,
    YES,
    Entry,
    Kind,
    Op,
    Write,
    marks_of,
    registers,
)
from paperterm.model.marks import Change, Marks
from paperterm.storage.marks import MarkStore, open_marks

MACHINES = ("aaaaaaaaaaaa", "bbbbbbbbbbbb", "cccccccccccc")
KEYS = ("title:x", "doi:x", "arxiv:x", "title:y")
FIELDS = ("bookmarked", "read", "tag:a", "tag:A/b", "later", NOTE)


@st.composite
def journals(draw) -> list[Entry]:
    """Entries that machines with clocks of their own may have made, each seeing what it may."""
    entries: list[Entry] = []
    ticks = draw(st.lists(st.integers(1, 40), min_size=1, max_size=20, unique=True))
    for tick in ticks:
        machine = draw(st.sampled_from(MACHINES))
        stamp = f"{10**15 + tick:016d}-{machine}"
        seq = 1 + sum(entry.machine == machine for entry in entries)
        if draw(st.integers(0, 4)) == 0:
            old, new = draw(st.permutations(KEYS))[:2]
            ops = (Op(old, RENAMED, new),)
            kind = Kind.RENAME
        else:
            seen = [
                (entry.stamp, op.key)
                for entry in entries
                for op in entry.ops
                if op.field == NOTE and draw(st.booleans())
            ]
            places = draw(
                st.lists(
                    st.tuples(st.sampled_from(KEYS), st.sampled_from(FIELDS)),
                    max_size=4,
                    unique=True,
                )
            )
            ops = tuple(op(draw, key, field, stamp, seen) for key, field in places)
            kind = Kind.DO
        subjects = tuple((one.key, f"paper {one.key}") for one in ops)
        entries.append(
            Entry(
                stamp,
                machine,
                "m",
                seq,
                "2025-11-06T12:00:00+00:00",
                "l",
                kind,
                "",
                1,
                ops,
                subjects,
            )
        )
    return entries


def op(draw, key: str, field: str, stamp: str, seen: list[tuple[str, str]]) -> Op:
    if field == NOTE:
        value = draw(st.sampled_from(["", "one", stamp]))
        return Op(key, field, value, replaces=tuple(seen))
    if field == "later":
        return Op(key, field, draw(st.sampled_from(["", "2030-01-01"])))
    return Op(key, field, draw(st.sampled_from([YES, NO])))


def writes(entries: list[Entry]) -> list[Write]:
    return [Write(entry.stamp, one) for entry in entries for one in entry.ops]


def opened(folder: Path) -> closing:
    folder.mkdir(parents=True, exist_ok=True)
    store = open_marks(folder / "marks.db")
    return closing(_Closing(store))


class _Closing:
    def __init__(self, store: MarkStore) -> None:
        self.store = store

    def close(self) -> None:
        self.store.database.close()


def apply(store: MarkStore, entries: list[Entry]) -> set[str]:
    with store.database.transaction():
        return store.apply(entries)


def told(store: MarkStore) -> dict[str, Marks]:
    return store.of(KEYS)


@settings(deadline=None)
@given(journals(), st.randoms(use_true_random=False))
def test_what_is_meant_does_not_depend_on_the_order(entries, chance: random.Random) -> None:
    shuffled = writes(entries)
    chance.shuffle(shuffled)
    assert marks_of(registers(shuffled)) == marks_of(registers(writes(entries)))


@settings(deadline=None, max_examples=60)
@given(journals(), st.randoms(use_true_random=False))
def test_a_store_comes_to_the_same_in_any_order_and_however_often(
    tmp_path_factory, entries, chance: random.Random
) -> None:
    expected = marks_of(registers(writes(entries)))
    arriving = entries + [chance.choice(entries) for _ in range(5)]
    chance.shuffle(arriving)
    with opened(tmp_path_factory.mktemp("any")) as one:
        before = told(one.store)
        while arriving:
            size = chance.randint(1, 4)
            changed = apply(one.store, arriving[:size])
            now = told(one.store)
            differing = {key for key in KEYS if before.get(key) != now.get(key)}
            assert differing <= changed
            before, arriving = now, arriving[size:]
        assert told(one.store) == expected
        assert set(one.store.keys()) == set(expected)
        given_on = list(one.store.exchange.entries({}))
        assert sorted(entry.stamp for entry in given_on) == sorted(e.stamp for e in entries)
        assert {e.stamp: e.ops for e in given_on} == {
            e.stamp: tuple(sorted(e.ops, key=lambda o: (o.key, o.field))) for e in entries
        }
        assert not any(one.store.subject(key) == "" for key in expected)
        assert apply(one.store, entries) == set()


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 6), st.sampled_from(KEYS)), max_size=25)
)
def test_machines_that_work_and_meet_in_any_way_end_alike(tmp_path_factory, steps) -> None:
    folder = tmp_path_factory.mktemp("three")
    with opened(folder / "0") as a, opened(folder / "1") as b, opened(folder / "2") as c:
        stores = [a.store, b.store, c.store]
        for number, (which, what, key) in enumerate(steps):
            work(stores, which, what, key, number)
        for _ in range(2):
            for source in stores:
                for target in stores:
                    apply(target, list(source.exchange.entries(target.exchange.known())))
        assert told(a.store) == told(b.store) == told(c.store)
        for store in stores:
            given = [w for e in store.exchange.entries({}) for w in writes([e])]
            assert marks_of(registers(given)) == told(store)


def work(stores: list[MarkStore], which: int, what: int, key: str, number: int) -> None:
    store, other = stores[which], stores[(which + 1) % 3]
    with store.database.transaction():
        match what:
            case 0:
                store.record([Change(key, bookmarked=number % 2 == 0, add=("a",))], "", {})
            case 1:
                store.record([Change(key, note=f"note {number}")], "", {})
            case 2:
                store.undo()
            case 3:
                store.redo()
            case 4:
                store.rename([(key, KEYS[number % 4])], {})
            case _:
                store.apply(list(other.exchange.entries(store.exchange.known())))


def entry(ticks: int = 1, machine: str = MACHINES[0], seq: int = 1, *ops: Op, **rest) -> Entry:
    made = Entry(f"{ticks:016d}-{machine}", machine, "laptop", seq, "", "l", Kind.DO, ops=ops)
    return replace(made, **rest)


def test_what_is_done_here_later_is_later_than_all_that_came_whatever_the_clocks_say(store):
    year_2200 = 7_260_000_000_000_000
    apply(store, [entry(year_2200, MACHINES[0], 1, Op("k", "bookmarked", YES))])
    with store.database.transaction():
        store.record([Change("k", bookmarked=False)], "", {})
    assert store.of("k") == {}
    apply(store, [entry(year_2200 - 1, MACHINES[0], 2, Op("k", "bookmarked", YES))])
    assert store.of("k") == {}


def test_versions_of_a_note_that_did_not_know_of_each_other_all_stand(store):
    first = Op("k", NOTE, "first")
    apply(store, [entry(10, MACHINES[0], 1, first)])
    replaced = ((entry(10).stamp, "k"),)
    apply(
        store,
        [
            entry(30, MACHINES[1], 1, Op("k", NOTE, "later", replaces=replaced)),
            entry(20, MACHINES[2], 1, Op("k", NOTE, "earlier", replaces=replaced)),
        ],
    )
    assert store.of("k") == {"k": Marks(note="earlier\n\nlater")}
    with store.database.transaction():
        store.record([Change("k", note="all of it")], "", {})
    assert store.of("k") == {"k": Marks(note="all of it")}


@pytest.mark.parametrize(
    "bad",
    [
        entry(stamp="soon"),
        entry(stamp="9" * 16 + "-" + MACHINES[0]),
        entry(stamp=f"{1:016d}-{MACHINES[1]}"),
        entry(2, MACHINES[0], 1),
    ],
)
def test_entries_that_no_machine_can_have_made_are_refused_whole(store, bad):
    apply(store, [entry(1, MACHINES[0], 1, Op("k", "read", YES))])
    good = entry(5, MACHINES[1], 1, Op("l", "read", YES))
    with pytest.raises(UsageError):
        apply(store, [good, bad])
    assert store.keys() == ["k"]
    assert store.exchange.known() == {MACHINES[0]: 1}


def test_what_others_did_is_not_taken_back_here(store):
    apply(store, [entry(10, MACHINES[0], 1, Op("k", "read", YES))])
    with store.database.transaction():
        assert store.undo() is None
    (one,) = store.journal.told(10)
    assert (one.machine, one.own, one.action, one.undone) == ("laptop", False, False, False)


def test_that_another_machine_took_something_back_is_told_whatever_comes_first(store):
    done = entry(10, MACHINES[0], 1, Op("k", "read", YES, NO))
    undone = entry(
        20, MACHINES[0], 2, Op("k", "read", NO, YES, stands=""), kind=Kind.UNDO, target=done.stamp
    )
    apply(store, [undone])
    apply(store, [done])
    assert [one.undone for one in store.journal.told(10)] == [True]
    assert store.keys() == []


def test_a_day_from_elsewhere_is_a_day(store):
    apply(store, [entry(10, MACHINES[0], 1, Op("k", "later", "2030-01-02"))])
    assert store.of("k") == {"k": Marks(later=dt.date(2030, 1, 2))}


def test_what_a_paper_is_is_known_under_each_name_it_comes_to(store):
    """A rename that comes later, of an earlier time, takes the marks to another name."""
    said = Op("title:x", "read", YES)
    apply(store, [entry(30, MACHINES[0], 1, said, subjects=(("title:x", "paper x"),))])
    renamed = entry(40, MACHINES[0], 2, Op("title:x", RENAMED, "doi:x"), kind=Kind.RENAME)
    apply(store, [renamed])
    assert (store.keys(), store.subject("doi:x")) == (["doi:x"], "paper x")
    earlier = entry(35, MACHINES[1], 1, Op("title:x", RENAMED, "arxiv:x"), kind=Kind.RENAME)
    apply(store, [earlier])
    assert (store.keys(), store.subject("arxiv:x")) == (["arxiv:x"], "paper x")
