"""Notes as Markdown files: any paper and any note, read back by somebody else's YAML."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from paperterm.exports.note_files import file_name, file_text, head, parted, quoted
from paperterm.model.marks import Marks, clean_note
from paperterm.model.paper import Paper
from paperterm.model.text import harmless, shown, storable

HOSTILE = (
    'a "quoted\': title" # no comment',
    "---\ntitle: owned\n---\n",
    "- [x]: {y} & *z !tag %dir @at `tick`",
    "emoji 👩‍🔬 \U000e0041 \u202edlrow \u2028 \x85 \x1b]0;x\x07 \ufeff",
    "\ud800 lone",
    "null",
    "\\u0041 \\",
    "語言: 模型",
)
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
texts = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(), max_size=60))


@given(texts)
def test_a_quoted_text_is_the_same_text_for_another_reader(text: str) -> None:
    text = storable(text)
    line = f"x: {quoted(text)}\n"
    assert yaml.safe_load(line) == {"x": text}
    assert line[:-1].isprintable()


@given(
    texts.filter(shown),
    st.lists(texts, max_size=3),
    texts,
    st.lists(st.sampled_from(["to read", "a/b", "2024", "c++", "yes", "日本語", "é x/ü"])),
)
@example("t", [], "---\n\nnote: x\n---\n", [])
@example("t", [], "---", [])
def test_a_file_holds_what_is_known_and_the_note_as_it_is(
    title: str, authors: list[str], note: str, tags: list[str]
) -> None:
    note = clean_note(note)
    paper = Paper(
        title, authors=tuple(authors), arxiv_id="2312.00752", published=dt.date(2023, 12, 1)
    )
    text = file_text(paper, Marks(True, False, tuple(sorted(set(tags))), note))
    before, after = parted(text.encode().decode())
    assert after == clean_note(harmless(note))
    assert not CONTROLS.search(text)
    fence, *lines, end, rest = before.split("\n")
    assert (fence, end, rest) == ("---", "---", "")
    told = yaml.safe_load("\n".join(lines))
    assert told["title"] == shown(title)
    assert told["authors"] == [shown(name) for name in authors]
    assert told["date"] == dt.date(2023, 12, 1)
    assert (told["bookmarked"], told["read"]) == (True, False)
    assert told["arxiv"] == "2312.00752"
    assert told["paperterm"] == "arxiv:2312.00752"
    assert all(isinstance(tag, str) and not set(tag) & set(" ,#+") for tag in told["tags"])


def test_tags_are_such_as_obsidian_takes() -> None:
    tags = ("2024", "c++", "llm/long-context", "to read", "yes", "日本語")
    lines = head(Paper("t"), Marks(tags=tags)).split("\n")
    (line,) = [line for line in lines if line.startswith("tags: ")]
    assert line == 'tags: [_2024, c, llm/long-context, to-read, "yes", 日本語]'
    assert yaml.safe_load(line)["tags"] == [
        "_2024",
        "c",
        "llm/long-context",
        "to-read",
        "yes",
        "日本語",
    ]


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("arxiv:2312.00752", "2312.00752.md"),
        ("arxiv:hep-th/9901001", "hep-th_9901001.md"),
    ],
)
def test_a_file_bears_the_papers_id(key: str, name: str) -> None:
    assert file_name(key) == name


@given(st.one_of(st.text(), st.sampled_from(["doi:10.1/../../x", "doi:" + "x" * 5_000, "", ".."])))
def test_no_key_leads_out_of_the_folder(key: str) -> None:
    name = file_name(key)
    assert "/" not in name
    assert "\\" not in name
    assert not name.startswith((".", "-"))
    assert name.isascii()
    assert name.isprintable()
    assert len(name) < 120


def test_another_key_is_another_file() -> None:
    keys = ["doi:10.1/a", "doi:10.1_a", "doi:10.1/A", "title:10_1_a", "arxiv:hep-th/9901001"]
    names = [file_name(key).lower() for key in keys]
    assert len(set(names)) == len(keys)


def test_a_file_whose_head_somebody_took_away_is_a_note() -> None:
    assert parted("just a note\r\n") == ("", "just a note")
    assert parted("---\nnever closed\n") == ("", "---\nnever closed")
    assert parted("---\na: b\n---") == ("---\na: b\n---\n", "")
