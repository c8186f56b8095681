"""One round of syncing: read what other machines have written, then write what was done here."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from paperterm.errors import Cancelled, LibraryBusy, LibraryError
from paperterm.library.door import Library
from paperterm.library.hands import Hands
from paperterm.library.paths import Paths
from paperterm.library.syncing.folder import SyncFolder
from paperterm.library.syncing.here import Standing
from paperterm.library.syncing.lines import entry_of, line_of
from paperterm.model.journal import Entry
from paperterm.model.text import shown
from paperterm.storage.files import locked
from paperterm.storage.heard import Place

_ENTRIES, _OPS = 50, 2_000
"""Of a batch: small enough that a mark never waits for long."""
_MOST_PROBLEMS = 20
_SOON = 0.02
"""Seconds between two looks whether another round is over."""


@dataclass(slots=True)
class Report:
    """What came of a round."""

    heard: int = 0
    """Entries of other machines that were not here."""
    told: int = 0
    """Entries of this library's that were not there."""
    machines: int = 0
    """Machines that have written there, this one among them."""
    problems: list[str] = field(default_factory=list)
    """What could not be read, a sentence each; the rest is here."""
    half_come: list[str] = field(default_factory=list)
    """Files of others that end within a line: as they do while they are written or carried."""
    missing: dict[str, int] = field(default_factory=dict)
    """By the names of machines: entries that have not come yet, though later ones have."""


def sync(
    folder: Path, hands: Hands, lock: Path, cancelled: threading.Event, patience: float = 0.0
) -> Report:
    """Let this library and `folder` tell each other what they do not know.

    What was taken over by a round that ends early stays; the next one goes on from there. `lock`
    is a file of this library's: one round at a time. Raises `SyncError` where the folder can't be
    used, `LibraryBusy` where another round is not over within `patience` seconds, `LibraryError`,
    and `Cancelled`.
    """
    held = _turn(lock, time.monotonic() + patience)
    try:
        return _Round(SyncFolder(folder), hands, cancelled).run()
    finally:
        os.close(held)


def _turn(lock: Path, until: float) -> int:
    """The descriptor that holds the lock; waits for it `until` then."""
    try:
        lock.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        while (held := locked(lock)) is None:
            if time.monotonic() >= until:
                raise LibraryBusy("Another paperterm is syncing just now; it will do.")
            time.sleep(_SOON)
    except OSError as error:
        raise LibraryError(
            f"{shown(str(lock))} can't be written ({error.strerror}); nothing was synced."
        ) from error
    return held


def sync_here(
    library: Library, folder: Path, cancelled: threading.Event, patience: float = 0.0
) -> Report:
    """The same for whoever has a library of its own."""
    hands: Hands = lambda work: work(library)  # noqa: E731
    return sync(folder, hands, lock_of(library.paths), cancelled, patience)


def lock_of(paths: Paths) -> Path:
    """What says that a round is going on."""
    return paths.state / "sync.lock"


