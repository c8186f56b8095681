"""Finding the ids of papers that are known by their titles alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from paperterm.errors import Offline, PapertermError, TooBusy
from paperterm.library.arrivals.outcome import Step, Told
from paperterm.library.arrivals.post import Errand
from paperterm.library.arrivals.seeking import seek
from paperterm.library.door import Library
from paperterm.library.hands import Hands
from paperterm.model.paper import Paper
from paperterm.model.record import Record

_AGAIN_AFTER = dt.timedelta(days=7)
"""How long a paper that was sought in vain is left alone; unasked, twice as long."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """What was found for one paper of the library."""

    paper: Paper
    """As it was in the library."""
    found: Paper | None = None
    """What it is for sure; its id is in the library already."""
    doubtful: tuple[Paper, ...] = ()
    """What it may be: nothing is taken until `Resolving.settle` is called."""
    error: PapertermError | None = None
    """Why not everybody could be asked; then the paper is sought again the next time."""


@dataclass(frozen=True, slots=True)
class Resolving:
    """Resolves papers."""

    errand: Errand
    hands: Hands
    told: Told
    clock: Callable[[], dt.datetime]

    def resolve(self, most: int, *, unasked: bool = False) -> Iterator[Resolved]:
        """Look for the ids of at most so many papers, those never looked for first.

        Sure finds are taken at once. Ends early when a service can't be reached. Where nobody has
        asked for it, a doubtful paper is left to who does. Raises `Cancelled` and `LibraryError`.
        """
        before = self.clock() - _AGAIN_AFTER * (2 if unasked else 1)
        wanted = self.hands(lambda library: library.entries(library.feeds.nameless(most, before)))
        for number, entry in enumerate(wanted):
            paper = entry.paper
            self.told(Step("", number, len(wanted), paper.title))
            sought = seek(self.errand, paper, "")
            if sought.sure:
                self.settle(paper, sought.sure)
            elif sought.error is None:
                # As if it had been long ago: who asks for it is asked about it at once.
                ago = _AGAIN_AFTER if unasked and sought.doubtful else dt.timedelta()
                self.hands(partial(_note_sought, paper.key, self.clock() - ago))
            yield Resolved(paper, sought.sure, sought.doubtful, sought.error)
            if isinstance(sought.error, (Offline, TooBusy)):
                return

    def settle(self, paper: Paper, found: Paper) -> None:
        """Let `paper`, of the library, be `found`: it gets its id and all that is known of it."""
        named = replace(paper.as_told, arxiv_id=found.arxiv_id, doi=found.doi)
        # First under the title that the library knows, then as it is really called.
        records = [Record(named), Record(replace(found, sightings=()))]

        def work(library: Library) -> None:
            library.add(records)

        self.hands(work)


def _note_sought(key: str, at: dt.datetime, library: Library) -> None:
    library.feeds.note_sought(key, at)
