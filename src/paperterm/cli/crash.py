"""A report of what nobody expected, to be sent to whoever can mend it: it holds nothing private.

What a program was doing is told by the names of its functions; what it was doing it with (values,
messages, arguments, paths) is the reader's own and stays out.
"""

from __future__ import annotations

import datetime as dt
import platform
import sqlite3
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

import paperterm
from paperterm.storage.files import write_whole

KEPT = 10
"""Reports kept; older ones are taken away when another is written."""

_HOME = Path(paperterm.__file__).parent.parent


def write_report(error: BaseException, folder: Path) -> Path | None:
    """Write a report into `folder`; where it is, or None where nothing can be written."""
    moment = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%S%f")
    path = folder / f"crash-{moment}.txt"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(path, "\n".join([*_lines(error), ""]).encode())
        for old in sorted(folder.glob("crash-*.txt"))[:-KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return None
    return path


def _lines(error: BaseException) -> Iterator[str]:
    yield f"paperterm {paperterm.__version__}, a problem it did not expect"
    yield f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    yield f"{platform.system()} {platform.release()}, {platform.machine()}"
    yield f"terminal: {'yes' if sys.__stdout__ and sys.__stdout__.isatty() else 'no'}"
    told: set[int] = set()
    link = ""
    now: BaseException | None = error
    while now is not None and id(now) not in told:
        told.add(id(now))
        yield ""
        yield f"{link}{type(now).__module__}.{type(now).__qualname__}"
        for frame in traceback.extract_tb(now.__traceback__, limit=-60):
            yield f"  {_place(frame.filename)}:{frame.lineno} in {frame.name}"
        link = "caused by " if now.__cause__ else "while handling "
        now = now.__cause__ or now.__context__


def _place(filename: str) -> str:
    """The file a frame is in, from its package on: who the reader is stands before that."""
    path = Path(filename)
    if path.is_relative_to(_HOME):
        return path.relative_to(_HOME).as_posix()
    for name in ("site-packages", "dist-packages"):
        if name in path.parts:
            return "/".join(path.parts[path.parts.index(name) + 1 :])
    return path.name
