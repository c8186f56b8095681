import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperterm.model.marks import Marks
from paperterm.model.paper import Paper, Sighting
from paperterm.model.record import Record
from paperterm.sources import jsonl

from .helpers import items, papers, records, refusals

FULL = {
    "id": "arxiv:2506.18841",
    "title": "A Title",
    "abstract": "An abstract.\n\nOf two paragraphs.",
    "abstract_is_summary": True,
    "authors": ["Ada Lovelace", "Alan Turing"],
    "author_count": 5,
    "published": "2025-06-23",
    "comments": 0,
    "upvotes": 12,
    "url": "https://arxiv.org/abs/2506.18841",
    "arxiv_id": "2506.18841",
    "doi": "10.1000/xyz",
    "categories": ["cs.CL", "cs.AI"],
    "code": "https://github.com/a/b",
    "project": "https://example.org",
    "venue": "ACL 2025",
    "updated": "2025-07-01",
    "submitter": "AK",
    "ai_summary": "It works.",
    "keywords": ["writing", "reward"],
    "bookmarked": True,
    "tags": ["llm/long-context", "to read"],
    "read": True,
    "note": "See S4.",
    "source": "daily-papers, starter",
    "sightings": [
        {"source": "daily-papers", "day": "2025-11-06", "position": 3},
        {"source": "starter", "day": None, "position": 0},
    ],
}


def line(**changes):
    return json.dumps({**FULL, **changes})


def one(**changes):
    [record] = records(line(**changes), "jsonl")
    return record


def test_every_field_is_taken():
    assert one() == Record(
        Paper(
            "A Title",
            "An abstract.\n\nOf two paragraphs.",
            abstract_is_summary=True,
            authors=("Ada Lovelace", "Alan Turing"),
            author_count=5,
            published=dt.date(2025, 6, 23),
            comments=0,
            upvotes=12,
            arxiv_id="2506.18841",
            doi="10.1000/xyz",
            categories=("cs.CL", "cs.AI"),
            code="https://github.com/a/b",
            project="https://example.org",
            venue="ACL 2025",
            updated=dt.date(2025, 7, 1),
            submitter="AK",
            ai_summary="It works.",
            keywords=("writing", "reward"),
            sightings=(
                Sighting("daily-papers", dt.date(2025, 11, 6), 3),
                Sighting("starter", None, 0),
            ),
        ),
        1,
        Marks(bookmarked=True, read=True, tags=("llm/long-context", "to read"), note="See S4."),
    )


def test_a_title_is_enough():
    [record] = records('{"title": "A"}')
    assert record == Record(Paper("A", sightings=(Sighting("jsonl"),)), 1)


@pytest.mark.parametrize("key", [key for key in FULL if key != "title"])
@pytest.mark.parametrize("value", [None, [], {}, "", "nonsense", -1, 1.5, 10**30, [None, {}, 7]])
def test_a_field_that_makes_no_sense_costs_only_itself(key, value):
    paper = one(**{key: value}).paper
    others = {"abstract", "authors", "author_count", "published", "comments", "upvotes"}
    others = (others | {"code", "project", "venue", "updated", "submitter", "keywords"}) - {key}
    expected = one().paper
    assert paper.title == "A Title"
    assert all(getattr(paper, each) == getattr(expected, each) for each in others)


LINKS = ["javascript:alert(1)", "file:///etc/passwd", "https://a@b.org", "https://a.org/\x1b[2J"]


@pytest.mark.parametrize("link", [*LINKS, "https://a b", 7, None, "https://"])
def test_only_web_addresses_are_kept(link):
    paper = one(code=link, project=link, link=link).paper
    assert (paper.code, paper.project, paper.link) == (None, None, None)


@pytest.mark.parametrize("count", [True, False, "5", 5.0, -1, 10**9, 10**20, None, [5]])
def test_only_whole_numbers_in_reason_are_counts(count):
    paper = one(author_count=count, comments=count, upvotes=count).paper
    assert (paper.author_count, paper.comments, paper.upvotes) == (None, None, None)


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2025-06-23", dt.date(2025, 6, 23)),
        ("2025-06-23T12:00:00Z", dt.date(2025, 6, 23)),
        ("2025-06-23 12:00", dt.date(2025, 6, 23)),
        ("2025-06-31", None),
        ("20250623", None),
        ("2025-W01-1", None),
        ("23 June 2025", None),
        (20250623, None),
    ],
)
def test_dates_are_iso_dates(published, day):
    assert one(published=published).paper.published == day


