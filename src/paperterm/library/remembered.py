"""How the reader left the app, remembered from one start to the next: a theme, a layout.

In `remembered.json` in the state folder: names, each with a value that JSON has. What the reader
wrote down for good is in the settings, which are never written to; this may be lost without losing
anything but how things looked. Names that nobody here knows are kept: another version's.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from paperterm.storage.files import write_whole

_FILE = "remembered.json"
_MOST_BYTES = 1_000_000


def remembered(folder: Path) -> dict[str, object]:
    """All that `folder`, of states, remembers; nothing where that can't be read.

    A value may be of any kind, whatever it was when it was written: whoever uses it looks first.
    """
    try:
        with (folder / _FILE).open("rb") as stream:
            told = json.loads(stream.read(_MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def remember(folder: Path, told: Mapping[str, object]) -> None:
    """Remember `told` besides all other names; None forgets one.

    Where that can't be done, the next start is as the last one was.
    """
    names = {**remembered(folder), **told}
    kept = {name: one for name, one in names.items() if one is not None}
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(folder / _FILE, json.dumps(kept).encode())
