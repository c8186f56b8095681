"""How fast arXiv's metadata snapshot comes in: `python -m bench.snapshot`.

`paperterm import` beside what sqlite-utils needs to put the same lines into a table and its title,
abstract and authors into SQLite's full-text index. Whole programs, from start to end, in turns;
paperterm's own search index follows in a process of its own and is not part of it. Needs the
`bench` extra.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from bench.papers import snapshot_lines
from bench.places import Reader, python, temporary_folder
from bench.process import Run, measured
from bench.report import Report, arguments, median, table, tell

_GOAL = 2.0
"""How many times as long as sqlite-utils the import may take."""


@dataclass
class Subject:
    """A way to take in a snapshot: a program, or several one after another."""

    name: str
    papers: int
    runs: list[list[Run]] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """The median on the clock."""
        return median(sum(one.seconds for one in programs) for programs in self.runs)

    @property
    def row(self) -> list[str]:
        """Its line of the table."""
        busy = median(sum(one.cpu for one in programs) for programs in self.runs)
        peak = median(max(one.megabytes for one in programs) for programs in self.runs)
        rate = self.papers / self.seconds
        return [self.name, f"{self.seconds:.1f}", f"{busy:.1f}", f"{rate:,.0f}", f"{peak:.0f} MB"]


def write_snapshot(file: Path, papers: int) -> Path:
    """Write a generated snapshot to a file."""
    with file.open("w", encoding="utf-8") as stream:
        for line in snapshot_lines(papers):
            stream.write(json.dumps(line) + "\n")
    return file


def _sqlite_utils(file: Path, folder: Path) -> list[Run]:
    reader = Reader(folder, "reader")
    base = str(folder / "papers.db")
    insert = python("sqlite_utils", "insert", base, "paper", str(file), "--nl", "--pk", "id")
    index = python("sqlite_utils", "enable-fts", base, "paper", "title", "abstract", "authors")
    # It shows a bar of its own on standard error only when that is a terminal.
    return [
        measured([*insert, "--silent"], reader.environment),
        measured(index, reader.environment),
    ]


def _paperterm(file: Path, folder: Path) -> list[Run]:
    reader = Reader(folder, "reader")
    command = python("paperterm", "import", "--no-index", str(file))
    return [measured(command, reader.environment)]


def main() -> None:
    """Measure and tell."""
    parser = arguments("bench.snapshot", __doc__)
    parser.set_defaults(papers=100_000)
    parser.add_argument("--rounds", type=int, default=3, metavar="N")
    options = parser.parse_args()
    report = Report(options.out)
    few, many = max(1, options.papers // 10), options.papers
    with temporary_folder() as folder:
        tell(f"Making {many:,} papers…")
        files = {count: write_snapshot(folder / f"{count}.jsonl", count) for count in (few, many)}
        theirs = Subject("sqlite-utils insert, then enable-fts", many)
        ours = Subject("paperterm import", many)
        fewer = Subject(f"paperterm import, {few:,} papers", few)
        for number in range(options.rounds):
            tell(f"Round {number + 1} of {options.rounds}")
            for subject, work in ((theirs, _sqlite_utils), (ours, _paperterm), (fewer, _paperterm)):
                place = folder / "round"
                place.mkdir()
                subject.runs.append(work(files[subject.papers], place))
                shutil.rmtree(place)
        head = ["median of all rounds", "seconds", "CPU seconds", "papers/s", "peak memory"]
        report.add(table(head, [subject.row for subject in (theirs, ours, fewer)]))
        ratio = f"{ours.seconds / theirs.seconds:.2f}"
        head = ["ratio of the medians", "seconds", "goal"]
        report.add(table(head, [[f"{ours.name} / sqlite-utils", ratio, f"{_GOAL:.0f}"]]))
    report.close()


if __name__ == "__main__":
    main()
