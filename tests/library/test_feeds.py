"""A reader's feeds: chosen, paused, taken away and brought back."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import paper, take_in
from paperterm.errors import LibraryReadOnly, UsageError
from paperterm.library.door import Library
from paperterm.library.feeds import Problem, Trouble
from paperterm.model.feeds import DAILY, Feed, FeedKind, parse_feed
from paperterm.model.paper import Sighting
from paperterm.storage import backups

NOW = dt.datetime(2025, 11, 6, 12, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def names(library: Library) -> list[str]:
    return [state.feed.name for state in library.feeds.all()]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("daily-papers", "daily-papers"),
        ("  Daily-Papers ", "daily-papers"),
        ("arxiv:cs.CL", "arxiv:cs.CL"),
        ("arXiv: cs.CL, hep-th cs.CL", "arxiv:cs.CL+hep-th"),
        ("arxiv:cond-mat.mes-hall+q-bio.NC", "arxiv:cond-mat.mes-hall+q-bio.NC"),
        ('arxiv-query:title:"long context"  cat:cs.CL', None),
        ("hf-search: long context", "hf-search:long context"),
        ("https://journal.example/feed?x=1", None),
    ],
)
def test_a_feed_has_one_spelling(text, name):
    feed = parse_feed(text)
    assert feed.name == (name or " ".join(text.split()))
    assert parse_feed(feed.name) == feed


@pytest.mark.parametrize(
    "text",
    [
        *("", "foo", "daily-papers:x", "arxiv:", "arxiv:cs.CL+../x", "arxiv:cs CL?", "arxiv:+"),
        *("arxiv-query:", "hf-search:" + "x" * 251, "hf-search:a\x1bb", "file:///etc/passwd"),
        *("http://journal.example/feed", "https://a@b.example/", "javascript:alert(1)"),
        "arxiv:" + "+".join(f"a{chr(97 + n)}" for n in range(21)),
    ],
)
def test_what_is_no_feed_is_told_so(text):
    with pytest.raises(UsageError):
        parse_feed(text)


@given(st.text())
def test_any_text_is_a_feed_or_is_told_that_it_is_none(text):
    try:
        feed = parse_feed(text)
    except UsageError:
        return
    assert parse_feed(feed.name) == feed


def test_daily_papers_are_there_from_the_start(library):
    (state,) = library.feeds.all()
    assert state.feed == DAILY
    assert state.sentence(NOW) == "not fetched yet"
    assert state.due(NOW)


def test_a_feed_that_is_removed_comes_back_as_it_was(library, paths):
    library.feeds.note(DAILY, NOW, through=dt.date(2025, 11, 6))
    library.feeds.remove("daily-papers")
    assert names(library) == []
    library.close()
    with Library(paths) as again:
        assert names(again) == [], "nor does it come back by itself"
        with pytest.raises(UsageError, match="feeds add daily-papers"):
            again.feeds.named("daily-papers")
        state, is_new = again.feeds.add("daily-papers")
        assert is_new
        assert (state.succeeded, state.through) == (NOW, dt.date(2025, 11, 6))


def test_feeds_stand_in_the_order_in_which_they_were_added(library):
    library.feeds.add("hf-search:b")
    library.feeds.add("arxiv:cs.CL")
    assert not library.feeds.add("hf-search:b")[1]
    assert names(library) == ["daily-papers", "hf-search:b", "arxiv:cs.CL"]


def test_a_paused_feed_is_never_due(library):
    assert library.feeds.pause("daily-papers")
    assert not library.feeds.pause("daily-papers")
    (state,) = library.feeds.all()
    assert not state.due(NOW)
    assert state.sentence(NOW) == "paused; not fetched yet"
    assert library.feeds.pause("daily-papers", paused=False)
    assert library.feeds.named("daily-papers").due(NOW)


def test_a_feed_counts_the_papers_it_has_shown(library):
    one, other = Sighting("daily-papers", dt.date(2025, 11, 6)), Sighting("page")
    take_in(library, paper("A", sightings=(one, other)), paper("B", sightings=(other,)))
    assert library.feeds.named("daily-papers").papers == 1


@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        (Trouble(Problem.OFFLINE, "x can't be reached."), "offline"),
        (
            Trouble(Problem.BUSY, "x", NOW + dt.timedelta(seconds=40)),
            "Hugging Face asks to wait 40 s",
        ),
        (Trouble(Problem.BUSY, "x", NOW), "Hugging Face asked to wait, and can be asked again now"),
        (Trouble(Problem.FAILED, "It sent \x1b[2J."), "It sent \ufffd[2J"),
    ],
)
def test_a_feed_says_what_is_wrong_and_how_old_what_there_is_is(library, trouble, told):
    library.feeds.note(DAILY, NOW - 3 * HOUR, trouble)
    assert library.feeds.named("daily-papers").sentence(NOW) == f"{told}; nothing fetched yet"
    library.feeds.note(DAILY, NOW - 3 * HOUR)
    library.feeds.note(DAILY, NOW, trouble)
    state = library.feeds.named("daily-papers")
    assert state.sentence(NOW) == f"{told}; showing what was fetched 3 h ago"
    library.feeds.note(DAILY, NOW)
    assert library.feeds.named("daily-papers").sentence(NOW) == "fetched a moment ago"


def test_feeds_are_in_the_backup_of_the_marks(library, paths):
    library.feeds.add("arxiv:cs.CL")
    library.close()
    kept = backups.newest(backups.folder_of(paths.marks))
    assert kept is not None
    assert b"arxiv:cs.CL" in kept.read_bytes()


def test_a_feed_of_a_later_release_is_left_alone(library):
    connection = library._marks.database.connection
    connection.execute("INSERT INTO feed (name, added_at) VALUES ('gopher:x', '2025-01-01')")
    assert names(library) == ["daily-papers"]


def test_a_library_that_can_only_be_read_has_feeds_and_takes_none(library, paths):
    from helpers import make_newer

    library.close()
    make_newer(paths.marks)
    with Library(paths) as again:
        assert names(again) == ["daily-papers"]
        with pytest.raises(LibraryReadOnly):
            again.feeds.add("arxiv:cs.CL")


def test_every_kind_of_feed_says_what_it_is():
    for kind in FeedKind:
        assert Feed(kind, "https://journal.example").kind.label


def chosen(library):
    return [(state.feed.name, state.paused) for state in library.feeds.all()]


def test_choosing_feeds_is_taken_back_and_brought_back_like_every_mark(library):
    states = [chosen(library)]
    for change in (
        lambda: library.feeds.add("arxiv:cs.CL"),
        lambda: library.feeds.pause("arxiv:cs.CL"),
        lambda: library.feeds.remove("daily-papers"),
        lambda: library.feeds.pause("arxiv:cs.CL", paused=False),
        lambda: library.feeds.remove("arxiv:cs.CL"),
        lambda: library.feeds.add("arxiv:cs.CL"),
    ):
        change()
        states.append(chosen(library))
    assert [one.label for one in library.history(9)][::-1] == [
        "feed added: arxiv:cs.CL",
        "feed paused: arxiv:cs.CL",
        "feed removed: daily-papers",
        "feed resumed: arxiv:cs.CL",
        "feed removed: arxiv:cs.CL",
        "feed added: arxiv:cs.CL",
    ]
    for before in states[-2::-1]:
        library.undo()
        assert chosen(library) == before
    assert library.undo() is None
    for after in states[1:]:
        library.redo()
        assert chosen(library) == after


def test_taking_back_that_a_feed_was_added_leaves_alone_what_was_done_with_it_since(library):
    library.feeds.add("arxiv:cs.CL")
    library.feeds.pause("arxiv:cs.CL")
    first = library.history(9)[-1].number
    library.undo(first)
    assert chosen(library) == [("daily-papers", False)]
    library.feeds.add("arxiv:cs.CL")
    assert chosen(library)[1] == ("arxiv:cs.CL", True)
