"""The browser: https links only, and never a program on our own terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from paperterm.desktop.children import run
from paperterm.desktop.surroundings import has_desktop
from paperterm.errors import DesktopError
from paperterm.model.ids import safe_link
from paperterm.model.text import shown

_PATIENCE = 3.0
"""Seconds in which a browser that can't be started is seen to fail."""

# `webbrowser` knows every platform's customs and $BROWSER, but starts its children on our terminal
# and with our streams: so it runs in a process that has neither. Isolated, so that no file in the
# current folder is taken for a module.
_OPEN = "import sys, webbrowser; sys.exit(not webbrowser.open(sys.argv[1]))"


@dataclass(frozen=True, slots=True)
class Opened:
    """A browser was told to open a link; `told` says so."""

    told: str


def open_url(url: str, environ: Mapping[str, str] = os.environ) -> Opened:
    """Have the reader's browser open `url`; blocks until it has been told to.

    Raises `DesktopError`, with the link in it, when `url` is not an https link or there is no
    browser to be reached: over SSH or without a display only one named in $BROWSER is tried.
    """
    link = safe_link(url)
    if link is None or not link.startswith("https://"):
        raise DesktopError(f"Only https links are opened; this one is {shown(url)[:200]}")
    if not has_desktop(environ) and not environ.get("BROWSER"):
        raise DesktopError(f"There is no desktop here with a browser on it; the link is {link}")
    # Without a TERM no text browser is considered; it would have no terminal to draw on.
    quiet = {name: value for name, value in environ.items() if name != "TERM"}
    command = [sys.executable, "-I", "-c", _OPEN, link]
    if run(command, quiet, seconds=_PATIENCE, may_stay=True):
        raise DesktopError(f"No browser could be started; the link is {link}")
    return Opened(f"Opened in the browser: {link}")
