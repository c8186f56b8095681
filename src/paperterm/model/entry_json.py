"""An entry of the journal as JSON, for files that leave this library and come in from others.

What comes from outside is taken to the letter: every field of its type and within its bounds, and
none that this paperterm does not know, since half an entry would say something else than the whole.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from paperterm.errors import UsageError
from paperterm.model import edits, stamps
from paperterm.model.journal import (
    EDITED,
    FEED,
    FEED_FIELDS,
    FLAGS,
    IMPORT,
    LATER,
    NO,
    NOTE,
    RENAMED,
    TAG,
    YES,
    Entry,
    Kind,
    Op,
    Version,
)

MOST_OPS = 2_000_000
"""Writes of one entry; a reader's whole library, marked at once, has fewer."""
LONGEST_NAME = 3000
"""Characters of a key, a field, a label and of whatever else names something."""
LONGEST_TEXT = 16 * 1024 * 1024
"""Characters of a value, and of what is written down of a paper."""
MOST_VERSIONS = 10_000
"""Versions of a note that one write takes the place of."""

_MACHINE = re.compile(r"[0-9a-f]{12}", re.ASCII)
_LONGEST_MOMENT = 40
_LARGEST = 2**53 - 1
"""The greatest whole number that every reader of JSON takes for what it is."""
_Made = TypeVar("_Made")


def to_json(entry: Entry) -> dict[str, object]:
    """`entry` as an object of JSON; what says nothing is left out."""
    told: dict[str, object] = {
        "stamp": entry.stamp,
        "machine": entry.machine,
        "machine_name": entry.machine_name,
        "seq": entry.seq,
        "at": entry.at,
        "label": entry.label,
        "kind": entry.kind.value,
    }
    if entry.target:
        told["target"] = entry.target
    if entry.papers:
        told["papers"] = entry.papers
    if entry.ops:
        told["ops"] = [_told_op(op) for op in entry.ops]
    if entry.subjects:
        told["subjects"] = [list(subject) for subject in entry.subjects]
    return told


def _told_op(op: Op) -> dict[str, object]:
    told: dict[str, object] = {"key": op.key, "field": op.field, "value": op.value}
    if op.former:
        told["former"] = op.former
    if op.replaces:
        told["replaces"] = [list(version) for version in op.replaces]
    if op.stands is not None:
        told["stands"] = op.stands
    if op.before:
        told["before"] = op.before
    return told


def from_json(value: object) -> Entry:
    """The entry that `to_json` made `value` of. Raises `ValueError` with a sentence."""
    told = _Object(value, "An entry of the journal", _ENTRY)
    stamp, machine = told.name("stamp"), told.name("machine")
    try:
        stamps.checked(stamp)
    except UsageError as error:
        raise ValueError(str(error)) from error
    if not _MACHINE.fullmatch(machine) or not stamp.endswith(f"-{machine}"):
        raise ValueError("An entry of the journal names another machine than its stamp does.")
    ops = told.several("ops", MOST_OPS, _op)
    if len({(op.key, op.field) for op in ops}) < len(ops):
        raise ValueError("An entry of the journal writes twice into one register.")
    return Entry(
        stamp,
        machine,
        told.name("machine_name"),
        told.number("seq", 1),
        told.name("at"),
        told.name("label"),
        _kind(told.name("kind")),
        told.name("target", ""),
        told.number("papers", 0, 0),
        ops,
        told.several("subjects", MOST_OPS, lambda one: _pair(one, LONGEST_TEXT)),
    )


_ENTRY = frozenset(
    (
        *("stamp", "machine", "machine_name", "seq", "at", "label"),
        *("kind", "target", "papers", "ops", "subjects"),
    )
)
_OP = frozenset(["key", "field", "value", "former", "replaces", "stands", "before"])


def _kind(text: str) -> Kind:
    try:
        return Kind(text)
    except ValueError:
        raise ValueError(
            "An entry of the journal is of a kind that this paperterm does not know."
        ) from None


def _op(value: object) -> Op:
    told = _Object(value, "A write of the journal", _OP)
    key, field, text = told.name("key"), told.name("field"), told.text("value")
    if not key or not _can_hold(key, field, text):
        raise ValueError("A write of the journal says something that this paperterm does not know.")
    return Op(
        key,
        field,
        text,
        told.text("former", ""),
        told.several("replaces", MOST_VERSIONS, _pair),
        told.text("stands") if "stands" in told.fields else None,
        told.text("before", ""),
    )


def _can_hold(key: str, field: str, text: str) -> bool:
    """Whether a register of this key and field can hold `text`."""
    if key.startswith(IMPORT):
        return field == "removed" and text in (YES, NO)
    if key.startswith(FEED):
        return field in FEED_FIELDS and (not text or field == "only" or _is_moment(text))
    if field in FLAGS or field.startswith(TAG):
        return field != TAG and text in (YES, NO)
    if field == LATER:
        return not text or _is_day(text)
    if field == EDITED:
        return _is_edit(text)
    return field == NOTE or (field == RENAMED and 0 < len(text) <= LONGEST_NAME)


def _is_day(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_edit(text: str) -> bool:
    try:
        edits.read(text)
    except ValueError:
        return False
    return True


def _is_moment(text: str) -> bool:
    try:
        return len(text) <= _LONGEST_MOMENT and dt.datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _pair(value: object, longest: int = LONGEST_NAME) -> Version:
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError("An entry of the journal has a pair that is none.")
    return _text(value[0], LONGEST_NAME), _text(value[1], longest)


def _text(value: object, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest:
        raise ValueError(f"An entry of the journal has a text that is none, or over {longest:,}.")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError("An entry of the journal has a text with half a character.") from None
    return value


class _Object:
    """An object of JSON, about to be looked at field by field."""

    def __init__(self, value: object, what: str, known: frozenset[str]) -> None:
        if not isinstance(value, Mapping):
            raise ValueError(f"{what} is no object.")
        self.fields = value
        self._what = what
        if not known.issuperset(value):
            raise ValueError(f"{what} has a field that this paperterm does not know.")

    def _get(self, name: str, default: object) -> object:
        value = self.fields.get(name, default)
        if value is None:
            raise ValueError(f"{self._what} has no {name}.")
        return value

    def name(self, name: str, default: str | None = None) -> str:
        """A short text; a field without default has to be there."""
        return _text(self._get(name, default), LONGEST_NAME)

    def text(self, name: str, default: str | None = None) -> str:
        """A text, in the same way."""
        return _text(self._get(name, default), LONGEST_TEXT)

    def number(self, name: str, least: int, default: int | None = None) -> int:
        """A whole number, in the same way; True is not 1."""
        value = self._get(name, default)
        if type(value) is not int or not least <= value <= _LARGEST:
            raise ValueError(f"{self._what} has a {name} that is no number, or out of bounds.")
        return value

    def several(self, name: str, most: int, make: Callable[[object], _Made]) -> tuple[_Made, ...]:
        """What `make` makes of a list's members; of no list, none."""
        value = self._get(name, [])
        if not isinstance(value, list) or len(value) > most:
            raise ValueError(f"{self._what} has {name} that are no list, or over {most:,}.")
        return tuple(map(make, value))
