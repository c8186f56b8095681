"""The record of Hugging Face's papers: on its pages, in its API, in saved answers.

A *wrapper* holds a ``paper`` and what its page says of it. Papers are taken with whatever of their
fields makes sense; only a title is needed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from paperterm.model import ids
from paperterm.model.paper import Paper, Sighting
from paperterm.model.record import Record, Refusal
from paperterm.model.text import shown
from paperterm.sources.fields import count_of, day_of, line_of, text_of, texts_of

SOURCE = "daily-papers"
"""The name of this source in sightings."""


def is_wrapper(value: object) -> bool:
    """Whether `value` looks like a wrapper, be it a damaged one."""
    return isinstance(value, Mapping) and "paper" in value


def take(
    wrappers: Iterable[tuple[int, object]], day: dt.date | None = None
) -> Iterator[Record | Refusal]:
    """A record or a refusal for each of `wrappers`, which come with their lines.

    `day` is the day of the page they are on; without it each paper's own is taken. A wrapper
    that could not be read is in the list as its refusal, so that positions are the page's.
    """
    for position, (line, wrapper) in enumerate(wrappers):
        if isinstance(wrapper, Refusal):
            yield wrapper
        else:
            yield _taken(wrapper, line, position, day)


def _taken(wrapper: object, line: int, position: int, day: dt.date | None) -> Record | Refusal:
    ordinal = f"paper {position + 1}"
    if not isinstance(wrapper, Mapping):
        return Refusal(line, f"{ordinal} is not a JSON object")
    paper = wrapper.get("paper")
    if not isinstance(paper, Mapping):
        return Refusal(line, f"{ordinal} has no record", shown(text_of(wrapper.get("title"))))
    title = line_of(paper.get("title")) or line_of(wrapper.get("title"))
    if not shown(title):
        return Refusal(line, f"{ordinal} has no title", shown(text_of(paper.get("id"))))
    own_day = paper.get("submittedOnDailyAt") or wrapper.get("submittedOnDailyAt")
    sighting = Sighting(SOURCE, day or day_of(own_day), position)
    return Record(_paper(title, paper, wrapper, sighting), line)


def _paper(
    title: str, paper: Mapping[str, object], wrapper: Mapping[str, object], sighting: Sighting
) -> Paper:
    named, count = _authors(paper.get("authors"))
    return Paper(
        title=title,
        abstract=text_of(paper.get("summary")) or text_of(wrapper.get("summary")),
        authors=named,
        author_count=count,
        published=day_of(paper.get("publishedAt")) or day_of(wrapper.get("publishedAt")),
        comments=count_of(wrapper.get("numComments")),
        upvotes=count_of(paper.get("upvotes")),
        arxiv_id=ids.parse_arxiv_id(text_of(paper.get("id"))),
        code=ids.safe_link(text_of(paper.get("githubRepo"))),
        project=ids.safe_link(text_of(paper.get("projectPage"))),
        submitter=_person(wrapper.get("submittedBy")) or _person(paper.get("submittedOnDailyBy")),
        ai_summary=text_of(paper.get("ai_summary")),
        keywords=texts_of(paper.get("ai_keywords")),
        sightings=(sighting,),
    )


def _person(user: object) -> str | None:
    """What a user of the service is called."""
    if not isinstance(user, Mapping):
        return None
    return line_of(user.get("fullname")) or line_of(user.get("name")) or None


def _authors(listed: object) -> tuple[tuple[str, ...], int | None]:
    """The names to show and the number of authors; one who is hidden is counted, not named."""
    named: list[str] = []
    count = 0
    for entry in listed if isinstance(listed, list) else ():
        if isinstance(entry, Mapping) and (name := line_of(entry.get("name"))):
            count += 1
            if entry.get("hidden") is not True:
                named.append(name)
    return tuple(named), count or None
