"""Any life of a library, held against a plain dict."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from helpers import everything, paths_in
from paperterm.library.door import Library
from paperterm.model.marks import Change, Marks
from paperterm.model.merge import merge, normalised
from paperterm.model.paper import Paper, Sighting
from paperterm.model.parse import parse
from paperterm.model.record import Record

from .marks_model import MarksModel

WORDS = ("zebra", "giraffe", "lion", "otter", "walrus")
IDS = {word: f"2401.{number:05}" for number, word in enumerate(WORDS)}
words = st.sampled_from(WORDS)
some = st.lists(words, min_size=1, max_size=3, unique=True)
tags = st.sets(st.sampled_from(["a", "a/b", "c"]), max_size=2).map(lambda t: tuple(sorted(t)))
flags = st.none() | st.booleans()
notes = st.sampled_from([None, None, "", "see S4", "read again"])
came_along = st.builds(Marks, st.booleans(), st.just(False), tags, st.sampled_from(["", "note"]))


def a_paper(word: str, known: bool, comments: int | None) -> Paper:
    return normalised(
        Paper(
            f"The {word}",
            f"All of the {word}.",
            comments=comments,
            arxiv_id=IDS[word] if known else None,
            sightings=(Sighting("test"),),
        )
    )


def word_of(paper: Paper) -> str:
    return paper.title.split()[-1]


class Model:
    """What a library should hold: papers by their word, marks by keys."""

    def __init__(self) -> None:
        self.papers: dict[str, Paper] = {}
        self.marks = MarksModel()
        self.indexed: set[str] | None = None

    def of(self, word: str) -> Marks:
        paper = self.papers.get(word)
        return self.marks.of(paper.key) if paper else Marks()

    def take_in(self, word: str, paper: Paper) -> str:
        """Returns what becomes of it."""
        before = self.papers.get(word)
        after = self.papers[word] = merge(before, paper) if before else paper
        if before and before.key != after.key:
            self.marks.rename(before.key, after.key)
        return "new" if before is None else "updated" if before != after else "unchanged"


class Life(RuleBasedStateMachine):
    """A word is in the title of one paper, and has one id."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.paths = paths_in(Path(self.folder.name))
        self.library = Library(self.paths)
        self.other = Library(self.paths)
        self.model = Model()

    def teardown(self) -> None:
        self.library.close()
        self.other.close()
        self.folder.cleanup()

    @initialize(starter=st.booleans())
    def begin(self, starter: bool) -> None:
        if starter:
            self.library.greet()
            self.library.remove_starter()

    @rule(met=some, known=st.booleans(), comments=st.none() | st.integers(0, 5), marks=came_along)
    def take_in(self, met: list[str], known: bool, comments: int | None, marks: Marks) -> None:
        papers = [a_paper(word, known, comments) for word in met]
        tally = self.library.add(Record(paper, marks=marks) for paper in papers)
        outcomes = [self.model.take_in(*one) for one in zip(met, papers, strict=True)]
        first_met = [p.key for p, outcome in zip(papers, outcomes, strict=True) if outcome == "new"]
        brought = self.model.marks.act(
            [
                Change(key, marks.bookmarked or None, None, add=marks.tags, note=marks.note or None)
                for key in first_met
                if key not in self.model.marks.known()
            ]
        )
        assert (tally.new, tally.updated) == (len(first_met), outcomes.count("updated"))
        assert tally.marked == len(brought)

    @rule(
        on=some,
        asked=st.tuples(flags, flags, tags, tags, notes),
        by_other=st.booleans(),
    )
    def mark(self, on, asked, by_other) -> None:
        library = self.other if by_other else self.library
        entries = [entry for entry in everything(library) if word_of(entry.paper) in on]
        changes = [Change(e.paper.key, *asked) for e in entries]
        done = library.mark(changes, "mark", entries)
        assert done.keys == self.model.marks.act(changes)

    @rule(by_other=st.booleans())
    def undo(self, by_other: bool) -> None:
        undone = (self.other if by_other else self.library).undo()
        expected = self.model.marks.undo()
        assert (undone is None) == (expected is None)
        if undone and expected:
            assert set(undone.keys) == set(expected[1])

    @rule(by_other=st.booleans())
    def redo(self, by_other: bool) -> None:
        redone = (self.other if by_other else self.library).redo()
        expected = self.model.marks.redo()
        assert (redone is None) == (expected is None)
        if redone and expected:
            assert set(redone.keys) == set(expected[1])

    @rule(anew=st.booleans())
    def bring_up_index(self, anew: bool) -> None:
        self.other.bring_up_index(anew=anew)
        assert self.library.index_behind() == 0
        self.model.indexed = set(self.model.papers)

    @rule(how=st.sampled_from(["restart", "restart", "lose the index", "lose the catalogue"]))
    def reopen(self, how: str) -> None:
        self.library.close()
        self.other.close()
        if how != "restart":
            self.model.indexed = None
            shutil.rmtree(self.paths.cache, ignore_errors=True)
        if how == "lose the catalogue":
            self.model.papers = {}
            for path in self.paths.data.glob("catalogue.db*"):
                path.unlink()
        self.library, self.other = Library(self.paths), Library(self.paths)
        self._come_back()

    def _come_back(self) -> None:
        """Marked papers come back as what was written down when they were marked."""
        living = {paper.key for paper in self.model.papers.values()}
        marked = [key for key in sorted(self.model.marks.known()) if self.model.marks.of(key)]
        for key in [key for key in marked if key not in living]:
            entry = self.library.named(key)
            assert entry.paper.key == key
            word = word_of(entry.paper)
            self.model.take_in(word, a_paper(word, key.startswith("arxiv:"), None))
            self.model.papers[word] = entry.paper

    @invariant()
    def every_paper_is_there_with_its_marks(self) -> None:
        for library in (self.library, self.other):
            entries = everything(library)
            assert {word_of(one.paper): one.paper for one in entries} == self.model.papers
            assert len(entries) == len(self.model.papers)
            for entry in entries:
                assert entry.marks == self.model.of(word_of(entry.paper))

    @invariant()
    def the_shelves_count_right(self) -> None:
        shelves = self.library.shelves()
        marks = [self.model.of(word) for word in self.model.papers]
        assert shelves.all == len(marks)
        assert shelves.bookmarks == sum(one.bookmarked for one in marks)
        assert shelves.inbox == sum(not one.read for one in marks)

    @invariant()
    def words_are_found(self) -> None:
        for word in WORDS[:2]:
            view = self.library.find(parse(word, typing=False))
            found = {word_of(entry.paper) for entry in self.library.entries(view.ids)}
            known = set(self.model.papers)
            within = known if self.model.indexed is None else self.model.indexed & known
            assert found == {word} & within
            assert view.indexed == (self.model.indexed is not None)

    @invariant()
    def facts_are_found(self) -> None:
        view = self.library.find(parse("is:bookmarked -zebra", typing=False))
        found = {word_of(entry.paper) for entry in self.library.entries(view.ids)}
        known = set(self.model.papers) - {"zebra"}
        within = known if self.model.indexed is None else self.model.indexed & known
        assert found == {word for word in within if self.model.of(word).bookmarked}


TestAnyLife = Life.TestCase
TestAnyLife.settings = settings(max_examples=30, stateful_step_count=30, deadline=None)