@pytest.mark.parametrize(
    ("id", "arxiv_id", "url", "expected"),
    [
        ("arxiv:2506.18841", None, None, ("2506.18841", None, None)),
        ("https://arxiv.org/pdf/2506.18841v3", None, None, ("2506.18841", None, None)),
        ("arxiv:math.GT/0309136", None, None, ("math/0309136", None, None)),
        ("doi:10.1000/XYZ", None, None, (None, "10.1000/xyz", None)),
        ("title:0123456789abcdef", None, None, (None, None, None)),
        (7, "2506.18841v2", None, ("2506.18841", None, None)),
        (7, "2506.188411", None, (None, None, None)),
        (7, None, "https://huggingface.co/papers/2506.18841", ("2506.18841", None, None)),
        (7, None, "https://huggingface.co/papers?q=A%20Title", (None, None, None)),
        (7, None, "https://doi.org/10.1000/xyz", (None, "10.1000/xyz", None)),
        (7, None, "https://example.org/a", (None, None, "https://example.org/a")),
        (7, None, "javascript:alert(1)", (None, None, None)),
        (7, None, "file:///etc/passwd", (None, None, None)),
        ("arxiv:2506.00001", "2506.18841", "https://example.org/", (
            "2506.18841", None, "https://example.org/")),
    ],
)  # fmt: skip
def test_names_come_from_the_best_place_that_has_them(id, arxiv_id, url, expected):
    paper = one(id=id, arxiv_id=arxiv_id, url=url, doi=None).paper
    assert (paper.arxiv_id, paper.doi, paper.link) == expected


@pytest.mark.parametrize(
    ("source", "sightings", "expected"),
    [
        ("starter", None, [Sighting("starter")]),
        ("daily-papers, starter", None, [Sighting("daily-papers"), Sighting("starter")]),
        (["daily-papers", 7, " starter "], None, [Sighting("daily-papers"), Sighting("starter")]),
        ("x", [{"source": "y"}], [Sighting("y")]),
        ("x", [{"source": "y", "day": "2025-11-06", "position": 4}, {"source": 3}, None],
            [Sighting("y", dt.date(2025, 11, 6), 4)]),
        ("x", [{"source": "y", "day": "soon", "position": -4}], [Sighting("y")]),
        ("x", [{}], [Sighting("x")]),
        (None, None, [Sighting("jsonl")]),
        (" , ", {}, [Sighting("jsonl")]),
        ("s" * 1000, None, [Sighting("jsonl")]),
    ],
)  # fmt: skip
def test_sightings_come_from_the_list_else_from_the_names(source, sightings, expected):
    assert list(one(source=source, sightings=sightings).paper.sightings) == expected


def test_a_starter_abstract_is_a_summary_unless_said_otherwise():
    changed = {"sightings": None, "abstract_is_summary": None}
    assert one(source="starter", **changed).paper.abstract_is_summary
    assert not one(source="starter, daily-papers", **changed).paper.abstract_is_summary
    assert not one(source="jsonl", **changed).paper.abstract_is_summary
    said = {"sightings": None, "abstract_is_summary": False}
    assert not one(source="starter", **said).paper.abstract_is_summary
    assert not one(abstract="").paper.abstract_is_summary


def test_marks_come_with_their_paper_and_a_bad_tag_is_left_out():
    marks = one(bookmarked=1, read="yes", tags=["#ok", "a,b", "", "x" * 101, 7, "ok"], note=7).marks
    assert marks == Marks(tags=("ok",))
    assert one(tags="llm").marks.tags == ()
    assert one(note=["a"]).marks.note == one(note=None).marks.note == ""
    assert one(note=" a \r\nb\ud800\n").marks.note == " a\nb\ufffd"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("not json", "the line is not JSON, or is cut off"),
        ('{"title": "A", "comments": 3', "the line is not JSON, or is cut off"),
        ('{"title": "A"} {"title": "B"}', "the line is not JSON, or is cut off"),
        ('{"title": "A", "upvotes": NaN}', "the line is not JSON, or is cut off"),
        ('{"title": "A", "upvotes": -Infinity}', "the line is not JSON, or is cut off"),
        ('{"title": "A\x01"}', "the line is not JSON, or is cut off"),
        ('["title"]', "the line is JSON, but not an object"),
        ("7", "the line is JSON, but not an object"),
        ('"title"', "the line is JSON, but not an object"),
        ('{"abstract": "A"}', "there is no title"),
        ('{"title": null}', "there is no title"),
        ('{"title": " \\u200b\\n"}', "there is no title"),
        ('{"a":' * 100_000 + "1" + "}" * 100_000, "the JSON is nested too deep"),
    ],
)
def test_a_bad_line_is_refused_with_its_number_and_the_rest_goes_on(bad, reason):
    text = f'{{"title": "First"}}\n\n{bad}\r\n{{"title": "Last"}}'
    assert [paper.title for paper in papers(text)] == ["First", "Last"]
    assert [record.line for record in records(text)] == [1, 4]
    assert [(refusal.line, refusal.reason) for refusal in refusals(text)] == [(3, reason)]


