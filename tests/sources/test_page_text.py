import datetime as dt

import pytest

from paperterm.errors import SourceError
from paperterm.model.paper import Paper, Sighting
from paperterm.sources import page_text

from .helpers import (
    AS_OF,
    BANNER,
    BARE,
    BLOCKS,
    FIRST,
    PAGE,
    SECOND,
    THIRD,
    items,
    papers,
    records,
    refusals,
)


def at(position):
    return (Sighting("daily-papers", AS_OF, position),)


EXPECTED = [
    Paper(
        "Long Writing by Reinforcement",
        "Writing at length is hard for models. We reward it, and it works:"
        " see https://example.org/long",
        author_count=5,
        published=dt.date(2025, 6, 23),
        year_assumed=True,
        comments=4,
        sightings=at(0),
    ),
    Paper(
        "VOCABCUT: Pruning the Vocabulary",
        "A simple method that prunes the vocabulary of the drafter. It is faster by 16%.",
        sightings=at(1),
    ),
    Paper(
        "It's All in The [MASK]: <EOS> and $\\alpha$",
        "Encoders can be instructed. This was not known.",
        author_count=1,
        published=dt.date(2024, 8, 13),
        sightings=at(2),
    ),
    Paper(
        "Wide Attention Is The Way Forward For Transformers?",
        "We challenge depth.\n\nA second paragraph says more about it.",
        author_count=12,
        published=dt.date(2022, 10, 2),
        comments=1,
        sightings=at(3),
    ),
]


def test_every_paper_of_a_page_comes_out_exact():
    assert papers(PAGE) == EXPECTED
    assert refusals(PAGE) == []


def test_a_record_knows_the_line_of_its_title():
    lines = PAGE.split("\n")
    assert [lines[record.line - 1] for record in records(PAGE)] == [p.title for p in EXPECTED]


def test_a_paper_without_facts_takes_none_of_its_neighbours_nor_swallows_them():
    bare = papers(PAGE)[1]
    assert (bare.author_count, bare.published, bare.comments) == (None, None, None)
    assert papers(BANNER + BARE + BARE.replace("CUT", "TRIM") + SECOND)[1:] == [
        Paper(
            "VOCABTRIM: Pruning the Vocabulary",
            EXPECTED[1].abstract,
            sightings=at(1),
        ),
        EXPECTED[2],
    ]


def test_paragraphs_of_an_abstract_are_kept_apart():
    abstract = (
        "Our claim, in short:\n\nDepth Matters\n\nIt does.\n\n- The first is short"
        "\n\n- The second is that depth matters."
        "\n\nResults\n\nIt works.\n\nOur code is available at the address below\n\nSee https://x.org/y"
        "\n\nAt last, a final remark."
    )
    page = f"{BANNER}Three Things\n\n{abstract}\n\n  • 2 authors\n·\nMay 1\n\n{SECOND}"
    assert [paper.abstract for paper in papers(page)] == [abstract, EXPECTED[2].abstract]


def test_lines_of_one_paragraph_stay_lines():
    title = "A Title That Goes on for Longer Than Any Terminal Is\nWide"
    page = f"{BANNER}{title}\n\nOne line\nand another.\n\n  • 2 authors\n·\nMay 1\n"
    [paper] = papers(page)
    assert (paper.title, paper.abstract) == (title.replace("\n", " "), "One line\nand another.")


def test_a_date_right_under_an_abstract_is_not_part_of_it():
    page = f"{BANNER}Some Title\n\nSome abstract.\n·\nJun 23 4\n\n{SECOND}"
    first, second = papers(page)
    assert (first.abstract, first.comments) == ("Some abstract.", 4)
    assert second.title == EXPECTED[2].title


@pytest.mark.parametrize("lost", ["Jun 23 4\n", "Pruning the Vocabulary\n", "faster by 16%.\n"])
def test_an_empty_line_that_is_lost_costs_no_neighbour(lost):
    page = PAGE.replace(f"{lost}\n", lost)
    titles = [paper.title for paper in papers(page)]
    assert {EXPECTED[0].title, EXPECTED[3].title} <= set(titles)
    assert EXPECTED[2] in papers(page) or "16%" in lost


def test_a_stray_line_right_above_a_title_is_not_part_of_it():
    page = PAGE.replace("\nWide Attention", f"\n{'x' * 400}\n% $ #\nWide Attention")
    assert papers(page) == EXPECTED
    [refusal] = refusals(page)
    assert refusal.reason == "this is not the title of a paper"


