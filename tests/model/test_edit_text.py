"""The text that a paper is edited in says what it was, and comes back as what was meant."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperterm.errors import UsageError
from paperterm.model.edit_text import text_of
from paperterm.model.edits import Edit, edit_of
from paperterm.model.paper import Paper

MAMBA = Paper(
    "Mamba: Linear-Time",
    "Foundation models.\n\nSecond paragraph.",
    authors=("Albert Gu", "Tri Dao"),
    published=dt.date(2023, 12, 1),
    arxiv_id="2312.00752",
)
TEXT = """\
Title: Mamba: Linear-Time
Authors: Albert Gu, Tri Dao
Date: 2023-12-01

Foundation models.

Second paragraph.
"""
wild = st.text(st.characters(), max_size=30)
papers = st.builds(
    Paper,
    wild,
    wild,
    st.booleans(),
    st.lists(wild, max_size=3).map(tuple),
    published=st.none() | st.dates(),
)


def test_it_is_a_few_lines_and_the_abstract():
    assert text_of(MAMBA).text == TEXT


@given(papers, st.sampled_from([Edit(), Edit("Mine"), Edit(abstract="Mine")]))
def test_what_is_left_as_it_was_stays_edited_or_not_as_it_is(paper, edit):
    shown = edit.over(paper)
    form = text_of(shown)
    assert form.read(form.text) == edit_of(shown)


@pytest.mark.parametrize(
    ("old", "new", "edit"),
    [
        ("Mamba: Linear-Time", "  S6:  a title ", Edit("S6: a title")),
        ("Albert Gu, Tri Dao", "Gu, Albert; Dao, Tri", Edit(authors=("Gu, Albert", "Dao, Tri"))),
        ("2023-12-01", "2024-01-01", Edit(published=dt.date(2024, 1, 1))),
        ("Second paragraph.", "Another.", Edit(abstract="Foundation models.\n\nAnother.")),
        ("Title: Mamba: Linear-Time\n", "", Edit()),
        ("2023-12-01", "", Edit()),
    ],
    ids=["title", "authors", "date", "abstract", "no line", "emptied"],
)
def test_what_is_changed_is_what_is_edited(old, new, edit):
    assert text_of(MAMBA).read(TEXT.replace(old, new)) == edit


def test_what_is_emptied_is_given_back():
    shown = Edit("Mine", abstract="Mine too").over(MAMBA)
    form = text_of(shown)
    assert form.read(form.text.replace("Title: Mine", "Title:")) == Edit(abstract="Mine too")


def test_a_lone_author_with_a_comma_stays_one():
    paper = Paper("T", authors=("Dao, Tri",))
    assert text_of(paper).read("Title: T\nAuthors: Dao, Tri B.;\n") == Edit(
        authors=("Dao, Tri B.",)
    )


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("Date:", "Day:"),
        TEXT.replace("2023-12-01", "soon"),
        TEXT.replace("\n\nFoundation", "\nFoundation", 1),
        TEXT + "x" * 200_000,
        f"Title: x\n{TEXT}",
        TEXT.replace("Albert Gu, Tri Dao", ", ,"),
    ],
    ids=["name", "date", "no gap", "long", "twice", "nobody"],
)
def test_what_makes_no_sense_is_told(text):
    with pytest.raises(UsageError, match=r"\.$"):
        text_of(MAMBA).read(text)