def test_a_mangled_first_line_does_not_hide_the_format():
    text = '%%%%\n{"titl\n{"title": "A"}\n'
    assert [paper.title for paper in papers(text)] == ["A"]
    assert [refusal.line for refusal in refusals(text)] == [1, 2]


def test_a_line_that_is_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(jsonl, "LONGEST_LINE", 1024**2)
    long = json.dumps({"title": "x" * 1024**2})
    text = f'{{"title": "First"}}\n{long}\n{{"title": "Last"}}\n'
    assert [paper.title for paper in papers(text)] == ["First", "Last"]
    assert [(r.line, r.reason) for r in refusals(text)] == [(2, "the line is longer than 1 MB")]


def test_a_first_line_beyond_what_is_looked_at_is_read():
    text = json.dumps({"title": "A", "abstract": "x" * 100_000})
    assert len(papers(text)[0].abstract) == 100_000


def test_a_title_with_half_a_character_can_be_stored():
    [paper] = papers('{"title": "A \\ud800 B"}')
    assert paper.title == "A \ufffd B"


TEXT = st.text(st.characters(codec="utf-8"), max_size=30).map(lambda text: " ".join(text.split()))
TITLE = TEXT.map(lambda text: f"T{text}")
COUNT = st.none() | st.integers(0, 10**9 - 1)
DAYS = st.none() | st.dates(min_value=dt.date(1000, 1, 1))
SOURCES = st.sampled_from(["daily-papers", "starter", "arXiv cs.CL", "jsonl"])
SIGHTINGS = st.builds(Sighting, SOURCES, DAYS, st.integers(0, 100))
PAPERS = st.builds(
    Paper,
    title=TITLE,
    abstract=TITLE,
    abstract_is_summary=st.booleans(),
    authors=st.lists(TITLE, max_size=3).map(tuple),
    author_count=COUNT,
    published=DAYS,
    comments=COUNT,
    upvotes=COUNT,
    arxiv_id=st.none() | st.sampled_from(["2506.18841", "math/0309136", "0704.0001"]),
    doi=st.none() | st.sampled_from(["10.1000/xyz", "10.1000/a(b)c;d"]),
    categories=st.lists(st.sampled_from(["cs.CL", "stat.ML"]), unique=True).map(tuple),
    code=st.none() | st.just("https://github.com/a/b"),
    project=st.none() | st.just("http://example.org/"),
    venue=st.none() | TITLE,
    updated=DAYS,
    submitter=st.none() | TITLE,
    ai_summary=TEXT,
    keywords=st.lists(TITLE, max_size=3).map(tuple),
    sightings=st.lists(SIGHTINGS, min_size=1, max_size=3, unique=True).map(tuple),
)


def written(paper, marks):
    value = {name: getattr(paper, name) for name in Paper.__dataclass_fields__ if name != "link"}
    value["id"], value["url"] = paper.key, paper.url
    value["sightings"] = [
        {"source": s.source, "day": s.day, "position": s.position} for s in paper.sightings
    ]
    value |= {"bookmarked": marks.bookmarked, "read": marks.read, "tags": list(marks.tags)}
    return json.dumps(value, default=str)


@given(PAPERS, st.booleans(), st.booleans(), st.sets(st.sampled_from(["a", "llm/x", "to read"])))
@settings(deadline=None, max_examples=150)
def test_what_is_written_is_read_back(paper, bookmarked, read, tags):
    marks = Marks(bookmarked, read, tuple(sorted(tags)))
    assert items(written(paper, marks)) == [Record(paper, 1, marks)]
