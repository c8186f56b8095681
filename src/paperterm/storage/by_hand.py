"""Files that a hand may write too: read as they stand, changed whole and one after another."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from paperterm.errors import LibraryBusy, LibraryError
from paperterm.storage.files import write_whole

PATIENCE = 5.0
"""Seconds to wait for another copy that is writing."""
_ATTEMPTS = 10


def read_text(path: Path) -> str:
    """What stands in the file; empty when there is none.

    Line ends are kept. Raises `LibraryError` for a file that can't be read as text.
    """
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise LibraryError(f"{path} can't be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise LibraryError(f"{path} can't be read (it is no UTF-8).") from error


def signature(path: Path) -> tuple[int, ...]:
    """Differs from an earlier answer when the file has been written since."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_mtime_ns, found.st_size, found.st_ino


def change(path: Path, lock: Path, edit: Callable[[str], str]) -> None:
    """Let `edit` make the new text of the file at `path` from the one that stands there.

    Running copies take turns, by the file `lock`. Where an editor saves meanwhile, `edit` is called
    again with what that has saved. What `edit` raises leaves the file as it is. A link is followed,
    and stays one. Raises `LibraryBusy`, and `LibraryError` where no file can be written.
    """
    with _locked(lock, path):
        for _ in range(_ATTEMPTS):
            before = read_text(path)
            after = edit(before)
            if after == before:
                return
            if read_text(path) == before:
                _write(path, after)
                return
    raise LibraryBusy(f"{path} is being written by another program; nothing was changed.")


def _write(path: Path, text: str) -> None:
    try:
        target = path.resolve()
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(target, text.encode())
    except (OSError, UnicodeEncodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it would be no UTF-8"
        raise LibraryError(f"{path} can't be written ({why}); it was left as it is.") from error


@contextlib.contextmanager
def _locked(lock: Path, path: Path) -> Iterator[None]:
    try:
        lock.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        descriptor = os.open(lock, flags, 0o600)
    except OSError as error:
        raise LibraryError(
            f"{path} was left as it is: {lock} can't be written ({error.strerror})."
        ) from error
    try:
        patience = time.monotonic() + PATIENCE
        while not _taken(descriptor):
            if time.monotonic() > patience:
                raise LibraryBusy(f"Another paperterm is writing {path}; nothing was changed.")
            time.sleep(0.01)
        yield
    finally:
        os.close(descriptor)


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
