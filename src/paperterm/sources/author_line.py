"""The authors of a paper, told in one line: ``A. One (1 and 2), B. Two, Jr., and C. Three``."""

from __future__ import annotations

import re

from paperterm.sources.latex import plain

_SEPARATOR = re.compile(r"[,;&]|\band\b")
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV)\.?", re.IGNORECASE)
_OTHERS = re.compile(r"(?:et al\.?|others)", re.IGNORECASE)


def authors_of(line: str) -> tuple[str, ...]:
    """The names in `line`, as `plain` has them.

    What stands in parentheses behind them is left out.
    """
    names: list[str] = []
    for part in _SEPARATOR.split(_without_parentheses(plain(line))):
        name = " ".join(part.split())
        if _SUFFIX.fullmatch(name) and names:
            names[-1] += f" {name}"
        elif name and not _OTHERS.fullmatch(name):
            names.append(name)
    return tuple(names)


def _without_parentheses(line: str) -> str:
    """`line` without what parentheses enclose, one in another as well."""
    kept: list[str] = []
    depth = 0
    for part in re.split(r"([()])", line):
        if part == "(":
            depth += 1
        elif part == ")":
            depth = max(depth - 1, 0)
        elif not depth:
            kept.append(part)
    return " ".join(kept)
