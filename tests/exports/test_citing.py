"""What leaves for other programs comes back as the same papers, and is what they expect."""

from __future__ import annotations

import datetime as dt
import io
import json
from dataclasses import replace

import bibtexparser
import pytest
import rispy
from hypothesis import given, settings
from hypothesis import strategies as st

from paperterm.exports.citing import Keys, Name, name_parts
from paperterm.exports.formats import FORMATS
from paperterm.model.marks import Marks
from paperterm.model.paper import Paper
from paperterm.model.record import Context, Record
from paperterm.model.text import shown
from paperterm.sources import registry
from paperterm.sources.starter import read_starter

CITING = ["bibtex", "ris", "csl-json"]

HEAPS = Paper(
    title="Heaps of LLM.int8(): 5% & {more}, with $n^{2}$ [MASK] <EOS> C_1 ~ #1 -- ''so''",
    abstract="First line.\n\nSecond & last.",
    authors=("Ada Lovelace", "Jan van der Berg Jr.", "Kurt Gödel", "Piles and Sons", "Plato"),
    author_count=5,
    published=dt.date(2017, 6, 2),
    arxiv_id="1706.00011",
    doi="10.1000/a_b",
    categories=("cs.DS", "math.CO"),
    venue="Journal of Piles & Heaps",
    keywords=("sand_piles", "heaps"),
)
SAND = Paper(
    title="Sand",
    authors=("Ada Lovelace",),
    published=dt.date(2001, 12, 31),
    doi="10.1000/sand",
    venue="Proceedings of the Conference on Sand",
)
POST = Paper(title="A Post.", published=dt.date(2003, 2, 28), link="https://p.example/a_b?c=%20#d")
BARE = Paper(title="論文")
PAPERS = [HEAPS, SAND, POST, BARE]


def written(papers, format, **options):
    lines = FORMATS[format](((paper, Marks()) for paper in papers), **options)
    return "".join(f"{line}\n" for line in lines)


def back(papers, format):
    stream = io.BytesIO(written(papers, format).encode())
    found = list(registry.read(stream, Context("export")))
    assert all(isinstance(item, Record) for item in found), found
    return [item.paper for item in found]


def cited(paper):
    """What must survive."""
    return (
        paper.title, paper.authors, paper.published, paper.arxiv_id, paper.doi, paper.link,
        paper.venue, paper.keywords, " ".join(paper.abstract.split()),
    )  # fmt: skip


@pytest.mark.parametrize("format", CITING)
def test_what_leaves_comes_back_the_same(format):
    assert list(map(cited, back(PAPERS, format))) == list(map(cited, PAPERS))


@pytest.mark.parametrize("format", CITING)
def test_the_whole_starter_shelf_comes_back_without_our_summaries(format):
    papers = [record.paper for record in read_starter()]
    expected = [cited(replace(paper, abstract="")) for paper in papers]
    assert list(map(cited, back(papers, format))) == expected


NAMES = st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=8)
TITLES = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=30)


@pytest.mark.parametrize("format", CITING)
def test_any_title_and_names_come_back(format):
    @given(TITLES, st.lists(st.lists(NAMES, min_size=1, max_size=4), max_size=4))
    @settings(deadline=None, max_examples=100)
    def try_it(title, names):
        # What can't be shown does not leave; a dollar or a backslash may be LaTeX already.
        title = shown("A " + title.replace("$", "").replace("\\", ""))
        authors = tuple(shown(" ".join(name)) for name in names)
        authors = tuple(name for name in authors if name and name.lower() != "others")
        (found,) = back([Paper(title=title, authors=authors)], format)
        assert (found.title, found.authors) == (title, authors)

    try_it()


def test_other_programs_read_it_too():
    library = bibtexparser.parse_string(written(PAPERS, "bibtex"))
    assert not library.failed_blocks
    assert [entry.entry_type for entry in library.entries] == [
        "article", "inproceedings", "misc", "misc",
    ]  # fmt: skip
    assert [entry.key for entry in library.entries] == [
        "lovelace2017heaps", "lovelace2001sand", "2003post", "paper",
    ]  # fmt: skip
    fields = library.entries[0].fields_dict
    assert fields["eprint"].value == "1706.00011"
    assert fields["title"].value.startswith(r"Heaps of {LLM.int8():} 5\% \& \{more\}, with $n^{2}$")
    assert [r["type_of_reference"] for r in rispy.loads(written(PAPERS, "ris"))] == [
        "JOUR", "CONF", "GEN", "GEN",
    ]  # fmt: skip
    items = json.loads(written(PAPERS, "csl-json"))
    assert items[0]["issued"] == {"date-parts": [[2017, 6, 2]]}
    assert items[0]["author"][1] == {"family": "van der Berg", "given": "Jan", "suffix": "Jr."}


def test_a_day_that_nobody_told_does_not_leave():
    assert json.loads(written([SAND], "csl-json"))[0]["issued"] == {"date-parts": [[2001]]}
    assert "month" not in written([SAND], "bibtex")
    assert "DA  - 2003/02\n" in written([POST], "ris")


def test_keys_are_told_apart_and_need_nothing():
    keys = Keys()
    paper = Paper(title="On the Heaps", authors=("Erdős Pál", "B C"), published=dt.date(2001, 1, 2))
    assert [keys.key(paper) for _ in range(3)] == ["pal2001heaps", "pal2001heapsb", "pal2001heapsc"]
    assert keys.key(Paper(title="The")) == "the"
    assert keys.key(Paper(title="!", authors=("Seán O'Hara-Ní",))) == "oharani"


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ada Lovelace", Name("Lovelace", "Ada")),
        ("Roy Ka-Wei Lee", Name("Lee", "Roy Ka-Wei")),
        ("Jan van der Berg", Name("van der Berg", "Jan")),
        ("Sammy Davis Jr.", Name("Davis", "Sammy", "Jr.")),
        ("Henry Ford III", Name("Ford", "Henry", "III")),
        ("Plato", Name("Plato")),
        ("von Berg", Name("Berg", "von")),
        ("Piles, Inc.", Name("Piles, Inc.")),
        ("", Name("")),
    ],
)
def test_names_have_parts(name, parts):
    assert name_parts(name) == parts


@pytest.mark.parametrize("format", FORMATS)
def test_no_text_of_a_paper_reaches_the_terminal_as_a_code(format):
    text = "A\x1b]0;evil\x07\n@misc{x, title={y}}\u202e\nER  - \n"
    paper = Paper(title=text, abstract=text, authors=(text,), venue=text, keywords=(text,))
    out = written([paper], format)
    assert all(line.isprintable() for line in out.split("\n"))
    assert len(back([paper], format)) == 1


def test_ascii_only_is_json_in_ascii():
    assert written([BARE, HEAPS], "csl-json", ascii_only=True).isascii()
    assert json.loads(written([], "csl-json")) == []
