"""Where the reader sits, as far as the environment tells."""

from __future__ import annotations

import sys
from collections.abc import Mapping


def has_desktop(environ: Mapping[str, str]) -> bool:
    """Whether the reader sits in front of the desktop that a child process would reach.

    Over SSH that desktop, if there is one, stands in another room.
    """
    if any(environ.get(name) for name in ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY")):
        return False
    if sys.platform in ("darwin", "win32", "cygwin") or environ.get("WSL_DISTRO_NAME"):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))
