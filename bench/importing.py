"""How fast papers come in: `python -m bench.importing`.

paperterm's import and index beside reading the file, filling one SQLite table, and filling SQLite's
own full-text table. Each runs in a process of its own, in turns.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from bench.places import Reader, python, temporary_folder, write_papers
from bench.report import Report, arguments, median, table, tell
from bench.usage import run
from bench.work import build_index, full_text_table, plain_table, read_only, take_in


@dataclass
class Subject:
    """A piece of work; a later one may need what an earlier one of the same round made."""

    name: str
    work: str
    seconds: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)

    def measure(self, reader: Reader, file: Path, folder: Path) -> None:
        """Run once and keep the time and the peak of memory."""
        command = python("bench.work", self.work, str(file), str(folder))
        used = run(command, reader.environment)
        self.seconds.append(float(used.said))
        self.megabytes.append(used.megabytes)


def _subjects() -> list[Subject]:
    return [
        Subject("reading the JSON alone", read_only.__name__),
        Subject("sqlite3 executemany, one table", plain_table.__name__),
        Subject("SQLite FTS5, porter, prefixes", full_text_table.__name__),
        Subject("paperterm: import", take_in.__name__),
        Subject("paperterm: the same again", take_in.__name__),
        Subject("paperterm: index", build_index.__name__),
    ]


def _table(subjects: list[Subject], papers: int) -> str:
    head = ["median of all rounds", "seconds", "papers/s", "peak memory"]
    rows = [
        [
            subject.name,
            f"{median(subject.seconds):.2f}",
            f"{papers / median(subject.seconds):,.0f}",
            f"{median(subject.megabytes):.0f} MB",
        ]
        for subject in subjects
    ]
    return table(head, rows)


def main() -> None:
    """Measure and tell."""
    parser = arguments("bench.importing", __doc__)
    parser.add_argument("--rounds", type=int, default=3, metavar="N")
    options = parser.parse_args()
    report = Report(options.out)
    with temporary_folder() as folder:
        tell(f"Making {options.papers:,} papers…")
        file = write_papers(folder / "papers.jsonl", options.papers)
        reader = Reader(folder, "reader")
        subjects = _subjects()
        for number in range(options.rounds):
            tell(f"Round {number + 1} of {options.rounds}")
            place = folder / f"round-{number}"
            place.mkdir()
            for subject in subjects:
                subject.measure(reader, file, place)
        report.add(_table(subjects, options.papers))
    report.close()


if __name__ == "__main__":
    main()
