"""Marks, changes to them, and tags."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperterm.errors import UsageError
from paperterm.model.marks import (
    LONGEST_NOTE,
    LONGEST_TAG,
    NOT_LATER,
    Change,
    Marks,
    clean_note,
    joined_notes,
    parents,
    parse_note,
    parse_tag,
    parse_tags,
)

tag_sets = st.sets(st.sampled_from("abcd")).map(lambda tags: tuple(sorted(tags)))
notes = st.sampled_from(["", "a", "b"])
days = st.sampled_from([dt.date(2030, 1, 1), dt.date(2030, 1, 2)])
marks = st.builds(
    Marks,
    st.booleans(),
    st.booleans(),
    tag_sets,
    notes,
    st.booleans(),
    st.none() | days,
    st.booleans(),
)
asked = st.none() | st.booleans()
wanted = st.none() | notes
changes = st.builds(
    Change,
    st.just("arxiv:2310.06825"),
    asked,
    asked,
    tag_sets,
    tag_sets,
    wanted,
    wanted,
    asked,
    st.none() | st.just(NOT_LATER) | days,
    asked,
)


@settings(deadline=None)
@given(marks, changes)
def test_what_matters_of_a_change_does_what_the_change_does(before: Marks, change: Change) -> None:
    effective = change.upon(before)
    assert effective.apply(before) == change.apply(before)
    assert bool(effective) == (change.apply(before) != before)


@settings(deadline=None)
@given(marks, changes)
def test_a_change_made_twice_makes_no_difference(before: Marks, change: Change) -> None:
    after = change.apply(before)
    assert change.apply(after) == after
    assert not change.upon(after)
    assert list(after.tags) == sorted(set(after.tags))


def test_a_note_takes_the_place_of_the_one_it_knows_and_of_no_other() -> None:
    change = Change("k", note="mine", former_note="old")
    assert change.apply(Marks(note="old")).note == "mine"
    assert change.apply(Marks(note="theirs")).note == "theirs"
    assert not change.upon(Marks(note="theirs"))
    assert Change("k", note="mine").apply(Marks(note="theirs")).note == "mine"


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("see S4", "see S4"),
        (" indented\r\nlines  \rof\tit \n\n", " indented\nlines\nof\tit"),
        ("\n\n- a\n\n- b", "- a\n\n- b"),
        ("half \ud800", "half \ufffd"),
        ("\x1b[2J", "\x1b[2J"),
        ("x" * LONGEST_NOTE, "x" * LONGEST_NOTE),
    ],
)
def test_a_note_is_kept_as_it_was_meant(text: str, note: str) -> None:
    assert parse_note(text) == note
    assert clean_note(note) == note


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "needs some text"),
        (" \n\t\u200b\n", "needs some text"),
        ("x" * (LONGEST_NOTE + 1), "at most 100,000 characters; this one has 100,001"),
    ],
)
def test_what_is_no_note_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        parse_note(text)


def test_of_two_notes_that_meet_none_is_lost() -> None:
    assert joined_notes("a", "b") == "a\n\nb"
    assert joined_notes("a", "a") == joined_notes("a", "") == joined_notes("", "a") == "a"
    assert joined_notes("", "") == ""


def test_a_tag_both_added_and_removed_is_added() -> None:
    change = Change("k", add=("a",), remove=("a",))
    for before in (Marks(), Marks(tags=("a",))):
        assert change.apply(before).tags == ("a",)


def test_marks_and_changes_are_true_when_they_say_something() -> None:
    assert not Marks()
    assert Marks(bookmarked=True) and Marks(read=True) and Marks(tags=("a",)) and Marks(note="a")
    assert not Change("k")
    assert Change("k", bookmarked=False) and Change("k", read=False) and Change("k", add=("a",))
    assert Change("k", note="")


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("llm", "llm"),
        ("#llm", "llm"),
        (" # llm ", "llm"),
        ("##llm", "llm"),
        ("/#a", "a"),
        ("to  read", "to read"),
        ("/a//b/", "a/b"),
        ("llm / long-context", "llm/long-context"),
        ("C#", "C#"),
        ("café", "café"),
        ("cafe\u0301", "café"),
        ("日本語", "日本語"),
        ("🔥", "🔥"),
        ("👩\u200d🔬 science", "👩\u200d🔬 science"),
        ("a\u200bb", "ab"),
        ("A", "A"),
        ("x" * LONGEST_TAG, "x" * LONGEST_TAG),
    ],
)
def test_a_tag_is_what_was_meant(text: str, tag: str) -> None:
    assert parse_tag(text) == tag


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "at least one letter"),
        (" ", "at least one letter"),
        ("#", "at least one letter"),
        ("# / #", "at least one letter"),
        ("///", "at least one letter"),
        ("\u200b", "at least one letter"),
        ("x" * (LONGEST_TAG + 1), "at most 100 characters; this one has 101"),
        ("a,b", "comma"),
        ('say "x"', "quotation mark"),
        ("a\x1b[2Jb", "control code"),
        ("a\ud800", "control code"),
    ],
)
def test_what_is_no_tag_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason) as caught:
        parse_tag(text)
    assert str(caught.value).startswith("A tag ")
    assert "\x1b" not in str(caught.value)


@settings(deadline=None, max_examples=300)
@given(
    st.one_of(
        st.text(st.characters(exclude_categories=())),
        st.text("ab#/ \u0344\u0301\u0308\u200b\u034f"),
    )
)
def test_a_tag_read_twice_is_the_same(text: str) -> None:
    try:
        tag = parse_tag(text)
    except UsageError:
        return
    assert parse_tag(tag) == tag
    assert all(part == part.strip() != "" for part in tag.split("/"))


def test_a_line_holds_many_tags() -> None:
    assert parse_tags("llm, to read,,#llm , a/b,") == ("llm", "to read", "a/b")
    assert parse_tags("") == ()
    assert parse_tags(" , # ,/") == ()


def test_a_bad_tag_in_a_line_is_refused() -> None:
    with pytest.raises(UsageError):
        parse_tags('a, "b"')


def test_a_tag_has_parents() -> None:
    assert list(parents("a/b/c")) == ["a", "a/b"]
    assert list(parents("a")) == []
