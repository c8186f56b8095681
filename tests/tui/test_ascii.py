"""Terminals that show nothing but ASCII, and those whose mouse is not ours."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from bench.places import Reader as Someone
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from faults.ttys import Tty
from paperterm.library.paths import Paths
from paperterm.tui import drawing
from paperterm.tui.painting import Paint, has_unicode
from paperterm.tui.transliterating import in_ascii
from tui.conftest import reading


@given(st.text(st.characters(exclude_categories=("Cc", "Cs"))))
def test_any_text_has_as_many_cells_in_ascii(text: str) -> None:
    told = in_ascii(text)
    assert told.isascii()
    assert len(told) == cell_len(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Erdős–Rényi “graphs”", 'Erdos-Renyi "graphs"'),
        ("Łukasz Ørsted", "Lukasz Orsted"),
        ("x² ≤ 4 × α", "x2 ? 4 x ?"),
        ("大模型", "??????"),
        ("Ａ１", "A 1 "),
        ("e\u0301te\u0301", "ete"),
        ("½", "?"),
        ("👩\u200d🔬!", "??!"),
    ],
    ids=["dashes", "strokes", "signs", "wide", "fullwidth", "combining", "fraction", "joined"],
)
def test_accents_are_left_out_and_what_has_no_likeness_is_a_question_mark(
    text: str, told: str
) -> None:
    assert in_ascii(text) == told


def test_signs_that_may_stand_in_one_place_are_told_apart_in_ascii() -> None:
    d = drawing
    places = (
        (d.NEW, d.LATER, d.ARCHIVED, d.REMOVED, d.BEYOND, d.BOOKMARKED, " "),
        (d.CURSOR, d.SELECTED, d.BOTH, " "),
        (d.OPEN, d.SHUT, " "),
        (d.DONE, d.TO_DO),
    )
    for signs in places:
        told = [in_ascii(sign) for sign in signs]
        assert len(set(told)) == len(signs)
    for sign in d.IN_ASCII:
        assert cell_len(in_ascii(sign)) == cell_len(sign)


@pytest.mark.parametrize(
    ("environ", "stream", "locale", "shows_more"),
    [
        ({}, "utf-8", "UTF-8", True),
        ({"LC_ALL": "C"}, "utf-8", "ANSI_X3.4-1968", False),
        ({"LANG": "de_DE"}, "iso8859-1", "ISO-8859-1", False),
        ({"LC_ALL": "xx_XX.UTF-8"}, "utf-8", "ANSI_X3.4-1968", True),
        ({"LANG": "C.UTF-8"}, "latin-1", "UTF-8", False),
        ({"LC_ALL": "C", "LANG": "en_US.UTF-8"}, "utf-8", "ANSI_X3.4-1968", False),
    ],
    ids=["utf", "C", "latin", "not-installed", "stream", "stronger"],
)
def test_a_locale_shows_more_than_ascii_or_not(
    environ: dict[str, str], stream: str, locale: str, shows_more: bool
) -> None:
    assert has_unicode(environ, stream, locale) is shows_more


async def test_every_screen_is_ascii_with_straight_columns(starter: Paths) -> None:
    async with reading(starter, (120, 36), paint=Paint(ascii=True)) as reader:
        await reader.sees("84 papers")
        for keys, there in (
            (("j", "b", "x"), "1 selected"),
            (("escape", "question_mark"), "Esc closes"),
            (("escape", "T"), "No paper has a tag yet|papers"),
            (("escape", "F"), "Daily Papers"),
            (("escape", "C"), "solarized-light"),
            (("escape", "ctrl+p"), "Around the panes"),
            (("escape", "n"), r"\^s keep"),
        ):
            await reader.press(*keys)
            screen = await reader.sees(there)
            assert screen.isascii(), keys
            assert {len(line) for line in screen.split("\n")} == {120}


# At a terminal

TITLES = ("Überlegungen zu “Größe” — 大模型", "Ünïcödé 👩‍🔬 और हिन्दी", "עברית e\u0301\u0323 ½")


@pytest.fixture(scope="module")
def someone(tmp_path_factory: pytest.TempPathFactory) -> Someone:
    folder = tmp_path_factory.mktemp("someone")
    someone = Someone(folder, "abroad")
    papers = [
        {"title": title, "authors": ["Erdős, Pál", "王小明"], "abstract": f"{title} naïve."}
        for title in TITLES
    ]
    file = folder / "papers.jsonl"
    file.write_text("".join(json.dumps(paper) + "\n" for paper in papers), "utf-8")
    someone.run("import", str(file))
    return someone


def opened(someone: Someone, **environment: str) -> bytes:
    """What is written while someone looks at each paper and at help."""
    with Tty(someone, **environment) as tty:
        tty.wait_for_text("berlegungen")
        tty.press("jjJ?")
        tty.wait_for_text("Esc closes")
        tty.settle(0.3)
        return bytes(tty.output)


@pytest.mark.parametrize(
    "environment",
    [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "latin-1"}, {"PYTHONIOENCODING": "ascii"}],
    ids=["C", "latin-1", "ascii"],
)
def test_where_the_locale_is_not_utf_8_every_byte_is_ascii(
    someone: Someone, environment: dict[str, str]
) -> None:
    assert opened(someone, **environment).isascii()


def set_in(someone: Someone, text: str) -> Path:
    file = someone.paths.settings
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def test_ascii_can_be_set_and_the_mouse_left_alone(someone: Someone) -> None:
    file = set_in(someone, "ascii = true\nmouse = false\n")
    try:
        quiet = opened(someone)
    finally:
        file.unlink()
    assert quiet.isascii()
    asked = {b"\x1b[?%dh" % number for number in (1000, 1003, 1015, 1006, 1016)}
    assert not any(one in quiet for one in asked)
    usual = opened(someone)
    assert not usual.isascii()
    assert b"\x1b[?1000h" in usual
    assert unicodedata.normalize("NFC", TITLES[0]).encode()[:4] in usual
