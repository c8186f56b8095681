"""A reader whose services are hostile: asks again and again, says what came and what it took."""

from __future__ import annotations

import datetime as dt
import json
import random
import re
import shutil
import sys
from pathlib import Path

from helpers import paths_in
from paperterm.errors import PapertermError
from paperterm.library.arrivals.office import Office
from paperterm.library.arrivals.post import errand_for
from paperterm.library.door import Library
from paperterm.library.settings import Settings
from paperterm.model.feeds import parse_feed
from paperterm.web.services import Service
from paperterm.web.waiting import Caller, Patience

_HURRIED = Patience(connect=2, silence=2, whole=3, asked=0.3, tries=1, pause=0.01)
_FEEDS = ("daily-papers", "arxiv:cs.CL", "arxiv-query:mamba", "hf-search:mamba")
WARM_UP = 20


def peak() -> float:
    """The most memory this process has had, in megabytes; that of its parent is not counted."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found
    return int(found[1]) / 1024


def main(folder: str, base: str, rounds: int) -> None:
    """As many questions as `rounds`, after a few that load what has to be loaded."""
    chance = random.Random(rounds)
    came = {"answered": 0, "refused": 0}
    names = ("huggingface", "arxiv_api", "arxiv_rss", "crossref")
    before = 0
    with Library(paths_in(Path(folder))) as library:
        errand = errand_for(
            library.paths,
            Settings(services=dict.fromkeys(names, base)),
            {},
            Caller(),
            patience=_HURRIED,
            intervals=dict.fromkeys(Service, 0.0),
        )
        office = Office(errand, lambda work: work(library))
        for number in range(WARM_UP + rounds):
            if number == WARM_UP:
                before = peak()
            # A service that has asked to wait for an hour is asked again all the same.
            shutil.rmtree(library.paths.state, ignore_errors=True)
            try:
                match chance.randrange(6):
                    case 0:
                        day = dt.date(2024, 1, 1) + dt.timedelta(days=number)
                        error = office.fetch_day(day).error
                    case 1:
                        lines = [f"24{number % 12 + 1:02}.{number % 9000:05}", "10.1234/abc"]
                        added = [*office.add(lines)]
                        error = None if added[0].key else PapertermError(added[0].why)
                    case which:
                        error = office.fetch(parse_feed(_FEEDS[which % 4])).error
            except PapertermError as raised:
                error = raised
            if error is not None:
                assert str(error).isprintable(), ascii(str(error))
            came["refused" if error else "answered"] += 1
        after = peak()
        papers = library.shelves().all
    print(json.dumps(came | {"papers": papers, "grown": after - before}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
