"""Pages as a person would copy or save them, and short ways to read them."""

import datetime as dt
import html
import io
import json

from paperterm.model.record import Context, Record, Refusal, Remark
from paperterm.sources.registry import read

AS_OF = dt.date(2025, 11, 6)

BANNER = """new

Get trending papers in your email inbox!

Subscribe

Daily Papers

byAK and the research community

Nov 6

"""

FIRST = """Long Writing by Reinforcement

Writing at length is hard for models. We reward it, and it works: see https://example.org/long

  • 5 authors
·
Jun 23 4

"""
BARE = """VOCABCUT: Pruning the Vocabulary

A simple method that prunes the vocabulary of the drafter. It is faster by 16%.

"""
SECOND = """It's All in The [MASK]: <EOS> and $\\alpha$

Encoders can be instructed. This was not known.

  • 1 author
·
Aug 13, 2024

"""
THIRD = """Wide Attention Is The Way Forward For Transformers?

We challenge depth.

A second paragraph says more about it.

  • 12 authors
·
Oct 2, 2022 1
"""
BLOCKS = (FIRST, BARE, SECOND, THIRD)
PAGE = BANNER + "".join(BLOCKS)


class ForwardOnly(io.RawIOBase):
    """A pipe: no seeking, and a few bytes at a time."""

    def __init__(self, data: bytes, step: int = 7) -> None:
        self._source = io.BytesIO(data)
        self._step = step

    def readable(self):
        return True

    def read(self, size=-1):
        return self._source.read(self._step if size < 0 else min(self._step, size))


def items(data, format=None, *, as_of=None, modified=None, name="input"):
    data = data.encode() if isinstance(data, str) else data
    return list(read(io.BytesIO(data), Context(name, as_of, modified), format))


def records(data, format=None, *, as_of=AS_OF, **context):
    return [x for x in items(data, format, as_of=as_of, **context) if isinstance(x, Record)]


def papers(data, format=None, **context):
    return [record.paper for record in records(data, format, **context)]


def refusals(data, format=None, **context):
    return [x for x in items(data, format, **context) if isinstance(x, Refusal)]


def remarks(data, format=None, **context):
    return [x.text for x in items(data, format, **context) if isinstance(x, Remark)]


def wrapper(number=1, **changes):
    paper = {
        "id": f"2506.{number:05}",
        "authors": [{"name": "Ada Lovelace", "hidden": False}, {"name": "Alan Turing"}],
        "publishedAt": "2025-06-23T00:00:00.000Z",
        "submittedOnDailyAt": "2025-06-24T00:52:43.000Z",
        "title": f"Paper {number}",
        "summary": f'The abstract of paper {number} says "a" & <b>.',
        "upvotes": 7,
    }
    outer = {"paper": paper, "title": paper["title"], "numComments": 2}
    for key, value in changes.items():
        (outer if key in outer else paper)[key] = value
    if "title" in changes:
        paper["title"] = changes["title"]
    return outer


def saved_page(props):
    text = props if isinstance(props, str) else json.dumps(props)
    return (
        "<!doctype html>\n<html><head><title>Daily Papers</title></head><body>\n"
        '<div class="SVELTE_HYDRATER contents" data-target="MainHeader" data-props="{}"></div>\n'
        f'<div class="SVELTE_HYDRATER contents" data-target="DailyPapers" data-props="'
        f'{html.escape(text)}"><section></section></div></body></html>\n'
    )


def day_page(*wrappers, day="2025-06-24"):
    return {"periodType": "day", "dateString": day, "dailyPapers": list(wrappers)}


def snapshot_line(number=1, **changes):
    """A line of arXiv's metadata snapshot, without its end."""
    value = {
        "id": f"2306.{number:05}",
        "submitter": "Ada Lovelace",
        "authors": "Ada Lovelace (Univ. of X) and Alan Turing, Jr",
        "title": f"Snapshot {number}:\n  A Title",
        "comments": "12 pages",
        "journal-ref": None,
        "doi": None,
        "report-no": None,
        "categories": "cs.CL stat.ML",
        "license": None,
        "abstract": f"  The abstract of {number}\nsays little.\n",
        "versions": [
            {"version": "v1", "created": "Fri, 23 Jun 2023 16:59:02 GMT"},
            {"version": "v2", "created": "Sat, 1 Jul 2023 09:00:00 GMT"},
        ],
        "update_date": "2023-07-02",
        "authors_parsed": [["Lovelace", "Ada", "", "Univ. of X"], ["Turing", "Alan", "Jr"]],
    }
    return json.dumps(value | {name.replace("_ref", "-ref"): v for name, v in changes.items()})


def snapshot(count):
    """A snapshot of so many papers."""
    return "".join(f"{snapshot_line(number)}\n" for number in range(1, count + 1)).encode()
