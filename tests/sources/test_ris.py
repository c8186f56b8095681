"""RIS: a record from each TY on, whatever becomes of the one before."""

import datetime as dt
import io

import pytest

from paperterm.model.paper import Paper, Sighting
from paperterm.model.record import Context, Refusal
from paperterm.sources.registry import read

from .helpers import papers, records, refusals
from .made_up import RIS


def test_a_record_is_a_paper_with_all_that_it_tells():
    assert papers(RIS)[0] == Paper(
        title="Heaps of Heaps",
        abstract="We pile heaps of heaps.",
        authors=("Ada Lovelace", "Sammy Davis Jr.", "Plato"),
        author_count=3,
        published=dt.date(2017, 6, 2),
        arxiv_id="1706.00011",
        doi="10.1000/a.b",
        venue="Journal of Piles",
        keywords=("heaps", "piles"),
        sightings=(Sighting("ris"),),
    )


def test_other_tags_one_space_and_a_missing_end_are_let_be():
    sand, end = papers(RIS)[1:]
    assert (sand.title, sand.authors, sand.published) == (
        "Sand", ("Alan Turing",), dt.date(2001, 12, 31),
    )  # fmt: skip
    assert sand.link == "https://sand.example/a;b"
    assert (end.title, end.venue) == ("At the end", "Piles Conference")


def test_what_can_not_be_taken_is_told_with_its_line():
    def line(text):
        return RIS[: RIS.index(text)].count("\n") + 1

    assert refusals(RIS) == [
        Refusal(line("AU  - Nobody") - 1, "there is no title"),
        Refusal(line("AU  - Somebody"), "the beginning of the record, TY, is missing"),
    ]
    assert [record.line for record in records(RIS)] == [1, line("TY - GEN"), line("TY  - CONF")]


@pytest.mark.parametrize(
    ("tags", "published"),
    [
        ("PY  - 2017", dt.date(2017, 12, 31)),
        ("PY  - 2017///", dt.date(2017, 12, 31)),
        ("PY  - 2017/02//", dt.date(2017, 2, 28)),
        ("DA  - 2017-02-03", dt.date(2017, 2, 3)),
        ("DA  - Spring\nPY  - 2017", dt.date(2017, 12, 31)),
        ("Y1  - in press", None),
    ],
)
def test_a_date_that_is_not_whole_is_the_last_day_it_can_mean(tags, published):
    assert papers(f"TY  - JOUR\nTI  - A\n{tags}\nER  - \n")[0].published == published


@pytest.mark.parametrize(
    "tag",
    ["DO  - 10.48550/arXiv.1706.00011", "M1  - arXiv:1706.00011", "UR  - http://arxiv.org/pdf/1706.00011v3",
     "JO  - CoRR\nVL  - abs/1706.00011", "N1  - See arXiv:1706.00011 [cs]"],
)  # fmt: skip
def test_an_arxiv_id_is_found_wherever_it_was_put(tag):
    found = papers(f"TY  - JOUR\nTI  - A\n{tag}\nER  - \n")[0]
    assert (found.arxiv_id, found.doi, found.link, found.venue) == ("1706.00011", None, None, None)


def test_records_are_read_as_they_come():
    one = "TY  - JOUR\nTI  - A\nAB  - " + "x" * 1000 + "\nER  - \n"
    stream = io.BytesIO((one * 2000).encode())
    found = read(stream, Context("-"))
    for _ in range(50):
        next(found)
    assert stream.tell() < len(one) * 500
    assert sum(1 for _ in found) == 1950
