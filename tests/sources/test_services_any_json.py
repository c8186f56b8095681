"""Whatever JSON a service sends, papers come of it or one of our errors."""

from __future__ import annotations

import datetime as dt
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from paperterm.errors import SourceError
from paperterm.model.merge import normalised
from paperterm.model.record import Record
from paperterm.sources import crossref, hf_api

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
ANY = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)
PAPER = st.fixed_dictionaries(
    {},
    optional={
        name: ANY | st.just("2025-11-06T00:00:00Z") | st.just("2511.00001")
        for name in (
            *("id", "title", "summary", "authors", "publishedAt", "upvotes", "githubRepo"),
            *("submittedOnDailyAt", "submittedOnDailyBy", "ai_summary", "ai_keywords"),
        )
    },
)
WRAPPER = ANY | st.fixed_dictionaries(
    {"paper": PAPER | ANY}, optional={"title": ANY, "submittedBy": ANY, "numComments": ANY}
)
WORK = st.fixed_dictionaries(
    {"DOI": st.just("10.1000/x") | ANY, "title": st.lists(SCALARS, max_size=2) | ANY},
    optional={
        name: ANY | st.just({"date-parts": [[2019]]})
        for name in ("author", "abstract", "published", "relation", "container-title", "subtitle")
    },
)


@settings(max_examples=200)
@given(st.lists(WRAPPER, max_size=5) | ANY)
def test_any_answer_of_hugging_faces_gives_papers_or_an_error(value):
    body = json.dumps(value).encode()
    try:
        answer = hf_api.read(body, "answer")
    except SourceError:
        return
    day = dt.date(2025, 11, 6)
    answer.is_of(day)
    for items in (
        hf_api.of_day(answer, day, 3),
        hf_api.of_days(answer, 3),
        hf_api.found(answer, "s"),
    ):
        records = [item for item in items if isinstance(item, Record)]
        assert all(normalised(record.paper).key for record in records)
        assert all(record.paper.title for record in records)


@settings(max_examples=200)
@given(st.fixed_dictionaries({"message": WORK | ANY}) | ANY)
def test_any_answer_of_crossrefs_gives_a_paper_or_an_error(value):
    try:
        paper = crossref.read_work(json.dumps(value).encode(), "added")
    except SourceError:
        return
    assert normalised(paper).key
