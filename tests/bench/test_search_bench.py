"""What the search benchmark makes of its measurements, and what it asks, are what it says."""

import json
import os
import random
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from bench.asking import Asked, class_table, overall
from bench.goals import KEY, MEMORY, RATE, Figures
from bench.keys import Presses
from bench.painting import chosen as chosen_paper
from bench.papers import Papers
from bench.peers import ENGINE, FTS5, TANTIVY, FullText, Index, make_ready
from bench.questions import TAG, TAGGED_EVERY, TYPED, Kind, Question, misspelt, questions, typed
from bench.ratios import Times, median_ratio
from bench.screen import Screen
from bench.search import chosen
from bench.stalls import longest, to_and_fro, up_and_down
from bench.timings import Timing, read_timings
from bench.typing import Spot
from bench.work import full_text_table
from hypothesis import given
from hypothesis import strategies as st

from paperterm.model.parse import parse
from paperterm.model.query import And, Dated, Or, Phrase, Sort, Tag, Word
from paperterm.search import store
from paperterm.search.document import Document, Stamp

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def papers():
    return list(Papers(1000))


# Ratios


def test_a_ratio_is_the_median_of_the_ratios_of_what_both_were_asked():
    times = Times()
    for question, ours, theirs in (("a", 1, 2), ("b", 3, 1), ("c", 4, 4)):
        times.add("ours", question, ours)
        times.add("theirs", question, theirs)
    times.add("ours", "d", 100)
    assert times.ratio("ours", "theirs", "abcd") == 1
    assert times.ratio("ours", "theirs", "ab") == (0.5 + 3) / 2
    assert times.ratio("ours", "theirs", "d") is None
    assert times.ratio("ours", "nobody", "abcd") is None


def test_a_question_counts_with_the_median_of_its_rounds():
    times = Times()
    for seconds in (5, 1, 900):
        times.add("ours", "a", seconds)
    times.add("ours", "b", 2)
    assert times.medians("ours", "abc") == {"a": 5, "b": 2}
    assert times.percentiles("ours", "abc", (0.5, 1)) == [2, 5]
    assert times.percentiles("ours", "c", (0.5,)) is None


@given(st.dictionaries(st.integers(), st.floats(0.001, 1000), min_size=1), st.floats(0.01, 100))
def test_who_takes_so_many_times_as_long_with_everything_has_that_ratio(theirs, factor):
    ours = {key: value * factor for key, value in theirs.items()}
    assert median_ratio(ours, theirs) == pytest.approx(factor)
    assert median_ratio(theirs, ours) == pytest.approx(1 / factor)


# Questions


def test_there_are_questions_of_every_kind_and_the_same_for_the_same_papers(papers):
    asked = questions(papers, 5)
    assert asked == questions(papers, 5)
    assert asked != questions(papers, 5, seed=2)
    counted = {kind: sum(one.kind is kind for one in asked) for kind in Kind}
    assert all(counted[kind] == 5 for kind in Kind if kind not in TYPED)
    assert all(counted[kind] > 10 for kind in TYPED)


def test_frequent_words_are_frequent_and_rare_ones_rare(papers):
    def share(word):
        having = (word in re.findall(r"[\w'-]+", paper["abstract"].lower()) for paper in papers)
        return sum(having) / len(papers)

    asked = questions(papers, 10)
    frequent = [share(one.words[0]) for one in asked if one.kind is Kind.FREQUENT]
    rare = [share(one.words[0]) for one in asked if one.kind is Kind.RARE]
    assert min(frequent) >= 0.08
    assert min(rare) > 0 and max(rare) <= 0.01


def test_a_word_is_typed_letter_by_letter():
    assert [one.text for one in typed((), "cat")] == ["c", "ca", "cat"]
    assert [one.text for one in typed(("big",), "ox")] == ["big o", "big ox"]


def test_paperterm_is_asked_what_the_kind_says(papers):
    day = {one.kind: one for one in questions(papers, 1)}
    read = {kind: parse(one.text, typing=kind in TYPED) for kind, one in day.items()}
    assert isinstance(read[Kind.ANY].root, Or)
    assert isinstance(read[Kind.ALL].root, And) and len(read[Kind.ALL].root.parts) == 3
    assert isinstance(read[Kind.PHRASE].root, Phrase)
    assert isinstance(read[Kind.BEGINNING].root, Word) and read[Kind.BEGINNING].root.prefix
    assert isinstance(read[Kind.RARE].root, Word) and not read[Kind.RARE].root.prefix
    dated = day[Kind.DATED]
    assert Dated(dated.first, dated.last) in read[Kind.DATED].root.parts
    assert read[Kind.DATED].sort is Sort.DATE
    assert Tag(TAG) in read[Kind.TAGGED].root.parts


