from __future__ import annotations

import pytest

from paperterm.tui.progress import Progress, duration


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_it_says_how_far_it_is_and_then_how_long_it_will_take() -> None:
    clock, said = Clock(), list[str]()
    progress = Progress("indexing", said.append, clock)
    for _ in range(11):
        progress(round(100 * (clock.now - 100)), 4000)
        clock.now += 1.0
    assert said[0] == "indexing ▱▱▱▱▱▱▱▱ 0 %"
    assert said[-1] == "indexing ▰▰▱▱▱▱▱▱ 30 s left"


def test_it_does_not_say_more_than_a_reader_can_read() -> None:
    clock, said = Clock(), list[str]()
    progress = Progress("indexing", said.append, clock)
    for done in range(1000):
        progress(done, 1000)
        clock.now += 0.001
    assert 4 <= len(said) <= 6


@pytest.mark.parametrize(
    ("seconds", "told"), [(0.1, "1 s"), (99, "99 s"), (150, "2 min"), (7200, "2 h")]
)
def test_durations_are_said_no_more_exactly_than_they_are_known(seconds: float, told: str) -> None:
    assert duration(seconds) == told
