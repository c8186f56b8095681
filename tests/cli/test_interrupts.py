from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from paperterm.cli.interrupts import Gently


def interrupt() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def test_ctrl_c_comes_between_two_items() -> None:
    done: list[int] = []

    def work(items: Iterator[int]) -> None:
        for item in items:
            if item == 2:
                interrupt()
            done.append(item)

    with pytest.raises(KeyboardInterrupt), Gently() as gently:
        work(gently.items(range(10)))
    assert done == [0, 1, 2]


def test_ctrl_c_ends_a_wait_at_once() -> None:
    with pytest.raises(KeyboardInterrupt), Gently() as gently, gently.waiting():
        interrupt()
        raise AssertionError("still waiting")


def test_ctrl_c_after_the_last_item_is_not_lost() -> None:
    with pytest.raises(KeyboardInterrupt), Gently():
        interrupt()


def test_a_second_ctrl_c_is_not_put_off() -> None:
    with pytest.raises(KeyboardInterrupt), Gently():
        interrupt()
        interrupt()
        raise AssertionError("put off")


def test_afterwards_ctrl_c_is_what_it_was() -> None:
    with Gently():
        pass
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_an_ignored_ctrl_c_stays_ignored() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with Gently() as gently:
            interrupt()
            assert list(gently.items([1, 2])) == [1, 2]
    finally:
        signal.signal(signal.SIGINT, before)
