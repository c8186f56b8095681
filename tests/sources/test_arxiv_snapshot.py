import datetime as dt
import gzip
import io
import json
from functools import partial

import pytest

from paperterm.model.paper import Sighting
from paperterm.model.part import Part
from paperterm.model.record import Context, Passed, Place, Record, Refusal
from paperterm.sources import arxiv_snapshot
from paperterm.sources.registry import read

from .helpers import ForwardOnly, items, papers, snapshot, snapshot_line


def test_a_line_is_a_paper():
    line = snapshot_line(
        **{"journal-ref": "J. Things 1\n (2023) 1-9", "doi": "10.1000/XYZ; 10.1000/err"}
    )
    (paper,) = papers(line + "\n")
    assert paper.title == "Snapshot 1: A Title"
    assert paper.abstract == "The abstract of 1 says little."
    assert paper.authors == ("Ada Lovelace", "Alan Turing Jr")
    assert paper.author_count == 2
    assert paper.published == dt.date(2023, 6, 23)
    assert paper.updated == dt.date(2023, 7, 2)
    assert paper.arxiv_id == "2306.00001"
    assert paper.doi == "10.1000/xyz"
    assert paper.categories == ("cs.CL", "stat.ML")
    assert paper.venue == "J. Things 1 (2023) 1-9"
    assert paper.submitter is None  # that is who put it on Daily Papers
    assert paper.sightings == (Sighting("arxiv-snapshot", dt.date(2023, 6, 23), 1),)


def test_old_ids_are_read():
    (paper,) = papers(snapshot_line(id="hep-th/9901012"))
    assert paper.arxiv_id == "hep-th/9901012"
    assert paper.sightings[0].position == 12


def test_what_a_line_lacks_is_absent():
    (paper,) = papers(json.dumps({"id": "2306.00001", "title": "A", "update_date": None}))
    assert paper.authors == ()
    assert paper.author_count is paper.published is paper.updated is None
    assert paper.sightings == (Sighting("arxiv-snapshot", None, 1),)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "the line is not JSON, or is cut off"),
        (snapshot_line()[:-5], "the line is not JSON, or is cut off"),
        ("[1]", "the line is JSON, but not an object"),
        ("[" * 200_000, "the JSON is nested too deep"),
        (snapshot_line(id=None), "there is no id"),
        (snapshot_line(id=2306.00001), "id is not text"),
        (snapshot_line(id="704.0001"), "the id is none of arXiv's"),
        (snapshot_line(title=" \n"), "there is no title"),
        (snapshot_line(title=["A"]), "title is not text"),
        (snapshot_line(abstract=3), "abstract is not text"),
        (snapshot_line(categories=["cs.CL"]), "categories is not text"),
        (snapshot_line(versions={}), "versions is not a list"),
        (snapshot_line(versions=["v1"]), "versions is not a list of objects"),
        (snapshot_line(versions=[{"created": "today"}]), "the first version's date can't be read"),
        (
            snapshot_line(versions=[{"created": "Fri, 31 Feb 2023 00:00:00 GMT"}]),
            "the first version's date can't be read",
        ),
        (snapshot_line(update_date="soon"), "update_date is not a date"),
        (
            snapshot_line(authors_parsed=["Ada"]),
            "authors_parsed is not a list of lists of names",
        ),
        ("\udcff" + snapshot_line(), "the line is not UTF-8"),
    ],
)
def test_a_line_that_is_wrong_is_refused_and_the_rest_goes_on(line, reason):
    data = f"{snapshot_line(1)}\n{line}\n\n{snapshot_line(2)}\n".encode(errors="surrogateescape")
    first, refusal, second = items(data)
    assert (first.line, second.line) == (1, 4)
    assert isinstance(refusal, Refusal)
    assert (refusal.line, refusal.reason) == (2, reason)


def test_a_refusal_tells_the_id():
    _, refusal = items(f"{snapshot_line(1)}\n{snapshot_line(2, title='')}\n")
    assert refusal.title == "2306.00002"


def test_a_line_that_is_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(arxiv_snapshot, "LONGEST_LINE", 100_000)
    long = snapshot_line(2, abstract="x" * 200_000)
    data = f"{snapshot_line(1)}\n{long}\n{snapshot_line(3)}\n{long}"
    found = items(data, "arxiv-snapshot")
    assert [isinstance(item, Record) for item in found] == [True, False, True, False]
    assert [item.line for item in found] == [1, 2, 3, 4]
    assert "longer than" in found[1].reason


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_byte_order_mark_and_either_line_end_are_taken(end):
    data = "\ufeff" + end.join([snapshot_line(1), snapshot_line(2)])
    assert [paper.arxiv_id for paper in papers(data)] == ["2306.00001", "2306.00002"]


