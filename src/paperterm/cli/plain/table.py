"""Every command of the conversation, once: understood and told of by this table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from paperterm.cli.plain import looking, marking, outside, shelving
from paperterm.cli.plain.talk import Answer, Talk
from paperterm.errors import UsageError
from paperterm.model.text import shown


@dataclass(frozen=True, slots=True)
class Command:
    """One command: how it is called, what it does, and what does it."""

    word: str
    letter: str
    takes: str
    """What may stand behind it, as help says it."""
    does: str
    """A sentence."""
    run: Callable[[Talk, str], Answer]
    also: tuple[str, ...] = ()
    """Further words that mean it."""


def _help(talk: Talk, text: str) -> Answer:
    if text:
        return [_line(named(text))]
    return [*map(_line, COMMANDS), *_NOTES]


def _quit(talk: Talk, text: str) -> Answer:
    talk.over = True
    return ["Goodbye; every mark is on the disk."]


COMMANDS = (
    Command("list", "l", "[NUMBER]", "Read out the list anew, or from a number on.", looking.list_),
    Command("next", "n", "", "Read out the next ten papers.", looking.next_),
    Command("back", "p", "", "Read out the ten papers before.", looking.back, ("previous",)),
    Command("search", "s", "WORDS", "Search all papers, as in the app.", looking.search, ("/",)),
    Command("read", "r", "[PAPER]", "Open a paper: title, authors, abstract, note, tags. "
            "Without PAPER, the one after the last.", looking.read),
    Command("shelf", "f", "[NAME]", "Go to a shelf, saved search or tag; or tell which there are.",
            shelving.shelf, ("shelves",)),
    Command("day", "d", "[DAY]", "Go to the papers of a day, week, month or year; "
            "or tell which there are.", shelving.day, ("days",)),
    Command("bookmark", "b", "[PAPERS]", "Bookmark papers, or take the bookmarks away.",
            marking.bookmark),
    Command("tag", "t", "[PAPER] [TAG, -TAG]", "Add tags, take away those with a minus; "
            "or tell the tags.", marking.tag, ("tags",)),
    Command("mark", "m", "[PAPERS]", "Mark as read, or as unread.", marking.mark),
    Command("archive", "a", "[PAPERS]", "Archive, or take out of the archive.", marking.archive),
    Command("later", "w", "[PAPER] DAY", "Put off to a day, when it is back: tomorrow, mon, 2w; "
            "off ends that.", marking.later),
    Command("remove", "x", "[PAPERS]", "Take out of the library, or bring back.", marking.remove),
    Command("note", "c", "[PAPER] [TEXT]", "Write a note; +TEXT adds to it, - takes it away; "
            "or tell it.", marking.note),
    Command("undo", "u", "", "Take back the last action.", marking.undo),
    Command("redo", "z", "", "Bring back what was taken back.", marking.redo),
    Command("link", "y", "[PAPER]", "Copy the link, and say it.", outside.link),
    Command("open", "o", "[PAPER]", "Open the link in the browser.", outside.open_),
    Command("help", "h", "[COMMAND]", "Tell the commands.", _help, ("?",)),
    Command("quit", "q", "", "Leave; so does the end of input.", _quit, ("exit",)),
)  # fmt: skip

_NOTES = (
    "A number alone opens that paper of the list. PAPER is a number of the list or an arXiv id; "
    "PAPERS are several, such as 3 5-7, or all. Without any, the paper opened last is meant.",
    "On or off behind PAPERS says which is wanted. An empty line tells where you are.",
)

_BY_WORD = {
    word: command for command in COMMANDS for word in (command.word, command.letter, *command.also)
}


def named(word: str) -> Command:
    """The command of this word or letter. Raises `UsageError`, with the nearest, for none."""
    found = _BY_WORD.get(word.casefold())
    if found:
        return found
    import difflib  # only where a word is wrong

    words = [one for one in _BY_WORD if len(one) > 1]
    near = difflib.get_close_matches(word.casefold(), words, 1)
    meant = f"is {near[0]} meant? " if near else ""
    raise UsageError(f"There is no command {shown(word)[:40]!r}; {meant}help tells them all.")


def _line(command: Command) -> str:
    takes = f" {command.takes}" if command.takes else ""
    return f"{command.word}{takes}, or {command.letter}. {command.does}"
