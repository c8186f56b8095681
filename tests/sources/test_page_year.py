import datetime as dt

import pytest

from .helpers import AS_OF, items, papers, remarks

TODAY = dt.date.today()


def page(day, *dates):
    top = f"Daily Papers\n\nby AK and the research community\n\n{day}\n\n" if day else ""
    return top + "".join(
        f"Paper {number}\n\nAn abstract.\n\n  • 2 authors\n·\n{date}\n\n"
        for number, date in enumerate(dates)
    )


def read(text, **context):
    found = papers(text, **{"as_of": None, **context})
    return found[0].day, [paper.published for paper in found]


MANY_2024 = ("Aug 13, 2024", "Jan 3, 2024", "Dec 31, 2024", "Feb 2, 2019")


@pytest.mark.parametrize(
    ("as_of", "day"),
    [
        (dt.date(2025, 11, 6), dt.date(2025, 11, 6)),
        (dt.date(2025, 11, 5), dt.date(2024, 11, 6)),
        (dt.date(2026, 1, 1), dt.date(2025, 11, 6)),
        (dt.date(2019, 12, 1), dt.date(2019, 11, 6)),
    ],
)
def test_as_of_settles_the_day_and_nothing_is_assumed(as_of, day):
    text = page("Nov 6", "Jun 23", *MANY_2024)
    assert read(text, as_of=as_of)[0] == day
    assert read(text, as_of=as_of)[1][0] == dt.date(day.year, 6, 23)
    assert remarks(text, as_of=as_of) == []


def test_the_year_after_the_newest_printed_one_is_the_pages_own():
    text = page("Nov 6", "Jun 23", *MANY_2024)
    context = {"modified": dt.date(2029, 12, 31)}
    assert read(text, **context)[0] == dt.date(2025, 11, 6)
    assert read(text, **context)[1][:2] == [dt.date(2025, 6, 23), dt.date(2024, 8, 13)]
    assert remarks(text, **context) == [
        "The page's day is taken as 6 Nov 2025; the year is not on the page, --as-of settles it."
    ]


def test_the_page_is_never_younger_than_its_file():
    text = page("Nov 6", "Jun 23", *MANY_2024)
    assert read(text, modified=dt.date(2025, 11, 5))[0] == dt.date(2024, 11, 6)
    assert read(text, modified=dt.date(2025, 11, 6))[0] == dt.date(2025, 11, 6)


def test_two_papers_do_not_settle_the_year():
    text = page("Nov 6", "Jun 23", "Aug 13, 2020", "Jan 3, 2020", "Jan 3, 2019")
    assert read(text, modified=dt.date(2025, 12, 31))[0] == dt.date(2025, 11, 6)


def test_without_printed_years_the_file_settles_it():
    text = page("Nov 6", "Jun 23")
    assert read(text, modified=dt.date(2023, 3, 1)) == (
        dt.date(2022, 11, 6),
        [dt.date(2022, 6, 23)],
    )
    assert read(text)[0] <= TODAY < read(text)[0] + dt.timedelta(days=366)


def test_a_date_after_the_pages_day_is_of_the_year_before():
    assert read(page("Jan 2", "Dec 30", "Jan 1", "Jan 2"), as_of=dt.date(2025, 2, 1)) == (
        dt.date(2025, 1, 2),
        [dt.date(2024, 12, 30), dt.date(2025, 1, 1), dt.date(2025, 1, 2)],
    )


def test_the_29th_of_february_is_only_in_leap_years():
    assert read(page("Mar 3", "Feb 29"), as_of=dt.date(2025, 4, 1)) == (dt.date(2025, 3, 3), [None])
    assert read(page("Mar 3", "Feb 29"), as_of=dt.date(2024, 4, 1))[1] == [dt.date(2024, 2, 29)]
    assert read(page("Feb 29", "Feb 1"), as_of=dt.date(2025, 4, 1)) == (
        dt.date(2024, 2, 29),
        [dt.date(2024, 2, 1)],
    )
    thrice_2024 = ("Jan 1, 2024", "Jan 2, 2024", "Jan 3, 2024")
    assert read(page("Feb 29", *thrice_2024), modified=dt.date(2027, 1, 1))[0] == dt.date(
        2024, 2, 29
    )
    assert read(page("Mar 3", "Feb 29, 2023"), as_of=AS_OF)[1] == [None]


def test_a_fragment_has_the_same_bounds_by_its_newest_date():
    text = page("", "Jun 23", "May 1", *MANY_2024)
    assert read(text, modified=dt.date(2029, 1, 1)) == (
        None,
        [
            dt.date(2025, 6, 23),
            dt.date(2025, 5, 1),
            dt.date(2024, 8, 13),
            dt.date(2024, 1, 3),
            dt.date(2024, 12, 31),
            dt.date(2019, 2, 2),
        ],
    )
    assert remarks(text, modified=dt.date(2029, 1, 1)) == [
        "Dates without a year are taken as of 2025;"
        " the year is not on the page, --as-of settles it."
    ]
    assert read(page("", "Jun 23", "Dec 1"), as_of=AS_OF)[1] == [
        dt.date(2025, 6, 23),
        dt.date(2024, 12, 1),
    ]


def test_where_no_date_needs_a_year_nothing_is_assumed():
    assert remarks(page("", "Jun 23, 2024")) == []
    assert remarks(page("Nov 6, 2025", "Jun 23")) == []
    assert read(page("Nov 6, 2025", "Jun 23")) == (AS_OF, [dt.date(2025, 6, 23)])


def test_absurd_years_harm_nobody():
    text = page("Nov 6", "Jun 23", "Jan 1, 9999", "Jan 1, 9999", "Jan 1, 9999", "Jan 1, 0000")
    assert read(text, modified=dt.date(2025, 12, 1))[1][:2] == [
        dt.date(2025, 6, 23),
        dt.date(9999, 1, 1),
    ]
    assert items(text, as_of=dt.date.min)
    assert items(text, modified=dt.date.min)
