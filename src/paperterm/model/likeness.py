"""Whether a paper that was found is the one that was looked for."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from enum import IntEnum

from paperterm.model.ids import normal_title
from paperterm.model.paper import Paper

_NEARLY = 0.92
"""Share of two titles that has to be common to both for them to be nearly equal."""
_DOUBTFUL = 0.75
_LONGEST = 500
"""Characters of a title that are compared; comparing takes their square."""


class Likeness(IntEnum):
    """How much two papers look like one."""

    NONE = 0
    DOUBTFUL = 1
    SURE = 2


def likeness(wanted: Paper, found: Paper) -> Likeness:
    """How sure it is that `found` is `wanted`, of which often no more than the title is known.

    Sure are equal titles unless author or year speak against it, and nearly equal ones that the
    first author and the year speak for. Case, accents and punctuation do not count.
    """
    ours, theirs = (normal_title(paper.title)[:_LONGEST] for paper in (wanted, found))
    if not ours or not theirs:
        return Likeness.NONE
    author, year = _same_author(wanted, found), _same_year(wanted, found)
    if ours == theirs:
        return Likeness.DOUBTFUL if author is False or year is False else Likeness.SURE
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    if matcher.real_quick_ratio() < _DOUBTFUL or matcher.quick_ratio() < _DOUBTFUL:
        return _shortened(ours, theirs)
    ratio = matcher.ratio()
    if ratio >= _NEARLY and author and year and _numbers(ours) == _numbers(theirs):
        return Likeness.SURE
    return Likeness.DOUBTFUL if ratio >= _DOUBTFUL else _shortened(ours, theirs)


def _shortened(ours: str, theirs: str) -> Likeness:
    """A title may be told without what follows its colon."""
    short, long = sorted((ours, theirs), key=len)
    begins = len(short.split()) >= 3 and long.startswith(f"{short} ")
    return Likeness.DOUBTFUL if begins else Likeness.NONE


def _numbers(title: str) -> list[str]:
    """What tells a second part, or a later version, from the first."""
    return re.findall(r"\d+|\b(?:i|ii|iii|iv|v|vi)\b", title)


def _same_author(wanted: Paper, found: Paper) -> bool | None:
    """Whether the first authors have one family name; None where they are not known."""
    if not wanted.authors or not found.authors:
        return None
    first, second = (set(normal_title(paper.authors[0]).split()) for paper in (wanted, found))
    return _family(wanted) in second or _family(found) in first


def _family(paper: Paper) -> str:
    """The family name of the first author, whichever way round the name is told."""
    name = paper.authors[0]
    family = name.partition(",")[0] if "," in name else name
    return next(reversed(normal_title(family).split()), "")


def _same_year(wanted: Paper, found: Paper) -> bool | None:
    """Whether both came out about the same time; None where that is not known.

    A preprint may be a year older than what a journal says.
    """
    if wanted.published is None or found.published is None:
        return None
    return abs(wanted.published.year - found.published.year) <= 1
