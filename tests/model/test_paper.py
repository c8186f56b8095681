"""A paper's names and addresses."""

from __future__ import annotations

import datetime as dt

import pytest

from paperterm.model.ids import title_key
from paperterm.model.paper import Paper, Sighting


@pytest.mark.parametrize(
    ("paper", "key", "url"),
    [
        (
            Paper("T", arxiv_id="2310.06825", doi="10.1000/a", link="https://a.example/x"),
            "arxiv:2310.06825",
            "https://arxiv.org/abs/2310.06825",
        ),
        (
            Paper("T", doi="10.1000/a", link="https://a.example/x"),
            "doi:10.1000/a",
            "https://a.example/x",
        ),
        (Paper("T", doi="10.1000/a"), "doi:10.1000/a", "https://doi.org/10.1000/a"),
        (
            Paper("A & B"),
            title_key("a b"),
            "https://huggingface.co/papers?q=A%20%26%20B",
        ),
    ],
)
def test_a_paper_has_the_best_name_and_link_there_is(paper: Paper, key: str, url: str) -> None:
    assert paper.key == key
    assert paper.url == url


def test_the_hugging_face_page_needs_the_id() -> None:
    assert Paper("T", arxiv_id="2310.06825").huggingface_url.endswith("/papers/2310.06825")
    assert Paper("T", doi="10.1000/a").huggingface_url.endswith("/papers?q=T")


def test_a_paper_is_of_the_last_day_that_listed_it() -> None:
    first, last = dt.date(2025, 11, 5), dt.date(2025, 11, 6)
    paper = Paper(
        "T", sightings=(Sighting("b", last), Sighting("a", first), Sighting("a"), Sighting("b"))
    )
    assert paper.day == last
    assert paper.sources == ("a", "b")


def test_a_paper_no_page_listed_has_no_day() -> None:
    assert Paper("T", sightings=(Sighting("a"),)).day is None
    assert Paper("T").sources == ()
