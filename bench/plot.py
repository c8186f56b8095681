"""A run as a picture. Importing this fails where matplotlib is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from bench.asking import Asked
from bench.peers import ENGINE, FTS5, TANTIVY, WHOLE
from bench.questions import TYPED, Kind

_COLOURS = {ENGINE: "#2f6fb0", FTS5: "#c98a2b", TANTIVY: "#7b8794"}
_THICKNESS = 0.26


def draw(
    file: Path, papers: int, asked: Asked | None, painted: Mapping[str, Sequence[float]]
) -> None:
    """Write an SVG with a part for each of what was measured; nothing when that is nothing."""
    parts: list[Callable[[Any], None]] = []
    if asked:
        parts += [partial(_classes, asked), partial(_keys, asked)]
    if painted:
        parts.append(partial(_painted, painted))
    if not parts:
        return
    figure = Figure(figsize=(6.4 * len(parts), 5.2), layout="constrained")
    FigureCanvasSVG(figure)
    for place, part in enumerate(parts, 1):
        axes = figure.add_subplot(1, len(parts), place)
        part(axes)
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(axis="x", alpha=0.3)
    figure.suptitle(f"{papers:,} papers")
    figure.savefig(file, format="svg", metadata={"Date": None})


def _classes(asked: Asked, axes: Any) -> None:
    """A group of bars a class of questions."""
    names = [name for name in _COLOURS if name in asked.times.names()]
    for row, kind in enumerate(Kind):
        for place, name in enumerate(names):
            spread = asked.times.percentiles(name, asked.of(kind), [0.5, 0.95])
            if spread:
                half, most = (1000 * value for value in spread)
                at = row + (place - 1) * _THICKNESS
                axes.barh(at, half, _THICKNESS, color=_COLOURS[name])
                axes.plot([half, most], [at, at], color=_COLOURS[name], linewidth=1)
    for name in names:
        axes.barh(0, 0, color=_COLOURS[name], label=name)
    axes.set_yticks(range(len(Kind)), [str(kind) for kind in Kind])
    axes.invert_yaxis()
    _logarithmic(axes)
    axes.set_xlabel("milliseconds: bar to the median, line to p95")
    axes.legend(frameon=False, loc="lower left", bbox_to_anchor=(0, 1), ncols=len(names))


def _keys(asked: Asked, axes: Any) -> None:
    """How many keys of words typed letter by letter are answered how soon."""
    keys = asked.of(*TYPED)
    for name in asked.times.names():
        if name != WHOLE:
            seconds = list(asked.times.medians(name, keys).values())
            _share(axes, seconds, name, _COLOURS[name])
    _logarithmic(axes)
    axes.set_xlabel("milliseconds from a letter typed to the engine's answer")


def _painted(painted: Mapping[str, Sequence[float]], axes: Any) -> None:
    """How many keys are answered on the screen how soon."""
    for name, seconds in painted.items():
        if seconds:
            colour = _COLOURS[ENGINE if name.startswith(ENGINE) else TANTIVY]
            _share(axes, seconds, name, colour)
    axes.set_xlabel("milliseconds from a key to its answer on the screen")


def _logarithmic(axes: Any) -> None:
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter("{x:g}")


def _share(axes: Any, seconds: Sequence[float], name: str, colour: str) -> None:
    ordered = sorted(1000 * second for second in seconds)
    shares = [100 * (place + 1) / len(ordered) for place in range(len(ordered))]
    axes.step(ordered, shares, where="post", label=name, color=colour)
    axes.set_ylabel("% of the keys")
    axes.legend(frameon=False, loc="lower right")
