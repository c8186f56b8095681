"""Handing a paper's link to the clipboard or the browser, off the interface thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from paperterm.errors import PapertermError
from paperterm.library.settings import Settings

if TYPE_CHECKING:
    from paperterm.library.door import Library


MOST = 1_000
"""Links that are copied at once: what terminals take, and anyone may want to paste."""


def find_link(library: Library, paper_id: int, settings: Settings) -> str:
    """The link of a stored paper. Raises `PapertermError` when it is gone."""
    entries = library.entries([paper_id])
    if not entries:
        raise PapertermError("This paper is no longer in the library.")
    return settings.link.of(entries[0].paper)


def find_links(library: Library, ids: Sequence[int], settings: Settings) -> dict[int, str]:
    """The links of stored papers; those that are gone are left out."""
    return {entry.id: settings.link.of(entry.paper) for entry in library.entries(ids)}


def copy(link: str, to_terminal: Callable[[str], None], folder: Path) -> str:
    """Copy a link, or a line each of several; returns truthfully by which way.

    Blocks for up to seconds.
    """
    from paperterm.desktop import clipboard  # not on the way to the first paint

    several = "\n" in link
    done = clipboard.copy(
        link,
        several=several,
        write_terminal=lambda _: to_terminal(link),
        fallback=folder / "copied.txt",
    )
    return done.told


def open_link(link: str) -> str:
    """Open in the browser; returns what happened. Raises `DesktopError`."""
    from paperterm.desktop import browser

    return browser.open_url(link).told
