"""A name that does not exist, and the one that was meant."""

from __future__ import annotations

import pytest

from paperterm.model.nearest import hint, nearest

NAMES = ("fetch", "link", "mailto", "read_after", "sort")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("sorted", "sort"),
        ("SORT", "sort"),
        ("readafter", "read_after"),
        ("lnik", "link"),
        ("fetchs", "fetch"),
        ("quux", None),
        ("", None),
        ("sort" * 100_000, None),
    ],
    ids=["longer", "capitals", "without a line", "swapped", "plural", "none", "empty", "huge"],
)
def test_the_nearest_name_is_found_or_none(name: str, meant: str | None) -> None:
    assert nearest(name, NAMES) == meant


def test_a_name_keeps_its_own_case() -> None:
    assert nearest("nasa", ["NASA", "nato"]) == "NASA"


def test_a_sentence_names_the_nearest_or_all() -> None:
    assert hint("sorted", NAMES) == "; did you mean sort?"
    assert hint("quux", NAMES) == "; there are: fetch, link, mailto, read_after, sort."
