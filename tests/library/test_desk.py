"""A library in the hands of threads: nothing waits, nothing is lost, nothing is overtaken."""

from __future__ import annotations

import threading
import time

import pytest

from helpers import contents, everything, numbered, take_in, tear, titles
from paperterm.errors import Cancelled, LibraryDamaged, PapertermError, UsageError
from paperterm.library import builder
from paperterm.library.desk import Desk
from paperterm.library.door import Library
from paperterm.library.outcome import Outcome
from paperterm.library.settings import Settings
from paperterm.model.marks import Change

LONG = 30
"""Seconds after which something hangs."""


@pytest.fixture
def desk(paths):
    opened = Desk(paths)
    yield opened
    opened.close()


def silent(done: int, total: int) -> None:
    pass


def test_a_first_look_shows_the_starter_shelf(paths):
    for first in (True, False):
        desk = Desk(paths)
        assert desk.opened.result(LONG) is first
        assert len(desk.read(everything).result(LONG)) == 84
        desk.close()


def test_what_was_written_can_be_read_as_soon_as_it_is_done(desk):
    desk.opened.result(LONG)
    desk.write(lambda library: take_in(library, numbered(1))).result(LONG)
    assert desk.read(lambda library: titles(library, "id:2401.00001")).result(LONG)


def test_writes_are_carried_out_in_the_order_they_were_asked_for(desk):
    desk.opened.result(LONG)

    def add_tag(number: int):
        def work(library: Library):
            entry = everything(library)[0]
            change = Change(entry.paper.key, add=(f"{number:03}",))
            return library.mark([change], str(number), [entry])

        return work

    done = [desk.write(add_tag(number)) for number in range(40)]
    undone = [desk.write(Library.undo) for _ in range(40)]
    assert [future.result(LONG).label for future in done] == [str(n) for n in range(40)]
    assert [future.result(LONG).label for future in undone] == [str(n) for n in range(39, -1, -1)]


def test_a_long_write_does_not_keep_a_reader_waiting(desk):
    desk.opened.result(LONG)
    hold = threading.Event()
    writing = desk.write(lambda library: hold.wait(LONG))
    assert len(desk.read(everything).result(LONG)) == 84
    assert not writing.done()
    hold.set()
    assert writing.result(LONG)


def test_closing_finishes_what_was_asked_for(paths):
    desk = Desk(paths)
    assert not desk.opened.done()
    key = "arxiv:2506.18841"

    def mark(library: Library):
        time.sleep(0.05)
        return library.mark([Change(key, bookmarked=True)], "b", [library.named(key)])

    done = [desk.write(mark), desk.write(lambda library: library.named(key).marks.bookmarked)]
    reading = desk.read(Library.shelves)
    desk.close()
    assert done[1].result(0)
    assert reading.done()
    with Library(paths) as library:
        assert library.named(key).marks.bookmarked


def test_an_error_in_some_work_is_that_works_alone(desk):
    desk.opened.result(LONG)
    with pytest.raises(PapertermError, match="no paper"):
        desk.write(lambda library: library.named("nothing")).result(LONG)
    assert desk.write(Library.shelves).result(LONG).all == 84


@pytest.mark.parametrize("file", ["catalogue", "marks"])
def test_a_library_that_can_not_be_opened_is_told(paths, file):
    with Library(paths) as library:
        library.greet()
    tear(getattr(paths, file))
    desk = Desk(paths)
    for future in (desk.opened, desk.read(Library.shelves), desk.index(silent)):
        with pytest.raises(LibraryDamaged, match="doctor --repair"):
            future.result(LONG)
    desk.close()


def test_the_index_is_brought_up_while_others_go_on(desk):
    desk.opened.result(LONG)
    told: list[tuple[int, int]] = []
    assert desk.index(lambda *done: told.append(done)).result(LONG) is Outcome.BUILT
    assert told[-1] == (84, 84)
    assert desk.index(silent).result(LONG) is Outcome.FRESH
    assert desk.read(Library.index_behind).result(LONG) == 0


