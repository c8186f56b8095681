"""The shelves of days: the last ones singly, older ones by month, older ones still by year."""

from __future__ import annotations

import datetime as dt

from helpers import numbered, seen, take_in
from paperterm.library.door import Library
from paperterm.model.query import Listed, Query


def test_older_days_stand_together_by_month_and_then_by_year(library: Library) -> None:
    newest = dt.date(2025, 11, 6)
    days = [newest - dt.timedelta(days=5 * i) for i in range(300)]
    take_in(library, *(numbered(i, sightings=(seen("page", day),)) for i, day in enumerate(days)))
    shelves = library.shelves()
    assert [day for day, _ in shelves.days] == days[:10]
    assert shelves.months[0][0] == dt.date(2025, 9, 1)
    assert len(shelves.months) == 12
    assert [year.year for year, _ in shelves.years] == [2024, 2023, 2022, 2021]
    for year, count in shelves.years:
        whole = Listed(year, dt.date(year.year, 12, 31))
        assert len(library.find(Query(whole)).ids) == count


def test_a_paper_seen_on_two_days_of_a_month_counts_once_in_it(library: Library) -> None:
    first, second = dt.date(2024, 3, 4), dt.date(2024, 3, 5)
    take_in(library, numbered(0, sightings=(seen("page", first), seen("page", second))))
    take_in(
        library,
        *(numbered(i, sightings=(seen("page", dt.date(2025, 11, i)),)) for i in range(1, 11)),
    )
    assert library.shelves().months == ((dt.date(2024, 3, 1), 1),)


def test_days_are_counted_anew_when_papers_come(library: Library) -> None:
    take_in(library, numbered(1))
    assert library.shelves().days[0][1] == 1
    take_in(library, numbered(2))
    assert library.shelves().days[0][1] == 2
