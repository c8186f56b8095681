"""An explanation with the words in it that the paper itself has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from paperterm.model.explanation import Evidence, Explanation, Part
from paperterm.model.paper import Paper
from paperterm.model.query import Field
from paperterm.model.text import shown

_MOST = 3
"""Words that are quoted for one piece of evidence."""


def quoted(explanation: Explanation, paper: Paper) -> Explanation:
    """`explanation`, each piece of evidence with the words as `paper` has them, clean."""
    parts = (
        Part(part.leaf, tuple(_quoted(one, paper) for one in part.evidence))
        for part in explanation.parts
    )
    return replace(explanation, parts=tuple(parts))


def _quoted(one: Evidence, paper: Paper) -> Evidence:
    from paperterm.search import highlight  # loads what an explanation has loaded

    found = [
        text[start:end]
        for text in map(shown, _texts(paper, one.field))
        for start, end in highlight.spans(text, one.patterns, one.field)
    ]
    return replace(one, words=tuple(dict.fromkeys(found))[:_MOST], written=len(found))


def _texts(paper: Paper, field: Field) -> Sequence[str]:
    match field:
        case Field.TITLE:
            return [paper.title]
        case Field.AUTHOR:
            return paper.authors
        case Field.ABSTRACT:
            return [paper.abstract]
        case _:
            return [name for name in (paper.arxiv_id, paper.doi) if name]
