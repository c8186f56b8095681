"""What is said of papers that arrive: meanwhile, and in the end. An error is always said as one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperterm.errors import Offline, PapertermError, TooBusy
from paperterm.model.pages import Page, Span
from paperterm.model.text import shown
from paperterm.tui.cards import counted, date_text
from paperterm.tui.keys import OWN, Keys

if TYPE_CHECKING:
    from paperterm.library.arrivals.outcome import Fetched, Step
    from paperterm.web.waiting import Wait

_LONGEST_NAME = 24
_NAMED = 3
"""Feeds that are named; of more, only the number is told."""


@dataclass(frozen=True, slots=True)
class Tidings:
    """A sentence for the bottom line."""

    text: str
    wrong: bool = False
    """Whether something could not be fetched."""


def page_name(page: Page) -> str:
    """``6 Nov 2025``, ``Week 45, 2025``, ``Nov 2025``."""
    match page.span:
        case Span.DAY:
            return date_text(page.day)
        case Span.WEEK:
            year, week, _ = page.day.isocalendar()
            return f"Week {week}, {year}"
        case Span.MONTH:
            return date_text(page.day).partition(" ")[2]


def feed_name(name: str) -> str:
    """The name of a feed, clean and short enough to stand among others."""
    name = shown(name)
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"


def step_text(step: Step) -> str:
    """``daily-papers 12 Nov…``; of papers that are added: ``3 of 12…``."""
    if not step.feed and step.total:
        return f"{step.done + 1:,} of {step.total:,}…"
    what = shown(step.what)
    try:
        what = date_text(dt.date.fromisoformat(what)).rpartition(" ")[0]
    except ValueError:
        what = what[:_LONGEST_NAME]
    return " ".join(filter(None, (feed_name(step.feed), what))) + "…"


def wait_text(wait: Wait) -> str:
    """``arXiv asks to wait 40 s``."""
    return shown(wait.sentence).rstrip(".")


def short_wait(wait: Wait) -> str:
    """What one waits for, beside the name of the service: ``waiting 3 s``."""
    seconds = max(1, round(wait.seconds))
    match wait.why.name:
        case "ASKED":
            return f"asks to wait {seconds} s"
        case "AGAIN":
            return f"no answer, again in {seconds} s"
        case "COPY":
            return "waiting for another request"
        case _:
            return f"waiting {seconds} s"


def short_error(error: PapertermError) -> str:
    """What went wrong, in a word or two."""
    match error:
        case Offline():
            return "offline"
        case TooBusy():
            return "too busy"
        case _:
            return "failed"


def tidings(came: Sequence[Fetched], keys: Keys = OWN) -> Tidings:
    """What came of fetching these feeds; `keys` are in force."""
    failed = [one for one in came if one.error]
    new = [
        f"{feed_name(one.feed)}: {one.tally.new:,} new{shown(one.kept)}"
        for one in came
        if one.tally.new
    ]
    if len(new) > _NAMED:
        count = sum(one.tally.new for one in came)
        new = [f"{count:,} new in {len(new)} feeds"]
    wrong = [*_failures(failed, keys), *_left_out(came)]
    remarks = [
        f"{feed_name(one.feed)}: {shown(text)}" for one in came for text in one.tally.remarks[:1]
    ]
    if wrong or remarks:
        return Tidings("; ".join([*new, *wrong, *remarks[:1]]), wrong=bool(wrong))
    if new:
        return Tidings(" · ".join(new))
    where = feed_name(came[0].feed) if len(came) == 1 else f"{len(came)} feeds"
    none = "; ".join(filter(None, ("There is no feed to fetch", keys.hint("feeds", "adds one"))))
    return Tidings(f"Nothing new in {where}" if came else none)


def _left_out(came: Sequence[Fetched]) -> list[str]:
    refused = [refusal for one in came for refusal in one.tally.refused]
    if not refused:
        return []
    return [f"{counted(len(refused), 'paper')} could not be read ({shown(refused[0].reason)})"]


def _failures(failed: Sequence[Fetched], keys: Keys) -> list[str]:
    if not failed:
        return []
    if len(failed) == 1:
        one = failed[0]
        return [f"{feed_name(one.feed)}: {shown(one.state or str(one.error)).rstrip('.')}"]
    if all(map(_is_offline, failed)):
        return [f"offline; {len(failed)} feeds show what was fetched before"]
    names = ", ".join(feed_name(one.feed) for one in failed[:_NAMED])
    told = f"{len(failed)} feeds could not be fetched ({names})"
    return ["; ".join(filter(None, (told, keys.hint("feeds", "tells why"))))]


def not_there(page: Page, came: Fetched) -> Tidings:
    """Why a page that was asked for can't be shown."""
    if _is_offline(came):
        return Tidings(f"Offline, and {page_name(page)} was never fetched", wrong=True)
    return Tidings(f"{page_name(page)} is not here: {shown(str(came.error))}", wrong=True)


def _is_offline(came: Fetched) -> bool:
    return isinstance(came.error, Offline)
