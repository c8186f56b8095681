"""`search --world`: what the services find, printed as it comes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from paperterm.cli.finding import bring_up_index
from paperterm.cli.office import Followed, open_office
from paperterm.cli.output import counted, say, takes_unicode, tell, width
from paperterm.cli.session import Session
from paperterm.cli.table import rows, script_line
from paperterm.errors import LibraryReadOnly
from paperterm.library.exporting import json_line
from paperterm.library.view import Entry
from paperterm.model.marks import Marks
from paperterm.model.paper import Paper
from paperterm.model.text import shown


def search_world(session: Session, text: str, limit: int | None, as_json: bool, keep: bool) -> int:
    """Print what the services find for the query `text`; the exit status."""
    kept: dict[str, Paper] = {}
    failed = False
    with session.library(greeting=False) as library, Followed() as followed:
        if keep and library.read_only:
            raise LibraryReadOnly(library.read_only)
        office = open_office(session, library, followed)
        for found in office.world_search(text):
            followed.clear()
            if found.error:
                tell(f"{found.service}: {found.error}")
                failed = True
            fresh = [paper for paper in found.papers if paper.key not in kept]
            fresh = fresh[: None if limit is None else max(0, limit - len(kept))]
            _print(fresh, as_json)
            chosen = {paper.key for paper in fresh} | set(kept)
            kept |= {paper.key: paper for paper in found.papers if paper.key in chosen}
            if limit is not None and len(kept) >= limit:
                break
        if not kept and not failed:
            tell(f"Neither Hugging Face nor arXiv has found a paper for {shown(text)}.")
        if keep and kept:
            tally = office.keep(kept.values())
            tell(f"Kept {counted(len(kept), 'paper')}: {tally.new} new, {tally.updated} updated.")
            bring_up_index(library)
    return int(failed)


def _print(papers: list[Paper], as_json: bool) -> None:
    columns = width()
    entries = [_entry(paper) for paper in papers]
    lines: Iterator[str]
    if as_json:
        lines = (json_line(entry, ascii_only=not takes_unicode()) for entry in entries)
    elif columns is None:
        lines = map(script_line, entries)
    else:
        lines = rows(entries, columns)
    for line in lines:
        say(line)


def _entry(paper: Paper) -> Entry:
    """`paper` as if it were in a library, for showing it."""
    return Entry(0, paper, Marks(), "", paper.day or paper.published or dt.date.today())
