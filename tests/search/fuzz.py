"""Any number of hostile strings through the search bar: `python -m tests.search.fuzz N`.

It makes a library of its own, of made-up papers with marks, indexes it, and asks it; so does each
of several processes, with seeds one after another. The strings are the same in every run for the
same seed. It prints how many a second were answered, the slowest, and what was raised; the exit
status is 1 when anything was, or took longer than `PATIENCE`.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial, reduce
from itertools import islice
from pathlib import Path

from bench.papers import Papers

from paperterm.library.door import Library
from paperterm.library.paths import Paths
from paperterm.model.ids import safe_link
from paperterm.model.marks import Change
from paperterm.model.paper import Paper
from paperterm.model.parse import parse
from paperterm.model.query import Field
from paperterm.model.record import Record
from paperterm.model.say import canonical, in_words

from .hostile import Hostile

PATIENCE = 0.5
"""Seconds of computing that the answer to a string may take."""
_SLOWEST = 15


@dataclass(slots=True)
class Report:
    """What came of some strings."""

    asked: int = 0
    seconds: float = 0.0
    times: list[tuple[float, str]] = field(default_factory=list)
    """The slowest, slowest first: seconds of computing, and the string."""
    raised: list[tuple[str, str]] = field(default_factory=list)
    """What was raised, told, by which string."""

    @property
    def slow(self) -> list[tuple[float, str]]:
        """Those that took too long."""
        return [one for one in self.times if one[0] > PATIENCE]

    @property
    def rate(self) -> float:
        """Queries a second."""
        return self.asked / max(self.seconds, 1e-9)

    def beside(self, other: Report) -> Report:
        """What came of these strings and others, which were asked at the same time."""
        return Report(
            self.asked + other.asked,
            max(self.seconds, other.seconds),
            sorted(self.times + other.times, reverse=True)[:_SLOWEST],
            self.raised + other.raised,
        )


def made(folder: Path, count: int, *, indexed: bool = True) -> Library:
    """A library of `count` papers, every few of them marked; in English and others."""
    library = Library(Paths(*(folder / name for name in ("data", "config", "cache", "state"))))
    library.add(Record(paper) for paper in _papers(count))
    ids = library.find(parse("")).ids
    for place, entry in enumerate(library.entries(ids[::7])):
        change = Change(
            entry.paper.key,
            bookmarked=place % 2 == 0,
            read=place % 3 == 0,
            add=(f"llm/{place % 40}", "日本") if place % 2 else (),
            note=f"{entry.paper.title}\n{entry.paper.abstract}" if place % 3 else None,
        )
        library.mark([change], "mark", [entry])
    if indexed:
        library.bring_up_index()
    return library


def _papers(count: int) -> Iterator[Paper]:
    venues = ("NeurIPS 2024", "Proc. of the Int. Conf. on Robotics & Automation", "機械学習", None)
    for number, told in enumerate(Papers(count)):
        title = str(told["title"])
        authors = told["authors"]
        yield Paper(
            title=f"{title} 語言模型" if number % 50 == 0 else title,
            abstract=str(told["abstract"]),
            authors=tuple(map(str, authors)) if isinstance(authors, list) else (),
            arxiv_id=f"{2001 + number // 100_000}.{number % 100_000:05}",
            venue=venues[number % len(venues)],
            code=safe_link(f"https://example.org/{number}") if number % 3 == 0 else None,
            upvotes=number % 100,
        )


def words_of(library: Library) -> list[str]:
    """Words of the papers, for strings that find something."""
    ids = library.find(parse("")).ids
    entries = library.entries(ids[:: max(1, len(ids) // 300)])
    return sorted({word for e in entries for word in (e.paper.title + e.paper.abstract).split()})


def ask(library: Library, texts: Iterable[str], seconds: float = float("inf")) -> Report:
    """Ask every one of `texts`, as a reader who types it would, but no longer than `seconds`."""
    report = Report()
    begun = time.perf_counter()
    for text in texts:
        for typing in (True, False):
            try:
                took = _answered(library, text, typing)
                if took > PATIENCE:  # another program may have been in the way
                    took = min(took, _answered(library, text, typing))
            except Exception as error:
                report.raised.append((text, f"{error!r:.200}"))
            else:
                report.times.append((took, text))
            report.asked += 1
        report.times = sorted(report.times, reverse=True)[:_SLOWEST]
        report.seconds = time.perf_counter() - begun
        if report.seconds > seconds:
            break
    return report


def _answered(library: Library, text: str, typing: bool) -> float:
    begun = time.process_time()
    query = parse(text, typing=typing)
    view = library.find(query)
    for entry in library.entries(view.ids[:5]):
        library.hits_in(entry.paper.title, view.patterns, Field.TITLE)
        library.hits_in(entry.paper.abstract, view.patterns, Field.ABSTRACT)
    took = time.process_time() - begun
    in_words(query)
    again = parse(canonical(query), typing=False)
    assert (again.root, again.sort) == (query.root, query.sort), "written down, it reads otherwise"
    return took


def asked(seed: int, count: int, papers: int, seconds: float = float("inf")) -> Report:
    """Ask so many strings of a library of so many papers, but no longer than `seconds`."""
    with tempfile.TemporaryDirectory() as folder, made(Path(folder), papers) as library:
        return ask(library, islice(Hostile(seed, words_of(library)), count), seconds)


def asked_by_several(seeds: Sequence[int], count: int, papers: int) -> Report:
    """Ask `count` strings, a part in a process for each of the seeds, all at the same time."""
    part = -(-count // len(seeds))
    with ProcessPoolExecutor(len(seeds), multiprocessing.get_context("spawn")) as processes:
        reports = processes.map(partial(asked, count=part, papers=papers), seeds)
        return reduce(Report.beside, reports)


def main() -> int:
    """Ask, and print what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.search.fuzz", description=__doc__)
    parser.add_argument("count", type=int, metavar="N", help="how many strings")
    parser.add_argument("--papers", type=int, default=1000, help="papers in the library")
    parser.add_argument("--seed", type=int, default=1, help="the first, where there are several")
    parser.add_argument("--processes", type=int, default=1, help="how many at once")
    given = parser.parse_args()
    if given.processes > 1:
        seeds = range(given.seed, given.seed + given.processes)
        report = asked_by_several(seeds, given.count, given.papers)
    else:
        report = asked(given.seed, given.count, given.papers)
    _tell(report, given.papers)
    return 1 if report.raised or report.slow else 0


def _tell(report: Report, papers: int) -> None:
    print(
        f"{report.asked} queries on {papers} papers in {report.seconds:.1f} s:"
        f" {report.rate:.0f} a second"
    )
    print(f"{len(report.raised)} raised; the slowest:")
    for seconds, text in report.times:
        print(f"  {seconds * 1000:7.1f} ms  {short(text)}")
    for text, error in report.raised:
        print(f"  RAISED {error} by {short(text)}")


def short(text: str) -> str:
    """A string, to be printed."""
    shown = ascii(text)
    return shown if len(shown) <= 120 else f"{shown[:100]}… ({len(text)} characters)"


if __name__ == "__main__":
    sys.exit(main())
