"""The command that reads and writes the note on a paper."""

from __future__ import annotations

import sys

import click

from paperterm.cli.output import say, tell
from paperterm.cli.session import Session, pass_session
from paperterm.errors import DesktopError, PapertermError, UsageError
from paperterm.model.marks import LONGEST_NOTE, Change, clean_note, parse_note
from paperterm.model.text import shown, shown_lines


@click.command()
@click.argument("name", metavar="ID")
@click.argument("text", required=False)
@click.option("--edit", is_flag=True, help="Write it in your editor: $VISUAL, else $EDITOR.")
@click.option("--remove", is_flag=True, help="Take the note away.")
@pass_session
def note(session: Session, name: str, text: str | None, edit: bool, remove: bool) -> int:
    """Print the note on a paper, or write TEXT in its place.

    A TEXT of - is standard input. What was there before is not lost: `paperterm undo` brings
    it back.

    \b
      paperterm note 2312.00752 "Compare with S4"
      paperterm note 2312.00752 --edit
    """
    if (text is not None) + edit + remove > 1:
        raise click.UsageError("TEXT, --edit and --remove exclude each other.")
    if edit:
        _edit(session, name)
    elif remove:
        done = _write(session, name, "")
        say("Took the note away." if done else "There was no note to take away.")
    elif text is not None:
        done = _write(session, name, parse_note(_standard_input() if text == "-" else text))
        say("Wrote the note." if done else "The note said so already.")
    else:
        _print(session, name)
    return 0


def _print(session: Session, name: str) -> None:
    with session.library() as library:
        text = library.named(name).marks.note
    if text:
        say(shown_lines(text))
    else:
        tell(f"There is no note on {name}.")


def _write(session: Session, name: str, wanted: str, former: str | None = None) -> bool:
    """Make `wanted` the note, unless that is no longer `former`; whether anything was changed."""
    with session.library() as library:
        entry = library.named(name)
        change = Change(entry.paper.key, note=wanted, former_note=former)
        label = "note" if wanted else "remove note"
        return bool(library.mark([change], label, [entry]).keys)


def _edit(session: Session, name: str) -> None:
    from paperterm.desktop.editor import edited

    # The library is closed meanwhile: an editor may stay open for days.
    with session.library() as library:
        entry = library.named(name)
    before = entry.marks.note
    try:
        with edited(before, session.paths.state, tell) as text:
            written = clean_note(text)
            if written == before:
                say("The note is as before.")
                return
            wanted = parse_note(written) if shown(written) else ""
            if not _write(session, entry.paper.key, wanted, before):
                raise PapertermError("The note was changed elsewhere meanwhile, and was left so.")
    except DesktopError as error:
        why = str(error).removesuffix(".")
        raise PapertermError(f"The note could not be edited ({why}); it is as before.") from error
    say("Wrote the note." if wanted else "Took the note away.")


def _standard_input() -> str:
    most = 4 * (LONGEST_NOTE + 1)  # bytes; UTF-8 takes at most four a character
    content = sys.stdin.buffer.read(most)
    if len(content) == most:
        raise UsageError(f"A note has at most {LONGEST_NOTE:,} characters.")
    return _decoded(content, "Standard input")


def _decoded(content: bytes, what: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{what} is not text in UTF-8; the note is as before.") from error
