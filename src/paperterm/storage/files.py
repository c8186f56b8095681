"""Writing files so that neither a kill nor a power cut leaves half of one."""

from __future__ import annotations

import contextlib
import fcntl
import os
import stat
import tempfile
from pathlib import Path

_LOG_HEADER = 32
"""Bytes that SQLite's log has before its first change."""


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` durable (a no-op where folders can't be opened)."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_file(path: Path) -> None:
    """Make the content of `path` durable."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def settle(temporary: Path, final: Path) -> None:
    """Give a finished file its name, durably; whatever bore it before is replaced whole."""
    sync_file(temporary)
    temporary.replace(final)
    sync_folder(final.parent)


def locked(path: Path) -> int | None:
    """The descriptor that holds the lock `path`, until it is closed; None while another does.

    However a process ends, what it holds is free then. Raises OSError.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def write_whole(path: Path, content: bytes) -> None:
    """Write `content` to `path`: the old content or the new is there, never a part.

    Whoever may read the old file may read the new one.
    """
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            with contextlib.suppress(FileNotFoundError):
                os.fchmod(descriptor, stat.S_IMODE(path.stat().st_mode))
            stream.write(content)
        settle(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def has_log(path: Path) -> bool:
    """Whether changes to the file at `path` are logged beside it, be it itself gone or empty."""
    log = path.with_name(f"{path.name}-wal")
    return log.is_file() and log.stat().st_size > _LOG_HEADER
