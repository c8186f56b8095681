"""The abstract pane: all that is known of one paper, to be read."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from paperterm.tui.cards import Sheet, Spans
from paperterm.tui.drawing import ARCHIVED, BEYOND, BOOKMARKED, LATER, NEW, REMOVED
from paperterm.tui.widgets.page import Page

_HIT = "$hit-text on $hit"


class AbstractPane(Page):
    """Shows a `Sheet`."""

    DEFAULT_CSS = """
    AbstractPane {
        background: $background; padding: 0 1;
        & > Static { width: 1fr; height: auto; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._sheet: Sheet | None = None

    def compose(self) -> ComposeResult:
        """One text, as long as it is."""
        yield Static(Content(""), markup=False)

    @property
    def sheet(self) -> Sheet | None:
        """What is shown."""
        return self._sheet

    def show(self, sheet: Sheet | None) -> None:
        """Show another paper from its beginning, or the same one as it is now."""
        same = sheet is not None and self._sheet is not None and sheet.id == self._sheet.id
        self._sheet = sheet
        self.query_one(Static).update(Content("") if sheet is None else _content(sheet))
        if not same:
            self.scroll_home(animate=False)


def _content(sheet: Sheet) -> Content:
    return Content("\n").join(
        [*_head(sheet), Content(""), *_body(sheet), *_note(sheet), *_summary(sheet)]
    )


def _head(sheet: Sheet) -> list[Content]:
    if sheet.is_beyond:
        marks = [Content.styled(f"{BEYOND} not kept · any mark keeps it", "$secondary")]
    else:
        marks = _marks(sheet)
    by = f"Put on Daily Papers by {sheet.submitter}"
    return [
        _lit(sheet.title, sheet.title_hits, "bold $primary"),
        Content(""),
        _lit(sheet.authors, sheet.authors_hits),
        *([Content(sheet.venue)] if sheet.venue else []),
        Content.styled(" · ".join(sheet.facts), "$muted"),
        Content.styled(sheet.link, "underline $muted"),
        *(Content.styled(f"{name}: {address}", "$muted") for name, address in sheet.links),
        *([Content.styled(by, "$muted")] if sheet.submitter else []),
        *([Content.styled(sheet.edited, "italic $muted")] if sheet.edited else []),
        *([Content("  ").join(marks)] if marks else []),
    ]


def _marks(sheet: Sheet) -> list[Content]:
    until = f"{LATER} put off until {sheet.later}"
    put_by = sheet.read or sheet.archived or sheet.later or sheet.removed
    return [
        *(
            [Content.styled(f"{REMOVED} removed from the library", "$warning")]
            if sheet.removed
            else []
        ),
        *([Content.styled(f"{BOOKMARKED} bookmarked", "$accent")] if sheet.bookmarked else []),
        *([Content.styled(f"{ARCHIVED} archived", "$muted")] if sheet.archived else []),
        *([Content.styled(until, "$secondary")] if sheet.later else []),
        *([] if put_by else [Content.styled(f"{NEW} new", "$secondary")]),
        *(
            Content.styled(f"#{tag}", f"$tag-{colour}")
            for tag, colour in zip(sheet.tags, sheet.colours, strict=True)
        ),
    ]


def _body(sheet: Sheet) -> list[Content]:
    if not sheet.abstract:
        return [Content.styled("No abstract is known for this paper.", "italic $muted")]
    notice = "Summary by paperterm, until the abstract is imported"
    return [
        *([Content.styled(notice, "italic $muted"), Content("")] if sheet.is_summary else []),
        _lit(sheet.abstract, sheet.abstract_hits),
    ]


def _note(sheet: Sheet) -> list[Content]:
    if not sheet.note:
        return []
    return [Content(""), Content.styled("Note", "$accent"), Content(sheet.note)]


def _summary(sheet: Sheet) -> list[Content]:
    parts: list[Content] = []
    if sheet.ai_summary:
        heading = Content.styled("AI summary (Hugging Face)", "italic $muted")
        parts += [Content(""), heading, Content(sheet.ai_summary)]
    if sheet.keywords:
        parts += [Content(""), Content.styled(f"Keywords: {', '.join(sheet.keywords)}", "$muted")]
    return parts


def _lit(text: str, hits: Spans, style: str = "") -> Content:
    content = Content.styled(text, style) if style else Content(text)
    for start, end in hits:
        content = content.stylize(_HIT, start, end)
    return content
