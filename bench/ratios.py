"""What many timings come to: medians over rounds, percentiles over questions, ratios to a peer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from statistics import median
from typing import TypeVar

from bench.report import percentile

Key = TypeVar("Key")


class Times:
    """Seconds, by who was asked and what; several of each, a round after another."""

    def __init__(self) -> None:
        self._seconds: dict[str, dict[object, list[float]]] = {}

    def add(self, name: str, question: object, seconds: float) -> None:
        """Keep one measurement."""
        self._seconds.setdefault(name, {}).setdefault(question, []).append(seconds)

    def names(self) -> list[str]:
        """Who was asked, in the order they first were."""
        return list(self._seconds)

    def medians(self, name: str, questions: Iterable[object]) -> dict[object, float]:
        """For those of the questions that `name` was asked, the median of its rounds."""
        asked = self._seconds.get(name, {})
        return {question: median(asked[question]) for question in questions if question in asked}

    def percentiles(
        self, name: str, questions: Iterable[object], shares: Iterable[float]
    ) -> list[float] | None:
        """Percentiles over the questions' medians; None when none of them was asked."""
        values = list(self.medians(name, questions).values())
        return [percentile(values, share) for share in shares] if values else None

    def ratio(self, name: str, peer: str, questions: Iterable[object]) -> float | None:
        """The median, over the questions that both were asked, of how long one took beside one."""
        questions = list(questions)
        return median_ratio(self.medians(name, questions), self.medians(peer, questions))


def median_ratio(ours: Mapping[Key, float], theirs: Mapping[Key, float]) -> float | None:
    """The median of the ratios of what both have; None when they have nothing in common."""
    ratios = [ours[key] / theirs[key] for key in ours if key in theirs]
    return median(ratios) if ratios else None