@pytest.mark.parametrize(
    ("facts", "authors", "published", "comments"),
    [
        ("  • 1 author\n·\nJun 23", 1, dt.date(2025, 6, 23), None),
        ("• 5 authors\n·\nJun 23 4", 5, dt.date(2025, 6, 23), 4),
        ("- 5 authors\n-\nJun 23 4", 5, dt.date(2025, 6, 23), 4),
        ("* 5 authors\n*\nJun 23 4", 5, dt.date(2025, 6, 23), 4),
        ("· 5 authors\n·\nJun 23 4", 5, dt.date(2025, 6, 23), 4),
        ("5 authors\nJun 23 4", 5, dt.date(2025, 6, 23), 4),
        (
            "\u2009•\u00a05\u202fauthors\n\u00a0·\nJun\u00a023,\u00a02024\u00a04",
            5,
            dt.date(2024, 6, 23),
            4,
        ),
        ("  • 5 authors\n·\nJun 23\n4", 5, dt.date(2025, 6, 23), 4),
        ("  • 5 authors\n\n·\n\nJun 23, 2024\n\n4", 5, dt.date(2024, 6, 23), 4),
        ("  • 5 authors · Jun 23, 2024 4", 5, dt.date(2024, 6, 23), 4),
        ("  • 5 authors\n·\nJun 23 1,204", 5, dt.date(2025, 6, 23), 1204),
        ("  • 1,204 authors\n·\nJun 23, 2019 12", 1204, dt.date(2019, 6, 23), 12),
        ("  • 5 authors\n·\nJune 23, 2019", 5, dt.date(2019, 6, 23), None),
        ("  • 5 authors\n·\nXyz 99", 5, None, None),
        ("  • 5 authors\n·\nFeb 31, 2024 3", 5, None, 3),
        ("  • 5 authors\n·\n#!garbage", 5, None, None),
        ("  • 5 authors\n·", 5, None, None),
        ("  • 5 authors", 5, None, None),
        ("  • many authors\n·\nJun 23 4", None, dt.date(2025, 6, 23), 4),
        ("  • %&$\n·\nJun 23 4", None, dt.date(2025, 6, 23), 4),
        ("Jun 23 4", None, dt.date(2025, 6, 23), 4),
        ("·\nJun 23 4", None, dt.date(2025, 6, 23), 4),
        (
            "  • 99999999999999999999 authors\n·\nJun 23 99999999999",
            None,
            dt.date(2025, 6, 23),
            None,
        ),
    ],
)
def test_facts_are_read_in_many_forms_and_broken_ones_cost_only_themselves(
    facts, authors, published, comments
):
    page = f"{BANNER}{FIRST}Some Title\n\nSome abstract.\n\n{facts}\n\n{SECOND}{THIRD}"
    first, paper, second, third = papers(page)
    assert (paper.title, paper.abstract) == ("Some Title", "Some abstract.")
    assert (paper.author_count, paper.published, paper.comments) == (authors, published, comments)
    assert first == EXPECTED[0]
    assert (second, third) == (EXPECTED[2], EXPECTED[3])


LONG = "This abstract goes on for a good while. " * 6


@pytest.mark.parametrize(
    "mangled",
    [
        "%% @@ ##\n\n",
        "A Title Without Its Abstract\n\n",
        "A Title Without Its Abstract\n\n  • 2 authors\n·\nMay 1\n\n",
        LONG * 2 + "\n\n",
        LONG * 2 + "\n\n  • 2 authors\n·\nMay 1\n\n",
        "  • 2 authors\n·\nMay 1\n\n",
        "and so the sentence ends.\n\n  • 2 authors\n·\nMay 1\n\n",
        "A Title\n\nAn abstract without its end\n\nMay 99\n\n",
    ],
)
def test_a_mangled_block_costs_at_most_itself(mangled):
    following = f"The Next Paper\n\n{LONG.strip()}\n\n  • 3 authors\n·\nMay 2, 2021\n\n"
    found = papers(BANNER + FIRST + mangled + following + SECOND)
    neighbours = [paper for paper in found if paper.title in (EXPECTED[0].title, EXPECTED[2].title)]
    assert [p.abstract for p in neighbours] == [EXPECTED[0].abstract, EXPECTED[2].abstract]
    [last] = [paper for paper in found if paper.title == "The Next Paper"]
    assert (last.abstract, last.author_count) == (LONG.strip(), 3)


