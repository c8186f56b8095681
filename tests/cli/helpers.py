"""What the tests of the command line share."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import paperterm

SOURCES = Path(paperterm.__file__).parent.parent
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]")
"""What no output may hold; tabs and line ends may be there."""
HOSTILE = "Owned \x1b]0;x\x07 \x9b2J [/] [@click=app.quit]x[/] \u202edlrow [MASK]\r\nline"
PAPERS: list[dict[str, object]] = [
    {
        "title": "Mamba Retriever: Dense Retrieval",
        "arxiv_id": "2408.08066",
        "published": "2024-08-15",
        "abstract": "In the information retrieval area, a Mamba does well.",
        "authors": ["Hanqi Zhang", "Chong Chen"],
        "author_count": 5,
        "comments": 1,
        "upvotes": 20,
        "categories": ["cs.IR"],
    },
    {
        "title": "Mamba: Linear-Time Sequence Modeling",
        "arxiv_id": "2312.00752",
        "published": "2023-12-01",
        "abstract": "Foundation models.",
    },
    {"title": "Ünïcödé in 語言模型 Models", "arxiv_id": "2510.12285", "abstract": "Größe."},
    {
        "title": HOSTILE,
        "abstract": "An abstract \x1b[2J\x00 that\n\nowns.",
        "authors": ["\x1b[31mEve"],
    },
]


@dataclass(frozen=True)
class Ran:
    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


Run = Callable[..., Ran]


def point_to(home: Path, base: str) -> None:
    """Let the settings of the reader with this home have every service at `base`."""
    config = home / ".config" / "paperterm" / "config.toml"
    config.parent.mkdir(parents=True, exist_ok=True)
    names = ("huggingface", "arxiv_api", "arxiv_rss", "arxiv", "crossref")
    config.write_text("[services]\n" + "".join(f'{name} = "{base}"\n' for name in names))
