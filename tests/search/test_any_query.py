"""Whatever is typed is a query: it is answered, and soon. `fuzz` asks more than these few."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import pytest

from paperterm.library.door import Library
from paperterm.model.parse import parse

from .fuzz import ask, made, words_of
from .hostile import KNOWN, LONGEST, Hostile

PAPERS, STRINGS, MOST_SECONDS = 200, 1500, 30.0


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with made(tmp_path_factory.mktemp("fuzz"), PAPERS) as library:
        yield library


def test_any_string_is_answered_and_none_takes_long(shelf: Library) -> None:
    report = ask(shelf, islice(Hostile(7, words_of(shelf)), STRINGS), MOST_SECONDS)
    assert [(text[:200], repr(error)) for text, error in report.raised] == []
    assert report.slow == []
    assert report.asked >= 2 * len(KNOWN)  # a slow machine need not come to the end


def test_without_an_index_any_string_is_answered_too(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with made(tmp_path_factory.mktemp("plain"), 40, indexed=False) as library:
        report = ask(library, islice(Hostile(8, words_of(library)), STRINGS // 3), MOST_SECONDS)
    assert [(text[:200], repr(error)) for text, error in report.raised] == []
    assert report.slow == []


def test_the_strings_are_hostile_enough_and_some_find_something(shelf: Library) -> None:
    texts = list(islice(Hostile(7, words_of(shelf)), STRINGS))
    assert max(map(len, texts)) >= LONGEST // 2
    assert sum(not text.isprintable() for text in texts) > 50
    assert sum('"' in text for text in texts) > 100
    found = [len(shelf.find(parse(text, typing=False)).ids) for text in texts]
    assert sum(0 < count < PAPERS for count in found) > STRINGS // 10


def test_a_string_that_raises_or_takes_long_is_told(
    shelf: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    from . import fuzz

    def answered(library: Library, text: str, typing: bool) -> float:
        if text == "bad":
            raise ZeroDivisionError
        return 9.0 if text == "slow" else 0.0

    monkeypatch.setattr(fuzz, "_answered", answered)
    report = ask(shelf, ["good", "bad", "slow"])
    assert {text for text, _ in report.raised} == {"bad"}
    assert {text for _, text in report.slow} == {"slow"}
