"""The one file that says what an index consists of; without it there is no index.

The index's files lie in a folder of their own inside the index's folder (the *home*). The manifest
beside it names the home and lists the files with their sizes and checksums. It is written last and
swapped in by a rename, so there is always one whole index: the old one or the new one.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from paperterm.errors import IndexUnusable
from paperterm.search.document import Stamp
from paperterm.search.tiers import Size

FORMAT = 3
"""Raised whenever an index made before can't be used: other tokens, fields or files."""

_NAME = "manifest"
_LARGEST = 32 << 20


@dataclass(frozen=True, slots=True)
class File:
    """A file of the index."""

    size: int
    sums: Sequence[int]
    """The CRC-32 of each block, see `flat.BLOCK`."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index consists of."""

    stamp: Stamp
    place: str
    """The name of its home."""
    generation: int
    """Which of Whoosh's tables of contents is the one that counts."""
    segments: Sequence[Size]
    files: Mapping[str, File]
    identity: tuple[int, ...] = field(default=(), compare=False)
    """What tells this manifest's file from any other that was written to its place."""

    @property
    def papers(self) -> int:
        """How many can be found."""
        return sum(papers - deleted for papers, deleted in self.segments)

    def home(self, folder: Path) -> Path:
        """Where the files are."""
        return folder / self.place


def read(folder: Path) -> Manifest:
    """The manifest of the index in `folder`, its files being there and of the right sizes.

    Raises `IndexUnusable`.
    """
    try:
        _check_owner(folder)
        known = _read(folder)
    except FileNotFoundError as error:
        raise IndexUnusable("There is no search index yet.") from error
    except OSError as error:
        raise IndexUnusable(f"The search index can't be read: {error.strerror}.") from error
    try:
        _check_files(known.home(folder), known.files)
    except OSError as error:
        if identity(folder) != known.identity:  # a newer index was put in place just now
            return read(folder)
        raise IndexUnusable("The search index is damaged: a file is missing.") from error
    return known


def identity(folder: Path) -> tuple[int, ...]:
    """What changes when another manifest takes the place of this one; empty when there is none."""
    try:
        status = (folder / _NAME).stat()
    except OSError:
        return ()
    return (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


def write(folder: Path, known: Manifest) -> None:
    """Put a manifest into its place, for good. Raises OSError."""
    text = json.dumps(_to_json(known)).encode()
    new = folder / f"{_NAME}.new"
    with new.open("wb") as out:
        out.write(hashlib.sha256(text).hexdigest().encode() + b"\n" + text)
        out.flush()
        os.fsync(out.fileno())
    if (folder / _NAME).is_dir():  # nobody of ours has made that
        shutil.rmtree(folder / _NAME)
    new.replace(folder / _NAME)
    sync(folder)


def sync(path: Path) -> None:
    """Bring a file or folder to the disk. Raises OSError."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _check_owner(folder: Path) -> None:
    # Whoosh's table of contents is a pickle: whoever can write here can run code.
    status = folder.lstat()  # of one moment: a folder may be taken away between two looks
    if not stat.S_ISDIR(status.st_mode):
        raise IndexUnusable("The search index is not a folder.")
    if status.st_uid != os.geteuid() or status.st_mode & 0o022:
        raise IndexUnusable("The search index could have been written by somebody else.")


def _check_files(home: Path, files: Mapping[str, File]) -> None:
    _check_owner(home)
    for name, file in files.items():
        if (home / name).lstat().st_size != file.size:
            raise IndexUnusable("The search index is damaged: a file has changed its size.")


def _read(folder: Path) -> Manifest:
    before = identity(folder)
    with (folder / _NAME).open("rb") as file:
        digest, _, text = file.read(_LARGEST).partition(b"\n")
    if hashlib.sha256(text).hexdigest().encode() != digest:
        raise IndexUnusable("The search index is damaged: its manifest was changed.")
    try:
        return _from_json(json.loads(text), before)
    except (KeyError, TypeError, ValueError) as error:
        raise IndexUnusable("The search index is damaged: its manifest makes no sense.") from error


def _to_json(known: Manifest) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "library": known.stamp.library,
        "revision": known.stamp.revision,
        "upto": known.stamp.upto,
        "before": known.stamp.before,
        "place": known.place,
        "generation": known.generation,
        "segments": [list(size) for size in known.segments],
        "files": {name: [file.size, list(file.sums)] for name, file in known.files.items()},
    }


def _from_json(said: dict[str, Any], identity: tuple[int, ...]) -> Manifest:
    if said["format"] != FORMAT:
        raise IndexUnusable("The search index was made by another version of paperterm.")
    names = [said["place"], *said["files"]]
    if any("/" in name or name in ("", ".", "..") for name in names):
        raise IndexUnusable("The search index is damaged: it names files outside of it.")
    return Manifest(
        Stamp(said["library"], said["revision"], said["upto"], said["before"]),
        said["place"],
        said["generation"],
        [(papers, deleted) for papers, deleted in said["segments"]],
        {name: File(size, sums) for name, (size, sums) in said["files"].items()},
        identity,
    )