@given(st.text("abcdefgh", min_size=6, max_size=12), st.integers())
def test_a_typo_is_one_letter_away(word, seed):
    wrong = misspelt(word, random.Random(seed))
    assert abs(len(wrong) - len(word)) <= 1
    if len(wrong) == len(word):
        different = [at for at in range(len(word)) if word[at] != wrong[at]]
        swapped = len(different) == 2 and sorted(word) == sorted(wrong)
        assert len(different) <= 1 or swapped
    else:
        longer, shorter = max(word, wrong, key=len), min(word, wrong, key=len)
        assert any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))


# Engines


def test_fts5_and_paperterm_find_as_many_papers(papers, tmp_path):
    file = tmp_path / "papers.jsonl"
    file.write_text("".join(json.dumps(paper) + "\n" for paper in papers), "utf-8")
    full_text_table(file, tmp_path)
    make_ready(tmp_path / "fts.db", papers)
    documents = (
        Document(at, one["title"], one["abstract"], tuple(one["authors"]), ())
        for at, one in enumerate(papers)
    )
    store.build(tmp_path / "index", documents, Stamp("bench", 1))
    ours, theirs = Index(tmp_path / "index"), FullText(tmp_path / "fts.db")
    for kind in (Kind.RARE, Kind.ALL, Kind.ANY, Kind.PHRASE):
        for question in (one for one in questions(papers, 3) if one.kind is kind):
            assert ours.prepare(question)() == theirs.prepare(question)() > 0
    tagged = [paper for at, paper in enumerate(papers, 1) if at % TAGGED_EVERY == 0]
    having = sum("retrieval" in f"{one['title']} {one['abstract']}".lower() for one in tagged)
    assert theirs.prepare(Question(Kind.TAGGED, ("retrieval",)))() == having > 0
    assert theirs.prepare(Question(Kind.TYPO, ("retreival",))) is None
    ours.close()
    theirs.close()


# Tables


def _asked(ratios):
    """Every kind asked once; what paperterm takes beside tantivy is given, FTS5 always half."""
    asked = Asked([Question(kind, ("a",)) for kind in Kind])
    for question in asked.questions:
        ratio = ratios.get(question.kind, 1.0)
        asked.times.add(ENGINE, question, 0.002 * ratio)
        asked.times.add(TANTIVY, question, 0.002)
        if question.kind is not Kind.TYPO:
            asked.times.add(FTS5, question, 0.004 * ratio)
    return asked


def test_the_phrase_is_left_out_of_the_ratio_of_all_classes():
    others = [kind for kind in Kind if kind is not Kind.PHRASE]
    ratios = dict(zip(others, (1, 1, 1, 1, 2, 3, 3, 3, 3), strict=True))
    assert overall(_asked(ratios | {Kind.PHRASE: 50.0}), TANTIVY) == pytest.approx(2)
    assert overall(_asked(ratios), "nobody") is None


def test_the_table_of_classes_has_a_row_a_class_and_a_dash_for_what_was_not_asked():
    told = class_table(_asked({Kind.RARE: 3.0}))
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in told.splitlines()]
    assert rows[0] == ["p50/p95, ms", ENGINE, TANTIVY, FTS5, "/ FTS5", "/ tantivy"]
    assert rows[2] == ["rare word", "6.00/6.00", "2.00/2.00", "12.00/12.00", "0.50", "3.00"]
    (typo,) = [row for row in rows if row[0] == str(Kind.TYPO)]
    assert typo[3:] == ["-", "-", "1.00"]
    assert len(rows) == 2 + len(Kind) + 1


def test_goals_stand_beside_what_was_measured():
    figures = Figures(10_000)
    figures.add(KEY, 2.94)
    figures.add(RATE, 1_700)
    figures.add(MEMORY, None)
    rows = figures.table().splitlines()[2:]
    assert re.search(r"2\.9 ms \| +at most 3\.0 ms \| +yes \|", rows[0])
    assert re.search(r"1,700 papers/CPU s \| +at least 1,800 papers/CPU s \| +NO \|", rows[1])
    assert re.search(r"- \| +at most 150 MB \| +\|", rows[2])


def test_a_size_without_goals_has_figures_all_the_same():
    figures = Figures(77)
    figures.add(KEY, 2.94, "somehow")
    assert re.search(r"\| .*p95, somehow +\| +2\.9 ms \| +\| +\|", figures.table())


