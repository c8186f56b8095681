"""Commands that mark papers. What was answered is on the disk; each is one action for undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from paperterm.cli.marks import near_tags
from paperterm.cli.plain import telling
from paperterm.cli.plain.talk import Answer, Talk
from paperterm.cli.plain.which import papers_and_rest, papers_meant
from paperterm.errors import UsageError
from paperterm.library import history
from paperterm.library.noting import Wish, keep_note
from paperterm.library.retagging import tag_changes
from paperterm.library.view import Holding
from paperterm.library.when import today
from paperterm.model.ahead import read_day_ahead
from paperterm.model.marks import (
    NOT_LATER,
    Change,
    Marks,
    archiving,
    parse_note,
    parse_tags,
    putting_off,
    tag_label,
)
from paperterm.model.text import shown, shown_lines
from paperterm.model.wording import counted, day_text

_SO_ALREADY = "Nothing to change, it is so already"
_SWITCHES = {"on": True, "off": False}


@dataclass(frozen=True, slots=True)
class Said:
    """How a mark is called in the journal, and how it is told: ``Bookmarked`` and a title."""

    label: str
    told: str


@dataclass(frozen=True, slots=True)
class Switch:
    """A mark that a paper has or has not. The command sets it, or takes it away where all have it.

    With ``on`` or ``off`` behind the papers it does just that.
    """

    has: Callable[[Marks], bool]
    change: Callable[[str, bool], Change]
    on: Said
    off: Said

    def __call__(self, talk: Talk, text: str) -> Answer:
        """Carry it out on the papers that `text` means."""
        words = text.split()
        wanted = _SWITCHES.get(words[-1].casefold()) if words else None
        if wanted is not None:
            words.pop()
        held = _held(talk, papers_meant(talk, " ".join(words)))
        if wanted is None:
            wanted = not all(self.has(one.marks) for one in held)
        said = self.on if wanted else self.off
        return _mark(talk, held, [self.change(one.key, wanted) for one in held], said)


bookmark = Switch(
    lambda marks: marks.bookmarked,
    lambda key, on: Change(key, bookmarked=on),
    Said("bookmark", "Bookmarked"),
    Said("remove bookmark", "Took the bookmark from"),
)
mark = Switch(
    lambda marks: marks.read,
    lambda key, on: Change(key, read=on),
    Said("read", "Marked as read"),
    Said("unread", "Marked as unread"),
)
archive = Switch(
    lambda marks: marks.archived,
    lambda key, on: archiving(key) if on else Change(key, archived=False),
    Said("archive", "Archived"),
    Said("out of the archive", "Took out of the archive"),
)
remove = Switch(
    lambda marks: marks.removed,
    lambda key, on: Change(key, removed=on),
    Said("remove", "Removed, and undo brings it back"),
    Said("bring back", "Brought back"),
)


def later(talk: Talk, text: str) -> Answer:
    """Put papers off until a day, or with ``off`` no longer."""
    meant, rest = papers_and_rest(talk, text)
    held = _held(talk, meant)
    if _SWITCHES.get(rest.casefold()) is False:
        changes = [Change(one.key, later=NOT_LATER) for one in held]
        return _mark(talk, held, changes, Said("no longer put off", "No longer put off"))
    day = read_day_ahead(rest, today())
    said = Said(f"put off until {day.isoformat()}", f"Put off until {day_text(day)}")
    return _mark(talk, held, [putting_off(one.key, day) for one in held], said)


def tag(talk: Talk, text: str) -> Answer:
    """Give papers tags, and with a minus before one take it away; without any, tell them."""
    meant, rest = papers_and_rest(talk, text)
    held = _held(talk, meant)
    if not rest:
        return [_tags_of(talk, one) for one in held]
    parts = [part.strip() for part in rest.split(",")]
    add = parse_tags(",".join(part.removeprefix("+") for part in parts if part[:1] != "-"))
    remove = parse_tags(",".join(part[1:] for part in parts if part[:1] == "-"))
    if not (add or remove):
        raise UsageError("A tag needs at least one letter or sign.")
    hints = [shown(near) for near in near_tags(talk.library, add)]
    changes = tag_changes(talk.library, held, add, remove)
    done = talk.library.mark(changes, tag_label(changes)).keys
    if len(held) == 1:
        [now] = _held(talk, [held[0].id])
        return [*hints, _tags_of(talk, now)]
    return [*hints, f"Changed the tags of {counted(len(done), 'paper')}."]


def note(talk: Talk, text: str) -> Answer:
    """Write a note in place of what there is; ``+`` adds to it, ``-`` takes it away."""
    meant, rest = papers_and_rest(talk, text)
    if len(meant) != 1:
        raise UsageError("A note belongs to one paper.")
    [one] = _held(talk, meant)
    former = one.marks.note
    if not rest:
        lines = shown_lines(former).split("\n")
        return ["Note:", *lines] if former else ["There is no note on this paper."]
    added = rest[:1] == "+"
    wanted = "\n".join(filter(None, [former, rest[1:].strip()])) if added else rest
    return _write(talk, one, "" if rest == "-" else parse_note(wanted))


def undo(talk: Talk, text: str) -> Answer:
    """Take back the last action."""
    done = talk.library.undo()
    told = history.turned_in(talk.library, done, undone=True) if done else history.NOTHING_DONE
    return [f"{told}."]


def redo(talk: Talk, text: str) -> Answer:
    """Bring back what was taken back last."""
    done = talk.library.redo()
    told = history.turned_in(talk.library, done, undone=False) if done else history.NOTHING_UNDONE
    return [f"{told}."]


def _held(talk: Talk, meant: Sequence[int]) -> list[Holding]:
    """The papers by name, in the order they were meant."""
    there = {one.id: one for one in talk.library.holdings(meant)}
    held = [there[one] for one in meant if one in there]
    if not held:
        raise UsageError("There is no such paper in the library any more.")
    return held


def _write(talk: Talk, one: Holding, text: str) -> Answer:
    kept = keep_note(talk.library, one.id, Wish(text, one.marks.note))
    told = "Wrote the note on" if kept.note else "Took the note away from"
    if kept.met_another:
        told = "Another copy had written a note too, and both stand now on"
    return [f"{told if kept.changed else _SO_ALREADY}: {_title(talk, one)}"]


def _mark(talk: Talk, held: Sequence[Holding], changes: Sequence[Change], said: Said) -> Answer:
    done = talk.library.mark(changes, said.label).keys
    if len(held) > 1:
        return [f"{said.told}: {counted(len(done), 'paper')} of {len(held):,}."]
    return [f"{said.told if done else _SO_ALREADY}: {_title(talk, held[0])}"]


def _tags_of(talk: Talk, one: Holding) -> str:
    tags = telling.tag_list(one.marks.tags)
    return f"Tags: {tags or 'none'}; on {_title(talk, one)}"


def _title(talk: Talk, one: Holding) -> str:
    entry = talk.entry(one.id)
    return telling.title(entry) if entry else shown(one.key)
