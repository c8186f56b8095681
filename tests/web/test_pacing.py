"""Two requests to a service keep their distance, whoever makes them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from helpers import without_power
from paperterm.errors import TooBusy, WebError
from paperterm.web.answers import JSON
from paperterm.web.services import Service
from paperterm.web.waiting import Why

from .helpers import AT_ONCE, HURRIED, client_of, says, silent, whole

INTERVAL = 0.3
INTERVALS = dict.fromkeys(Service, INTERVAL)
FINE = says(whole(b"[]"))


def ask(client, base: str, service=Service.ARXIV, **more) -> None:
    client.get(base, service=service, accept=JSON, **more)


def gaps(times: list[float]) -> list[float]:
    return [later - earlier for earlier, later in pairwise(times)]


@pytest.fixture
def start(tmp_path):
    """Starts a process that will ask arXiv once `go` tells it to."""
    started: list[subprocess.Popen[str]] = []
    here = Path(__file__).parent
    paths = os.pathsep.join([str(here), *filter(None, sys.path)])

    def start(base: str, times: int) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, here / "asking.py", base, tmp_path, str(INTERVAL), str(times)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": paths},
        )
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


class Crowded:
    """A handler that takes a while, and sees how many it is talking to at once."""

    def __init__(self) -> None:
        self.now = self.most = 0
        self.ends: list[float] = []
        self._lock = threading.Lock()

    def __call__(self, connection) -> None:
        with self._lock:
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(0.1)
        with self._lock:
            self.now -= 1
            self.ends.append(time.monotonic())
        FINE(connection)


def test_processes_keep_their_distance_together(speaker, start):
    crowd = Crowded()
    server = speaker(crowd)
    processes = [start(server.base, 3) for _ in range(2)]
    for process in processes:
        go(process)
    for process in processes:
        assert process.stdout.readline() == "done\n"
    assert len(server.arrivals) == 6
    assert crowd.most == 1
    # The next begins an interval after the one before was over.
    assert all(gap >= INTERVAL for gap in map(float.__sub__, server.arrivals[1:], crowd.ends))
    assert server.arrivals[-1] - server.arrivals[0] < 5 * (INTERVAL + 0.1) + 1


def test_threads_keep_their_distance_together(speaker, tmp_path):
    crowd = Crowded()
    server = speaker(crowd)
    client = client_of(server.base, tmp_path, intervals=INTERVALS)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: ask(client, server.base), range(4)))
    assert crowd.most == 1
    assert all(gap >= INTERVAL for gap in map(float.__sub__, server.arrivals[1:], crowd.ends))


def test_all_doors_of_arxiv_are_one(speaker, tmp_path):
    first, second = speaker(FINE), speaker(FINE)
    client = client_of(first.base, tmp_path, other=second.base, intervals=INTERVALS)
    ask(client, first.base)
    ask(client, second.base)
    assert second.arrivals[0] - first.arrivals[0] >= INTERVAL


def test_where_a_service_sends_one_comes_an_interval_later(speaker, tmp_path):
    redirect = says(b"HTTP/1.1 302 Found\r\nLocation: /a\r\nContent-Length: 0\r\n\r\n")
    server = speaker(redirect, FINE)
    ask(client_of(server.base, tmp_path, intervals=INTERVALS), server.base)
    assert gaps(server.arrivals)[0] >= INTERVAL


def test_services_do_not_wait_for_each_other(speaker, tmp_path):
    server = speaker(FINE)
    client = client_of(server.base, tmp_path, intervals=dict.fromkeys(Service, 50.0))
    for service in Service:
        ask(client, server.base, service)
    assert server.arrivals[-1] - server.arrivals[0] < 2


def test_other_services_may_be_asked_again_before_they_have_answered(speaker, tmp_path):
    crowd = Crowded()
    server = speaker(crowd)
    client = client_of(server.base, tmp_path)
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _: ask(client, server.base, Service.CROSSREF), range(3)))
    assert crowd.most > 1


def test_a_wait_for_ones_turn_is_told(speaker, tmp_path):
    server = speaker(FINE)
    client = client_of(server.base, tmp_path, intervals=INTERVALS)
    waits = []
    ask(client, server.base, waiting=waits.append)
    assert waits == []
    ask(client, server.base, waiting=waits.append)
    (wait,) = waits
    assert (wait.service, wait.why) == ("arXiv", Why.PACE)
    assert 0 < wait.seconds <= INTERVAL + 0.01


def test_a_process_that_is_killed_leaves_no_lock_and_its_mark(speaker, start, tmp_path):
    server = speaker(silent, FINE)
    process = start(server.base, 1)
    go(process)
    while not server.requests:
        time.sleep(0.01)
    process.kill()
    process.wait()
    began = time.monotonic()
    ask(client_of(server.base, tmp_path, intervals=INTERVALS), server.base)
    # It noted the request just before it made it, and had no time to note its end.
    assert gaps(server.arrivals)[0] >= INTERVAL - 0.1
    assert time.monotonic() - began < INTERVAL + 0.5


def test_a_process_that_was_stopped_is_not_waited_for_forever(speaker, start, tmp_path):
    server = speaker(silent, FINE)
    process = start(server.base, 1)
    go(process)
    while not server.requests:
        time.sleep(0.01)
    process.send_signal(signal.SIGSTOP)
    waits = []
    patience = replace(HURRIED, asked=0.3)
    client = client_of(server.base, tmp_path, patience=patience)
    with pytest.raises(TooBusy, match="Another request to arXiv does not end"):
        ask(client, server.base, waiting=waits.append)
    assert [wait.why for wait in waits] == [Why.COPY]
    assert waits[0].sentence == "Another request to arXiv is under way."
    assert len(server.arrivals) == 1


def test_what_one_process_was_told_holds_for_all(speaker, start, tmp_path):
    busy = says(b"HTTP/1.1 429 No\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n")
    server = speaker(busy, FINE)
    process = start(server.base, 1)
    go(process)
    while not server.requests:
        time.sleep(0.01)
    time.sleep(0.1)
    waits = []
    ask(client_of(server.base, tmp_path), server.base, waiting=waits.append)
    assert Why.ASKED in {wait.why for wait in waits}
    assert process.stdout.readline() == "done\n"
    assert all(arrival - server.arrivals[0] >= 1 for arrival in server.arrivals[1:])


def ledger(tmp_path: Path) -> Path:
    """The file, there already."""
    path = tmp_path / "pace" / "arxiv"
    path.parent.mkdir()
    return path


FUTURE = time.monotonic() + 10**6


SENSELESS = {
    "asked in the future": f"{FUTURE!r} 0.0 0.0\n",
    "all of the future": f"{FUTURE!r} {FUTURE!r} 900.0\n",
    "held in the future": f"{time.monotonic()!r} {FUTURE!r} 900.0\n",
    "not numbers": "nan nan nan\n",
    "held forever": "0.0 0.0 inf\n",
    "two numbers": "0.0 0.0\n",
    "words": "no numbers at all\n",
    "not text": "\udcff\udcfe",
    "zeros": "\0" * 200,
    "long": "0" * 5000,
}


@pytest.mark.parametrize("content", SENSELESS.values(), ids=SENSELESS)
def test_a_mark_of_the_future_or_of_no_sense_costs_one_interval(speaker, tmp_path, content):
    ledger(tmp_path).write_bytes(content.encode(errors="surrogateescape"))
    server = speaker(FINE)
    client = client_of(server.base, tmp_path, intervals=INTERVALS)
    began = time.monotonic()
    ask(client, server.base)
    assert time.monotonic() - began < INTERVAL + 0.3
    ask(client, server.base)
    assert gaps(server.arrivals)[0] >= INTERVAL


def test_no_request_is_made_that_can_not_be_noted(speaker, nobodys_folder):
    server = speaker(FINE)
    nobodys_folder.chmod(0o500)
    with without_power(), pytest.raises(WebError, match=r"^Nothing is fetched: .*state") as caught:
        ask(client_of(server.base, nobodys_folder), server.base)
    assert str(nobodys_folder) not in str(caught.value)
    assert server.arrivals == []


def test_no_file_is_written_that_somebody_has_put_a_link_to(speaker, tmp_path):
    server = speaker(FINE)
    victim = tmp_path / "victim"
    victim.write_text("mine")
    ledger(tmp_path).symlink_to(victim)
    with pytest.raises(WebError):
        ask(client_of(server.base, tmp_path, intervals=AT_ONCE), server.base)
    assert victim.read_text() == "mine"
