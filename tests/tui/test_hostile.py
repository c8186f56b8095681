from __future__ import annotations

import pytest

from paperterm.library.door import Library
from paperterm.library.paths import Paths
from paperterm.model.marks import Change
from paperterm.model.paper import Paper
from paperterm.model.record import Record
from tui.conftest import reading

TITLES = [
    "It's all in the [MASK]",
    "A [/] closing",
    "[/x] more",
    "[bold red]loud[/]",
    "[@click=app.quit]quit[/]",
    "[link=file:///etc/passwd]link[/]",
    "[$x] variable",
    "clear \x1b[2J screen",
    "title \x1b]0;owned\x07 set",
    "copy \x1b]52;c;b3duZWQ=\x07 that",
    "c1 \x9b31m and \x85",
    "bidi \u202egnp.exe\u2066",
    "zalgo e" + "\u0301" * 60,
    "surrogate \ud800 alone",
    "wide 漢字 and 👩\u200d🔬 emoji",
    "\u05e9\u05dc\u05d5\u05dd right to left",
    "x" * 3000,
]


@pytest.fixture
def hostile(paths: Paths) -> Paths:
    with Library(paths) as library:
        library.add(
            Record(
                Paper(
                    title=title,
                    abstract=f"About: {title}\n\nAnd again {title}",
                    authors=(title, "Someone Else"),
                    categories=(title[:20],),
                    venue=title,
                    submitter=title,
                    ai_summary=title,
                    keywords=(title,),
                    arxiv_id=f"2401.{place:05d}",
                )
            )
            for place, title in enumerate(TITLES)
        )
        library.bring_up_index()
        for place, tag in enumerate(("[/]", "[@click=app.quit]x", "a/[bold]b")):
            entry = library.named(f"2401.{place:05d}")
            library.mark([Change(entry.paper.key, add=(tag,))], tag, [entry])
    return paths


@pytest.mark.parametrize("size", [(140, 60), (40, 24)])
async def test_text_from_outside_is_only_ever_text(hostile: Paths, size: tuple[int, int]) -> None:
    async with reading(hostile, size) as reader:
        for _ in TITLES:
            seen = reader.screen
            assert not [c for c in seen if not c.isprintable() and c not in "\n\u200d\xa0"]
            await reader.press("j")
        await reader.press("g")
        for key in ("u", "u", "u", "t"):
            await reader.press(key)
            await reader.pilot.pause(0.05)
        await reader.press("escape", "h", "G", "k", "k")
        assert reader.app.is_running


async def test_brackets_are_shown_as_they_are(hostile: Paths) -> None:
    async with reading(hostile, (140, 60)) as reader:
        for text in (r"\[MASK\]", r"A \[/\] closing", r"\[@click=app\.quit\]quit\[/\]", r"#\[/\]"):
            await reader.sees(text)


async def test_columns_stay_straight_whatever_a_title_holds(hostile: Paths) -> None:
    from rich.cells import cell_len

    async with reading(hostile, (100, 60)) as reader:
        for line in reader.screen.split("\n")[2:-2]:
            assert cell_len(line) == 100
