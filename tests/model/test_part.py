import datetime as dt

import pytest

from paperterm.model.paper import Paper
from paperterm.model.part import Part

DAY = dt.date(2023, 6, 1)


@pytest.mark.parametrize(
    ("wanted", "categories", "holds"),
    [
        ((), (), True),
        (("cs.CL",), ("stat.ML", "cs.CL"), True),
        (("cs.CL", "stat.ML"), ("stat.ML",), True),
        (("cs",), ("cs.CL",), True),
        (("CS",), ("cs.CL",), True),
        (("hep-th",), ("hep-th",), True),
        (("cs.C",), ("cs.CL",), False),
        (("cs.CL",), ("cs",), False),
        (("math",), ("math-ph",), False),
        (("cs",), (), False),
    ],
)
def test_a_category_is_any_of_the_papers_or_an_archive(wanted, categories, holds):
    assert Part(wanted).holds(Paper("A", categories=categories)) is holds


@pytest.mark.parametrize(
    ("published", "holds"),
    [(DAY, True), (DAY - dt.timedelta(1), False), (DAY + dt.timedelta(1), True), (None, False)],
)
def test_a_day_is_that_of_publication(published, holds):
    assert Part(since=DAY).holds(Paper("A", published=published)) is holds


def test_nothing_asked_for_is_everything():
    assert not Part()
    assert Part().holds(Paper("A"))
    assert Part(("cs",))
    assert Part(since=DAY)
