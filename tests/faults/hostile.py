"""Text that a terminal, a markup parser or a writer of files would act on."""

from __future__ import annotations

import random

from paperterm.model.paper import Paper
from paperterm.model.record import Record
from paperterm.model.text import storable

PIECES = (
    *("[@click=app.quit]quit[/]", "[bold red]", "[/]", "[/x]", "[link=file:///etc/passwd]l[/]"),
    *("[$x]", "[MASK]", "\\[", "[@click=app.bell]"),
    *("\x1b]0;owned\x07", "\x1b[2J", "\x1b[31m", "\x1b]52;c;b3duZWQ=\x07", "\x1bc", "\x1b[6n"),
    *("\x1b]8;;javascript:alert(1)\x1b\\here\x1b]8;;\x1b\\", "\x1bP$q\x1b\\", "\x1b[?1049l"),
    *("\x9b31m", "\x9d0;x\x9c", "\x90q\x9c", "\x85", "\x07", "\x08\x08", "\x7f", "\x00", "\x0e"),
    *("\u202egnp.exe", "\u2066x\u2069", "\u200f", "\u200b", "\ufeff", "\u2028", "\u2029"),
    *("\ud800", "\udfff", "e" + "\u0301" * 300, "\u0e49" * 90, "\U000e0041", "\U0010ffff"),
    *("漢字" * 9, "👩\u200d🔬", "ﷺ", "\u05e9\u05dc\u05d5\u05dd", "\r\n", "\r", "\t", "%s%n"),
    *("$(id)", "`id`", "=cmd|' /C calc'!A0", '","', "\\end{document}", "}} @comment{", "</script>"),
)  # fmt: skip
LONGEST = 100_000


class Hostile:
    """Any number of papers of such text, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)

    def text(self, most: int = 12) -> str:
        pieces = [self._chance.choice(PIECES) for _ in range(self._chance.randint(1, most))]
        return "Owned " + " ".join(pieces)

    def long(self) -> str:
        piece = self._chance.choice((*PIECES, "x"))
        return (piece * (LONGEST // len(piece) + 1))[:LONGEST]

    def record(self, number: int) -> Record:
        title = self.long() if number % 10 == 9 else self.text()
        return Record(
            Paper(
                title=f"{number} {title}",
                abstract=self.long() if number % 10 == 8 else f"{self.text()}\n\n{self.text()}",
                authors=tuple(self.text(4) for _ in range(3)),
                categories=(self.text(2),),
                venue=self.text(),
                submitter=self.text(),
                ai_summary=self.text(),
                keywords=(self.text(3), self.text(3)),
                arxiv_id=f"2401.{number:05d}",
            )
        )

    def tag(self) -> str:
        return storable(self.text(3).replace("/", "")[:60])