@pytest.mark.parametrize("moment", [0.0, 0.02, 0.3])
def test_after_closing_no_child_is_at_the_index(paths, moment):
    with Library(paths) as library:
        take_in(library, *(numbered(number) for number in range(1, 200)))
        before = contents(library)
    desk = Desk(paths)
    future = desk.index(silent)
    time.sleep(moment)
    desk.close()
    assert future.done()
    with Library(paths) as library:
        assert contents(library) == before
        assert library.bring_up_index() is not Outcome.BUSY
        assert library.index_behind() == 0


def test_a_child_that_starts_while_the_desk_closes_is_ended(paths, monkeypatch):
    started = threading.Event()
    closing = threading.Event()

    class Child:
        ended = False

        def poll(self):
            return None

        def terminate(self):
            self.ended = True

    child = Child()

    def bring_up(paths, progress, remember):
        started.set()
        closing.wait(LONG)
        time.sleep(0.05)
        remember(child)
        return Outcome.BUSY

    monkeypatch.setattr(builder, "bring_up_beside", bring_up)
    desk = Desk(paths)
    desk.opened.result(LONG)
    future = desk.index(silent)
    assert started.wait(LONG)
    threading.Timer(0.05, closing.set).start()
    desk.close()
    assert future.done()
    assert child.ended


def test_many_hands_at_once_lose_nothing(paths):
    """Two copies of the app, each with several threads asking."""
    desks = [Desk(paths), Desk(paths)]
    for desk in desks:
        desk.opened.result(LONG)
    futures = []

    def ask(desk: Desk, name: str) -> None:
        for number in range(8):
            key = f"arxiv:{name}.{number:05}"

            def work(library: Library, key: str = key):
                take_in(library, numbered(1, arxiv_id=key[6:]))
                entry = library.named(key)
                return library.mark([Change(entry.paper.key, bookmarked=True)], key, [entry])

            futures.append((key, desk.write(work)))

    names = ("2401", "2402", "2403", "2404")
    threads = [
        threading.Thread(target=ask, args=(desk, name))
        for desk, name in zip([*desks, *desks], names, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for key, future in futures:
        assert future.result(LONG).keys == (key,)
    for desk in desks:
        desk.close()
    with Library(paths) as library:
        assert library.shelves().bookmarks == 32
        assert library.shelves().all == 84 + 32


# What waits for the network


def errand(desk, work, cancelled=None, **more):
    ignored = {"told": lambda step: None, "waiting": lambda wait: None}
    return desk.fetch(Settings(**more), work, cancelled=cancelled or threading.Event(), **ignored)


def test_an_errand_hands_what_it_brings_to_the_thread_that_writes(desk):
    def bring(office):
        return office.keep([numbered(1)]), threading.current_thread().name

    tally, thread = errand(desk, bring).result(LONG)
    assert tally.new == 1
    assert thread.startswith("paperterm-fetching")
    assert "Paper number 1" in [e.paper.title for e in desk.read(everything).result(LONG)]


def test_closing_calls_off_what_is_being_fetched(paths):
    desk = Desk(paths)
    begun, cancelled = threading.Event(), threading.Event()

    def wait(office):
        begun.set()
        assert office.errand.caller.cancelled.wait(LONG)
        office.errand.caller.check()

    fetching = errand(desk, wait, cancelled)
    assert begun.wait(LONG)
    start = time.monotonic()
    desk.close()
    assert time.monotonic() - start < 2
    assert isinstance(fetching.exception(LONG), Cancelled)


def test_what_was_called_off_before_its_turn_asks_nobody(desk):
    cancelled = threading.Event()
    cancelled.set()
    asked = []
    with pytest.raises(Cancelled):
        errand(desk, asked.append, cancelled).result(LONG)
    assert asked == []


def test_a_service_that_is_no_service_is_told_when_it_is_needed(desk):
    with pytest.raises(UsageError, match="There is no service"):
        errand(desk, lambda office: None, services={"gopher": "https://x.example"}).result(LONG)
