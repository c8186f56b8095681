"""What is said of papers that have arrived: no error is ever nothing new."""

from __future__ import annotations

import pytest

from paperterm.errors import BadAnswer, Offline
from paperterm.library.arrivals.outcome import Fetched, Step
from paperterm.library.intake import Tally
from paperterm.model.record import Refusal
from paperterm.tui.tidings import step_text, tidings

OFFLINE = Offline("Hugging Face can't be reached.")


def came(feed: str = "daily-papers", new: int = 0, **facts: object) -> Fetched:
    return Fetched(feed, Tally(new=new), **facts)


@pytest.mark.parametrize(
    ("fetched", "text"),
    [
        ([came()], "Nothing new in daily-papers"),
        ([came(), came("arxiv:cs.CL")], "Nothing new in 2 feeds"),
        ([came(new=12)], "daily-papers: 12 new"),
        ([came(new=1), came("arxiv:cs.CL", 2)], "daily-papers: 1 new · arxiv:cs.CL: 2 new"),
        ([came(str(n), 5) for n in range(4)], "20 new in 4 feeds"),
        ([], "There is no feed to fetch; F adds one"),
    ],
)
def test_what_went_well(fetched: list[Fetched], text: str) -> None:
    assert tidings(fetched).text == text
    assert not tidings(fetched).wrong


@pytest.mark.parametrize(
    ("fetched", "text"),
    [
        (
            [came(error=OFFLINE, state="offline; showing what was fetched 3 h ago")],
            "daily-papers: offline; showing what was fetched 3 h ago",
        ),
        (
            [came(error=OFFLINE), came("arxiv:cs.CL", error=OFFLINE)],
            "offline; 2 feeds show what was fetched before",
        ),
        (
            [came(new=3), came("arxiv:cs.CL", error=BadAnswer("It said no."))],
            "daily-papers: 3 new; arxiv:cs.CL: It said no",
        ),
        (
            [came(error=OFFLINE), came("arxiv:cs.CL", error=BadAnswer("No."))],
            "2 feeds could not be fetched (daily-papers, arxiv:cs.CL); F tells why",
        ),
    ],
)
def test_what_went_wrong_is_said(fetched: list[Fetched], text: str) -> None:
    assert tidings(fetched).text == text
    assert tidings(fetched).wrong


def test_papers_that_could_not_be_read_are_not_nothing_new() -> None:
    fetched = came()
    fetched.tally.refused.append(Refusal("", "it has no title"))
    told = tidings([fetched])
    assert told.wrong
    assert told.text == "1 paper could not be read (it has no title)"


def test_what_a_feed_remarks_is_passed_on_clean() -> None:
    fetched = came(new=1)
    fetched.tally.remarks.append("lists were \x1b[31mmissed")
    assert tidings([fetched]).text.startswith("daily-papers: 1 new; daily-papers: lists were ")
    assert "\x1b" not in tidings([fetched]).text


def test_steps_are_short() -> None:
    assert step_text(Step("daily-papers", 0, 7, "2025-11-12")) == "daily-papers 12 Nov…"
    assert step_text(Step("arxiv-query:" + "x" * 99)).endswith("x……")
    assert step_text(Step("", 2, 12, "2401.00001")) == "3 of 12…"
