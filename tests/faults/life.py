"""A reader's day in one process, to be killed or refused the disk at any of its operations.

Says each thing once it is done: `marked KEY`, `undone KEY`. What went wrong and was told as one of
paperterm's own errors is said as `refused`; anything else ends the process with a traceback.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

from helpers import mark, numbered, paths_in, take_in
from paperterm.errors import PapertermError
from paperterm.library.arrivals.office import open_office
from paperterm.library.door import Library
from paperterm.library.paths import Paths
from paperterm.library.settings import Settings

TAG = "kept/by heart"
BATCH = 20


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def marked(library: Library, number: int) -> None:
    """Mark one paper, as a key in the app does."""
    entry = library.named(f"2401.{number:05}")
    say(f"marking {entry.paper.key}")
    mark(library, entry, bookmarked=True, add=(TAG,), note=f"note {number}")
    say(f"marked {entry.paper.key}")


def day(paths: Paths, first: int, base: str) -> None:
    """Import, mark, undo, index, back up; with `base`, fetch from the services there."""
    for start in (first, first + BATCH):
        try:
            with Library(paths) as library:
                take_in(library, *(numbered(start + n) for n in range(BATCH)))
                say("imported")
                for n in range(6):
                    marked(library, start + n)
                say("undoing")
                if done := library.undo():
                    say(f"undone {done.keys[0]}")
                library.bring_up_index()
                say("indexed")
                if base:
                    services = dict.fromkeys(("huggingface", "arxiv_api", "arxiv_rss"), base)
                    office = open_office(
                        paths, Settings(services=services), lambda work, lib=library: work(lib)
                    )
                    fetched = office.fetch_day(dt.date(2025, 11, 6))
                    say("refused by a service" if fetched.error else "fetched")
        except PapertermError as error:
            say(f"refused {type(error).__name__}: {error}")


if __name__ == "__main__":
    day(paths_in(Path(sys.argv[1])), int(sys.argv[2]), sys.argv[3])
    say("ended")
