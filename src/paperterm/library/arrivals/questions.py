"""A reader's query in the languages of the services."""

from __future__ import annotations

import datetime as dt
import re

from paperterm.errors import UsageError
from paperterm.model.ids import normal_title, parse_arxiv_id
from paperterm.model.parse import parse
from paperterm.model.query import And, Category, Dated, Field, Node, Not, Or, Phrase, Word, leaves
from paperterm.model.text import shown

_FIELDS = {Field.ANY: "all", Field.TITLE: "ti", Field.ABSTRACT: "abs", Field.AUTHOR: "au"}
_ARXIVS_OWN = re.compile(r"\b(?:ti|au|abs|co|jr|rn|all):\S|\bANDNOT\b")
_FIRST, _LAST = "199101010000", "299912312359"
_LONGEST_TITLE = 250


def for_arxiv(text: str) -> str:
    """`text` as arXiv's API wants it; what is written in arXiv's own language is left so.

    What only a library knows (tags, marks, counts) is left out. Raises `UsageError` when nothing
    is left to look for.
    """
    if _ARXIVS_OWN.search(text):
        return " ".join(text.split())
    query = _asked(parse(text, typing=False).root)
    if not query:
        raise UsageError(f"There is nothing in {shown(text)[:100]!r} that arXiv could look for.")
    return query


def for_huggingface(text: str) -> str:
    """The words of `text` that are looked for, for a search that knows nothing but words.

    Raises `UsageError` when there are none.
    """
    words = " ".join(_wanted(parse(text, typing=False).root))
    if not shown(words):
        raise UsageError(f"There is no word in {shown(text)[:100]!r} to look for.")
    return words


def for_title(title: str) -> str:
    """Asks arXiv for papers that have all of `title` in theirs, whatever its punctuation."""
    plain = normal_title(title)[:_LONGEST_TITLE]
    return f'ti:"{_unquoted(plain)}"'


def for_categories(categories: str, first: dt.date, last: dt.date) -> str:
    """Asks arXiv for what was submitted to any of `categories`, which ``+`` joins, on some days."""
    names = " OR ".join(f"cat:{name}" for name in categories.split("+"))
    return f"({names}) AND {submitted(first, last)}"


def submitted(first: dt.date | None, last: dt.date | None) -> str:
    """Asks arXiv for what was submitted on the days from `first` to `last`."""
    begin = f"{first:%Y%m%d}0000" if first else _FIRST
    end = f"{last:%Y%m%d}2359" if last else _LAST
    return f"submittedDate:[{begin} TO {end}]"


def _asked(node: Node) -> str:
    """What `node` is in arXiv's language; empty when that can't say it."""
    match node:
        case Word(text, field, prefix):
            return _leaf(text, field, "*" if prefix else "")
        case Phrase(text, field):
            return _leaf(text, field)
        case Category(name):
            return f"cat:{name}" if "." in name or "-" in name else f"cat:{name}.*"
        case Dated(first, last):
            return submitted(first, last)
        case And(parts):
            return _conjunction(parts)
        case Or(parts):
            asked = [one for part in parts if (one := _asked(part))]
            return f"({' OR '.join(asked)})" if len(asked) > 1 else "".join(asked)
        case _:
            return ""


def _conjunction(parts: tuple[Node, ...]) -> str:
    wanted = [one for part in parts if not isinstance(part, Not) and (one := _asked(part))]
    unwanted = [one for part in parts if isinstance(part, Not) and (one := _asked(part.part))]
    # It knows "this, but not that", and has no word for "not that" alone.
    if not wanted:
        return ""
    asked = " ANDNOT ".join([" AND ".join(wanted), *unwanted])
    return f"({asked})" if len(wanted) + len(unwanted) > 1 else asked


def _leaf(text: str, field: Field, ending: str = "") -> str:
    if found := parse_arxiv_id(text):
        return f"id:{found}"
    name = _FIELDS.get(field)
    plain = " ".join(_unquoted(text).split())
    if name is None or not plain:
        return ""
    return f'{name}:"{plain}"' if not plain.isalnum() else f"{name}:{plain}{ending}"


def _unquoted(text: str) -> str:
    return re.sub(r"[^\w\s.+\'-]", " ", text)


def _wanted(node: Node) -> list[str]:
    match node:
        case Not():
            return []
        case And(parts) | Or(parts):
            return [word for part in parts for word in _wanted(part)]
        case _:
            return [leaf.text for leaf in leaves(node) if isinstance(leaf, (Word, Phrase))]
