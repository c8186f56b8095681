"""Fetching beside a program that goes on meanwhile."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from helpers import everything, numbered, only, take_in
from paperterm.errors import Cancelled, UsageError
from paperterm.library.arrivals import office
from paperterm.library.desk import Desk
from paperterm.library.settings import Settings
from paperterm.model.feeds import DAILY
from paperterm.model.marks import Change

from .world import json_response, wrapper


def test_marks_are_set_while_a_fetch_waits_for_the_network(paths, world):
    asked, answered = threading.Event(), threading.Event()

    def slow(request):
        asked.set()
        answered.wait(10)
        return json_response([wrapper(1, request.args["date"])])

    world.paths["/api/daily_papers"] = slow
    desk = Desk(paths)
    try:
        desk.write(lambda library: take_in(library, numbered(1))).result()
        cancelled = threading.Event()
        fetching = office.open_office(
            paths,
            Settings(services={"huggingface": world.base}),
            lambda work: desk.write(work).result(),
            cancelled=cancelled,
            environment={},
        )
        with ThreadPoolExecutor(1) as worker:
            fetched = worker.submit(fetching.fetch, DAILY)
            assert asked.wait(10)
            key = numbered(1).key
            change = Change(key, bookmarked=True)
            mark = lambda library: library.mark([change], "bookmark", [only(library)])  # noqa: E731
            assert desk.write(mark).result(5).keys == (key,)
            cancelled.set()
            assert isinstance(fetched.exception(10), Cancelled)
        assert len(desk.read(everything).result()) == 1
    finally:
        answered.set()
        desk.close()


def test_where_the_services_are_is_the_readers_to_say(library, world):
    def hands(work):
        return work(library)

    environment = {"HF_ENDPOINT": world.base}
    there = office.open_office(library.paths, Settings(), hands, environment=environment)
    assert there.errand.services.huggingface == world.base
    with pytest.raises(UsageError):
        office.open_office(library.paths, Settings(services={"gopher": "x"}), hands)
