"""Lines of JSON that tell what a whole library holds beside its papers -> `model.whole`.

Each is taken to the letter or refused by itself, with the reason. Of what only a later paperterm
tells, it is said that this one does not know it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from paperterm.errors import UsageError
from paperterm.model.entry_json import MOST_OPS, from_json
from paperterm.model.journal import Entry
from paperterm.model.marks import LONGEST_TAG
from paperterm.model.record import Beside, Item, Refusal
from paperterm.model.saved import Saved, parse_name, parse_query
from paperterm.model.tags import PALETTE
from paperterm.model.text import shown
from paperterm.model.whole import KIND, Colour, Head, Machine, Told, Use
from paperterm.sources.fields import count_of, moment_of, text_of

_MOST_MACHINES = 1000
_MOST_PARTS = 100_000
_MOST_WEIGHT = 1e9


@dataclass(slots=True)
class _Parts:
    """An entry whose parts are coming."""

    line: int
    """Where it began."""
    count: int
    entries: list[Entry] = field(default_factory=list)


class Beyond:
    """Reads such lines; an entry in parts is told when its last part has been read."""

    def __init__(self) -> None:
        self._parts: _Parts | None = None

    def read(self, value: Mapping[str, object], line: int) -> Iterator[Item]:
        """What a line tells, and what became of the one before where parts of it are missing."""
        kind = value[KIND]
        if kind != "entry":
            yield from self.close()
        try:
            if kind == "entry":
                yield from self._entry(value, line)
            elif isinstance(kind, str) and kind in _KINDS:
                yield Beside(_KINDS[kind](value), line)
            else:
                yield Refusal(line, "this paperterm does not know what the line tells")
        except (ValueError, UsageError) as error:
            yield Refusal(line, shown(str(error)).rstrip("."))

    def close(self) -> Iterator[Refusal]:
        """Nothing more of an entry comes: one with parts missing is none."""
        parts, self._parts = self._parts, None
        if parts:
            yield Refusal(parts.line, "parts of this entry of the journal are missing")

    def _entry(self, value: Mapping[str, object], line: int) -> Iterator[Item]:
        told = {name: value[name] for name in value if name not in (KIND, "part", "parts")}
        if "parts" not in value:
            yield from self.close()
            yield Beside(from_json(told), line)
            return
        number, count = count_of(value.get("part")), count_of(value.get("parts"))
        if not number or not count or not number <= count <= _MOST_PARTS:
            raise ValueError("The line is no part of an entry of the journal.")
        if number == 1:
            yield from self.close()
            self._parts = _Parts(line, count)
        parts = self._parts
        if parts is None or (number, count) != (len(parts.entries) + 1, parts.count):
            yield from self.close()
            raise ValueError("What is before it of this entry of the journal is missing.")
        entry = from_json(told)
        if number > 1 and _head_of(entry) != _head_of(parts.entries[0]):
            yield from self.close()
            raise ValueError("What is before it of this entry of the journal is missing.")
        parts.entries.append(entry)
        if sum(len(one.ops) for one in parts.entries) > MOST_OPS:
            self._parts = None
            raise ValueError("The entry of the journal has more writes than are read.")
        if number == count:
            self._parts = None
            yield Beside(_joined(parts.entries), line)


def _head_of(entry: Entry) -> Entry:
    return replace(entry, ops=(), subjects=())


def _joined(entries: list[Entry]) -> Entry:
    ops = tuple(op for entry in entries for op in entry.ops)
    if len({(op.key, op.field) for op in ops}) < len(ops):
        raise ValueError("An entry of the journal writes twice into one register.")
    subjects = tuple(subject for entry in entries for subject in entry.subjects)
    return replace(entries[0], ops=ops, subjects=subjects)


def _head(value: Mapping[str, object]) -> Head:
    machines = value.get("machines")
    if not isinstance(machines, list) or len(machines) > _MOST_MACHINES:
        raise ValueError("The line does not tell whose library it is.")
    return Head(tuple(map(_machine, machines)))


def _machine(value: object) -> Machine:
    if isinstance(value, list) and len(value) == 3:
        machine, name, upto = text_of(value[0]), shown(text_of(value[1])), count_of(value[2])
        if len(machine) == 12 and machine.isascii() and upto is not None:
            return Machine(machine, name[:60], upto)
    raise ValueError("The line does not tell whose library it is.")


def _tag(value: Mapping[str, object]) -> str:
    tag = value.get("tag")
    if not isinstance(tag, str) or not 0 < len(tag) <= 4 * LONGEST_TAG or shown(tag) != tag:
        raise ValueError("There is no tag.")
    return tag


def _moment(value: object) -> str:
    moment = moment_of(value)
    if not moment:
        raise ValueError("There is no time.")
    return moment


def _colour(value: Mapping[str, object]) -> Colour:
    colour = value.get("colour")
    if colour != "" and colour not in PALETTE:
        raise ValueError("There is no such colour.")
    return Colour(_tag(value), str(colour), _moment(value.get("changed")))


def _use(value: Mapping[str, object]) -> Use:
    weight = value.get("weight")
    if type(weight) not in (int, float) or not 0 <= float(str(weight)) <= _MOST_WEIGHT:
        raise ValueError("There is no number of uses.")
    return Use(_tag(value), float(str(weight)), _moment(value.get("at")))


def _search(value: Mapping[str, object]) -> Saved:
    return Saved(parse_name(text_of(value.get("name"))), parse_query(text_of(value.get("query"))))


_KINDS: dict[str, Callable[[Mapping[str, object]], Told]] = {
    "library": _head,
    "colour": _colour,
    "use": _use,
    "search": _search,
}
