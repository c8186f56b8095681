"""Whatever comes in, what comes out is papers with titles, or an error of the source."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperterm.errors import SourceError
from paperterm.model.record import Record, Refusal, Remark
from paperterm.model.text import shown
from paperterm.sources.registry import FORMATS

from . import made_up
from .helpers import AS_OF, PAGE, day_page, items, saved_page, wrapper

VALID = {
    "page-text": PAGE.encode(),
    "page-html": saved_page(day_page(wrapper(1), wrapper(2))).encode(),
    "hf-json": json.dumps([wrapper(1), wrapper(2)]).encode(),
    "jsonl": b'{"title": "A", "tags": ["x"], "published": "2024-01-01"}\n{"title": "B"}\n',
    "arxiv-atom": made_up.ATOM.encode(),
    "arxiv-rss": made_up.RSS.encode(),
    "feed": made_up.OTHER_RSS.encode(),
    "bibtex": made_up.BIBTEX.encode(),
    "ris": made_up.RIS.encode(),
    "csl-json": made_up.CSL.encode(),
    "arxiv-email": made_up.LISTING.encode(),
}
NAMES = st.sampled_from([None, *FORMATS])
WHEN = st.none() | st.just(AS_OF) | st.dates()


def check(data, format, when):
    try:
        found = items(data, format, as_of=when, modified=when)
    except SourceError as error:
        assert str(error).endswith(".") and str(error).isprintable()
        return
    for item in found:
        assert isinstance(item, Record | Refusal | Remark)
        if isinstance(item, Record):
            assert shown(item.paper.title)
            assert item.line >= 1
            assert all(count is None or count >= 0 for count in (
                item.paper.author_count, item.paper.comments, item.paper.upvotes))  # fmt: skip
            (item.paper.title + item.paper.abstract).encode()
        if isinstance(item, Refusal):
            assert item.line >= 1 and item.reason
            assert item.title == shown(item.title)


@given(st.binary(max_size=300), NAMES, WHEN)
@settings(deadline=None, max_examples=200)
def test_random_bytes(data, format, when):
    check(data, format, when)


@given(st.text(st.characters(codec="utf-8"), max_size=300), NAMES, WHEN)
@settings(deadline=None, max_examples=200)
def test_random_text(text, format, when):
    check(text.encode(), format, when)


LINES = st.sampled_from(
    ["", "·", "  • 5 authors", "  • x authors", "Jun 23 4", "Feb 29", "Aug 13, 2024", "Xyz 99",
     "4", "Daily Papers", "Nov 6", "Next", "A Title", "An abstract.", "x" * 400, "[", "# $", "é"]
)  # fmt: skip


@given(st.lists(LINES, max_size=25), WHEN)
@settings(deadline=None, max_examples=200)
def test_random_pages(lines, when):
    check("\n".join(lines), "page-text", when)


@pytest.mark.parametrize("name", VALID)
def test_random_mutations_of_valid_input(name):
    valid = VALID[name]
    place = st.integers(0, len(valid))
    change = st.tuples(place, st.integers(0, 40), st.binary(max_size=8))

    @given(st.lists(change, min_size=1, max_size=4), NAMES, WHEN)
    @settings(deadline=None, max_examples=100)
    def mutate(changes, format, when):
        data = valid
        for start, length, new in changes:
            data = data[:start] + new + data[start + length :]
        check(data, format, when)

    mutate()


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
KEYS = ["id", "title", "summary", "authors", "publishedAt", "upvotes", "submittedOnDailyAt",
        "abstract", "published", "tags", "sightings", "source", "url", "paper"]  # fmt: skip


@given(st.dictionaries(st.sampled_from(KEYS), VALUES), VALUES)
@settings(deadline=None, max_examples=150)
def test_random_values_in_the_right_places(fields, other):
    line = json.dumps({"title": "A", **fields})
    check(line, "jsonl", None)
    wrapped = [{"paper": {"title": "A", **fields}, "numComments": other}, {"paper": other}, other]
    check(json.dumps(wrapped), "hf-json", None)
    check(
        saved_page({"dateString": other, "periodType": "day", "dailyPapers": wrapped}), None, None
    )
