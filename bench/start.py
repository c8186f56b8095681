"""How long a reader waits for the app: `python -m bench.start`.

In every round three programs are started one after the other, each in a terminal of its own: a
bare Textual app, paperterm with its starter shelf, and paperterm with a large library.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench import bare
from bench.places import (
    PROJECT,
    Reader,
    python,
    reader_with,
    starter_reader,
    temporary_folder,
    title_start,
)
from bench.recorder import read_times
from bench.report import Report, arguments, median, milliseconds, table, tell
from bench.terminal import Terminal

_WATCHED = ("whoosh", "numpy", "markdown_it")
"""Dear imports that nobody should wait for."""
_AFTERWARDS = 1.0
"""Seconds of quiet after which nothing more will be imported."""


@dataclass
class Subject:
    """A program whose start is measured; times in seconds."""

    name: str
    command: list[str]
    reader: Reader
    text: str
    """What stands on the screen when there is something to read."""
    paints: list[float] = field(default_factory=list)
    texts: list[float] = field(default_factory=list)

    def start(self) -> tuple[float, float]:
        """Seconds to the first paint, and to the text."""
        with Terminal(self.command, self.reader.at_the_app(), str(PROJECT)) as terminal:
            painted = terminal.wait_for(lambda screen: screen.drawn, "anything")
            shown = terminal.wait_for_text(self.text)
            return painted - terminal.started, shown - terminal.started

    def measure(self) -> None:
        """Start once and keep the times."""
        painted, shown = self.start()
        self.paints.append(painted)
        self.texts.append(shown)


def _subjects(folder: Path, papers: int) -> tuple[Subject, Subject, Subject]:
    small, large = starter_reader(folder), reader_with(folder, papers)
    count = len(small.search())
    first_small, first_large = small.search("--limit", "1")[0], large.search("--limit", "1")[0]
    return (
        Subject("bare Textual app", python("bench.bare"), Reader(folder, "bare"), bare.TEXT),
        Subject(f"{count:,} papers", python("paperterm"), small, title_start(first_small)),
        Subject(f"{papers:,} papers", python("paperterm"), large, title_start(first_large)),
    )


def _times(subjects: tuple[Subject, ...]) -> str:
    rows = [
        [
            subject.name,
            milliseconds(median(subject.paints)),
            milliseconds(min(subject.paints)),
            milliseconds(median(subject.texts)),
            milliseconds(min(subject.texts)),
        ]
        for subject in subjects
    ]
    return table(["median and best of all rounds", "first paint", "best", "list", "best"], rows)


def _ratios(bare: Subject, small: Subject, large: Subject) -> str:
    rows = []
    for over, goal in ((small, 1.3), (bare, 1.5)):
        paint = median(large.paints) / median(over.paints)
        text = median(large.texts) / median(over.texts)
        rows.append([f"{large.name} / {over.name}", f"{paint:.2f}", f"{goal}", f"{text:.2f}"])
    return table(["ratio of the medians", "first paint", "goal", "list"], rows)


def _imports(folder: Path, subject: Subject) -> str:
    """When the dear imports come, in a run of its own."""
    file = folder / "imports"
    recorded = Subject("", python("bench.recorder", str(file)), subject.reader, subject.text)
    environment = recorded.reader.at_the_app()
    with Terminal(recorded.command, environment, str(PROJECT)) as terminal:
        painted = terminal.wait_for(lambda screen: screen.drawn, "anything")
        shown = terminal.wait_for_text(recorded.text)
        terminal.settle(_AFTERWARDS)
    times = read_times(file)
    return table(["import", "when"], list(_when(times, painted, shown)))


def _when(times: dict[str, float], painted: float, shown: float) -> Iterator[list[str]]:
    for name in _WATCHED:
        seen = times.get(name)
        if seen is None:
            yield [name, "never"]
        elif seen < painted:
            yield [name, f"{milliseconds(painted - seen)} BEFORE the first paint"]
        elif seen < shown:
            yield [name, f"{milliseconds(shown - seen)} before the list"]
        else:
            yield [name, f"{milliseconds(seen - shown)} after the list"]


def main() -> None:
    """Measure and tell."""
    parser = arguments("bench.start", __doc__)
    parser.add_argument("--rounds", type=int, default=15, metavar="N")
    options = parser.parse_args()
    report = Report(options.out)
    with temporary_folder() as folder:
        tell(f"Making a library of {options.papers:,} papers…")
        subjects = _subjects(folder, options.papers)
        for subject in subjects:
            subject.start()  # fills the caches of the system and of Python
        for number in range(options.rounds):
            tell(f"Round {number + 1} of {options.rounds}")
            for subject in subjects:
                subject.measure()
        report.add(_times(subjects))
        report.add(_ratios(*subjects))
        report.add(_imports(folder, subjects[-1]))
    report.close()


if __name__ == "__main__":
    main()
