"""How much a key writes to the terminal: `python -m bench.slow_line`.

Bytes are counted at the other end of a pseudo-terminal, from a key until nothing more comes, beside
what Textual writes by itself for the same keys. A line of 9,600 baud carries 960 of them a second.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from bench.places import PROJECT, Reader, python, reader_with, temporary_folder
from bench.report import Report, arguments, median, table, tell
from bench.terminal import Terminal

SIZES = ((80, 24), (120, 36))
TERMINALS: Mapping[str, Mapping[str, str]] = {
    "no colours": {"NO_COLOR": "1"},
    "16 colours": {"TERM": "xterm", "COLORTERM": ""},
    "true colours": {},
}
_A_SECOND = 960
"""Bytes that 9,600 baud carry, of ten bits each."""
_QUIET = 0.35
"""Seconds without output after which a key has had its effect."""
_HELD = 0.05
"""Seconds between the repetitions of a key that is held down."""
_MOVES, _HELD_MOVES = 12, 20
_WORD = "paper"
_PLAINLY = (
    "import sys; from paperterm.tui.thrift import Thrift; "
    "Thrift.thrifty = lambda self, data: data; "
    "from paperterm.__main__ import main; sys.exit(main())"
)
"""The app without what this measures."""

Counts = dict[str, list[int]]


def _count(terminal: Terminal, keys: str) -> int:
    before = len(terminal.output)
    terminal.press(keys)
    terminal.settle(_QUIET)
    return len(terminal.output) - before


def _held(terminal: Terminal, key: str) -> int:
    before = len(terminal.output)
    for _ in range(_HELD_MOVES):
        terminal.press(key)
        terminal.watch(lambda _: False, time.monotonic() + _HELD)
    terminal.settle(_QUIET)
    return (len(terminal.output) - before) // _HELD_MOVES


def _session(terminal: Terminal, moves: int) -> Counts:
    terminal.wait_for_text("papers")
    terminal.settle(1.0)
    counts: Counts = {}
    counts["a move in the list"] = [_count(terminal, "j") for _ in range(moves)]
    counts["the same, the key held down"] = [_held(terminal, "k"), _held(terminal, "j")]
    counts["a bookmark"] = [_count(terminal, "b") for _ in range(min(moves, 3))]
    counts["a page of the list"] = [_count(terminal, "\x06") for _ in range(min(moves, 3))]
    counts["to the search bar"] = [_count(terminal, "/")]
    counts["a letter in the search"] = [_count(terminal, letter) for letter in _WORD[:moves]]
    return counts


def _run(
    command: list[str], reader: Reader, colours: str, size: tuple[int, int], moves: int
) -> Counts:
    environment = {**reader.at_the_app(), **TERMINALS[colours]}
    with Terminal(command, environment, str(PROJECT), size) as terminal:
        return _session(terminal, moves)


def _table(size: tuple[int, int], ours: dict[str, Counts], plain: Counts) -> str:
    def told(counts: Counts, what: str, of: Callable[[list[int]], float]) -> str:
        return f"{of(counts[what]):,.0f}"

    rows = [
        [
            what,
            *(told(counts, what, of) for counts in ours.values() for of in (median, max)),
            told(plain, what, median),
        ]
        for what in plain
    ]
    head = [f"bytes a key, {size[0]}×{size[1]}"]
    head += [told for colours in ours for told in (colours, "most")]
    return table([*head, "Textual, true colours"], rows)


def _goals(seen: dict[tuple[int, int], dict[str, Counts]]) -> Iterator[list[str]]:
    for size, ours in seen.items():
        for colours, counts in ours.items():
            moved = median(counts["a move in the list"])
            held = counts["the same, the key held down"][0]
            yield [
                f"{size[0]}×{size[1]}, {colours}",
                f"{moved / _A_SECOND:.2f} s",
                f"{held / _A_SECOND:.2f} s",
                "yes" if held < _A_SECOND else "NO",
            ]


def _measure(
    folder: Path, papers: int, sizes: Sequence[tuple[int, int]], moves: int, report: Report
) -> None:
    tell(f"Making a library of {papers:,} papers…")
    reader = reader_with(folder, papers)
    plainly = [sys.executable, "-c", _PLAINLY]
    seen: dict[tuple[int, int], dict[str, Counts]] = {}
    for size in sizes:
        tell(f"{size[0]}×{size[1]}")
        seen[size] = {
            colours: _run(python("paperterm"), reader, colours, size, moves)
            for colours in TERMINALS
        }
        report.add(_table(size, seen[size], _run(plainly, reader, "true colours", size, moves)))
    head = ["at 9,600 baud", "a move and its abstract", "held down", "under a second"]
    report.add(table(head, list(_goals(seen))))


def main() -> None:
    """Measure and tell."""
    parser = arguments("bench.slow_line", __doc__)
    parser.add_argument("--small", action="store_true", help="at 80×24 only")
    parser.add_argument("--moves", type=int, default=_MOVES, metavar="N")
    options = parser.parse_args()
    report = Report(options.out)
    with temporary_folder() as folder:
        sizes = SIZES[:1] if options.small else SIZES
        _measure(folder, options.papers, sizes, options.moves, report)
    report.close()


if __name__ == "__main__":
    main()
