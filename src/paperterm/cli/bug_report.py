"""All that `doctor` knows as JSON that may be shown to anybody: for a report of a fault."""

from __future__ import annotations

import os
import platform
import re
import sqlite3
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from paperterm import __version__
from paperterm.errors import PapertermError
from paperterm.library import inventory
from paperterm.library.door import Library
from paperterm.library.health import Finding
from paperterm.library.paths import Paths
from paperterm.model.text import shown

_PACKAGES = ("textual", "whoosh-reloaded", "numpy", "click", "rich", "platformdirs", "httpx2")
_MAIL = re.compile(r"[\w.%+-]+@[\w.-]+")


def versions(packages: Sequence[str] = _PACKAGES) -> dict[str, str]:
    """The versions of what paperterm runs on."""
    from importlib import metadata

    found = {"Python": platform.python_version(), "SQLite": sqlite3.sqlite_version}
    for package in packages:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            found[package] = ""
    return found


def terminal() -> dict[str, str]:
    """What is known of the terminal."""
    told = {name: os.environ.get(name, "") for name in ("TERM", "COLORTERM", "TERM_PROGRAM")}
    size = os.get_terminal_size(2) if sys.stderr.isatty() else None
    return told | {
        "size": f"{size.columns}x{size.lines}" if size else "",
        "encoding": sys.stderr.encoding or "",
        "inside": "tmux" if os.environ.get("TMUX") else "",
        "over": "ssh" if os.environ.get("SSH_CONNECTION") else "",
    }


def masked(text: str, home: Path) -> str:
    """`text` without the reader's home and mail addresses."""
    return _MAIL.sub("(an address)", text.replace(str(home), "~"))


def bug_report(paths: Paths, findings: Iterable[Finding], ways: Sequence[str]) -> dict[str, object]:
    """Everything, with no title, tag, note, query or feed's name in it."""
    home = Path.home()

    def path_of(path: Path) -> str:
        return masked(shown(str(path)), home)

    report: dict[str, object] = {
        "paperterm": __version__,
        "versions": versions(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "terminal": terminal(),
        "clipboard": list(ways),
        "files": [
            {"name": f.name, "path": path_of(f.path), "bytes": f.size, "version": f.version}
            for f in inventory.kept(paths)
        ],
        "set_aside": [path.name for path in inventory.set_aside(paths)],
        "crashes": [path.name for path in inventory.crashes(paths)],
        "backups": [
            {"name": b.path.name, "day": b.day, "bytes": b.size, "papers": b.papers}
            for b in inventory.copies(paths)
        ],
        "findings": [
            {"subject": f.subject, "well": f.well, "told": masked(shown(f.told), home)}
            for f in findings
        ],
    }
    try:
        with Library(paths) as library:
            kinds, problems = inventory.feeds(library)
            report |= {"counts": inventory.counts(library)}
            report |= {"feeds": {"kinds": kinds, "problems": problems}}
    except PapertermError:
        pass  # why it can't be opened is among the findings
    return report