def test_every_item_tells_where_it_ends():
    lines = [snapshot_line(1), "{", snapshot_line(2, categories="math.CT"), snapshot_line(3)]
    data = "\n".join(lines).encode()
    found = list(read(io.BytesIO(data), Context("x", part=Part(("cs",)))))
    assert [type(item) for item in found] == [Record, Refusal, Passed, Record]
    for item, line in zip(found, lines, strict=True):
        assert data[: item.end].removesuffix(b"\n").endswith(line.encode())


@pytest.mark.parametrize("count", [5, 300])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize("stream", [io.BytesIO, ForwardOnly])
def test_reading_can_begin_after_any_line(count, pack, stream):
    data = pack(snapshot(count))
    everything = items(data)
    for number in range(1, count + 1, 1 + count // 10):
        after = Place(everything[number - 1].end, number)
        assert list(read(stream(data), Context("x", after=after))) == everything[number:]


MARCH = [{"version": "v1", "created": "Wed, 1 Mar 2023 00:00:00 GMT"}]


@pytest.mark.parametrize(
    ("part", "wanted"),
    [
        (Part(("cs.CL",)), [1]),
        (Part(("math",)), [2]),
        (Part(("math", "stat")), [1, 2, 4]),
        (Part(("STAT.ml",)), [1, 4]),
        (Part(("c",)), []),
        (Part(since=dt.date(2023, 6, 23)), [1, 4]),
        (Part(since=dt.date(2023, 3, 1)), [1, 2, 4]),
        (Part(("stat",), dt.date(2023, 6, 24)), []),
    ],
)
def test_only_a_part_is_read_if_that_is_wanted(part, wanted):
    lines = [
        snapshot_line(1),
        snapshot_line(2, categories="math.CT", versions=MARCH),
        snapshot_line(3, categories="", versions=[]),
        snapshot_line(4, categories="stat.ML").replace("stat.ML", "stat\\u002eML"),
    ]
    found = list(read(io.BytesIO("\n".join(lines).encode()), Context("x", part=part)))
    assert [item.line for item in found if isinstance(item, Record)] == wanted
    assert len(found) == 4


def test_a_field_quoted_in_an_abstract_does_not_count():
    quoted = 'It says "categories": "math.CT" and "versions": [{"created": "x"}].'
    line = snapshot_line(1, title=quoted, abstract=quoted)
    part = Part(("cs.CL",), dt.date(2023, 1, 1))
    (found,) = read(io.BytesIO(line.encode()), Context("x", part=part))
    assert isinstance(found, Record)


def test_a_line_of_another_part_is_not_parsed():
    broken = snapshot_line(1)[:-1]
    (found,) = read(
        io.BytesIO(broken.encode()), Context("x", part=Part(("math",))), "arxiv-snapshot"
    )
    assert isinstance(found, Passed)


@pytest.mark.parametrize("pack", [bytes, partial(gzip.compress, compresslevel=0)])
def test_a_snapshot_is_read_as_it_comes(pack):
    data = pack(snapshot(4_000))

    class Counting(ForwardOnly):
        taken = 0

        def read(self, size=-1):
            piece = super().read(size)
            self.taken += len(piece)
            return piece

    stream = Counting(data, 4_096)
    found = read(stream, Context("-"))
    for _ in range(200):
        next(found)
    assert stream.taken < len(data) / 4
    assert sum(1 for _ in found) == 3_800


def test_accents_in_latex_are_letters_and_formulas_stay():
    line = snapshot_line(
        title="Erd\\H{o}s Problems, the\n  $\\ell_1$ Norm and L\\'evy Flights",
        abstract='  We \\emph{prove} it for K\\"ahler $\\alpha$-metrics at 5\\% of costs.\n',
        authors_parsed=[["Erd\\H{o}s", "Paul", ""], ["L\\'evy", "Ren\\'e", ""]],
    )
    (paper,) = papers(line + "\n")
    assert paper.title == "Erdős Problems, the $\\ell_1$ Norm and Lévy Flights"
    assert paper.abstract == "We prove it for Kähler $\\alpha$-metrics at 5% of costs."
    assert paper.authors == ("Paul Erdős", "René Lévy")