def test_sections_are_chosen_by_name_whatever_their_case():
    assert chosen("tantivy", ("FTS5", "tantivy")) == ("tantivy",)
    assert chosen(" fts5 ,tantivy", ("FTS5", "tantivy")) == ("FTS5", "tantivy")
    with pytest.raises(Exception, match="whoosh: not one of FTS5, tantivy"):
        chosen("fts5,whoosh", ("FTS5", "tantivy"))


# The app's own clock


def test_without_a_file_of_timings_there_are_none(tmp_path):
    assert read_timings(tmp_path / "none") == []


def test_whole_lines_of_timings_are_read_and_broken_ones_passed_over(tmp_path):
    file = tmp_path / "timings"
    file.write_text(
        '{"text": "re", "seconds": 0.012}\nnonsense\n[1]\n{"text": "x"}\n'
        '{"text": "ret", "seconds": 0.5, "more": 1}\n{"text": "retr", "sec',
        "utf-8",
    )
    assert read_timings(file) == [Timing("re", 0.012), Timing("ret", 0.5)]


# Keys


class Typed:
    """A terminal that shows nothing by itself."""

    def __init__(self):
        self.screen = Screen(20, 2)
        self.now = 0.0

    def press(self, key):
        self.now += 1
        return self.now


def shows(text):
    return lambda screen: screen.lines[0].startswith(text)


def test_a_later_answer_answers_the_keys_before_it_too():
    terminal = Typed()
    presses = Presses(terminal, [shows("a"), shows("ab"), shows("abc")])
    for key in "abc":
        presses.press(key)
    assert not presses.look(10)
    terminal.screen.feed(b"ab")
    assert not presses.look(20)
    terminal.screen.feed(b"c")
    assert presses.look(30)
    assert presses.seconds() == [19, 18, 27]


def test_an_earlier_answer_does_not_answer_a_later_key():
    terminal = Typed()
    same = shows("x")
    presses = Presses(terminal, [shows("a"), same, same])
    presses.press("a")
    terminal.screen.feed(b"a")
    assert presses.look(5)
    presses.press("b")
    presses.press("c")  # its answer is the one that is waited for anyway
    assert not presses.look(6)
    terminal.screen.feed(b"\rx")
    assert presses.look(7)
    assert presses.seconds() == [4, 5]


def test_a_key_that_changes_nothing_is_not_counted():
    terminal = Typed()
    terminal.screen.feed(b"a")
    presses = Presses(terminal, [shows("a")])
    presses.press("a")
    assert presses.look(time.monotonic())
    assert presses.seconds() == []


# Stalls


def test_one_busy_moment_is_not_the_longest_wait():
    assert longest([[0.01, 0.03], [0.9, 0.02], [0.02, 0.04]]) == 0.04


def test_the_cursor_goes_down_and_up_and_down_again():
    keys = up_and_down(["a", "b", "c"])
    walk = [next(keys) for _ in range(6)]
    assert [key for key, _ in walk] == ["j", "j", "k", "k", "j", "j"]
    screen = Screen(20, 2)
    for (_, answer), title in zip(walk, "bcbabc", strict=True):
        screen.feed(f"\r{chosen_paper(title)}".encode())
        assert answer(screen)


def test_letters_are_typed_and_taken_away_again():
    keys = to_and_fro("ab", Spot(0, 2))
    screen = Screen(20, 2)
    for key, shown in (("a", "a "), ("b", "ab"), ("\x7f", "a "), ("\x7f", "  "), ("a", "a ")):
        pressed, answer = next(keys)
        assert pressed == key
        assert not answer(screen)
        screen.feed(f"\r> {shown}".encode())
        assert answer(screen)


def test_the_engines_and_their_indexes_are_measured_and_told_as_tables(tmp_path):
    out = tmp_path / "search.md"
    command = [sys.executable, "-m", "bench.search", "--papers", "300", "--rounds", "1"]
    command += ["--only", "engine,index", "--peers", "fts5", "--out", str(out)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(
        command, cwd=PROJECT, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    for row in (
        r"paperterm, whole path +\|( +[\d.]+ ms \|){3}",
        r"three frequent words, OR +\|( +[\d.]+/[\d.]+ \|){2}",
        r"FTS5 +\|( +[\d.]+ \|){2} +[\d,]+ \| +\d+ MB",
        r"paperterm +\|( +[\d.]+ ms \|){5}",
        r"index opened +\| +[\d.]+ ms",
    ):
        assert re.search(row, done.stdout), row
    assert "painted" not in done.stdout
    assert out.read_text("utf-8").strip() == done.stdout.strip()
