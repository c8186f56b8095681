"""The index's folder and its life: built, brought up to date, checked; never lost half-way.

Writing is for one process at a time: whoever calls `build` or `update` holds `lock`. Readers need
no lock. Whoosh and numpy are loaded by the first call that writes, so that asking for the stamp
stays cheap.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from paperterm.errors import IndexUnusable
from paperterm.search import manifest, tiers
from paperterm.search.document import Document, Stamp
from paperterm.search.manifest import FORMAT as FORMAT
from paperterm.search.manifest import File, Manifest

if TYPE_CHECKING:
    from paperterm.search.codec import Writer

_SEGMENT = 10_000
"""Papers that become one segment; what is not written yet is kept in memory."""
_STEP = 100
"""Papers between two reports of progress."""


def _silent(_: int) -> None:
    pass


def stamp_of(folder: Path) -> Stamp | None:
    """What the index in `folder` was made from; None when it can't be used."""
    try:
        return manifest.read(folder).stamp
    except IndexUnusable:
        return None


def wants_merging(folder: Path, *, thoroughly: bool = False) -> bool:
    """Whether `merge` would make the index noticeably faster."""
    try:
        return bool(tiers.due(manifest.read(folder).segments, thoroughly=thoroughly))
    except IndexUnusable:
        return False


@contextmanager
def lock(folder: Path) -> Iterator[bool]:
    """Hold the right to write, until the block ends; false when somebody else holds it.

    Raises `IndexUnusable` where nobody could hold it: the folder can't be made or written to.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        path = folder.with_name(f"{folder.name}.lock")
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise IndexUnusable(
            f"The search index can't be written in {folder.parent}: {error.strerror}."
        ) from error
    try:
        yield _locked(handle)
    finally:
        os.close(handle)


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def begin(folder: Path, stamp: Stamp) -> None:
    """Put an index without papers in place, for `update` to fill. Raises `IndexUnusable`."""
    build(folder, (), stamp)


def build(
    folder: Path,
    documents: Iterable[Document],
    stamp: Stamp,
    progress: Callable[[int], None] = _silent,
) -> None:
    """Make a new index of `documents` and, when it is whole and on the disk, put it in place.

    `progress` is told now and then how many documents are in. Until the end, readers find the old
    index, and an error leaves it there. Raises `IndexUnusable` when the disk fails.
    """
    from paperterm.search.codec import Writer

    with _explained():
        home = _new_home(folder)
        _clean(folder, keep=_place(folder), also=home.name)
        try:
            writer = Writer(home)
            _add(writer, documents, progress)
            _publish(folder, home, writer, stamp, generation=1)
        except BaseException:
            shutil.rmtree(home, ignore_errors=True)
            raise
        _clean(folder, keep=home.name)


def update(
    folder: Path,
    documents: Iterable[Document],
    removed: Iterable[int],
    stamp: Stamp,
    progress: Callable[[int], None] = _silent,
) -> None:
    """Put `documents` in, in place of those with the same ids, and take the `removed` ids out.

    All of it happens at once, or nothing. Raises `IndexUnusable` when the index can't be used or
    the disk fails. Ask `wants_merging` afterwards.
    """
    from paperterm.search.codec import Writer

    with _explained():
        known = manifest.read(folder)
        home = known.home(folder)
        _clean(folder, keep=known.place)
        _clean_home(home, known)
        latest = {document.id: document for document in documents}
        writer = Writer(home, known.generation, known.files)
        _delete(folder, writer, chain(removed, latest))
        _add(writer, latest.values(), progress)
        _publish(folder, home, writer, stamp, generation=known.generation + 1, known=known)
        _clean_home(home, manifest.read(folder))


def merge(folder: Path, *, thoroughly: bool = False) -> None:
    """Make one segment of those that should be one, until no more should be; see `tiers.due`.

    Each is written beside the others and swapped in; what is found stays the same. Raises
    `IndexUnusable` when the index can't be used or the disk fails.
    """
    from paperterm.search.codec import Writer
    from paperterm.search.reader import open_corpus

    with _explained():
        while old := tiers.due((known := manifest.read(folder)).segments, thoroughly=thoroughly):
            home = known.home(folder)
            _clean_home(home, known)
            segments = open_corpus(folder).segments
            writer = Writer(home, known.generation, known.files)
            writer.replace(old, [segments[place] for place in old])
            generation = known.generation + 1
            _publish(folder, home, writer, known.stamp, generation=generation, known=known)
            _clean_home(home, manifest.read(folder))


def verify(folder: Path) -> list[str]:
    """What is wrong with the index in `folder`, a sentence each; every byte of it is read."""
    from paperterm.search.flat import checksums
    from paperterm.search.reader import Reader

    try:
        known = manifest.read(folder)
        wrong = []
        for name, file in known.files.items():
            with (known.home(folder) / name).open("rb") as data:
                if checksums(data) != list(file.sums):
                    wrong.append(f"A file of the search index is damaged: {name}.")
        if not wrong:
            Reader(folder).close()
        return wrong
    except IndexUnusable as error:
        return [str(error)]
    except OSError as error:
        return [f"The search index can't be read: {error.strerror}."]


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = error.strerror or str(error)
        raise IndexUnusable(f"The search index can't be written: {why}.") from error


def _new_home(folder: Path) -> Path:
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        folder.rename(folder.with_name(f"{folder.name}.aside-{secrets.token_hex(4)}"))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    home = folder / f"index-{secrets.token_hex(8)}"
    home.mkdir(mode=0o700)
    return home


def _place(folder: Path) -> str:
    try:
        return manifest.read(folder).place
    except IndexUnusable:
        return ""


def _clean(folder: Path, keep: str, also: str = "") -> None:
    """Remove what was left behind by somebody who was stopped half-way."""
    for path in folder.glob("index-*"):
        if path.name not in (keep, also):
            shutil.rmtree(path, ignore_errors=True)


def _clean_home(home: Path, known: Manifest) -> None:
    for path in home.iterdir():
        if path.name not in known.files:
            path.unlink()


def _add(writer: Writer, documents: Iterable[Document], progress: Callable[[int], None]) -> None:
    from paperterm.search.inverter import Inverter

    inverter, done = Inverter(), 0
    for document in documents:
        inverter.add(document)
        done += 1
        if done % _STEP == 0:
            progress(done)
        if len(inverter) == _SEGMENT:
            writer.add_segment(inverter)
            inverter = Inverter()
    if len(inverter):
        writer.add_segment(inverter)
    progress(done)


def _delete(folder: Path, writer: Writer, ids: Iterable[int]) -> None:
    from paperterm.search.reader import open_corpus

    corpus = open_corpus(folder)
    numbers = corpus.numbers(list(ids))
    for at, segment in enumerate(corpus.segments):
        inside = numbers[(numbers >= segment.base) & (numbers < segment.base + segment.size)]
        writer.delete(at, (inside - segment.base).tolist())


def _publish(
    folder: Path,
    home: Path,
    writer: Writer,
    stamp: Stamp,
    *,
    generation: int,
    known: Manifest | None = None,
) -> None:
    """Bring what the writer wrote to the disk, then make it the index."""
    segments = writer.commit()
    there = known.files if known else {}
    files = {name: there.get(name) or _secured(home / name) for name in sorted(writer.files)}
    manifest.sync(home)
    manifest.sync(folder)
    manifest.write(folder, Manifest(stamp, home.name, generation, segments, files))


def _secured(path: Path) -> File:
    from paperterm.search.flat import checksums

    manifest.sync(path)
    with path.open("rb") as data:
        return File(path.stat().st_size, checksums(data))
