"""Commands that bring papers in by name: add, resolve."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

import click

from paperterm.cli.finding import bring_up_index
from paperterm.cli.office import Followed, open_office
from paperterm.cli.output import is_terminal, say, tell
from paperterm.cli.session import Session, pass_session
from paperterm.cli.table import script_line
from paperterm.errors import LibraryReadOnly, UsageError
from paperterm.library.arrivals.adding import Added, Became
from paperterm.library.arrivals.office import Office
from paperterm.library.arrivals.resolving import Resolved
from paperterm.library.arrivals.wants import MOST, By, wants
from paperterm.library.door import Library
from paperterm.model.paper import Paper
from paperterm.model.text import shown

_LARGEST = 1024 * 1024
"""Bytes of standard input."""


@click.command()
@click.argument("texts", metavar="TEXT...", nargs=-1, required=True)
@pass_session
def add(session: Session, texts: Sequence[str]) -> int:
    """Add papers by arXiv id, DOI, address or title.

    With - they are read from standard input, a paper a line.

    \b
      paperterm add 2312.00752 https://huggingface.co/papers/2408.08066
      paperterm add 10.1038/nature14539 "Attention Is All You Need"
      pbpaste | paperterm add -

    Of titles only a sure match is taken. What could not be found is named, and all the rest is in
    the library; the exit status is then 1.
    """
    lines = list(_lines(texts))
    wanted = wants(lines)
    if not wanted:
        raise UsageError("There is nothing in that to add.")
    if len(wanted) >= MOST:
        tell(f"More than {MOST} papers are not added at once; the first {MOST} are.")
    status = 0
    with session.library(greeting=False) as library, Followed() as followed:
        if library.read_only:
            raise LibraryReadOnly(library.read_only)
        changed = False
        for added in open_office(session, library, followed).add(lines):
            followed.clear()
            _report(library, added)
            changed = changed or bool(added.key)
            status = max(status, int(not added.key))
        if changed:
            bring_up_index(library)
    return status


def _lines(texts: Sequence[str]) -> Iterator[str]:
    """What was typed, a paper a line: words that stand alone together are a title."""
    title: list[str] = []
    for text in texts:
        if _is_word(text):
            title.append(text)
            continue
        yield " ".join(title)
        title.clear()
        yield from _standard_input() if text == "-" else text.splitlines()
    yield " ".join(title)


def _is_word(text: str) -> bool:
    """Whether `text` is a word of a title, rather than all that names a paper."""
    if text == "-" or len(text.split()) != 1 or "://" in text:
        return False
    return all(want.by not in (By.ARXIV, By.DOI) for want in wants([text]))


def _standard_input() -> list[str]:
    content = sys.stdin.buffer.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise UsageError("Standard input is larger than 1 MB; nothing was added.")
    return content.decode("utf-8-sig", "replace").splitlines()


def _report(library: Library, added: Added) -> None:
    if added.key:
        for entry in library.entries(library.ids_of([added.key])[:1]):
            say(f"{added.became.value}\t{script_line(entry)}")
        if added.why:
            tell(added.why)
        return
    text = shown(added.want.text)[:200]
    tell(f"{'Not fetched' if added.became is Became.FAILED else 'Not found'}: {text}. {added.why}")
    for paper in added.doubtful:
        tell(f"near: {_line(paper)}")


def _line(paper: Paper) -> str:
    year = f", {paper.published.year}" if paper.published else ""
    first = f" ({paper.authors[0]}{year})" if paper.authors else ""
    return f"{paper.arxiv_id or paper.key} {paper.title}{first}"


@click.command()
@click.option(
    "--limit",
    type=click.IntRange(min=1, max=10_000),
    default=100,
    show_default=True,
    help="Look for the ids of at most so many papers.",
)
@click.option("--yes", is_flag=True, help="Take the likeliest of doubtful matches unasked.")
@pass_session
def resolve(session: Session, limit: int, yes: bool) -> int:
    """Find the arXiv ids of papers known by their titles alone.

    Hugging Face and arXiv are asked, some seconds a paper. A sure match is taken: the same title,
    or nearly the same and the same first author and year. A doubtful one is asked about on a
    terminal, and only listed elsewhere. What was not found is left alone for a week.
    """
    found = failed = False
    count = 0
    with session.library(greeting=False) as library, Followed() as followed:
        if library.read_only:
            raise LibraryReadOnly(library.read_only)
        office = open_office(session, library, followed)
        for resolved in office.resolve(limit):
            followed.clear()
            count += 1
            found = _settled(office, resolved, yes) or found
            if resolved.error:
                failed = True
                tell(str(resolved.error))
        if not count:
            tell("There is no paper here whose id is not known or was not looked for lately.")
        if found:
            bring_up_index(library)
    return int(failed)


def _settled(office: Office, resolved: Resolved, yes: bool) -> bool:
    """Tell what was found for a paper, ask where that is in doubt; whether it has its id now."""
    title = shown(resolved.paper.title)
    if resolved.found:
        say(f"found\t{shown(resolved.found.key)}\t{title}")
        return True
    if not resolved.doubtful:
        if not resolved.error:
            say(f"not found\t\t{title}")
        return False
    chosen = resolved.doubtful[0] if yes else _asked(resolved)
    if chosen is None:
        say(f"doubtful\t\t{title}")
        return False
    office.settle(resolved.paper, chosen)
    say(f"taken\t{shown(chosen.key)}\t{title}")
    return True


def _asked(resolved: Resolved) -> Paper | None:
    """The paper that the reader says it is; None when it is none, or nobody can be asked."""
    tell(f"It is not sure which paper this is: {resolved.paper.title}")
    for number, paper in enumerate(resolved.doubtful, 1):
        tell(f"{number}: {_line(paper)}")
    if not is_terminal(sys.stdin) or not is_terminal(sys.stderr):
        return None
    choice = click.IntRange(0, len(resolved.doubtful))
    number = click.prompt("Number, 0 for none", type=choice, default=0, err=True)
    return resolved.doubtful[number - 1] if number else None
