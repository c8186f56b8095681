"""BibTeX: every entry is a paper, or is refused with a reason."""

import datetime as dt
import re
import time

import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, ParsingFailedBlock
from hypothesis import example, given, settings
from hypothesis import strategies as st

from paperterm.model.paper import Paper, Sighting
from paperterm.model.record import Record, Refusal

from .helpers import items, papers, records, refusals, remarks
from .made_up import BIBTEX


def paper(fields, kind="article"):
    (found,) = papers(f"@{kind}{{key, title = {{A}}, {fields}}}")
    return found


def line_of(text):
    return BIBTEX[: BIBTEX.index(text)].count("\n") + 1


def test_an_entry_is_a_paper_with_all_that_it_and_its_parent_tell():
    assert papers(BIBTEX)[0] == Paper(
        title="Heaps of Heaps, with Övals – and $n^{2}$ Piles.",
        authors=("Ada Lovelace", "Kurt Gödel", "Piles and Sons"),
        published=dt.date(2017, 6, 30),
        arxiv_id="1706.00011",
        categories=("cs.DS",),
        venue="Piles 2017",
        sightings=(Sighting("bibtex"),),
    )
    assert papers(BIBTEX)[1] == Paper(
        title="On “Sand”",
        abstract="Sand & 5%.",
        authors=("Pál Erdős", "Jan van der Berg Jr."),
        author_count=2,
        published=dt.date(2017, 2, 23),
        doi="10.1000/a_b",
        link="https://sand.example/a_b",
        venue="Advances in Neural Piles 30",
        keywords=("sand", "piles"),
        sightings=(Sighting("bibtex"),),
    )


def test_each_paper_has_the_line_its_entry_begins_on():
    for record in records(BIBTEX):
        word = record.paper.title.split()[0]
        line = BIBTEX.split("\n")[record.line - 1]
        assert line.startswith("@")
        assert word in line or word in BIBTEX.split("\n")[record.line]


def test_a_key_that_is_there_twice_loses_no_entry():
    twice = [record for record in records(BIBTEX) if record.paper.title == "The Same Key"]
    assert [each.paper.arxiv_id for each in twice] == ["1701.00012"]
    assert remarks(BIBTEX, name="x.bib") == [
        "x.bib uses a key more than once (turing); each of these entries is taken."
    ]


def test_of_a_field_that_is_there_twice_the_first_counts():
    assert [p.published for p in papers(BIBTEX) if p.title == "First"] == [None]


def test_what_can_not_be_taken_is_told_with_line_and_reason():
    untitled, unclosed, end = refusals(BIBTEX)
    assert untitled == Refusal(line_of("@misc{untitled"), "there is no title", "untitled")
    assert (unclosed.line, unclosed.title) == (line_of("@article{open"), "open")
    assert unclosed.reason.startswith("the BibTeX is broken: unexpected block start: `@article`")
    assert end == Refusal(
        line_of("@book{end"), "the BibTeX is broken: unexpectedly reached end of file", "end"
    )


def test_a_missing_comma_costs_nothing():
    assert [p.published.year for p in papers(BIBTEX) if p.title == "No Comma"] == [2019]


@pytest.mark.parametrize(
    ("fields", "published"),
    [
        ("year = 2017", dt.date(2017, 12, 31)),
        ("year = {in press 2017}", dt.date(2017, 12, 31)),
        ("year = 2017, month = feb", dt.date(2017, 2, 28)),
        ("year = 2017, month = {2}", dt.date(2017, 2, 28)),
        ("year = 2017, month = {February}, day = 3", dt.date(2017, 2, 3)),
        ('year = 2017, month = feb # " 3--5"', dt.date(2017, 2, 3)),
        ("date = {2017-02-03}, year = 2018", dt.date(2017, 2, 3)),
        ("date = {2017-02/2017-03}", dt.date(2017, 2, 28)),
        ("year = 2017, month = {13}", dt.date(2017, 12, 31)),
        ("year = {to appear}", None),
        ("month = feb", None),
        ("year = {0000}", None),
    ],
)
def test_a_date_that_is_not_whole_is_the_last_day_it_can_mean(fields, published):
    assert paper(fields).published == published


@pytest.mark.parametrize(
    "fields",
    [
        "eprint = {1706.00011}",
        "eprint = {1706.00011v2}, archiveprefix = {arXiv}",
        "eprint = {arXiv:1706.00011}, eprinttype = {arxiv}",
        "doi = {10.48550/arXiv.1706.00011}",
        "doi = {10.48550/ARXIV.1706.00011}",
        "url = {https://arxiv.org/abs/1706.00011}",
        "url = {http://arxiv.org/pdf/1706.00011v1.pdf}",
        r"howpublished = {\url{https://arxiv.org/abs/1706.00011}}",
        "note = {arXiv: 1706.00011 [cs]}",
        "journal = {arXiv preprint arXiv:1706.00011}",
        "journal = {CoRR}, volume = {abs/1706.00011}",
        "url = {https://huggingface.co/papers/1706.00011}",
    ],
)
def test_an_arxiv_id_is_found_wherever_people_put_it(fields):
    found = paper(fields)
    assert (found.arxiv_id, found.doi, found.link, found.venue) == ("1706.00011", None, None, None)


