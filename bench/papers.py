"""Any number of made-up papers as JSON lines: `python -m bench.papers N > FILE`.

They come as paperterm's own lines, or with `--snapshot` as those of arXiv's metadata snapshot.
They are the same in every run for the same seed, and like real ones where that costs time: about
40,000 distinct words in 10,000 papers and 144,000 in 100,000, more than half of them once.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator

from bench.words import Vocabulary, listed, tail_word

_LAST_DAY = dt.date(2025, 11, 6)
_DAYS = 3652
_ABSTRACT = 1100
"""Characters of a typical abstract."""
_GIVEN = listed("""
Ada Akira Aisha Alan Amir Ana Anika Bao Carlos Chen Chloe Daniel Divya Elena Emil Fatima Felix Grace
Hana Hassan Ines Ivan Jia Joon Julia Kai Lars Leila Li Lin Lucas Maria Mei Minh Nadia Noah Olga Omar
Paula Priya Ravi Rosa Samir Sara Sofia Tariq Tomas Uma Viktor Wei Xin Yan Yuki Zoe
""")
_FAMILY = listed("""
Ahmed Almeida Andersson Bauer Becker Brown Chang Chen Cho Costa Das Dubois Evans Fernandez Fischer
Garcia Gupta Haddad Hansen He Hoang Huang Ito Ivanov Jensen Jones Kim Klein Kovacs Kumar Lee Li Lin
Liu Lopez Ma Martin Mehta Meyer Moreau Muller Nakamura Nguyen Novak Okafor Patel Park Pereira Popov
Rao Rossi Sato Schmidt Shah Sharma Silva Singh Smith Sun Suzuki Tan Tanaka Tran Wang Weber Wu Xu
Yang Yilmaz Zhang Zhao Zhou
""")


_CATEGORIES = listed("""
cs.CL cs.LG cs.AI cs.CV cs.IR cs.DS stat.ML math.PR math.AG hep-th astro-ph.CO quant-ph eess.AS
""")


class Papers:
    """A stream of papers; iterate it once."""

    def __init__(self, count: int, seed: int = 1) -> None:
        self._count = count
        self._chance = random.Random(seed)
        self._vocabulary = Vocabulary(self._chance)
        self._numbers: Counter[str] = Counter()

    def __iter__(self) -> Iterator[dict[str, object]]:
        for _ in range(self._count):
            yield self._paper()

    def _paper(self) -> dict[str, object]:
        day = _LAST_DAY - dt.timedelta(self._chance.randrange(_DAYS))
        authors = self._authors()
        month = f"{day:%y%m}"
        self._numbers[month] += 1
        position = self._numbers[day.isoformat()]
        self._numbers[day.isoformat()] += 1
        arxiv_id = f"{month}.{self._numbers[month]:05d}"
        return {
            "id": f"arxiv:{arxiv_id}",
            "title": self._title(),
            "abstract": self._abstract(),
            "authors": authors,
            "author_count": len(authors),
            "published": day.isoformat(),
            "comments": int(self._chance.expovariate(1 / 3)),
            "upvotes": int(self._chance.lognormvariate(2.5, 1.2)),
            "url": f"https://arxiv.org/abs/{arxiv_id}",
            "arxiv_id": arxiv_id,
            "sightings": [{"source": "generated", "day": day.isoformat(), "position": position}],
        }

    def _title(self) -> str:
        count = self._chance.randint(6, 14)
        words = self._vocabulary.words(count)
        for place in range(0, count, 2):
            words[place] = self._vocabulary.topic()
        title = [word if len(word) < 4 else word.capitalize() for word in words]
        if self._chance.random() < 0.4:  # a system with a name of its own
            title[0] = f"{self._vocabulary.rare().capitalize()}:"
        title[0] = title[0][0].upper() + title[0][1:]
        return " ".join(title)

    def _abstract(self) -> str:
        length = max(300, int(self._chance.gauss(_ABSTRACT - 65, 250)))
        sentences: list[str] = []
        written = 0
        while written < length:
            sentence = self._sentence()
            sentences.append(sentence)
            written += len(sentence) + 1
        return " ".join(sentences)

    def _sentence(self) -> str:
        words = self._vocabulary.words(self._chance.randint(12, 28))
        if self._chance.random() < 0.5:
            words[len(words) // 2] += ","
        if self._chance.random() < 0.1:
            words[-1] = f"{self._chance.randint(2, 990) / 10}%"
        return f"{' '.join(words).capitalize()}."

    def _authors(self) -> list[str]:
        count = min(40, 1 + int(self._chance.expovariate(1 / 4)))
        return [self._author() for _ in range(count)]

    def _author(self) -> str:
        if self._chance.random() < 0.3:  # family names have a tail too
            family = tail_word(self._chance.randrange(5000)).capitalize()
        else:
            family = self._chance.choice(_FAMILY)
        return f"{self._chance.choice(_GIVEN)} {family}"


def snapshot_lines(count: int, seed: int = 1) -> Iterator[dict[str, object]]:
    """The papers of `Papers` as arXiv's metadata snapshot has them."""
    chance = random.Random(seed)
    for paper in Papers(count, seed):
        day = dt.date.fromisoformat(str(paper["published"]))
        days = [day + dt.timedelta(60 * number) for number in range(chance.choice((1, 1, 1, 2, 3)))]
        published = chance.random() < 0.3
        names = [name.partition(" ") for name in _strings(paper["authors"])]
        yield {
            "id": paper["arxiv_id"],
            "submitter": " ".join(_strings(paper["authors"])[:1]),
            "authors": ", ".join(_strings(paper["authors"])),
            "title": "\n  ".join(_lines(paper["title"])),
            "comments": f"{chance.randint(4, 40)} pages",
            "journal-ref": f"J. Made Up {chance.randint(1, 99)} ({day:%Y})" if published else None,
            "doi": f"10.1000/{paper['arxiv_id']}" if published else None,
            "report-no": None,
            "categories": " ".join(chance.sample(_CATEGORIES, chance.randint(1, 4))),
            "license": "http://creativecommons.org/licenses/by/4.0/",
            "abstract": "  " + "\n".join(_lines(paper["abstract"])) + "\n",
            "versions": [
                {"version": f"v{number}", "created": f"{each:%a, %d %b %Y} 12:00:00 GMT"}
                for number, each in enumerate(days, 1)
            ],
            "update_date": days[-1].isoformat(),
            "authors_parsed": [[family, given, ""] for given, _, family in names],
        }


def _lines(text: object) -> list[str]:
    return textwrap.wrap(str(text), 76, break_on_hyphens=False)


def _strings(value: object) -> list[str]:
    assert isinstance(value, list)
    return value


def main() -> None:
    """Write the papers to standard output."""
    parser = argparse.ArgumentParser(prog="python -m bench.papers", description=__doc__)
    parser.add_argument("count", type=int, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--snapshot", action="store_true")
    arguments = parser.parse_args()
    made = snapshot_lines if arguments.snapshot else Papers
    for paper in made(arguments.count, arguments.seed):
        sys.stdout.write(json.dumps(paper) + "\n")


if __name__ == "__main__":
    main()
