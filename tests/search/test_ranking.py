"""Papers that match alike: the reader's own first, then the recent ones."""

import datetime as dt
from pathlib import Path

import pytest

from paperterm.model.query import And, Dated, Not, Or, Word
from paperterm.search import store
from paperterm.search.document import Document, Stamp
from paperterm.search.reader import Reader


def paper(number: int, title: str, published: str | None, abstract: str = "") -> Document:
    day = dt.date.fromisoformat(published) if published else None
    return Document(number, title, abstract, (), (), day)


ALIKE = (
    paper(1, "Attention for graphs", "2019-03-01"),
    paper(2, "Attention for graphs", "2024-03-01"),
    paper(3, "Attention for graphs", None),
    paper(4, "Attention for graphs", "2021-03-01"),
)
BETTER = paper(5, "Attention", "2001-01-01")
WORSE = paper(6, "On other things", "2024-03-01", "There is attention somewhere in this.")


def order(folder: Path, *documents: Document, bookmarked: tuple[int, ...] = ()) -> list[int]:
    store.build(folder, documents, Stamp("x", 1))
    return list(Reader(folder).search(Word("attention"), lambda leaf: [], bookmarked).ids)


def test_the_recent_come_first_and_the_undated_last(folder: Path) -> None:
    assert order(folder, *ALIKE) == [2, 4, 1, 3]


def test_a_bookmark_weighs_more_than_an_age(folder: Path) -> None:
    assert order(folder, *ALIKE, bookmarked=(1,)) == [1, 2, 4, 3]
    assert order(folder, *ALIKE, bookmarked=(1, 4)) == [4, 1, 2, 3]


def test_neither_beats_a_better_match(folder: Path) -> None:
    found = order(folder, *ALIKE, BETTER, WORSE, bookmarked=(6, 3))
    assert (found[0], found[-1]) == (5, 6)


def test_bookmarks_may_change_between_two_searches(folder: Path) -> None:
    store.build(folder, ALIKE, Stamp("x", 1))
    reader = Reader(folder)
    firsts = [
        reader.search(Or((Word("attention"),)), lambda leaf: [], marked).ids[0]
        for marked in ([], [3], [1], [999], [])
    ]
    assert firsts == [2, 3, 1, 2, 2]


def test_an_explanation_tells_of_both(folder: Path) -> None:
    store.build(folder, ALIKE, Stamp("x", 1))
    told = Reader(folder).explain(Word("attention"), lambda leaf: [], 1, [1])
    assert told is not None
    factors = dict(told.factors)
    assert factors["being bookmarked"] == pytest.approx(1.03)
    assert 1 < factors["being recent"] < 1.02
    assert told.total == pytest.approx(told.score, rel=1e-5)
    assert told.place == 1


def test_a_date_asked_for_beside_words_is_that_of_the_paper(folder: Path) -> None:
    store.build(folder, ALIKE, Stamp("x", 1))
    reader = Reader(folder)
    between = Dated(dt.date(2019, 3, 1), dt.date(2021, 3, 1))
    for dated, expected in (
        (between, [4, 1]),
        (Dated(dt.date(2021, 3, 2)), [2]),
        (Dated(None, dt.date(2019, 2, 28)), []),
        (Dated(), [2, 4, 1]),
        (Not(between), [2, 3]),
    ):
        found = reader.search(And((Word("attention"), dated)), lambda leaf: [])
        assert list(found.ids) == expected
