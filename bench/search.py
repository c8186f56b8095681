"""Whether search is as fast as it should be: `python -m bench.search`.

paperterm's engine beside SQLite's FTS5 and tantivy with the same papers and questions, in turns;
the building of their indexes; the search in the app beside a bare Textual app; the app's memory.
What has a goal stands beside it at the end.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from bench import asking, footprint, painting, rates, stalls, upkeep
from bench.asking import Asked
from bench.goals import Figures
from bench.peers import FTS5, TANTIVY, has_tantivy
from bench.places import temporary_folder
from bench.report import Report, arguments, tell
from bench.stock import Stock

_SECTIONS = ("engine", "index", "pty", "memory")
_PEERS = (FTS5, TANTIVY)


def chosen(wanted: str, known: Sequence[str]) -> tuple[str, ...]:
    """Those of the known names that a line names, parted by commas. Raises `ArgumentTypeError`."""
    names = [name.strip().lower() for name in wanted.split(",") if name.strip()]
    if unknown := set(names) - {name.lower() for name in known}:
        raise argparse.ArgumentTypeError(
            f"{', '.join(sorted(unknown))}: not one of {', '.join(known)}"
        )
    return tuple(name for name in known if name.lower() in names)


def _options() -> argparse.Namespace:
    parser = arguments("bench.search", __doc__)
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="in the app, half of it")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="draw the results as SVG")
    parser.add_argument(
        "--only",
        type=lambda line: chosen(line, _SECTIONS),
        default=_SECTIONS,
        metavar="SECTIONS",
        help=f"of {','.join(_SECTIONS)}",
    )
    parser.add_argument(
        "--peers",
        type=lambda line: chosen(line, _PEERS),
        default=_PEERS,
        metavar="NAMES",
        help=f"of {','.join(_PEERS)}; with a million papers FTS5 takes long",
    )
    return parser.parse_args()


def _available(peers: Sequence[str]) -> tuple[str, ...]:
    if TANTIVY in peers and not has_tantivy():
        tell("tantivy is not installed: going on without.")
        return tuple(name for name in peers if name != TANTIVY)
    return tuple(peers)


def _draw(
    file: Path, papers: int, asked: Asked | None, painted: Mapping[str, Sequence[float]]
) -> None:
    with suppress(ImportError):
        from bench import plot

        plot.draw(file, papers, asked, painted)
        return
    tell("matplotlib is not installed: no plot.")


def _measure(stock: Stock, options: argparse.Namespace, to: Report) -> None:
    figures = Figures(stock.count)
    peers, rounds = _available(options.peers), options.rounds
    in_app = (rounds + 1) // 2
    asked: Asked | None = None
    painted: Mapping[str, Sequence[float]] = {}
    if "engine" in options.only:
        asked = asking.report(stock, rounds, peers, to, figures)
    if "index" in options.only:
        rates.report(stock, rounds, peers, to, figures)
        upkeep.report(stock, rounds, peers, to, figures)
    if "pty" in options.only:
        painted = painting.report(stock, in_app, to, figures)
        stalls.report(stock, in_app, to, figures)
    if "memory" in options.only:
        footprint.report(stock, to, figures)
    to.add(figures.table())
    if options.plot:
        _draw(options.plot, stock.count, asked, painted)


def main() -> None:
    """Measure and tell."""
    options = _options()
    report = Report(options.out)
    busy = os.getloadavg()[0]
    with temporary_folder() as folder:
        _measure(Stock(folder, options.papers), options, report)
    report.add(
        f"{os.cpu_count()} cores; on average {busy:.1f} processes ran before, "
        f"{os.getloadavg()[0]:.1f} at the end."
    )
    report.close()


if __name__ == "__main__":
    main()
