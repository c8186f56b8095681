"""The tree of tags: every tag in use and its parents, and how many papers are at it or below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from paperterm.model.marks import parents
from paperterm.model.tags import SEPARATOR, path_order


@dataclass(frozen=True)
class TagTree:
    """Nodes in the order in which an open tree is read: all below a tag come right after it.

    Each is known by its place in that order. Tags that differ in case only are one node, since
    `tag:` finds them as one.
    """

    names: tuple[str, ...] = ()
    counts: tuple[int, ...] = ()
    """Papers at the node or below it, each once."""
    ends: tuple[int, ...] = ()
    """The place after the last node below it."""
    places: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)
    """Where each folded tag is."""

    def __len__(self) -> int:
        return len(self.names)

    def is_parent(self, place: int) -> bool:
        """Whether there are tags below a node."""
        return self.ends[place] > place + 1

    def place(self, name: str) -> int | None:
        """Where a tag is, however its case is spelled; None when it is not in the tree."""
        return self.places.get(name.casefold())

    def visible(self, is_open: Callable[[str], bool]) -> list[int]:
        """The nodes whose parents are all open; nothing is looked at below a closed one."""
        found, place = [], 0
        while place < len(self.names):
            found.append(place)
            descend = not self.is_parent(place) or is_open(self.names[place])
            place = place + 1 if descend else self.ends[place]
        return found


def tree_of(tag_sets: Sequence[str]) -> TagTree:
    """The tree of the tags of papers; each text has a paper's, `SEPARATOR` between them."""
    own = Counter(SEPARATOR.join(tag_sets).split(SEPARATOR)) if tag_sets else Counter[str]()
    counts, odd = _folded(own)
    _add_to_parents(counts)
    spelled = _spelled(odd, own, counts)
    for tag, surplus in _counted_twice(tag_sets, own).items():
        counts[tag] -= surplus
    order = sorted(counts, key=path_order)
    names = [spelled.get(folded, folded) for folded in order] if spelled else order
    places = dict(zip(order, range(len(order)), strict=True))
    return TagTree(tuple(names), tuple([counts[tag] for tag in order]), _ends(order), places)


def _folded(own: Mapping[str, int]) -> tuple[dict[str, int], list[str]]:
    """How many papers carry each folded tag, and the tags that are spelled otherwise."""
    counts = dict(own)
    odd = [tag for tag in own if tag != tag.casefold()]
    for tag in odd:
        del counts[tag]
    for tag in odd:
        folded = tag.casefold()
        counts[folded] = counts.get(folded, 0) + own[tag]
    return counts, odd


def _spelled(
    odd: Sequence[str], own: Mapping[str, int], counts: Mapping[str, int]
) -> dict[str, str]:
    """How tags and parents are spelled that have a spelling with capitals: as most papers do."""
    uses: dict[str, Counter[str]] = {}
    for tag in odd:
        for name in (*parents(tag), tag):
            uses.setdefault(name.casefold(), Counter())[name] += own[tag]
    for folded, spellings in uses.items():
        spellings[folded] += counts[folded] - spellings.total()
    return {
        folded: min(spellings, key=lambda name: (-spellings[name], name))
        for folded, spellings in uses.items()
    }


def _add_to_parents(counts: dict[str, int]) -> None:
    """Carry what each tag counts up to its parents, level by level."""
    level: Mapping[str, int] = dict(counts)
    while level:
        above: dict[str, int] = {}
        for folded, count in level.items():
            if (cut := folded.rfind("/")) > 0:
                parent = folded[:cut]
                above[parent] = above.get(parent, 0) + count
        for parent, count in above.items():
            counts[parent] = counts.get(parent, 0) + count
        level = above


def _counted_twice(tag_sets: Sequence[str], own: Iterable[str]) -> Counter[str]:
    """How often too many each node counts papers that have several tags at it or below it."""
    outermost = {tag: tag.partition("/")[0].casefold() for tag in own}.__getitem__
    twice: list[str] = []
    for tags in (text.split(SEPARATOR) for text in tag_sets if SEPARATOR in text):
        if len(tags) == 2:  # most have two, which are quickly compared
            if outermost(tags[0]) == outermost(tags[1]):
                twice += _met_again(tags)
        elif len(set(map(outermost, tags))) < len(tags):
            twice += _met_again(tags)
    return Counter(twice)


def _met_again(tags: Sequence[str]) -> Iterator[str]:
    met: set[str] = set()
    for tag in tags:
        folded = tag.casefold()
        for name in (*parents(folded), folded):
            if name in met:
                yield name
            met.add(name)


def _ends(order: Sequence[str]) -> tuple[int, ...]:
    ends = [0] * len(order)
    above: list[int] = []
    depth = [folded.count("/") for folded in order]
    for place, level in enumerate(depth):
        while above and depth[above[-1]] >= level:
            ends[above.pop()] = place
        above.append(place)
    for place in above:
        ends[place] = len(order)
    return tuple(ends)
