"""The rows of a tree of tags that can be folded: only those that show are ever listed."""

from __future__ import annotations

from operator import ne

from paperterm.library.folds import MOST_UNFOLDED, Folds
from paperterm.library.tag_tree import TagTree
from paperterm.tui.drawing import OPEN, SHUT


class TagRows:
    """A tree, what of it is open, and so which of its nodes have a row."""

    def __init__(self) -> None:
        self.tree = TagTree()
        self.folds = Folds()
        self.places: list[int] = []
        """The node of each row."""
        self._unfolded: bool | None = None
        """Whether all is open of which the reader has not said; settled by the first tags."""
        self.has_parents = False
        """Whether there is anything to fold."""

    def show(self, tree: TagTree) -> None:
        """Take a new tree; what is open stays open."""
        if tree is not self.tree:
            self.tree = tree
            self.has_parents = any(map(ne, tree.ends, range(1, len(tree) + 1)))
            if self._unfolded is None and len(tree):
                self._unfolded = len(tree) <= MOST_UNFOLDED
            self._list()

    def take(self, folds: Folds) -> None:
        """What is open and what is shut."""
        self.folds = folds
        self._list()

    def fold(self, place: int, *, is_open: bool) -> None:
        """Open a node, or shut it."""
        self.take(self.folds.put(self.tree.names[place], is_open))

    def is_open(self, place: int) -> bool:
        """Whether what is below a node shows."""
        return self._is_open(self.tree.names[place])

    def _is_open(self, name: str) -> bool:
        return self.folds.is_open(name, self._unfolded is not False)

    def _list(self) -> None:
        self.places = self.tree.visible(self._is_open)

    def sign(self, place: int) -> str:
        """The triangle before a node, or a blank."""
        if not self.tree.is_parent(place):
            return " "
        return OPEN if self.is_open(place) else SHUT

    def shown_for(self, name: str) -> int | None:
        """The row of a tag, or of the nearest parent of it that shows; None when it is gone."""
        place = self.tree.place(name)
        if place is None:
            return None
        low, high = 0, len(self.places)
        while low < high:  # the last row at or before it
            middle = (low + high) // 2
            if self.places[middle] <= place:
                low = middle + 1
            else:
                high = middle
        return low - 1

    def parent_row(self, place: int) -> int | None:
        """The row of the parent of a node; None for an outermost one."""
        parent = self.tree.names[place].rpartition("/")[0]
        return self.shown_for(parent) if parent else None
