"""What a tag that is being typed may become."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice

from paperterm.library.tagging import Known

MOST_OFFERED = 6


@dataclass(frozen=True, slots=True)
class Offer:
    """A tag that may be meant."""

    tag: str
    papers: int
    has_below: bool
    """There are tags below it, which may be meant in its place."""

    @property
    def typed(self) -> str:
        """What stands in the line once it is taken: ``llm/``, so that what is below comes next."""
        return f"{self.tag}/" if self.has_below else self.tag


def offers(known: Known, text: str, taken: Collection[str] = ()) -> list[Offer]:
    """The likeliest tags for `text`; none of `taken`, which are folded.

    Those of the level that is being typed come first (``llm/l`` -> ``llm/long-context``), then
    tags with a part that begins so, then those that hold it anywhere; among each the one of the
    greatest frecency first. Of nothing typed, the tags of the greatest frecency.
    """
    wanted = text.strip().lstrip("#").casefold()
    found = islice(dict.fromkeys(_matching(known, wanted, {*taken, wanted})), MOST_OFFERED)
    return [_offer(known, tag) for tag in found]


def _matching(known: Known, wanted: str, but: Collection[str]) -> Iterator[str]:
    ranked = known.ranked
    free = [(folded, tag) for folded, tag in ranked if wanted in folded and folded not in but]
    if not wanted:
        yield from (tag for _, tag in free)
    for folded, tag in free:
        if folded.startswith(wanted) and "/" not in folded[len(wanted) :]:
            yield tag
    yield from (tag for folded, tag in free if folded.startswith(wanted))
    yield from (tag for folded, tag in free if f"/{wanted}" in folded)
    yield from (tag for _, tag in free)


def _offer(known: Known, tag: str) -> Offer:
    place = known.tree.place(tag)
    if place is None:
        return Offer(tag, 0, False)
    return Offer(tag, known.tree.counts[place], known.tree.is_parent(place))


def search_completion(known: Known, text: str) -> str | None:
    """`text` of the search bar with the tag at its end completed; None when there is none.

    A tag that has a space in it can only be completed once its quotation mark is typed.
    """
    head, colon, begun = text.rpartition("tag:")
    if not colon or (head and head[-1] not in " (-"):
        return None
    quoted = begun.startswith('"')
    wanted = begun.removeprefix('"')
    if not wanted or '"' in wanted or (not quoted and set(" ()") & set(wanted)):
        return None
    for offer in offers(known, wanted):
        rest = offer.tag[len(wanted) :]
        begins = offer.tag.casefold() == f"{wanted}{rest}".casefold()
        if begins and rest and (quoted or not set(' ()"*') & set(offer.tag)):
            return f'{text}{rest}"' if quoted and not offer.has_below else f"{text}{rest}"
    return None
