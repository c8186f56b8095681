"""kill -9 while a note is written: every word that was said to be on the disk is there."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from helpers import numbered, take_in
from paperterm.library import drafts
from paperterm.library.door import Library
from paperterm.library.paths import Paths

from .child import typed_so_far
from .conftest import Killed


def test_no_word_of_a_note_is_lost(
    paths: Paths,
    said_until_killed: Killed,
    rounds: Callable[[int, int], int],
    told: Callable[[str], None],
) -> None:
    chance = random.Random("drafts")
    times, words = rounds(5, 80), 0
    with Library(paths) as library:
        take_in(library, numbered(1))
    for _ in range(times):
        seconds = chance.uniform(0, 0.02)
        said = said_until_killed(
            "write_drafts", lambda wait=seconds: time.sleep(wait), after=chance.randrange(8)
        )
        with Library(paths) as library:
            text = typed_so_far(library)
        assert text.split() == [f"word{number}" for number in range(len(text.split()))]
        assert len(text.split()) - int(said[-1] if said else words) in (0, 1)
        words = len(text.split())
    told(f"{times} kills during {words} words of a note; lost: 0")
    assert words > times
    # Of each draft there are at most two files, and what became a note is no draft.
    assert len(list(drafts.folder_of(paths).glob("*.json"))) <= 1
