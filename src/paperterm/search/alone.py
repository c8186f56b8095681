"""Whether a paper that is in no index holds a word or a phrase, as the index would find it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from paperterm.model.pattern import Patterns
from paperterm.model.query import Field, Phrase, Word
from paperterm.search import highlight
from paperterm.search.analysis import readings, remembered, surfaces
from paperterm.search.lexicon import edits
from paperterm.search.matching import identifier
from paperterm.search.patterns import patterns_of, says_little
from paperterm.search.spelling import can_be_misspelt


@dataclass(frozen=True, slots=True)
class Texts:
    """What of a paper can be searched."""

    title: str
    abstract: str
    authors: tuple[str, ...]
    names: tuple[str, ...]
    """What it is called by machines: an arXiv id, a DOI."""

    def of(self, wanted: Field) -> Iterator[tuple[Field, str]]:
        """The texts of one field, or all of them for `Field.ANY`."""
        for field, texts in (
            (Field.TITLE, (self.title,)),
            (Field.ABSTRACT, (self.abstract,)),
            (Field.AUTHOR, self.authors),
            (Field.ID, self.names),
        ):
            if wanted in (Field.ANY, field):
                yield from ((field, text) for text in texts)


def holds(texts: Texts, leaf: Word | Phrase) -> bool | None:
    """Whether the texts hold a leaf; None when there is nothing in it to look for."""
    text = identifier(leaf.text) if isinstance(leaf, Word) else leaf.text
    ways = readings(text)
    if not ways or (leaf.field is Field.ANY and all(map(says_little, ways))):
        return None
    patterns = _patterns(text, leaf)
    if any(highlight.hits(one, patterns, field) for field, one in texts.of(leaf.field)):
        return True
    return isinstance(leaf, Word) and leaf.fuzzy and _nearly(texts, leaf.field, text)


@lru_cache(maxsize=1 << 8)
def _patterns(text: str, leaf: Word | Phrase) -> Patterns:
    return frozenset(
        pattern
        for way in readings(text)
        for pattern in patterns_of(way, leaf.field, prefix=leaf.prefix)
    )


def _nearly(texts: Texts, wanted: Field, text: str) -> bool:
    """Whether there is a word one slip away from `text`."""
    asked = [way[0].text for way in readings(text) if len(way) == 1]
    near = {edit for word in asked if can_be_misspelt(word) for edit in edits(word)}
    return any(
        piece.text in near
        for _, one in texts.of(wanted)
        for surface in surfaces(one)
        for piece in remembered(surface).pieces()
    )
