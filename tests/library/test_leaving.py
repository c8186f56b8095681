"""What is exported whole comes back whole."""

from __future__ import annotations

import datetime as dt
import io

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paperterm.exports.jsonl import full_record, line
from paperterm.model.marks import Marks
from paperterm.model.merge import normalised
from paperterm.model.paper import Paper, Sighting
from paperterm.model.record import Context, Record
from paperterm.sources import registry

WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), min_size=1, max_size=30)
DAYS = st.dates(dt.date(1991, 1, 1), dt.date(2030, 1, 1))
COUNTS = st.none() | st.integers(0, 10_000)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.builds(
        Paper,
        title=WORDS,
        abstract=WORDS,
        authors=st.lists(WORDS, max_size=3).map(tuple),
        author_count=COUNTS,
        published=st.none() | DAYS,
        year_assumed=st.booleans(),
        comments=COUNTS,
        upvotes=COUNTS,
        arxiv_id=st.sampled_from([None, "2312.00752", "hep-th/9901001"]),
        doi=st.sampled_from([None, "10.1000/182"]),
        link=st.sampled_from([None, "https://example.org/a?b=c"]),
        categories=st.sampled_from([(), ("cs.CL",), ("cs.CL", "cs.AI")]),
        code=st.sampled_from([None, "https://github.com/a/b"]),
        project=st.sampled_from([None, "http://example.org/"]),
        venue=st.none() | WORDS,
        updated=st.none() | DAYS,
        submitter=st.none() | WORDS,
        ai_summary=st.just("") | WORDS,
        keywords=st.lists(WORDS, max_size=3).map(tuple),
        sightings=st.just((Sighting("daily-papers", dt.date(2025, 11, 6), 3),)),
    ),
    st.builds(
        Marks,
        st.booleans(),
        st.booleans(),
        st.sampled_from([(), ("a/b", "ü")]),
        st.sampled_from(["", "- a\n  - b\n\nü"]),
    ),
)
def test_a_record_comes_back_as_it_was(paper: Paper, marks: Marks) -> None:
    stream = io.BytesIO(line(full_record(paper, marks)).encode() + b"\n")
    (item,) = registry.read(stream, Context("exported"), "jsonl")
    assert isinstance(item, Record)
    assert normalised(item.paper) == normalised(paper)
    assert item.marks == marks
