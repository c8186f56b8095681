"""The name that was meant by one that does not exist."""

from __future__ import annotations

from collections.abc import Iterable

_ALIKE = 0.6
_LONGEST = 60
"""Characters of a name that are looked at."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The one of `known` that `name` is most like, case apart; None where none is like it."""
    from difflib import get_close_matches  # only where a name is wrong

    folded = {one.casefold(): one for one in known}
    for close in get_close_matches(name[:_LONGEST].casefold(), folded, 1, _ALIKE):
        return folded[close]
    return None


def hint(name: str, known: Iterable[str]) -> str:
    """The end of a sentence on a `name` that does not exist: ``; did you mean sort?``.

    Where none is like it, all of `known` are told.
    """
    names = sorted(known)
    close = nearest(name, names)
    return f"; did you mean {close}?" if close else f"; there are: {', '.join(names)}."