@pytest.mark.parametrize(
    "fields",
    [
        "eprint = {1706.00011}, archiveprefix = {hal}",
        "pages = {1706.00011}",
        "volume = {1706.0001}",
    ],
)
def test_a_number_that_only_looks_like_an_id_is_none(fields):
    assert paper(fields).arxiv_id is None


def test_a_child_does_not_take_what_is_its_parents_own():
    parent = (
        "@book{p, title = {Book}, author = {Ada}, doi = {10.1000/p}, url = {https://p.example/},"
        " eprint = {1706.00011}, abstract = {P}, year = 2001, crossref = {c}}"
    )
    child = "@inbook{c, title = {Chapter}, crossref = {P}}"
    for text in (child + "\n" + parent, parent + "\n" + child):
        found = next(p for p in papers(text) if p.title == "Chapter")
        assert (found.venue, found.authors, found.published.year) == ("Book", ("Ada",), 2001)
        assert (found.arxiv_id, found.doi, found.link, found.abstract) == (None, None, None, "")


def seen_by_bibtexparser(text):
    """How many blocks it reads as entries, and how many it could not read."""
    blocks = parse_string(text).blocks
    failed = [block for block in blocks if isinstance(block, ParsingFailedBlock)]
    again = [b for b in failed if isinstance(b, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock)]
    about_strings = [b for b in again if getattr(b.ignore_error_block, "fields", None) is None]
    entries = sum(hasattr(block, "fields") for block in blocks) + len(again) - len(about_strings)
    return entries, len(failed) - len(again)


def check_against_bibtexparser(text):
    found = items(text, "bibtex")
    broken = [x for x in found if isinstance(x, Refusal) and "broken" in x.reason]
    taken = [x for x in found if isinstance(x, Record | Refusal) and x not in broken]
    assert (len(taken), len(broken)) == seen_by_bibtexparser(text)
    return found


PIECES = st.sampled_from(
    ["@article{a, title={A}, year=2001}\n", '@misc{b,\n title = "B" # c,\n}\n', "text\n", "@\n",
     "@string{c = {C}}\n", "@string{c = {D}}\n", "@book{d, title={D}, title={E}}\n", "@{\n", "}\n",
     "@article{a, title={F}}\n", "@article{x, title={G\n", "@misc{y}\n", "@misc{z title}\n", "{",
     "@comment{no}\n", '@preamble{"p"}\n', "@article(p, title={P})\n", '"',
     "@misc{r, crossref={a}}\n",
     "@article{q, title = {Q} year = 2000}\n", "% @misc{s, title={S}}\n",
     "@inbook{t, title={{T}}, crossref={t}}\n"]
)  # fmt: skip


@given(st.lists(PIECES, min_size=1, max_size=15))
@example(["@\n", "text\n", "{"])
@settings(deadline=None)
def test_entry_by_entry_it_is_what_bibtexparser_sees(pieces):
    check_against_bibtexparser("@misc{first, title={First}}\n" + "".join(pieces))


def large(number):
    lines = ['@string{piles = "Advances in Piles"}']
    for n in range(number):
        lines.append(
            f"@inproceedings{{key{n},\n"
            f'  title = {{On the {{Heaps}} of G{{\\"o}}del, part {n}}},\n'
            "  author = {Lovelace, Ada and Turing, Alan and Erd{\\H o}s, P{\\'a}l},\n"
            f"  crossref = {{proc{n % 50}}}, booktitle = piles, doi = {{10.1000/x.{n}}},\n"
            f"  abstract = {{{'We pile heaps. ' * 40}}}, month = jun\n}}\n"
        )
        if n % 10 == 9:
            lines.append(f"@article{{broken{n}, title = {{Broken\n")
    lines += [f"@proceedings{{proc{n}, title={{P {n}}}, year={{{1970 + n}}}}}" for n in range(50)]
    return "\n".join(lines)


def test_a_large_file_is_taken_entry_by_entry_in_a_moment():
    text = large(5000)
    began = time.monotonic()
    found = check_against_bibtexparser(text)
    took = time.monotonic() - began
    taken = [item.paper for item in found if isinstance(item, Record)]
    assert len(taken) == 5050
    assert len(found) - len(taken) == 500
    assert taken[7] == Paper(
        title="On the Heaps of Gödel, part 7",
        abstract=("We pile heaps. " * 40).strip(),
        authors=("Ada Lovelace", "Alan Turing", "Pál Erdős"),
        author_count=3,
        published=dt.date(1977, 6, 30),
        doi="10.1000/x.7",
        venue="Advances in Piles",
        sightings=(Sighting("bibtex"),),
    )
    assert took < 30


