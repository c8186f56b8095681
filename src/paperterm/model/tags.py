"""Tags among each other: which stand below which, which are nearly one, and their colours."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from paperterm.errors import UsageError
from paperterm.model.marks import parents
from paperterm.model.text import shown

PALETTE = ("red", "yellow", "green", "teal", "blue", "pink")
"""The names of the colours a tag may have; how each looks is the theme's matter."""

SEPARATOR = "\n"
"""Between the tags of a paper where they are one text; no tag holds it."""
_BREAKS = re.compile(r"[\s\-_.:]+")
_ENDINGS = (("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"))
_SHORTEST_PLURAL = 4
"""Letters of the shortest word that may be a plural: ``llms``, not ``rss``."""


def path_order(folded: str) -> str:
    """What folded tags are sorted by, so that all below a tag come right after it."""
    return folded.replace("/", "\x01")


def moved(tag: str, old: str, new: str) -> str | None:
    """`tag` when `old` is renamed to `new`; None when it is neither `old` nor below it.

    Case is no matter in finding it: ``LLM/x`` is below ``llm``.
    """
    depth = old.count("/") + 1
    parts = tag.split("/")
    if "/".join(parts[:depth]).casefold() != old.casefold():
        return None
    return "/".join([new, *parts[depth:]])


def likeness(tag: str) -> str:
    """The same for tags that a reader may have meant as one.

    Case, accents, white space, hyphens and other joints, and an English plural make no
    difference: ``Long-Contexts`` is like ``long context``. Signs do: ``C++`` is not ``C``.
    """
    return "/".join(_likeness_of(part) for part in tag.split("/"))


@lru_cache(maxsize=65_536)
def _likeness_of(part: str) -> str:
    plain = part.casefold()
    if not plain.isascii():
        apart = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in apart if unicodedata.category(c) not in ("Mn", "Cf")) or plain
    words = [word for word in _BREAKS.split(plain) if word]
    return "".join(map(_singular, words)) or plain


def _singular(word: str) -> str:
    if len(word) < _SHORTEST_PLURAL or not word.isascii():
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending):
            return word.removesuffix(ending) + instead
    return word if word.endswith(("ss", "us", "is")) else word.removesuffix("s")


def near_duplicates(tags: Iterable[tuple[str, int]]) -> list[tuple[tuple[str, int], ...]]:
    """Groups of tags that may have been meant as one, each with the most used first.

    `tags` are those that papers carry, with how many do. Spellings of one tag that differ in
    case are told too. Where already the parents are nearly the same, only these are told.
    """
    counts: dict[str, int] = {}
    for tag, count in tags:
        for name in (*parents(tag), tag):
            counts[name] = counts.get(name, 0) + count
    groups: dict[str, list[str]] = {}
    for name in counts:
        groups.setdefault(likeness(name), []).append(name)
    found = [
        tuple((name, counts[name]) for name in sorted(group, key=lambda n: (-counts[n], n)))
        for group in groups.values()
        if len({name.rpartition("/")[2] for name in group}) > 1
    ]
    return sorted(found, key=lambda group: path_order(group[0][0].casefold()))


@dataclass(frozen=True)
class Colours:
    """The colour of every tag: steady, since it is worked out from the tag's outermost part.

    A reader's own choice for a tag goes before, and holds for the tags below it too.
    """

    chosen: Mapping[str, str] = field(default_factory=dict)
    """Names of `PALETTE` by folded tag."""

    def of(self, tag: str) -> str:
        """The name of the colour of `tag`, one of `PALETTE`."""
        folded = tag.casefold()
        if self.chosen:
            for name in (folded, *reversed(list(parents(folded)))):
                if self.chosen.get(name) in PALETTE:
                    return self.chosen[name]
        outermost = folded.partition("/")[0]
        return PALETTE[zlib.crc32(outermost.encode("utf-8", "replace")) % len(PALETTE)]


def parse_colour(text: str) -> str:
    """The colour that `text` names; empty for ``auto``, the one a tag has by itself.

    Raises `UsageError` for any other text.
    """
    name = text.strip().casefold()
    if name == "auto":
        return ""
    if name not in PALETTE:
        raise UsageError(f"{shown(text) or 'Nothing'} is no colour; {colour_names()} are.")
    return name


def colour_names() -> str:
    """``red, yellow, … and auto``."""
    return f"{', '.join(PALETTE)} and auto"
