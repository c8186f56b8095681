"""Tags over a whole library: the tree, renaming, merging, deleting, spelling, use."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import everything, mark, marks_by_title, numbered, paths_in, take_in, titles
from paperterm.errors import UsageError
from paperterm.library import frecency, retagging, tagging
from paperterm.library.completing import offers, search_completion
from paperterm.library.door import Library
from paperterm.library.folds import Folds, read_folds, write_folds
from paperterm.library.tag_tree import tree_of
from paperterm.model.query import Is, Query, State, Tag


def tagged(library: Library, *sets: tuple[str, ...]) -> None:
    """A paper for each, with these tags."""
    first = len(everything(library))
    take_in(library, *(numbered(first + i) for i in range(len(sets))))
    entries = {entry.paper.title: entry for entry in everything(library)}
    for i, tags in enumerate(sets):
        mark(library, entries[f"Paper number {first + i}"], add=tags)


def all_tags(library: Library) -> list[tuple[str, ...]]:
    found = marks_by_title(library)
    return [found[title].tags for title in sorted(found)]


# The tree

tags = st.lists(st.sampled_from(["a", "A", "b", "a b", "a-", "x"]), min_size=1, max_size=3)
tag_sets = st.lists(st.sets(tags.map("/".join), min_size=1, max_size=5), max_size=8)


@settings(deadline=None, max_examples=200)
@given(tag_sets)
def test_the_tree_counts_each_paper_once_for_each_node(papers: list[set[str]]) -> None:
    tree = tree_of(["\n".join(sorted(paper)) for paper in papers])
    nodes = {
        "/".join(tag.casefold().split("/")[:depth])
        for paper in papers
        for tag in paper
        for depth in range(1, tag.count("/") + 2)
    }
    assert [name.casefold() for name in tree.names] == sorted(nodes, key=lambda n: n.split("/"))
    for place, name in enumerate(tree.names):
        folded = name.casefold()
        below = [
            paper
            for paper in papers
            if any(f"{tag.casefold()}/".startswith(f"{folded}/") for tag in paper)
        ]
        assert tree.counts[place] == len(below)
        under = [n for n in tree.names if n.casefold().startswith(f"{folded}/")]
        assert list(tree.names[place + 1 : tree.ends[place]]) == under
        assert tree.place(name) == place


def test_nothing_shows_below_what_is_shut() -> None:
    tree = tree_of(["a/b/c", "a/d", "e"])
    assert [tree.names[i] for i in tree.visible(lambda name: True)] == list(tree.names)
    assert [tree.names[i] for i in tree.visible(lambda name: False)] == ["a", "e"]
    assert [tree.names[i] for i in tree.visible(lambda name: name == "a")] == [
        "a",
        "a/b",
        "a/d",
        "e",
    ]


def test_a_shelf_is_spelled_as_most_papers_spell_it(library: Library) -> None:
    tagged(library, ("LLM/x",), ("llm",), ("llm/X",), ("llm/X",), ("NLP",))
    assert [name for name, _ in library.shelves().tags] == ["llm", "llm/X", "NLP"]


def test_marks_that_touch_no_tag_leave_the_tree_as_it_is(library: Library) -> None:
    tagged(library, ("a",))
    tree = library.tagging.tree()
    mark(library, everything(library), bookmarked=True)
    assert library.tagging.tree() is tree
    mark(library, everything(library), add=("b",))
    assert library.tagging.tree().names == ("a", "b")
    mark(library, everything(library), remove=("a",))
    assert library.tagging.tree().names == ("b",)


def test_papers_that_are_gone_are_not_counted(library: Library) -> None:
    tagged(library, ("a",), ("a",))
    gone = everything(library)[0].id
    catalogue = library._catalogue
    with catalogue.database.transaction():
        catalogue.remove([gone], catalogue.next_revision())
    assert library.shelves().tags == (("a", 1),)


# Renaming, merging, deleting


def test_a_rename_takes_what_is_below_along_and_is_one_undo(library: Library) -> None:
    tagged(library, ("llm", "ssm"), ("llm/long-context",), ("llms",))
    before = all_tags(library)
    plan = retagging.plan_rename(library, "llm", "lm")
    assert (plan.papers, plan.tags, plan.joins) == (2, 2, 0)
    assert plan.told == "Rename #llm and 1 tag below to #lm on 2 papers"
    assert all_tags(library) == before
    assert len(retagging.carry_out(library, plan).keys) == 2
    assert all_tags(library) == [("lm", "ssm"), ("lm/long-context",), ("llms",)]
    undone = library.undo()
    assert undone is not None and undone.label == "rename tag llm to lm"
    assert all_tags(library) == before


def test_a_rename_onto_another_tag_merges_and_its_undo_parts_them_again(library: Library) -> None:
    tagged(library, ("llm", "lm"), ("llm/x",), ("LM/X",), ("lm",), ("lm",))
    before = all_tags(library)
    plan = retagging.plan_rename(library, "llm", "LM")
    assert (plan.papers, plan.joins, plan.target) == (2, 4, "lm")
    assert plan.told == "Merge #llm and 1 tag below into #lm, which 4 papers have, on 2 papers"
    retagging.carry_out(library, plan)
    assert all_tags(library) == [("lm",), ("lm/x",), ("LM/X",), ("lm",), ("lm",)]
    library.undo()
    assert all_tags(library) == before


def test_a_rename_in_case_only_is_taken_as_typed(library: Library) -> None:
    tagged(library, ("llm", "LLM/a"), ("Llm",))
    retagging.carry_out(library, retagging.plan_rename(library, "llm", "LLM"))
    assert all_tags(library) == [("LLM", "LLM/a"), ("LLM",)]
    retagging.carry_out(library, retagging.plan_rename(library, "LLM", "Llm"))
    assert all_tags(library) == [("Llm", "Llm/a"), ("Llm",)]


def test_papers_that_were_taken_out_are_renamed_too(library: Library) -> None:
    tagged(library, ("llm",), ("llm",))
    mark(library, everything(library)[:1], removed=True)
    plan = retagging.plan_rename(library, "llm", "lm")
    assert plan.papers == 2
    retagging.carry_out(library, plan)
    (gone,) = library.entries(library.find(Query(Is(State.REMOVED))).ids)
    assert gone.marks.tags == ("lm",)


@pytest.mark.parametrize(("old", "new", "after"), [("a", "a/b", "a/b/c"), ("a/c", "a", "a")])
def test_a_tag_may_move_below_itself_or_up(
    library: Library, old: str, new: str, after: str
) -> None:
    tagged(library, ("a/c",))
    retagging.carry_out(library, retagging.plan_rename(library, old, new))
    assert all_tags(library) == [(after,)]


def test_many_tags_are_merged_into_one_that_may_be_among_them(library: Library) -> None:
    tagged(library, ("llms",), ("language models/small", "LLM"), ("llm",))
    plan = retagging.plan_merge(library, ["llms", "language models", "llm"], "llm")
    assert plan.sources == ("llms", "language models")
    retagging.carry_out(library, plan)
    assert all_tags(library) == [("llm",), ("LLM", "llm/small"), ("llm",)]
    undone = library.undo()
    assert undone is not None and undone.label == "merge tags llms, language models into llm"
    with pytest.raises(UsageError, match="nothing to merge"):
        retagging.plan_merge(library, ["LLM"], "llm")


def test_a_tag_is_deleted_with_those_below_it_and_comes_back(library: Library) -> None:
    tagged(library, ("a/b", "c"), ("A",), ("a-b",))
    before = all_tags(library)
    plan = retagging.plan_delete(library, "a")
    assert plan.told == "Delete #A and 1 tag below on 2 papers"
    retagging.carry_out(library, plan)
    assert all_tags(library) == [("c",), ("a-b",)]
    library.undo()
    assert all_tags(library) == before


def test_what_would_grow_too_long_is_refused_and_nothing_changed(library: Library) -> None:
    tagged(library, (f"a/{'x' * 90}",))
    with pytest.raises(UsageError, match="would have 102; nothing was changed"):
        retagging.plan_rename(library, "a", "a" * 11)
    assert all_tags(library) == [(f"a/{'x' * 90}",)]


def test_an_unknown_tag_is_told_with_one_that_may_be_meant(library: Library) -> None:
    tagged(library, ("long-context",))
    with pytest.raises(
        UsageError, match="No paper has the tag Long Contexts; #long-context is one"
    ):
        retagging.plan_delete(library, "Long Contexts")
    with pytest.raises(UsageError, match=r"^No paper has the tag nope\.$"):
        retagging.plan_rename(library, "nope", "x")


names = st.sampled_from(["a", "A", "b", "a/b", "A/b", "a/b/c", "b/c", "c d"])


@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.sets(names, min_size=1), min_size=1, max_size=4), names, names)
def test_any_rename_does_what_it_says_and_is_taken_back_whole(
    tmp_path_factory: pytest.TempPathFactory, sets: list[set[str]], old: str, new: str
) -> None:
    with Library(paths_in(tmp_path_factory.mktemp("any"))) as library:
        tagged(library, *map(tuple, sets))
        before = all_tags(library)
        try:
            plan = retagging.plan_rename(library, old, new)
        except UsageError:
            assert not len(library.find(Query(Tag(old))).ids)
            return
        wanted = library.find(Query(Tag(old))).ids
        assert plan.papers == len(wanted)
        done = retagging.carry_out(library, plan)
        assert set(wanted) <= set(library.find(Query(Tag(new))).ids)
        if done.keys:
            library.undo()
        assert all_tags(library) == before


# Spelling, colour, use


def test_a_tag_is_used_as_it_is_spelled_already(library: Library) -> None:
    tagged(library, ("llm",), ("llm/Long",), ("NLP",), ("LLM",))
    assert library.tagging.as_spelled(["LLM", "nlp", "LLM/long", "LLM/New", "llm"]) == (
        "llm",
        "NLP",
        "llm/Long",
        "llm/New",
    )
    last = library.holdings([everything(library)[-1].id])
    (change,) = retagging.tag_changes(library, last, ["llm"], [])
    assert change.add == ("LLM",)  # the paper's own spelling: one tag, not two
    (change,) = retagging.tag_changes(library, last, [], ["Llm"])
    assert change.remove == ("LLM",)


def test_a_chosen_colour_lasts_and_goes_along_with_a_rename(library: Library) -> None:
    tagged(library, ("llm/x",))
    assert library.tagging.set_colour("llm", "pink") == "red"
    retagging.carry_out(library, retagging.plan_rename(library, "llm", "lm"))
    with Library(library.paths) as other:
        assert other.tagging.colours().of("lm/x") == "pink"
    library.undo()
    assert library.tagging.colours().of("llm/x") == "pink"
    library.tagging.set_colour("llm", "")
    assert library.tagging.colours().of("llm/x") == "red"


def test_half_of_a_use_is_gone_after_a_month(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = dt.datetime(2025, 11, 6, tzinfo=dt.UTC)
    assert frecency.faded(8.0, start, start + 3 * frecency.HALF_LIFE) == 1.0
    assert frecency.faded(8.0, start, start - frecency.HALF_LIFE) == 8.0
    later = start + frecency.HALF_LIFE
    monkeypatch.setattr("paperterm.library.marking.now", lambda: start)
    tagged(library, ("old",), ("old",), ("old",))
    monkeypatch.setattr("paperterm.library.marking.now", lambda: later)
    tagged(library, ("new",), ("new",))
    store = library.tagging._store
    assert frecency.frecencies(store, later) == {"old": 1.5, "new": 2.0}
    monkeypatch.setattr(tagging, "now", lambda: later)
    assert [tag for _, tag in library.tagging.known().ranked] == ["new", "old"]


# Completing


@pytest.fixture
def used(library: Library) -> Library:
    tagged(library, ("llm/long-context",), ("llm/eval", "to read"), ("llm/eval",), ("ssm",))
    mark(library, everything(library)[:1], add=("lora",))
    return library


def test_a_tag_is_completed_level_by_level(used: Library) -> None:
    known = used.tagging.known()

    def offered(text: str, *taken: str) -> list[str]:
        return [offer.typed for offer in offers(known, text, taken)]

    assert offered("l")[:2] == ["llm/", "lora"]
    assert offered("llm/") == ["llm/eval", "llm/long-context"]
    assert offered("LLM/l") == ["llm/long-context"]
    assert offered("lon") == ["llm/long-context"]
    assert offered("#read") == ["to read"]
    assert offered("", "llm/eval")[0] == "llm/"
    assert "llm/eval" not in offered("llm/", "llm/eval")
    assert offered("zzz") == []
    assert offers(known, "llm/e")[0].papers == 2


def test_the_search_bar_completes_a_tag_at_its_end(used: Library) -> None:
    known = used.tagging.known()
    assert search_completion(known, "mamba tag:ll") == "mamba tag:llm"
    assert search_completion(known, "-tag:llm/l") == "-tag:llm/long-context"
    assert search_completion(known, 'tag:"to') == 'tag:"to read"'
    for text in ("tag:", "tag:to", "mytag:ll", "tag:llm done", 'tag:"to read"', "tag:zz", "ll"):
        assert search_completion(known, text) is None
    for text in ("tag:ll", 'tag:"to'):
        assert titles(used, search_completion(known, text) or "")


def test_a_new_tag_that_nearly_equals_one_is_noticed(used: Library) -> None:
    known = used.tagging.known()
    assert known.near("SSMs") == "ssm"
    assert known.near("To-Read") == "to read"
    assert known.near("SSM") == known.near("ssm") == known.near("other") == ""


# Folds


def test_folds_are_remembered_and_nonsense_is_not(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    assert read_folds(folder) == Folds()
    folds = Folds().put("LLM", is_open=False).put("ssm/x", is_open=True)
    write_folds(folder, folds)
    assert read_folds(folder) == folds
    assert not folds.is_open("llm", True) and folds.is_open("SSM/x", False)
    assert folds.put("llm", is_open=True).is_open("llm", False)
    for nonsense in (b"", b"[]", b"{", b'{"opened": 1, "shut": []}', b"\xff", b"[" * 10_000):
        (folder / "tag-folds.json").write_bytes(nonsense)
        assert read_folds(folder) == Folds()
    (tmp_path / "file").write_text("")
    write_folds(tmp_path / "file", folds)  # can't be, and is no matter
