"""Make every picture in this folder from the app itself: `python screenshots/make.py`.

Each scene is a size, a state of the library, keys, and what should then be on the screen. The
library is a new one in a temporary folder; nothing of the reader's is touched, and no service is
asked: every address is one where nobody listens. SVG always; PNG beside it when `resvg-py` is
installed (the `shots` extra) and DejaVu Sans Mono is there. Names of scenes make only those.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import states

from paperterm.library.desk import Desk
from paperterm.library.door import Library
from paperterm.library.paths import Paths
from paperterm.library.settings import Fetch, Settings, ThemeName
from paperterm.model.marks import Change
from paperterm.tui.app import PapertermApp

HERE = Path(__file__).parent
FONT = "DejaVu Sans Mono"
_MARKS = (
    Change("arxiv:2312.00752", bookmarked=True, add=("ssm", "to read")),
    Change("arxiv:2408.08066", add=("ir/dense", "ssm")),
    Change("arxiv:2506.18841", bookmarked=True, add=("llm/long-context",)),
    Change("arxiv:2408.07055", add=("llm/long-context",)),
    Change("arxiv:2404.07413", bookmarked=True, add=("llm/moe",)),
    Change("arxiv:2309.14509", add=("systems", "llm/long-context")),
    Change("arxiv:2305.14314", bookmarked=True, add=("quantization",)),
    Change("arxiv:2208.07339", add=("quantization",)),
    Change("arxiv:2402.19108", read=True),
    Change("arxiv:2302.01588", read=True),
    Change("arxiv:2307.15071", read=True),
)
_SEARCHES = (
    ("long context", '"long context" OR ultra-long'),
    ("state space models", "mamba OR title:state"),
    ("to read, since 2024", 'tag:"to read" date:>2023'),
)
NOWHERE = "http://127.0.0.1:9"
_SERVICES = ("huggingface", "arxiv_api", "arxiv_rss", "arxiv", "crossref", "semantic_scholar")
_PATIENCE = 60.0
"""Seconds until a scene that does not come is given up."""


def marked(library: Library) -> None:
    """The starter shelf, and marks on some of its papers."""
    library.greet()
    entries = [library.named(change.key) for change in _MARKS]
    library.mark(_MARKS, "marks", entries)
    library.bring_up_index()


def searched(library: Library) -> None:
    """The same, and searches that were saved."""
    marked(library)
    for name, query in _SEARCHES:
        library.searches.add(name, query)


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture."""

    name: str
    size: tuple[int, int]
    keys: tuple[str, ...] = ()
    theme: ThemeName = ThemeName.DARK
    state: Callable[[Library], None] = marked
    until: str = ""
    """What must be on the screen (a regular expression), where the last key takes its time."""


def typed(text: str) -> tuple[str, ...]:
    """The keys that type `text` into the search bar."""
    return ("slash", *("space" if c == " " else c for c in text))


SCENES = (
    Scene("paperterm", (140, 40), ("j", "j")),
    Scene("search", (140, 40), (*typed("mamba ret"), "enter")),
    Scene("search-many", (140, 40), (*typed("quantiz"), "enter", "j")),
    Scene("explain", (120, 40), (*typed("mamba"), "enter", "e")),
    Scene("tags", (140, 40), (*typed("mamba"), "enter", "t", "l")),
    Scene("help", (120, 44), ("question_mark",)),
    Scene("no-hits", (120, 36), typed("perpetual motion")),
    Scene("first-run", (120, 36), state=states.as_first_seen),
    Scene("empty", (120, 30), state=states.empty),
    Scene("read-only", (120, 30), state=states.of_a_newer_paperterm),
    Scene("offline", (120, 30), ("R",), until="offline"),
    Scene("feed-in-trouble", (100, 24), ("R", "F"), until="offline"),
    Scene("indexing", (120, 30), typed("attention"), state=states.unindexed, until="indexing"),
    Scene("ten-thousand", (120, 36), state=states.large),
    Scene("ten-thousand-hits", (120, 36), (*typed("states"), "enter"), state=states.large),
    Scene("odd-titles", (120, 36), ("j",), state=states.odd),
    Scene("odd-titles-narrow", (44, 24), state=states.odd),
    Scene("no-abstract", (120, 24), ("j", "j"), state=states.odd),
    Scene("feeds", (100, 24), ("F",)),
    Scene("add", (120, 36), ("A",)),
    Scene("tour", (100, 30), ("f1",)),
    Scene("searches", (100, 24), ("h", "S"), state=searched),
    Scene("saved-search", (120, 36), ("h", "j", "j", "j", "l"), state=searched),
    Scene("history", (100, 24), ("b", "j", "r", "U")),
    Scene("edit", (100, 30), ("E",)),
    Scene("many", (120, 30), ("x", "x", "j", "x")),
    Scene("bookmarks", (120, 36), ("h", "j", "j")),
    Scene("light", (140, 40), ("j", "j"), theme=ThemeName.LIGHT),
    Scene("high-contrast", (120, 36), ("j", "j"), theme=ThemeName.HIGH_CONTRAST),
    Scene("solarized-dark", (120, 36), ("j", "j"), theme=ThemeName.SOLARIZED_DARK),
    Scene("solarized-light", (120, 36), ("j", "j"), theme=ThemeName.SOLARIZED_LIGHT),
    Scene("80x24", (80, 24), ("j",)),
    Scene("40x12", (40, 12), ("j",)),
    Scene("40x12-abstract", (40, 12), ("j", "enter")),
    Scene("20x5", (20, 5)),
)


