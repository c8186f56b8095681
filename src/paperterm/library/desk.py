"""A library in the hands of threads, for a program whose main thread must never wait.

Three threads, each with a `Library` of its own: one reads, one writes, one keeps the index up.
Work is a function of a library; its result comes as a future. Actions of the reader's are carried
out in the order they were asked for. What waits for the network has threads of its own, which
have no library: what they bring is handed to the one that writes.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from paperterm.errors import Cancelled, PapertermError
from paperterm.lasting import lasting
from paperterm.library.outcome import Outcome, Progress
from paperterm.library.paths import Paths

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from paperterm.library.arrivals.office import Office
    from paperterm.library.arrivals.outcome import Told
    from paperterm.library.door import Library
    from paperterm.library.settings import Settings
    from paperterm.library.syncing.round import Report
    from paperterm.web.waiting import Waiting

Result = TypeVar("Result")
_ERRANDS = 4
"""Errands at once: what the reader asks for does not wait for what is fetched by itself."""


class _Clerk:
    """One thread with a library of its own, opened by its first work."""

    def __init__(self, paths: Paths, name: str) -> None:
        self._paths = paths
        self._library: Library | None = None
        self._executor = ThreadPoolExecutor(1, thread_name_prefix=f"paperterm-{name}")

    def do(self, work: Callable[[Library], Result]) -> Future[Result]:
        return self._executor.submit(self._run, work)

    def _run(self, work: Callable[[Library], Result]) -> Result:
        if self._library is None:
            with lasting():
                from paperterm.library.door import Library  # not on the way to the first paint

            self._library = Library(self._paths)
        return work(self._library)

    def give_back(self) -> Future[None]:
        """Close the library; the next work opens it again."""
        return self._executor.submit(self._close)

    def close(self) -> None:
        self.give_back()
        self._executor.shutdown(wait=True)

    def _close(self) -> None:
        library, self._library = self._library, None
        if library is not None:
            library.close()


class Desk:
    """Where a program leaves work for a library. Its methods may be called from any thread."""

    def __init__(self, paths: Paths) -> None:
        """Nothing is opened yet: see `opened`."""
        self.paths = paths
        self._reading = _Clerk(paths, "reading")
        self._writing = _Clerk(paths, "writing")
        self._indexing = ThreadPoolExecutor(1, thread_name_prefix="paperterm-indexing")
        self._fetching = ThreadPoolExecutor(_ERRANDS, thread_name_prefix="paperterm-fetching")
        self._errands: set[threading.Event] = set()
        self._child: subprocess.Popen[bytes] | None = None
        self._closing = threading.Event()

    @cached_property
    def opened(self) -> Future[bool]:
        """Opens the library, when first asked for: True on a first look at it, or the error."""
        return self._writing.do(lambda library: library.greet())

    @property
    def is_open(self) -> bool:
        """Whether the library was opened, and could be."""
        opened: Future[bool] | None = self.__dict__.get("opened")
        return opened is not None and opened.done() and opened.exception() is None

    def mend(self) -> Future[str]:
        """Restore a damaged library; what was done, in a sentence. `opened` is asked anew then."""
        self._reading.give_back().result()
        self._writing.give_back().result()
        self.__dict__.pop("opened", None)

        def mend() -> str:
            from paperterm.library import recovery  # needed by nobody whose library is sound

            return recovery.restore(self.paths)

        return self._indexing.submit(mend)

    def read(self, work: Callable[[Library], Result]) -> Future[Result]:
        """Look something up; `work` may be long, others wait behind it."""
        return self._reading.do(work)

    def write(self, work: Callable[[Library], Result]) -> Future[Result]:
        """Change something; when the future is done, it is on the disk."""
        return self._writing.do(work)

    def index(self, progress: Progress) -> Future[Outcome]:
        """Bring the search index up in a process of its own; `progress` is called in a thread."""
        return self._indexing.submit(self._index, progress)

    def _index(self, progress: Progress) -> Outcome:
        if self._closing.is_set():
            return Outcome.BUSY
        if self.read(lambda library: library.index_behind()).result() == 0:
            return Outcome.FRESH
        from paperterm.library import builder  # not on the way to the first paint

        return builder.bring_up_beside(self.paths, progress, self._remember)

    def _remember(self, child: subprocess.Popen[bytes]) -> None:
        self._child = child
        if self._closing.is_set():  # `close` may have looked before there was a child
            child.terminate()

    def fetch(
        self,
        settings: Settings,
        work: Callable[[Office], Result],
        *,
        told: Told,
        waiting: Waiting,
        cancelled: threading.Event,
    ) -> Future[Result]:
        """Ask the services; `work` may take any time, and ends with `Cancelled` once it is set.

        `told` and `waiting` are called in the thread that works. What was taken in stays.
        """

        def fetch() -> Result:
            with lasting():
                from paperterm.library.arrivals import office  # nor on the way to the list

            return work(
                office.open_office(
                    self.paths,
                    settings,
                    self._by_hand,
                    told=told,
                    cancelled=cancelled,
                    waiting=waiting,
                )
            )

        return self._run_errand(fetch, cancelled)

    def sync(
        self, folder: Path, cancelled: threading.Event, patience: float = 0.0
    ) -> Future[Report]:
        """One round of syncing with a shared folder; see `syncing.round.sync`."""

        def sync() -> Report:
            from paperterm.library.syncing import round  # nor this

            return round.sync(folder, self._by_hand, round.lock_of(self.paths), cancelled, patience)

        return self._run_errand(sync, cancelled)

    def sync_at_last(self, folder: Path, seconds: float) -> None:
        """One more round before `close`, for as long; what does not get there goes another time."""
        if self.is_open:
            with suppress(PapertermError, TimeoutError):
                self.sync(folder, threading.Event(), seconds).result(seconds)

    def _by_hand(self, work: Callable[[Library], Result]) -> Result:
        """The result of what the writing thread does; for whoever has no library."""
        return self.write(work).result()

    def _run_errand(
        self, errand: Callable[[], Result], cancelled: threading.Event
    ) -> Future[Result]:
        def run() -> Result:
            try:
                if cancelled.is_set() or self._closing.is_set():
                    raise Cancelled("Called off.")
                return errand()
            finally:
                self._errands.discard(cancelled)

        self._errands.add(cancelled)
        return self._fetching.submit(run)

    def close(self) -> None:
        """Finish what was asked for, end the child that indexes, give the files back.

        What is being fetched is called off.
        """
        self._closing.set()
        for cancelled in tuple(self._errands):
            cancelled.set()
        if self._child is not None and self._child.poll() is None:
            self._child.terminate()
        self._indexing.shutdown(wait=True, cancel_futures=True)
        self._fetching.shutdown(wait=True, cancel_futures=True)
        self._reading.close()
        self._writing.close()
