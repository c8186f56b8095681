"""Keys pressed in a terminal, and the time until the screen has answered each."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from bench.screen import Screen
from bench.terminal import Terminal, TooLate

_PATIENCE = 20.0

Condition = Callable[[Screen], bool]


class Presses:
    """Keys in a row, each with what the screen shows when it, or a later one, has been answered."""

    def __init__(self, terminal: Terminal, answers: Sequence[Condition]) -> None:
        self._terminal = terminal
        self._answers = answers
        self._sent: list[float] = []
        self._changes: list[bool] = []
        self._seen: dict[int, float] = {}

    def press(self, key: str) -> None:
        """Send the next key."""
        place = len(self._sent)
        answer, before = self._answers[place], self._answers[max(0, place - 1) : place]
        self._changes.append(answer not in before and not answer(self._terminal.screen))
        self._sent.append(self._terminal.press(key))

    def look(self, seen: float) -> bool:
        """Take note of what the screen shows; whether nothing is left to wait for."""
        first = next((at for at in range(len(self._sent)) if self._waits(at)), len(self._sent))
        for last in range(len(self._sent) - 1, first - 1, -1):
            if self._waits(last) and self._answers[last](self._terminal.screen):
                for at in range(first, last + 1):
                    self._seen.setdefault(at, seen)
                break
        return not any(self._waits(at) for at in range(first, len(self._sent)))

    def _waits(self, at: int) -> bool:
        return self._changes[at] and at not in self._seen

    def seconds(self) -> list[float]:
        """From each key to its answer; keys that changed nothing on the screen are left out."""
        return [self._seen[at] - self._sent[at] for at in self._seen if self._changes[at]]


def press_in_rhythm(
    terminal: Terminal, keys: str, gap: float, answers: Sequence[Condition]
) -> list[float]:
    """Press a key every `gap` seconds, whatever happens; the seconds that answers took."""
    presses = Presses(terminal, answers)
    begun = time.monotonic()
    for place, key in enumerate(keys):
        wait_until(terminal, begun + place * gap, presses.look)
        presses.press(key)
    finish(terminal, presses, keys)
    return presses.seconds()


def press_one(terminal: Terminal, key: str, answer: Condition) -> float:
    """Press a key and wait; the seconds until its answer, which must not stand there already."""
    presses = Presses(terminal, [answer])
    presses.press(key)
    finish(terminal, presses, key)
    return presses.seconds()[0]


def wait_until(
    terminal: Terminal, moment: float, look: Callable[[float], bool] = lambda seen: False
) -> None:
    """Take in output up to a moment."""

    def watcher(seen: float) -> bool:
        look(seen)
        return False

    terminal.watch(watcher, moment)


def finish(terminal: Terminal, presses: Presses, keys: str) -> None:
    """Wait for all answers. Raises `TooLate`."""
    if presses.look(time.monotonic()):
        return
    if not terminal.watch(presses.look, time.monotonic() + _PATIENCE):
        picture = "\n".join(line.rstrip() for line in terminal.screen.lines)
        raise TooLate(f"{keys!r} was not answered. The screen shows:\n{picture}")