class _Round:
    def __init__(self, folder: SyncFolder, hands: Hands, cancelled: threading.Event) -> None:
        self._folder = folder
        self._hands = hands
        self._cancelled = cancelled
        self._report = Report()
        self._spoken: dict[str, set[int]] = {}
        """Numbers of this library's own entries that were read there, by machine."""

    def run(self) -> Report:
        files = self._folder.files()
        standing = self._hands(lambda library: library.syncing.standing(self._folder.name))
        self._spoken = {machine: set() for machine in standing.own}
        places, told = self._trusted(files, standing)
        for file in files:
            self._hear(file, places.get(file, Place()))
        self._report.half_come = [file for file in self._last_of_others(files) if self._half(file)]
        if self._report.heard:
            self._hands(lambda library: library.syncing.settle())
        self._tell(standing.machine, told)
        self._report.missing = self._hands(lambda library: library.syncing.missing())
        self._report.machines = len({file.partition("/")[0] for file in files} | {standing.machine})
        return self._report

    def _trusted(
        self, files: Collection[str], standing: Standing
    ) -> tuple[dict[str, Place], dict[str, int]]:
        """How far each file need not be read again, and what need not be written again.

        Where a file of this library's own is gone or is not what it was, all of them are read.
        """
        fitting = {
            file: place
            for file, place in standing.places.items()
            if file in files and self._folder.fits(file, place)
        }
        own = {file for file in standing.places if file.partition("/")[0] in standing.own}
        if own <= fitting.keys():
            return fitting, dict(standing.told)
        others = {file: place for file, place in fitting.items() if file not in own}
        return others, dict.fromkeys(standing.own, 0)

    # Hearing

    def _hear(self, file: str, place: Place) -> None:
        """Take over what `file` says from `place` on, a batch at a time.

        Up to a line that can't be read it counts as read: behind it, all is read anew the next
        time, since what carries the file may mend it.
        """
        batch: list[Entry] = []
        upto, sound, before = place.upto, True, len(self._report.problems)
        try:
            for entry, after in self._entries(file, place.upto):
                sound = sound and len(self._report.problems) == before
                upto = after if sound else upto
                batch.append(entry)
                if len(batch) >= _ENTRIES or sum(len(one.ops) for one in batch) >= _OPS:
                    self._take_over(file, batch, upto)
                    batch = []
            if batch:
                self._take_over(file, batch, upto)
        except OSError as error:
            self._complain(f"{shown(file)} can't be read: {error.strerror or error}.")

    def _entries(self, file: str, start: int) -> Iterator[tuple[Entry, int]]:
        for line in self._folder.read(file, start):
            if self._cancelled.is_set():
                raise Cancelled("Called off; what was taken over by then is here.")
            try:
                if line.content is None:
                    raise ValueError("it is too long")
                entry = entry_of(line.content)
            except ValueError as error:
                self._complain(
                    f"A line of {shown(file)} was left out: {shown(str(error)).rstrip('.')}."
                )
                continue
            if entry.machine in self._spoken:
                self._spoken[entry.machine].add(entry.seq)
            yield entry, line.after

    def _take_over(self, file: str, entries: list[Entry], upto: int) -> None:
        place = self._folder.place(file, upto)
        taken = self._hands(
            lambda library: library.syncing.take_over(self._folder.name, file, entries, place)
        )
        self._report.heard += taken.new
        for why in taken.refused:
            self._complain(f"Of {shown(file)} something was left out: {why}")

    def _last_of_others(self, files: Collection[str]) -> list[str]:
        """The files in which other machines go on; those before may end as a kill left them."""
        last = {file.partition("/")[0]: file for file in sorted(files)}
        return [file for machine, file in last.items() if machine not in self._spoken]

    def _half(self, file: str) -> bool:
        try:
            return not self._folder.ends_whole(file)
        except OSError:  # told already
            return False

    def _complain(self, problem: str) -> None:
        if problem not in self._report.problems and len(self._report.problems) < _MOST_PROBLEMS:
            self._report.problems.append(problem)

    # Telling

    def _tell(self, writer: str, told: dict[str, int]) -> None:
        """Write what is not there of the entries of this library's own machines."""
        known = {machine: _upto(upto, self._spoken[machine]) for machine, upto in told.items()}
        if known != told:
            self._note_told(known, {})
        for machine, upto in known.items():
            self._tell_of(machine, upto, writer)

    def _tell_of(self, machine: str, upto: int, writer: str) -> None:
        while not self._cancelled.is_set():
            entries = self._hands(partial(_to_tell, machine=machine, above=upto))
            if not entries:
                return
            new = [line_of(one) for one in entries if one.seq not in self._spoken[machine]]
            written = dict([self._folder.append(writer, new)] if new else [])
            self._report.told += len(new)
            upto = entries[-1].seq
            self._note_told({machine: upto}, written)

    def _note_told(self, told: dict[str, int], places: dict[str, Place]) -> None:
        self._hands(lambda library: library.syncing.note_told(self._folder.name, told, places))


def _to_tell(library: Library, machine: str, above: int) -> list[Entry]:
    return library.syncing.to_tell(machine, above, _ENTRIES, _OPS)


def _upto(upto: int, spoken: Collection[int]) -> int:
    """The greatest number up to which none is missing."""
    while upto + 1 in spoken:
        upto += 1
    return upto
