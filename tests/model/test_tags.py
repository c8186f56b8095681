"""Tags among each other: below, moved, alike, coloured."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from paperterm.errors import UsageError
from paperterm.model.marks import parse_tag
from paperterm.model.parse import parse
from paperterm.model.query import Query, Tag
from paperterm.model.tags import (
    PALETTE,
    Colours,
    likeness,
    moved,
    near_duplicates,
    parse_colour,
    path_order,
)

any_text = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=120),
    st.text("ab# /:*()-\"“,'ORé\u0301\u200d\u200c\ufe0f👩🔬日م+@!", max_size=12),
)


def tag_of(text: str) -> str | None:
    try:
        return parse_tag(text)
    except UsageError as error:
        assert str(error).startswith("A tag ")
        return None


@pytest.mark.parametrize(
    "text",
    [
        "to read",
        "café",
        "🔥",
        "👩\u200d🔬",
        "👨\u200d👩\u200d👧/bébé",
        "日本語",
        "العربية",
        "می\u200cخواهم",
        "C++",
        "C#",
        "@home",
        "to-do!",
        "a:b",
        "tag:x",
        "-x",
        "OR",
        "(a",
        "a*",
        "50%",
        "a'b",
        "$x[1]",
    ],
)
def test_what_a_person_would_call_a_tag_is_one_as_it_is(text: str) -> None:
    assert parse_tag(text) == text
    assert parse(f'tag:"{text}"', typing=False) == Query(Tag(text))


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("llm\u200d", "llm"),
        ("\u200cllm/\u200d/x", "llm/x"),
        ("a/\u0301/b", "a/b"),
        ("\u0301/#x", "x"),
    ],
)
def test_what_can_not_be_seen_makes_no_tag(text: str, tag: str) -> None:
    assert parse_tag(text) == tag


@pytest.mark.parametrize("text", ["\u200d", "\ufe0f", "\u200c/\u200d", "#", "“x”", "a„b"])
def test_why_something_is_no_tag_is_said_in_one_sentence(text: str) -> None:
    with pytest.raises(UsageError, match=r"^A tag (needs|can't).*[^\n]$"):
        parse_tag(text)


@settings(deadline=None, max_examples=300)
@given(any_text)
def test_any_text_is_a_tag_or_told_why_not_and_a_tag_is_found_by_its_name(text: str) -> None:
    tag = tag_of(text)
    assume(tag is not None)
    assert parse_tag(tag) == tag
    assert parse(f'tag:"{tag}"', typing=False) == Query(Tag(tag))
    assert parse(f'-tag:"{tag}" mamba', typing=False).hint == ""


def test_a_tag_moves_with_its_parent_whatever_its_case() -> None:
    assert moved("llm/long-context", "llm", "lm") == "lm/long-context"
    assert moved("LLM/Long", "llm", "x/y") == "x/y/Long"
    assert moved("llm", "llm", "lm") == "lm"
    assert moved("a/b/c", "a/b", "a") == "a/c"
    for other in ("llms", "llm x", "x/llm", "ll"):
        assert moved(other, "llm", "lm") is None
    assert moved("llm", "llm/x", "lm") is None


def test_what_is_below_a_tag_comes_right_after_it() -> None:
    tags = ["a-x", "a/b", "a", "a b", "a/b/c", "a/a z", "b"]
    assert sorted(tags, key=path_order) == ["a", "a/a z", "a/b", "a/b/c", "a b", "a-x", "b"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("LLM", "llm"),
        ("llm", "llms"),
        ("long context", "long-context"),
        ("long_contexts", "LongContext"),
        ("café", "Cafe"),
        ("studies", "study"),
        ("to read", "to-read"),
        ("a/long contexts", "A/long.context"),
    ],
)
def test_tags_that_may_be_meant_as_one_are_alike(one: str, other: str) -> None:
    assert likeness(one) == likeness(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("C", "C++"),
        ("C++", "C#"),
        ("rss", "rs"),
        ("loss", "los"),
        ("llm", "lm"),
        ("a/b", "ab"),
        ("日本", "日本語"),
        ("!", "?"),
        ("-", "."),
        ("@home", "home"),
    ],
)
def test_tags_that_are_not_meant_as_one_are_not_alike(one: str, other: str) -> None:
    assert likeness(one) != likeness(other)


def test_groups_of_tags_that_are_alike_are_told_once() -> None:
    tags = [("LLM/eval", 1), ("llms/eval", 2), ("llm", 5), ("x/to read", 1), ("x/to-read", 3)]
    assert near_duplicates(tags) == [
        (("llm", 5), ("llms", 2), ("LLM", 1)),
        (("x/to-read", 3), ("x/to read", 1)),
    ]
    assert near_duplicates([("a", 1), ("b", 1), ("a/b", 2)]) == []


def test_a_colour_is_steady_shared_with_those_below_and_can_be_chosen() -> None:
    plain = Colours()
    assert plain.of("llm") == plain.of("LLM/long") == Colours().of("llm/x/y")
    assert {plain.of(f"tag {number}") for number in range(60)} == set(PALETTE)
    # Written down, so that nobody's tags change their colour with a release.
    assert [plain.of(tag) for tag in ("llm", "ssm", "to read")] == ["red", "teal", "green"]
    chosen = Colours({"llm": "pink", "llm/long": "blue", "ssm": "no colour"})
    assert [chosen.of(tag) for tag in ("LLM", "llm/x", "llm/Long/y")] == ["pink", "pink", "blue"]
    assert chosen.of("ssm") == plain.of("ssm")


def test_a_colour_is_read_and_anything_else_refused() -> None:
    assert parse_colour(" Teal ") == "teal"
    assert parse_colour("auto") == ""
    with pytest.raises(UsageError, match="mauve is no colour; red, yellow"):
        parse_colour("mauve")
