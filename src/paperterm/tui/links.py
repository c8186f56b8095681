"""Handing a paper's link to the clipboard or the browser, off the interface thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from paperterm.errors import PapertermError
from paperterm.library.settings import Settings

if TYPE_CHECKING:
    from paperterm.library.door import Library


def find_link(library: Library, paper_id: int, settings: Settings) -> str:
    """The link of a stored paper. Raises `PapertermError` when it is gone."""
    entries = library.entries([paper_id])
    if not entries:
        raise PapertermError("This paper is no longer in the library.")
    return settings.link.of(entries[0].paper)


def copy(link: str, to_terminal: Callable[[str], None], folder: Path) -> str:
    """Copy by the best way there is; returns truthfully which. Blocks for up to seconds."""
    from paperterm.desktop import clipboard  # not on the way to the first paint

    done = clipboard.copy(
        link, write_terminal=lambda _: to_terminal(link), fallback=folder / "copied.txt"
    )
    return done.told


def open_link(link: str) -> str:
    """Open in the browser; returns what happened. Raises `DesktopError`."""
    from paperterm.desktop import browser

    return browser.open_url(link).told
