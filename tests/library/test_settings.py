"""What a reader may set, and what is said of a file that makes no sense."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperterm.library.settings import Link, Settings, read_settings
from paperterm.model.query import Sort


@pytest.fixture
def path(tmp_path):
    return tmp_path / "config.toml"


def test_no_file_is_needed(path):
    assert read_settings(path) == Settings(Link.ARXIV, Sort.DAY)
    assert read_settings(path).problems == ()


def test_what_is_set_is_in_force(path):
    path.write_text('link = "huggingface"\nsort = "upvotes"\nread_after = 5\n')
    assert read_settings(path) == Settings(Link.HUGGINGFACE, Sort.UPVOTES, read_after=5.0)
    assert read_settings(path).problems == ()


THEMES_TOLD = (
    "config.toml: theme = 'neon' is none of: last, auto, dark, light, high-contrast, "
    "solarized-dark, solarized-light, terminal."
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            'colour = "red"',
            "config.toml: there is no setting 'colour'; "
            "there are: ascii, fetch, keys, link, mailto, mouse, read_after, services, sort, sync, "
            "theme.",
        ),
        ("sorted = 1", "config.toml: there is no setting 'sorted'; did you mean sort?"),
        ("keys = 1", "config.toml: keys = 1 is no table: [keys]."),
        ("mouse = 0", "config.toml: mouse = 0 is neither true nor false."),
        ('theme = "neon"', THEMES_TOLD),
        ('link = "gopher"', "config.toml: link = 'gopher' is none of: arxiv, huggingface."),
        ("link = 7", "config.toml: link = 7 is none of: arxiv, huggingface."),
        ("link = []", "config.toml: link = [] is none of: arxiv, huggingface."),
        ("[link]", "config.toml: link = {} is none of: arxiv, huggingface."),
        (
            "sort = true",
            "config.toml: sort = True is none of: "
            "relevance, day, date, added, upvotes, comments, title.",
        ),
        ("read_after = true", "config.toml: read_after = True is no number of seconds."),
        ('read_after = "5"', "config.toml: read_after = '5' is no number of seconds."),
        ("read_after = -1", "config.toml: read_after = -1 is not from 0 to a day."),
        ("read_after = nan", "config.toml: read_after = nan is not from 0 to a day."),
    ],
)
def test_what_makes_no_sense_is_told_and_the_default_stands(path, text, told):
    path.write_text(text)
    assert read_settings(path) == Settings()
    assert read_settings(path).problems == (told,)


def test_a_bad_setting_does_not_spoil_a_good_one(path):
    path.write_text('link = "gopher"\nsort = "title"\n')
    assert read_settings(path) == Settings(sort=Sort.TITLE)
    assert len(read_settings(path).problems) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"link = arxiv",
        b"\xff\xfe",
        b"link = 'arxiv'\nlink = 'arxiv'",
        b"=",
        b"a = " + b"[" * 20_000,
        b"when = 2024-13-45",
    ],
    ids=["no quotes", "no UTF-8", "twice", "no name", "too deep", "no date"],
)
def test_a_file_that_is_no_toml_is_told_and_the_defaults_stand(path, content):
    path.write_bytes(content)
    assert read_settings(path) == Settings()
    (problem,) = read_settings(path).problems
    assert problem.startswith(f"{path} can't be read")
    assert problem.endswith("the defaults are used.")


def test_a_folder_in_the_files_place_is_told(path):
    path.mkdir()
    (problem,) = read_settings(path).problems
    assert problem == f"{path} can't be read (Is a directory); the defaults are used."


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=40) | st.text('link="sor\n[].#0\\', max_size=40))
def test_any_file_gives_settings(tmp_path_factory, text):
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    assert isinstance(read_settings(path), Settings)
