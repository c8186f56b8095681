"""Commands for all notes at once: notes, notes export, notes import."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from paperterm.cli.output import counted, say, takes_unicode, tell, width
from paperterm.cli.session import Session, pass_session
from paperterm.cli.table import fit
from paperterm.library import drafts, notebook
from paperterm.library.exporting import json_line
from paperterm.library.notebook import Outcome
from paperterm.library.view import Entry
from paperterm.model.text import shown

_folder = click.argument("folder", type=click.Path(file_okay=False, path_type=Path))


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.pass_context
def notes(context: click.Context, as_json: bool) -> int:
    """List the papers you have noted, or keep notes as files.

    The files are Markdown, one a paper.

    \b
      paperterm notes
      paperterm notes export ~/vault/papers
      paperterm notes import ~/vault/papers
    """
    if context.invoked_subcommand is None:
        session = context.ensure_object(Session)
        with session.library() as library:
            entry = None
            for entry in notebook.noted(library):
                say(json_line(entry, ascii_only=not takes_unicode()) if as_json else _line(entry))
            if entry is None:
                tell("No paper has a note yet.")
        for left in drafts.left_behind(session.paths):
            tell(f"A draft of a note was left on {left.key}; n in the app goes on with it.")
    return 0


def _line(entry: Entry) -> str:
    """The id, the title and how the note begins, kept apart by tabs; cut for a terminal."""
    start = shown(entry.marks.note.strip().partition("\n")[0])
    line = "\t".join([shown(entry.paper.key), shown(entry.paper.title), start])
    columns = width()
    if columns is None:
        return line
    return fit(line.replace("\t", "  "), columns).rstrip()


@notes.command("export")
@_folder
@pass_session
def export(session: Session, folder: Path) -> int:
    """Write each note as a Markdown file into FOLDER.

    Export again brings the files up to date. What is known of the paper stands above the note in
    YAML, as Obsidian and Logseq read it. Only files that are not as they should be are written. A
    file that you have changed is left alone; `paperterm notes import` takes it in.
    """
    with session.library() as library:
        outcome = notebook.write_out(library, folder)
    parts = [f"Wrote {counted(len(outcome.written), 'note')} to {shown(str(folder))}"]
    parts += (
        [f"{outcome.same} {'was' if outcome.same == 1 else 'were'} up to date"]
        if outcome.same
        else []
    )
    parts += [f"removed {counted(len(outcome.removed), 'file')}"] if outcome.removed else []
    say(f"{'; '.join(parts)}.")
    _tell_left(outcome)
    if outcome.left:
        tell(f"`paperterm notes import {folder}` takes in what was changed there.")
    return 0


@notes.command("import")
@_folder
@pass_session
def import_(session: Session, folder: Path) -> int:
    """Take in the notes that you have changed in FOLDER.

    It is one action, which undo takes back. Where the note was changed here too, it gets both
    texts. An emptied file takes the note away. Files that paperterm has not written are not looked
    at.
    """
    with session.library() as library:
        outcome = notebook.take_in(library, folder)
    say(f"Took in {counted(len(outcome.taken), 'note')} from {shown(str(folder))}.")
    _tell("Changed on both sides, so both texts are in the note", outcome.joined)
    _tell("Only what is above the note was changed, and stays", outcome.heads)
    _tell_left(outcome)
    return 0


def _tell_left(outcome: Outcome) -> None:
    for name, why in sorted(outcome.left.items()):
        tell(f"Left alone: {name}: {why}")


def _tell(what: str, names: Sequence[str]) -> None:
    for name in sorted(names):
        tell(f"{what}: {name}")
