"""Whether search keeps up with fingers: `python -m bench.typing`.

Words are typed letter by letter into a bare Textual input and into paperterm's search bar, in
turns. After each key: the time until it stands on the screen. After the last key: the time until
the right number of papers and the right first title do.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bench import echo
from bench.places import PROJECT, Reader, python, reader_with, temporary_folder, title_start
from bench.report import Report, arguments, milliseconds, percentile, table, tell
from bench.screen import Screen
from bench.terminal import Terminal, TooLate
from bench.words import tail_word

_TEXTS = (
    "mo",
    "retr",
    "diffusion pol",
    "sparse attention ker",
    "multi-agent neg",
    "causal graph disc",
    f"quantum {tail_word(3)[:3]}",
    "bayesian kern",
)
"""Frequent words and rare ones, one and several, stopped where the last letter still counts."""
_RHYTHMS = {"150 ms apart": 0.15, "30 ms apart": 0.03}
_AT_ONCE = "150 ms apart, from the first list on"
_TO_THE_BAR = 0.15
"""Seconds between the key that leads to the search bar and the first letter."""
_GOAL = 0.3
_PATIENCE = 20.0
_PAUSE = 0.4
"""Seconds between one text and the next."""

Condition = Callable[[Screen], bool]


@dataclass(frozen=True)
class Spot:
    """Where on the screen a typed text begins."""

    row: int
    column: int

    def shows(self, screen: Screen, text: str) -> bool:
        """Whether `text`, or more than it, stands here."""
        return screen.lines[self.row].startswith(text, self.column)


BARE, BAR = Spot(2, 3), Spot(0, 3)
"""Where the texts typed into a bare Textual input, and into paperterm's search bar, begin."""


@dataclass
class Times:
    """Seconds until keys were echoed and texts were answered."""

    echoes: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    unchanged: int = 0
    """Texts whose answer already stood there when the last key was pressed."""


def type_text(
    terminal: Terminal, text: str, gap: float, spot: Spot, answered: Condition, times: Times
) -> None:
    """Type `text`, a key every `gap` seconds, and add what was seen to `times`."""
    sent: list[float] = []
    echoed: dict[int, float] = {}
    finished: list[float] = []

    def look(seen: float) -> bool:
        for place in range(len(sent)):
            if place not in echoed and spot.shows(terminal.screen, text[: place + 1]):
                echoed[place] = seen
        if len(sent) == len(text) and not finished and answered(terminal.screen):
            finished.append(seen)
        return bool(finished) and len(echoed) == len(text)

    begun = time.monotonic()
    for place, key in enumerate(text):
        terminal.watch(look, begun + place * gap)
        before = answered(terminal.screen)
        sent.append(terminal.press(key))
    if not terminal.watch(look, time.monotonic() + _PATIENCE):
        picture = "\n".join(line.rstrip() for line in terminal.screen.lines)
        raise TooLate(f"{text!r} was not answered. The screen shows:\n{picture}")
    terminal.settle(_PAUSE)
    if not answered(terminal.screen):
        raise TooLate(f"The answer to {text!r} was replaced by another one.")
    # A space can't be seen.
    times.echoes += [echoed[place] - sent[place] for place in echoed if text[place] != " "]
    if before:
        times.unchanged += 1
    else:
        times.answers.append(finished[0] - sent[-1])


def _expected(reader: Reader, text: str, papers: int) -> Condition:
    """What the screen shows when a text being typed has been answered."""
    found = reader.search(f"{text}*")
    if not found:
        raise ValueError(f"no paper has {text!r}; take a larger library")
    count = re.compile(rf"(?<![\d,]){len(found):,} of {papers:,} ")
    title = title_start(found[0])
    return lambda screen: bool(count.search(screen.lines[0])) and screen.shows(title)


def _bare_round(reader: Reader, results: dict[tuple[str, str], Times]) -> None:
    with Terminal(python("bench.echo"), reader.environment, str(PROJECT)) as terminal:
        terminal.wait_for_text(echo.TEXT)
        terminal.settle(_PAUSE)
        for rhythm, gap in _RHYTHMS.items():
            for text in _TEXTS:
                times = results.setdefault(("bare Textual input", rhythm), Times())
                type_text(terminal, text, gap, BARE, lambda screen: True, times)
                terminal.press("\x15")
                terminal.wait_for(lambda screen: not BARE.shows(screen, text[0]), "nothing")  # noqa: B023
                terminal.settle(_PAUSE)


def _search_round(
    reader: Reader,
    papers: int,
    wanted: dict[str, Condition],
    results: dict[tuple[str, str], Times],
) -> None:
    name = f"paperterm, {papers:,} papers"
    first = title_start(reader.search("--limit", "1")[0])
    with Terminal(python("paperterm"), reader.at_the_app(), str(PROJECT)) as terminal:
        terminal.wait_for_text(first)
        typed = [(_AT_ONCE, 0.15, _TEXTS[1])]
        typed += [(rhythm, gap, text) for rhythm, gap in _RHYTHMS.items() for text in _TEXTS]
        for rhythm, gap, text in typed:
            times = results.setdefault((name, rhythm), Times())
            terminal.press("/")
            terminal.watch(lambda seen: False, time.monotonic() + _TO_THE_BAR)
            type_text(terminal, text, gap, BAR, wanted[text], times)
            terminal.press("\x1b")
            terminal.wait_for_text(first)
            terminal.settle(_PAUSE)


def _echo_table(results: dict[tuple[str, str], Times]) -> str:
    head = ["from a key to its echo", "keys", "keys seen", "p50", "p95", "max"]
    rows = [
        [name, rhythm, str(len(times.echoes)), *_spread(times.echoes)]
        for (name, rhythm), times in sorted(results.items(), key=lambda item: item[0][1])
    ]
    return table(head, rows)


def _answer_table(results: dict[tuple[str, str], Times]) -> str:
    head = ["from the last key to the right list", "texts", "p50", "p95", "max", "goal"]
    rows = [
        [rhythm, str(len(times.answers)), *_spread(times.answers), milliseconds(_GOAL)]
        for (_, rhythm), times in results.items()
        if times.answers
    ]
    return table(head, rows)


def _spread(values: list[float]) -> list[str]:
    return [milliseconds(percentile(values, share)) for share in (0.5, 0.95, 1)]


def _measure(folder: Path, papers: int, rounds: int, report: Report) -> None:
    tell(f"Making a library of {papers:,} papers…")
    reader, other = reader_with(folder, papers), Reader(folder, "bare")
    wanted = {text: _expected(reader, text, papers) for text in _TEXTS}
    bare: dict[tuple[str, str], Times] = {}
    searches: dict[tuple[str, str], Times] = {}
    for number in range(rounds):
        tell(f"Round {number + 1} of {rounds}")
        _bare_round(other, bare)
        _search_round(reader, papers, wanted, searches)
    report.add(_echo_table(bare | searches))
    report.add(_answer_table(searches))
    if unchanged := sum(times.unchanged for times in searches.values()):
        report.add(f"Left out: {unchanged} texts whose last letter changed nothing.")


def main() -> None:
    """Measure and tell."""
    parser = arguments("bench.typing", __doc__)
    parser.add_argument("--rounds", type=int, default=5, metavar="N")
    options = parser.parse_args()
    report = Report(options.out)
    with temporary_folder() as folder:
        _measure(folder, options.papers, options.rounds, report)
    report.close()


if __name__ == "__main__":
    main()
