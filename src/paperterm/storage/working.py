"""Copies of a reader's files to work on: in folders of their own, which do not stay."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

_PREFIX = "paperterm-restore-"
_LOCK = "lock"
_OLD = 3600.0
"""Seconds after which whoever made or took away a folder without a lock has ended."""


@contextlib.contextmanager
def working_folder() -> Iterator[Path]:
    """A folder for copies, which only its owner can look into; gone in the end.

    A process that is killed leaves it; the next one that needs one takes it away.
    """
    sweep()
    with tempfile.TemporaryDirectory(prefix=_PREFIX) as name:
        folder = Path(name)
        # The lock goes with the process: whoever can take it knows that nobody is at work here.
        with (folder / _LOCK).open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield folder


def sweep() -> None:
    """Take away what processes that were killed have left; what is not surely that stays."""
    with contextlib.suppress(OSError):
        for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
            with contextlib.suppress(OSError):
                if _is_left(folder):
                    shutil.rmtree(folder)


def _is_left(folder: Path) -> bool:
    """Whether the folder is of this reader's, made by `working_folder`, and nobody is at work.

    One that has no lock may just be made, or was just being taken away.
    """
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o077:
        return False
    try:
        lock = os.open(folder / _LOCK, os.O_RDWR | os.O_NOFOLLOW)
    except FileNotFoundError:
        return time.time() - found.st_mtime > _OLD
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    finally:
        os.close(lock)
