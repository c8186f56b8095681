"""Tags as a whole: how they are spelled, coloured, how much each is used, and what is like what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from paperterm.errors import LibraryReadOnly
from paperterm.library.frecency import frecencies
from paperterm.library.tag_tree import TagTree, tree_of
from paperterm.library.when import now
from paperterm.model.marks import parents
from paperterm.model.tags import Colours, likeness, moved
from paperterm.storage import facts
from paperterm.storage import tags as stored
from paperterm.storage.catalogue import Catalogue
from paperterm.storage.database import translated
from paperterm.storage.marks import MarkStore


@dataclass(frozen=True)
class Known:
    """The tags there are, for whoever types one."""

    tree: TagTree
    ranked: tuple[tuple[str, str], ...]
    """All of the tree, folded and as spelled; that of the greatest frecency first.

    A parent has the frecency of all below it together. Equals go by the number of papers."""
    alike: dict[str, str]
    """By `tags.likeness`: the most used tag of those that are alike."""

    def near(self, tag: str) -> str:
        """The tag that `tag` nearly equals and does not equal; empty when there is none."""
        if self.tree.place(tag) is not None:
            return ""
        return self.alike.get(likeness(tag), "")


class Tags:
    """The tags of an open library, in the hands of its thread."""

    def __init__(
        self, catalogue: Catalogue, marks: MarkStore, before_change: Callable[[], None]
    ) -> None:
        """`before_change` is called before a colour is chosen."""
        self._store = stored.TagStore(marks.database)
        self._catalogue = catalogue
        self._connection = catalogue.database.connection
        self._before_change = before_change
        self._tree: tuple[tuple[int, int], TagTree] | None = None
        self._known: tuple[tuple[int, int], Known] | None = None

    def tree(self) -> TagTree:
        """The tree of tags as it is now; the same object until tags or papers change."""
        with translated("library", self._store.database.path):
            state = self._state()
            if self._tree is None or self._tree[0] != state:
                self._tree = state, tree_of(stored.tag_sets(self._connection))
            return self._tree[1]

    def used(self) -> list[tuple[str, int]]:
        """Every tag in use with the number of papers that carry it itself, alphabetical."""
        with translated("library", self._store.database.path):
            counts = Counter(tag for tag, _ in facts.tagged(self._connection))
        return sorted(counts.items(), key=lambda item: (item[0].casefold(), item[0]))

    def known(self) -> Known:
        """The tags, by how likely it is that one of them is meant; kept while they stay."""
        tree, state = self.tree(), self._state()
        if self._known is None or self._known[0] != state:
            self._known = state, self._look(tree)
        return self._known[1]

    def _look(self, tree: TagTree) -> Known:
        with translated("library", self._store.database.path):
            own = frecencies(self._store, now())
        score: dict[str, float] = {}
        for tag, weight in own.items():
            for name in (*parents(tag), tag):
                score[name] = score.get(name, 0.0) + weight
        nodes = sorted(zip(tree.counts, tree.places, tree.names, strict=True), key=_most_used)
        alike: dict[str, str] = {}
        for _, _, name in nodes:
            alike.setdefault(likeness(name), name)
        nodes.sort(key=lambda node: -score.get(node[1], 0.0))
        return Known(tree, tuple((folded, name) for _, folded, name in nodes), alike)

    def _state(self) -> tuple[int, int]:
        return self._catalogue.revision, stored.tag_version(self._connection)

    # Spelling

    def as_spelled(self, tags: Iterable[str]) -> tuple[str, ...]:
        """`tags` as they are mostly spelled already, where they differ in case only; each once.

        A new tag below one that is there goes below it: ``LLM/new`` becomes ``llm/new``.
        """
        tree = self.tree()
        return tuple(dict.fromkeys(_as_spelled(tree, tag) for tag in tags))

    def carried(self, tag: str) -> list[tuple[str, int]]:
        """Every spelling of `tag` and of the tags below it that papers carry, and how many do."""
        with translated("library", self._store.database.path):
            found = stored.spellings(self._connection, tag.casefold())
        return [(name, count) for name, count in found if moved(name, tag, tag)]

    # Colours

    def colours(self) -> Colours:
        """The colour of every tag."""
        with translated("library", self._store.database.path):
            return Colours(self._store.colours())

    def set_colour(self, tag: str, colour: str) -> str:
        """Give a tag and those below it a colour, or by an empty one its own again.

        Returns the name of the colour it had. Raises `LibraryReadOnly`.
        """
        before = self.colours().of(tag)
        if self._store.database.read_only:
            raise LibraryReadOnly(self._store.database.read_only)
        self._before_change()
        with self._store.database.transaction():
            self._store.set_colour(tag.casefold(), colour, now())
        return before

    def pass_on_colour(self, old: str, new: str) -> None:
        """A tag was renamed: its chosen colours, and those below it, go along.

        They stay with the old names too, so that an undo finds them; what was chosen for the new
        names stays.
        """
        chosen = self.colours().chosen
        goes = {moved(name, old.casefold(), new.casefold()): chosen[name] for name in chosen}
        with self._store.database.transaction():
            for name, colour in goes.items():
                if name is not None and name not in chosen:
                    self._store.set_colour(name, colour, now())


def _as_spelled(tree: TagTree, tag: str) -> str:
    for name in (tag, *reversed(list(parents(tag)))):
        if (place := tree.place(name)) is not None:
            return tree.names[place] + tag[len(name) :]
    return tag


def _most_used(node: tuple[int, str, str]) -> tuple[int, str]:
    return -node[0], node[1]