async def take(scene: Scene, folder: Path) -> str:
    """Play `scene` on a new library in `folder`; returns the picture as SVG."""
    paths = Paths(folder / "data", folder / "config", folder / "cache", folder / "state")
    with Library(paths) as library:
        scene.state(library)
    desk = Desk(paths)
    services = dict.fromkeys(_SERVICES, NOWHERE)
    app = PapertermApp(desk, Settings(fetch=Fetch.ASKED, services=services))
    try:
        async with app.run_test(size=scene.size) as pilot:
            app.wear(scene.theme)
            await settle(app)
            for key in scene.keys:
                await pilot.press(key)
                await (pilot.pause(0.02) if scene.until else settle(app))
            if scene.until:
                await seen(app, scene.until)
            else:
                await pilot.pause(0.2)
                await settle(app)
            picture = app.export_screenshot(title="paperterm")
            app.exit()
    finally:
        desk.close()
    # The time a search took differs from run to run; a picture should not.
    return re.sub(r"(·&#160;)(?:under&#160;)?\d+(&#160;ms)", r"\g<1>3\2", picture)


async def seen(app: PapertermApp, text: str) -> None:
    """Wait until `text`, a regular expression, is on the screen."""
    async with asyncio.timeout(_PATIENCE):
        while not re.search(text, _plain(app)):
            await asyncio.sleep(0.02)


def _plain(app: PapertermApp) -> str:
    return re.sub(r"<[^>]*>", "", app.export_screenshot()).replace("&#160;", " ")


async def settle(app: PapertermApp) -> None:
    """Wait until everything asked for has been shown."""
    quiet = 0
    while quiet < 3:
        await asyncio.sleep(0.03)
        # The tag editor's worker waits for the reader, everything else comes to an end.
        busy = [worker for worker in app.workers if worker.group not in ("tags", "watch")]
        quiet = 0 if any(not worker.is_finished for worker in busy) else quiet + 1


def _drawer() -> Callable[..., bytes] | None:
    try:
        from resvg_py import svg_to_bytes
    except ImportError:
        return None
    drawer: Callable[..., bytes] = svg_to_bytes
    return drawer


def main() -> None:
    """Make them all."""
    svg_to_bytes = _drawer()
    wanted = sys.argv[1:]
    for scene in SCENES:
        if wanted and scene.name not in wanted:
            continue
        with tempfile.TemporaryDirectory() as folder:
            picture = asyncio.run(take(scene, Path(folder)))
        (HERE / f"{scene.name}.svg").write_text(picture, "utf-8")
        if svg_to_bytes is not None:
            plain = re.sub(r"@font-face\s*{[^}]*}", "", picture).replace("Fira Code", FONT)
            drawn = svg_to_bytes(svg_string=plain, monospace_family=FONT)
            (HERE / f"{scene.name}.png").write_bytes(bytes(drawn))


if __name__ == "__main__":
    main()