def test_strings_that_grow_out_of_strings_are_cut():
    doubling = "".join(f"@string{{s{n + 1} = s{n} # s{n}}}\n" for n in range(60))
    text = f"@string{{s0 = {{ha}}}}\n{doubling}@misc{{a, title = {{A}}, note = s60 # s60}}\n"
    assert [found.title for found in papers(text)] == ["A"]


def test_nothing_is_written_to_the_terminal(capfd):
    items(BIBTEX)
    assert capfd.readouterr() == ("", "")


WILD = {
    "@article{title={No key}, year=2001}\n": [],
    "@article{, title={An empty key}}\n": ["An empty key"],
    "@article{k}\n@article{}\n": [],
    "@weirdthing{k, title={A kind that nobody knows}}\n": ["A kind that nobody knows"],
    "@ARTICLE{k, TITLE={Shouted}, Year=2001}\n": ["Shouted"],
    "@ article { k , title = {Spaced out} }\n": ["Spaced out"],
    "@article\n{k,\n title\n=\n{On many lines}\n}\n": ["On many lines"],
    "@article{k, title={Open\n@article{m, title={Closed}}\n": ["Closed"],
    "@article{k, title={One too many}}}\n@misc{m, title={B}}\n": ["One too many", "B"],
    "@article{k, title=Without marks, year=2001}\n": ["Without marks"],
    '@article{k, title="A quote {"}within{"}"}\n': ['A quote "within"'],
    "@misc{k, title={A}, note={me@x.y\n@foo}}\n@misc{m, title={B}}\n": ["A", "B"],
    '@string{s="X"}\n@misc{k, title = s # " and " # {Y} # 3}\n': ["X and Y3"],
    "@misc{k, title = {A}, journal = jacm}\n": ["A"],
    "@misc{k, title={A}}\n@book{k, title={B}}\n@misc{K, title={C}}\n": ["A", "B", "C"],
    "@misc{k, title={A}} @misc{m, title={B}}\n": ["A", "B"],
    "% @misc{k, title={A}}\n@misc{m, title={B}}\n": ["A", "B"],
    "@comment{ not closed\n@misc{m, title={B}}\n": ["B"],
    '@preamble{ "a" # {b} }\n@misc{m, title={B}}\n': ["B"],
    "@string{a}\n@misc{m, title={B}}\n": ["B"],
    "@misc{smith 2001, title={A}}\n@misc{o'brien:1+x/y, title={B}}\n": ["A", "B"],
    "@misc{k, title=, year=2001}\n": [],
    "@misc{k title={A}, year=2001}\n@misc{m; title={B}}\n@misc{n, title={C}}\n": ["C"],
    '@article(k, title={A})\n@string(x="y")\n': ["A"],
    "hello {{{ \n@misc{k, title={A}}\n": ["A"],
    '@misc{k, title="Never quoted, year=2001}\n@misc{m, title={B}}\n': ["B"],
    "@misc{k, title={A \\} b}, year=2001}\n@misc{m, title={B}}\n": ["A } b", "B"],
    "@@misc{k, title={A}}\n": ["A"],
}
"""Files as people have them, and the titles that are in them for anybody to see."""


@pytest.mark.parametrize(("text", "titles"), WILD.items())
def test_of_a_file_from_the_wild_each_entry_is_a_paper_or_refused_by_name(text, titles):
    found = items(text + "@misc{last, title={Last}}\n", "bibtex")
    taken = [item for item in found if isinstance(item, Record)]
    assert [one.paper.title for one in taken] == [*titles, "Last"]
    begun = re.findall(r"@\s*(?!string|preamble|comment)\w+\s*[{(]", text, re.IGNORECASE)
    refused = [item for item in found if isinstance(item, Refusal)]
    assert len(taken) - 1 + len(refused) >= len(begun), "nothing is lost silently"


def test_a_large_file_from_the_wild_is_what_bibtexparser_sees_field_by_field():
    renamed = (
        re.sub(r"(?i)(@\w+[{(] ?)(\w)", rf"\g<1>n{number}\2", text)
        for number in range(120)
        for text in WILD
        if not text.startswith(("@ ", "@article\n"))  # which it does not see
    )
    text = "".join(renamed)
    found = {item.line: item for item in check_against_bibtexparser(text) if hasattr(item, "line")}
    seen = {}
    for block in parse_string(text).blocks:
        inner = getattr(block, "ignore_error_block", None) or block
        if fields := getattr(inner, "fields_dict", None):
            title = {name.lower(): field.value for name, field in fields.items()}.get("title")
            seen.setdefault(inner.start_line + 1, title)
    assert len(seen) > 3000
    for line, title in seen.items():
        if title and "#" not in title and "{" not in title and "\\" not in title:
            assert found[line].paper.title == title, line
        else:
            assert line in found
