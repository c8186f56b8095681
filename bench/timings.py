"""paperterm's own clock: what the app wrote into the file that `PAPERTERM_TIMINGS` names.

A line of JSON for every key that was answered: the text in the search bar, and the seconds from
the key's arrival to the list's being painted.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

VARIABLE = "PAPERTERM_TIMINGS"


@dataclass(frozen=True, slots=True)
class Timing:
    """One answered key."""

    text: str
    seconds: float


def read_timings(file: Path) -> list[Timing]:
    """All whole lines of the file; nothing when the app wrote none, or no such file."""
    if not file.exists():
        return []
    lines = file.read_text("utf-8").splitlines()
    return [timing for line in lines if (timing := _timing(line))]


def _timing(line: str) -> Timing | None:
    try:
        told = json.loads(line)
        return Timing(str(told["text"]), float(told["seconds"]))
    except (ValueError, KeyError, TypeError):  # cut short: the app was ended while it wrote
        return None
