"""A tag renamed, merged or deleted over the whole library: planned and told, then done at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperterm.errors import UsageError
from paperterm.library.marking import Marked
from paperterm.model.marks import LONGEST_TAG, Change, Marks, parse_tag
from paperterm.model.query import And, Is, Node, Or, Query, State, Tag
from paperterm.model.tags import moved
from paperterm.model.text import shown

if TYPE_CHECKING:
    from paperterm.library.door import Library
    from paperterm.library.view import Holding

_TAG_IN_LABEL = 40


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to become of some tags, and how much that is. Nothing is changed by having one."""

    sources: tuple[str, ...]
    """The tags; those below them go with them."""
    target: str | None
    """What they become; None when they are taken away."""
    papers: int
    """Papers that carry one of them, or one below."""
    tags: int
    """How many tags that is, those below included."""
    joins: int = 0
    """Papers that carry `target`, or one below, already: more than none is a merge."""

    @property
    def label(self) -> str:
        """The action's name in the journal: ``rename tag llm to lm``."""
        names = ", ".join(_short(name) for name in self.sources)
        if self.target is None:
            return f"delete tag {names}"
        merges = self.joins or len(self.sources) > 1
        verb, to = ("merge", "into") if merges else ("rename", "to")
        return (
            f"{verb} tag{'s' if len(self.sources) > 1 else ''} {names} {to} {_short(self.target)}"
        )

    @property
    def told(self) -> str:
        """``Rename #llm and 2 tags below it to #lm on 12 papers``; clean text."""
        names = ", ".join(f"#{_short(name)}" for name in self.sources)
        below = self.tags - len(self.sources)
        with_those = f" and {_count(below, 'tag')} below" if below > 0 else ""
        papers = f"on {_count(self.papers, 'paper')}"
        if self.target is None:
            return f"Delete {names}{with_those} {papers}"
        if not self.joins:
            return f"Rename {names}{with_those} to #{_short(self.target)} {papers}"
        there = f"which {_count(self.joins, 'paper')} {'has' if self.joins == 1 else 'have'}"
        return f"Merge {names}{with_those} into #{_short(self.target)}, {there}, {papers}"

    def change(self, key: str, marks: Marks) -> Change:
        """What it asks of one paper's marks."""
        add: list[str] = []
        remove: list[str] = []
        for tag in marks.tags:
            for source in self.sources:
                found = moved(tag, source, self.target or source)
                if found is not None:
                    remove.append(tag)
                    add += [found] if self.target is not None else []
                    break
        return Change(key, add=tuple(add), remove=tuple(remove))


def tag_changes(
    library: Library, held: Iterable[Holding], add: Sequence[str], remove: Sequence[str]
) -> list[Change]:
    """What gives papers the tags `add` and takes `remove` from them.

    A tag that is there with other capitals is used as it is spelled there, on the paper itself
    before all; one to be taken away that is not there as it is typed is found by its letters.
    """
    spelled = library.tagging.as_spelled(add)
    changes = []
    for one in held:
        own = one.marks.tags
        others = {tag.casefold() for tag in remove if tag not in own}
        removed = tuple(tag for tag in own if tag in remove or tag.casefold() in others)
        there = {tag.casefold(): tag for tag in own if tag not in removed}
        added = tuple(there.get(tag.casefold(), tag) for tag in spelled)
        changes.append(Change(one.key, add=added, remove=removed))
    return changes


def plan_rename(library: Library, old: str, new: str) -> Plan:
    """Rename `old`, and what is below it, to `new`; on one that there is already, merge.

    A target that differs from `old` in case only is taken as it is typed; any other as it is
    spelled already. Raises `UsageError` when `old` is no tag of this library or `new` can't be
    one.
    """
    source, target = _existing(library, old), parse_tag(new)
    if source.casefold() != target.casefold():
        target = _target(library, target)
    return _plan(library, (source,), target)


def plan_merge(library: Library, tags: Sequence[str], into: str) -> Plan:
    """Make one tag of several; `into` may be one of them. Raises as `plan_rename`."""
    target = _target(library, parse_tag(into))
    found = dict.fromkeys(_existing(library, tag) for tag in tags)
    sources = tuple(tag for tag in found if tag.casefold() != target.casefold())
    if not sources:
        raise UsageError(f"#{shown(target)} is that tag already; there is nothing to merge.")
    return _plan(library, sources, target)


def plan_delete(library: Library, tag: str) -> Plan:
    """Take a tag and those below it from every paper. Raises `UsageError` when it is none."""
    return _plan(library, (_existing(library, tag),), None)


def carry_out(library: Library, plan: Plan) -> Marked:
    """Do what was planned, as one action, on the papers that carry the tags by now."""
    held = library.holdings(library.find(Query(_any_of(plan.sources))).ids)
    done = library.mark([plan.change(one.key, one.marks) for one in held], plan.label)
    if plan.target is not None:
        for source in plan.sources:
            library.tagging.pass_on_colour(source, plan.target)
    return done


def _plan(library: Library, sources: tuple[str, ...], target: str | None) -> Plan:
    below = {name: library.tagging.carried(name) for name in sources}
    if target is not None:
        for source, carried in below.items():
            _check_lengths(source, target, [name for name, _ in carried])
    joins = 0
    if target is not None and all(moved(target, one, one) is None for one in sources):
        joins = _papers(library, (target,))
    nodes = {name.casefold() for carried in below.values() for name, _ in carried}
    nodes |= {name.casefold() for name in sources}
    return Plan(sources, target, _papers(library, sources), len(nodes), joins)


def _check_lengths(source: str, target: str, carried: Sequence[str]) -> None:
    for name in carried:
        becomes = moved(name, source, target) or name
        if len(becomes) > LONGEST_TAG:
            raise UsageError(
                f"A tag has at most {LONGEST_TAG} characters, and {shown(name)} would have "
                f"{len(becomes)}; nothing was changed."
            )


def _existing(library: Library, text: str) -> str:
    """The tag that `text` means, as it is spelled; the parent of tags is one too."""
    tag = parse_tag(text)
    tree = library.tagging.tree()
    place = tree.place(tag)
    if place is not None:
        return tag if tag in dict(library.tagging.carried(tag)) else tree.names[place]
    near = library.tagging.known().near(tag)
    meant = f"; #{shown(near)} is one" if near else ""
    raise UsageError(f"No paper has the tag {shown(tag)}{meant}.")


def _target(library: Library, tag: str) -> str:
    """`tag` as it is typed, where that is a spelling in use; else as most papers spell it."""
    if any(name == tag for name, _ in library.tagging.carried(tag)):
        return tag
    return library.tagging.as_spelled([tag])[0]


def _papers(library: Library, tags: tuple[str, ...]) -> int:
    return len(library.find(Query(_any_of(tags))).ids)


def _any_of(tags: tuple[str, ...]) -> Node:
    """The papers with any of these tags; those taken out of the library too, as they may return."""
    leaves = tuple(Tag(name) for name in tags)
    found = leaves[0] if len(leaves) == 1 else Or(leaves)
    return Or((found, And((found, Is(State.REMOVED)))))


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _short(tag: str) -> str:
    clean = shown(tag)
    return clean if len(clean) <= _TAG_IN_LABEL else f"{clean[: _TAG_IN_LABEL - 1]}…"