def test_what_is_not_taken_is_refused_with_its_line_and_a_reason():
    page = f"{BANNER}{FIRST}  • 2 authors\n·\nMay 1\n\n{SECOND}"
    [refusal] = refusals(page)
    assert page.split("\n")[refusal.line - 1] == "  • 2 authors"
    assert refusal.reason == "this paper has no title"
    # Its place on the page is not given to the next one.
    assert [paper.sightings[0].position for paper in papers(page)] == [0, 2]


def test_a_paper_that_has_lost_its_abstract_keeps_its_facts():
    page = f"{BANNER}{FIRST}A Title\n\n  • 2 authors\n·\nMay 1\n\n{SECOND}"
    paper = papers(page)[1]
    assert (paper.title, paper.abstract, paper.author_count) == ("A Title", "", 2)


@pytest.mark.parametrize("cut", range(len(BANNER), len(PAGE), 2))
def test_wherever_the_page_is_cut_the_papers_before_the_cut_are_exact(cut):
    data = PAGE.encode()[:cut]
    whole = 0
    while len((BANNER + "".join(BLOCKS[: whole + 1])).encode()) <= cut:
        whole += 1
    try:
        found = papers(data, "page-text")
    except SourceError:
        found = []
    assert found[:whole] == EXPECTED[:whole]
    assert len(found) <= whole + 1
    for cut_off in found[whole:]:
        # What came before the cut is right; what is missing is missing, not made up.
        assert cut_off.title == EXPECTED[whole].title
        assert EXPECTED[whole].abstract.startswith(cut_off.abstract)
        assert cut_off.abstract.endswith((".", "long"))


@pytest.mark.parametrize("end", ["Some Ti", "Some Title", "Some Title\n\nAn abstract that st"])
def test_a_paper_the_input_ends_in_is_refused(end):
    page = PAGE + "\n" + end
    assert papers(page) == EXPECTED
    [refusal] = refusals(page, as_of=AS_OF)
    assert refusal.reason == "the input ends in the middle of this paper"
    assert refusal.title == end.split("\n")[0]
    assert refusal.line == len(PAGE.split("\n")) + 1


def test_a_paper_the_input_ends_in_does_not_spoil_one_without_facts():
    page = BANNER + FIRST + BARE + "Some Title\n\nAn abstract that st"
    assert papers(page) == EXPECTED[:2]
    assert [r.title for r in refusals(page)] == ["Some Title"]


@pytest.mark.parametrize("end", ["  •", "  • 1", "  • 12 auth"])
def test_an_author_line_that_is_cut_off_is_not_part_of_the_abstract(end):
    assert papers(BANNER + BARE + end) == [
        Paper(EXPECTED[1].title, EXPECTED[1].abstract, sightings=at(0))
    ]


def test_the_foot_of_the_page_is_no_paper():
    foot = "\nPrevious\nNext\n\nCompany\n\n© Hugging Face\nTOS\nPrivacy\n"
    for page in (PAGE + foot, BANNER + FIRST + BARE + foot):
        assert refusals(page) == []
        assert [paper.title for paper in papers(page)][:2] == [p.title for p in EXPECTED[:2]]


def test_the_menus_above_the_banner_are_no_paper():
    page = "Hugging Face\nModels\nSomething New\n\nLog In\n\n" + PAGE
    assert papers(page) == EXPECTED


def test_a_fragment_without_banner_and_day_is_a_page_too():
    found = papers(FIRST + BARE + SECOND)
    assert [paper.title for paper in found] == [paper.title for paper in EXPECTED[:3]]
    assert {paper.day for paper in found} == {None}
    assert found[0].published == dt.date(2025, 6, 23)


def test_a_page_with_other_line_ends_is_the_same_page():
    for end in ("\r\n", "\r"):
        assert papers(PAGE.replace("\n", end)) == EXPECTED


def test_a_page_that_is_too_large_is_refused_as_a_whole(monkeypatch):
    monkeypatch.setattr(page_text, "LARGEST", 1024**2)
    with pytest.raises(SourceError, match=r"^input is larger than 1 MB\.$"):
        items(PAGE + LONG * 30_000)
    monkeypatch.setattr(page_text, "MOST_LINES", 1000)
    with pytest.raises(SourceError, match=r"^input has more than 1,000 lines\.$"):
        items(PAGE + "\n" * 1000)


def test_a_page_without_a_single_paper_is_an_error():
    with pytest.raises(SourceError, match="holds no papers"):
        items(BANNER)
