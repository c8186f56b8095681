"""The benchmarks' papers are what they are said to be, and the benchmarks run."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import pytest

from paperterm.model.ids import parse_arxiv_id

PROJECT = Path(__file__).parents[2]


def run(*arguments: str) -> str:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def papers() -> list[dict]:
    return [json.loads(line) for line in run("bench.papers", "10000").splitlines()]


def test_the_vocabulary_is_as_large_as_that_of_real_papers(papers):
    words = Counter(
        word
        for paper in papers
        for word in re.findall(r"[\w-]+", f"{paper['title']} {paper['abstract']}".lower())
    )
    assert 32_000 <= len(words) <= 48_000
    assert sum(count == 1 for count in words.values()) > len(words) / 2


def test_every_paper_has_an_arxiv_id_of_its_own_from_its_month(papers):
    ids = [paper["arxiv_id"] for paper in papers]
    assert len(set(ids)) == len(papers) == 10_000
    assert all(parse_arxiv_id(one) == one for one in ids)
    assert all(
        one["arxiv_id"][:4] == one["published"][2:4] + one["published"][5:7] for one in papers
    )


def test_titles_and_abstracts_are_of_usual_length(papers):
    lengths = [len(paper["abstract"]) for paper in papers]
    assert 1_000 <= sum(lengths) / len(lengths) <= 1_200
    assert all(6 <= len(paper["title"].split()) <= 14 for paper in papers)


def test_papers_are_the_same_in_every_run_and_others_for_another_seed():
    once = run("bench.papers", "50")
    assert once == run("bench.papers", "50")
    assert once != run("bench.papers", "50", "--seed", "2")


def test_the_start_is_measured_and_told_as_tables(tmp_path):
    out = tmp_path / "start.md"
    told = run("bench.start", "--rounds", "1", "--papers", "200", "--out", str(out))
    for heading in ("first paint", "200 papers / bare Textual app", "whoosh"):
        assert heading in told
    assert re.search(r"\| 200 papers +\| +[\d,]+ ms", told)
    assert out.read_text("utf-8").strip() == told.strip()


def test_keys_are_measured_while_papers_arrive(tmp_path):
    out = tmp_path / "fetching.md"
    arguments = ("--rounds", "1", "--papers", "300", "--seconds", "1", "--out", str(out))
    told = run("bench.fetching", *arguments)
    assert re.search(r"\| a move to the list +\| +fetching \| +20 \| +[\d,]+ ms", told)
    assert re.search(r"\| a letter to its echo +\| +[\d.]+ \| +[\d.]+ \|", told)
    assert out.read_text("utf-8").strip() == told.strip()


def test_bytes_are_counted_and_told_beside_what_textual_writes(tmp_path):
    out = tmp_path / "slow_line.md"
    told = run("bench.slow_line", "--papers", "60", "--small", "--moves", "2", "--out", str(out))
    found = re.search(r"\| a move in the list((?: +\| +[\d,]+){7}) \|", told)
    numbers = [int(number.replace(",", "")) for number in re.findall(r"[\d,]+", found[1])]
    assert numbers[4] * 4 < numbers[-1]
    assert re.search(r"\| 80×24, no colours +\| +[\d.]+ s", told)
    assert out.read_text("utf-8").strip() == told.strip()


def test_snapshot_lines_are_the_same_papers():
    own = [json.loads(line) for line in run("bench.papers", "20").splitlines()]
    lines = [json.loads(line) for line in run("bench.papers", "20", "--snapshot").splitlines()]
    assert [line["id"] for line in lines] == [paper["arxiv_id"] for paper in own]
    assert [" ".join(line["title"].split()) for line in lines] == [p["title"] for p in own]


@pytest.mark.skipif(not find_spec("sqlite_utils"), reason="the extra for benchmarks is not here")
def test_the_snapshot_is_measured_beside_sqlite_utils(tmp_path):
    out = tmp_path / "snapshot.md"
    told = run("bench.snapshot", "--rounds", "1", "--papers", "300", "--out", str(out))
    assert re.search(r"\| paperterm import, 30 papers +\| +[\d.]+", told)
    assert "sqlite-utils" in told
    assert out.read_text("utf-8").strip() == told.strip()


def test_the_tree_of_tags_is_measured_beside_a_recursive_query(tmp_path):
    out = tmp_path / "tags.md"
    told = run("bench.tags", "--rounds", "1", "--papers", "300", "--out", str(out))
    assert re.search(r"\| 300 papers, 150 tags, 2 a paper +\| measured \|", told)
    assert re.search(r"\| tree / recursive query +\| +[\d.]+ \|", told)
    assert out.read_text("utf-8").strip() == told.strip()


def test_marks_are_measured_in_the_app(tmp_path):
    out = tmp_path / "marks.md"
    told = run("bench.marks", "--rounds", "1", "--papers", "1200", "--out", str(out))
    assert told.strip() == out.read_text("utf-8").strip()
    assert re.search(r"one bookmark, from the key to its star +\| +60 ", told)
    assert re.search(r"1\d\d bookmarks, from the yes until it is told", told)
    assert re.search(r"sqlite3 executemany of the same rows +\| +[\d,]+ ms \| +1\.0 ", told)
