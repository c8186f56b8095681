"""Half-remembered papers among the real ones of a Daily Papers page, if it is at hand."""

import collections
import datetime as dt
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from paperterm.model.paper import Paper
from paperterm.model.parse import parse
from paperterm.model.record import Context, Record
from paperterm.search import store
from paperterm.search.document import Document, Stamp
from paperterm.search.reader import Reader
from paperterm.sources.registry import read

PAGE = Path(__file__).parents[3] / "shared" / "daily-papers-page.txt"
pytestmark = pytest.mark.skipif(not PAGE.exists(), reason="the page is not at hand")

WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*")


@pytest.fixture(scope="module")
def papers() -> list[Paper]:
    with PAGE.open("rb") as page:
        items = read(page, Context("page", as_of=dt.date(2025, 11, 6)))
        return [item.paper for item in items if isinstance(item, Record)]


@pytest.fixture(scope="module")
def reader(papers: list[Paper], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    folder = tmp_path_factory.mktemp("real") / "index"
    documents = (Document(at, p.title, p.abstract, p.authors, ()) for at, p in enumerate(papers))
    store.build(folder, documents, Stamp("real", 1))
    yield Reader(folder)


def rare_words(papers: list[Paper]) -> dict[str, list[str]]:
    """For each title, its words of four letters and more, the rarest first."""
    often = collections.Counter(
        word
        for paper in papers
        for word in set(WORD.findall(f"{paper.title} {paper.abstract}".lower()))
    )
    return {
        paper.title: sorted(
            (word for word in WORD.findall(paper.title) if len(word) > 3),
            key=lambda word: often[word.lower()],
        )
        for paper in papers
    }


def misspelt(word: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(word) - 1)
    other = rng.choice("aeiorstn")
    left, right = word[:at], word[at:]
    return rng.choice(
        [
            left + right[1] + right[0] + right[2:],
            left + right[1:],
            left + other + right,
            left + other + right[1:],
        ]
    )


def questions(papers: list[Paper]) -> Iterator[tuple[str, int, str]]:
    """The kind of question, the paper that is meant, what is typed."""
    rng = random.Random(84)
    rare = rare_words(papers)
    for at, paper in enumerate(papers):
        words = rare[paper.title][:2]
        if len(words) == 2:
            yield "two rare words", at, f"{words[1]} {words[0]} "
            yield "a wrong letter", at, f"{words[0]} {misspelt(words[1], rng)} "
        yield "cut off", at, paper.title[: max(6, len(paper.title) // 3)]
        if ":" in paper.title:
            yield "the name", at, paper.title.split(":")[0]


def test_half_remembered_papers_come_first(papers: list[Paper], reader: Reader) -> None:
    ranks = collections.defaultdict(list)
    for kind, wanted, typed in questions(papers):
        found = list(reader.search(parse(typed).root, lambda leaf: []).ids[:10])
        ranks[kind].append(1 / (found.index(wanted) + 1) if wanted in found else 0.0)
    reciprocal = {kind: sum(each) / len(each) for kind, each in ranks.items()}
    assert len(reciprocal) == 4
    assert all(mean >= 0.9 for mean in reciprocal.values()), reciprocal


def test_every_beginning_of_every_title_word_finds_its_paper(
    papers: list[Paper], reader: Reader
) -> None:
    for at, paper in enumerate(papers):
        for word in set(paper.title.split()):
            for end in range(1, len(word) + 1):
                hits = reader.search(parse(word[:end]).root, lambda leaf: []).ids
                assert at in hits, (word[:end], paper.title)
