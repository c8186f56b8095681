"""`paperterm config`: settings shown, checked and changed, and nothing else touched."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path

import pytest

from paperterm.library.settings import SETTINGS, read_settings

from .helpers import Ran, Run

WRITTEN = """\
# My settings.

sort = "day"     # by day
link = 'arxiv'   # and not the other

[services]       # elsewhere
arxiv = "https://mirror.example"  # a mirror
# the end
"""


@pytest.fixture
def file(home: Path) -> Path:
    path = home / ".config/paperterm/config.toml"
    path.parent.mkdir(parents=True)
    path.write_text(WRITTEN)
    return path


def values(ran: Ran) -> dict[str, tuple[object, str]]:
    told = map(json.loads, ran.lines)
    return {one["name"]: (one["value"], one["origin"]) for one in told}


# Showing


def test_without_a_file_every_setting_is_shown_with_its_default(run: Run, home: Path) -> None:
    ran = run("config")
    assert (ran.status, ran.err) == (0, "")
    rows = [line.split("\t") for line in ran.lines]
    assert {one.name for one in SETTINGS if not one.is_table} < {row[0] for row in rows}
    assert ["sort", '"day"', "default", "The order of a list that is not a search."] in rows
    assert not (home / ".config").exists()


def test_where_a_value_comes_from_is_told(
    run: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    file.write_text(WRITTEN + '\n[keys]\nbookmark = "B"\n')
    told = values(run("config", "--json"))
    assert told["sort"] == ("day", "file")
    assert told["fetch"] == ("due", "default")
    assert told["services.arxiv"] == ("https://mirror.example", "file")
    assert told["services.huggingface"] == ("http://127.0.0.1:9", "environment")
    assert told["keys.bookmark"] == ("B", "file")
    assert "keys.tag" not in told


def test_what_is_wrong_is_told_besides_and_the_default_is_shown(run: Run, file: Path) -> None:
    file.write_text('sort = "backwards"\nsorted = 1\n[services]\narxiv = 5\nacl = "x"\n')
    ran = run("config", "--json")
    assert values(ran)["sort"] == ("day", "default")
    assert values(ran)["services.arxiv"] == ("https://arxiv.org", "default")
    assert len(ran.err.splitlines()) == 4
    assert "config.toml: there is no setting 'sorted'; did you mean sort?" in ran.err


def test_a_file_that_is_no_toml_shows_the_defaults(run: Run, file: Path) -> None:
    file.write_text("sort = title\n")
    ran = run("config", "--json")
    assert values(ran)["sort"] == ("day", "default")
    assert "can't be read" in ran.err


def test_on_a_narrow_terminal_no_line_is_too_long(terminal: Run, file: Path) -> None:
    lines = terminal("config", columns=40).out.replace("\r", "").splitlines()
    assert max(len(line) for line in lines if line.startswith(" ")) <= 40
    assert '\x1b[1msort\x1b[0m = "day"  \x1b[2m(file; else "day")\x1b[0m' in lines


def test_the_path_is_told(run: Run, file: Path) -> None:
    assert run("config", "path").lines == [str(file)]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sort", "day"),
        ("read_after", "0"),
        ("services.arxiv", "https://mirror.example"),
        ("keys.bookmark", "b"),
        ("keys.cursor_down", '["j", "down"]'),
    ],
)
def test_one_value_can_be_asked_for(run: Run, file: Path, name: str, value: str) -> None:
    assert run("config", "get", name).lines == [value]
    assert json.loads(run("config", "get", name, "--json").out)["name"] == name


# Changing


@pytest.mark.parametrize(
    ("name", "value", "before", "after"),
    [
        ("sort", "title", 'sort = "day"  ', 'sort = "title"  '),
        ("link", "huggingface", "link = 'arxiv'", 'link = "huggingface"'),
        (
            "services.arxiv",
            "https://other.example",
            'arxiv = "https://mirror.example"',
            'arxiv = "https://other.example"',
        ),
    ],
)
def test_setting_a_value_changes_its_line_and_nothing_else(
    run: Run, file: Path, name: str, value: str, before: str, after: str
) -> None:
    file.chmod(0o640)
    assert run("config", "set", name, value).status == 0
    assert file.read_text() == WRITTEN.replace(before, after)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert run("config", "get", name).lines == [value]


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("read_after", "5", "read_after = 5"),
        ("read_after", "2.5", "read_after = 2.5"),
        ("mailto", "me@example.org", 'mailto = "me@example.org"'),
        ("services.crossref", "https://x.example", 'crossref = "https://x.example"'),
        ("keys.bookmark", "B", 'bookmark = "B"'),
        ("keys.bookmark", '["B", "^o"]', 'bookmark = ["B", "^o"]'),
        ("keys.bookmark", "5", 'bookmark = "5"'),
        ("keys.bookmark", "", 'bookmark = ""'),
    ],
)
def test_a_new_setting_gets_a_line_and_all_else_stays(
    run: Run, file: Path, name: str, value: str, line: str
) -> None:
    ran = run("config", "set", name, value)
    assert (ran.status, ran.err) == (0, "")
    before, lines = filter(None, WRITTEN.splitlines()), file.read_text().splitlines()
    assert [one for one in lines if one and one in WRITTEN] == list(before)
    assert line in lines
    assert run("config", "check").status == 0
    assert read_settings(file).problems == ()


def test_the_first_setting_makes_the_file(run: Run, home: Path) -> None:
    assert run("config", "set", "sort", "title").lines == ['sort = "title"']
    assert (home / ".config/paperterm/config.toml").read_text() == 'sort = "title"\n'


def test_taking_a_setting_out_leaves_all_else(run: Run, file: Path) -> None:
    told = run("config", "unset", "sort")
    assert told.lines == ['sort is not set any more; it is "day" by default.']
    assert run("config", "unset", "services.arxiv").status == 0
    assert file.read_text() == WRITTEN.replace('sort = "day"     # by day\n', "").replace(
        'arxiv = "https://mirror.example"  # a mirror\n', ""
    )
    assert run("config", "unset", "sort").lines == ['sort is not set; it is "day" by default.']


def test_what_is_no_setting_can_be_taken_out(run: Run, file: Path) -> None:
    file.write_text('sorted = 1\nsort = "title"\n')
    assert run("config", "unset", "sorted").status == 0
    assert file.read_text() == 'sort = "title"\n'


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("sorted", "day", "config.toml: there is no setting 'sorted'; did you mean sort?"),
        ("sort", "backwards", "config.toml: sort = 'backwards' is none of: relevance, day, "),
        ("read_after", "-1", "config.toml: read_after = -1 is not from 0 to a day."),
        ("read_after", "soon", "config.toml: read_after = 'soon' is no number of seconds."),
        ("services", "x", "config.toml: services = 'x' is no table: [services]."),
        ("services.arxive", "x", "config.toml: there is no service 'arxive'; did you mean arxiv?"),
        ("services.arxiv", "x", "config.toml: services.arxiv is not the address of a service: "),
        ("keys.bookmarks", "B", "config.toml: there is no action 'bookmarks'; did you mean "),
        ("keys.bookmark", "s", "config.toml: s is the key of sort; bookmark keeps b."),
        ("keys.bookmark", "pgdwn", "config.toml: keys.bookmark: 'pgdwn' is no key; did you mean "),
        ("sort.x", "x", "There is no setting 'sort.x'; did you mean sort?"),
    ],
)
def test_what_check_would_complain_of_is_refused_with_its_sentence(
    run: Run, file: Path, name: str, value: str, told: str
) -> None:
    ran = run("config", "set", name, value)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(told)
    assert file.read_text() == WRITTEN
    assert file.parent.joinpath("config.toml").exists()


def test_a_wrong_value_that_stands_there_is_refused_again(run: Run, file: Path) -> None:
    file.write_text('sort = "backwards"\n')
    assert run("config", "set", "sort", "backwards").status == 2
    assert run("config", "set", "link", "huggingface").status == 0
    assert run("config", "set", "sort", "title").status == 0
    assert run("config", "check").status == 0


def test_a_key_is_refused_that_would_take_another_changed_one(run: Run, file: Path) -> None:
    file.write_text('[keys]\nbookmark = "s"\nsort = "b"\n')
    assert run("config", "check").status == 0
    before = file.read_text()
    ran = run("config", "set", "keys.bookmark", "b")
    assert ran.status == 2
    assert file.read_text() == before


@pytest.mark.parametrize(
    "content",
    ["sort = title\n", "sort = 'day'\nsort = 'day'\n", "a = " + "[" * 20_000],
    ids=["no quotes", "twice", "deep"],
)
def test_a_file_that_is_no_toml_is_left_as_it_is(run: Run, file: Path, content: str) -> None:
    file.write_text(content)
    for change in (["set", "sort", "title"], ["unset", "sort"]):
        ran = run("config", *change)
        assert ran.status == 1
        assert "can't be read" in ran.err
        assert file.read_text() == content


def test_odd_ways_of_writing_are_changed_rightly_or_left(run: Run, file: Path) -> None:
    for content in (
        'services.arxiv = "https://a.example"\n"sort" = \'day\'\n',
        'services = {arxiv = "https://a.example"} # inline\nsort = """day"""\n',
        'sort = "day"\r\n[services]\r\narxiv = "https://a.example"\r\n',
        '[services]\n[keys]\nbookmark = [ # mine\n "B",\n "^o", # too\n]\n',
    ):
        file.write_bytes(content.encode())
        for name, value in (("sort", "title"), ("services.arxiv", "https://b.example")):
            ran = run("config", "set", name, value)
            if ran.status:
                assert "only a hand can change" in ran.err
            else:
                assert run("config", "get", name).lines == [value]
        assert b"# mine" in file.read_bytes() or "mine" not in content


def test_a_table_that_is_none_is_told_and_left(run: Run, file: Path) -> None:
    file.write_text("keys = 3\n")
    ran = run("config", "set", "keys.bookmark", "B")
    assert ran.err == "config.toml: keys = 3 is no table: [keys].\n"
    assert file.read_text() == "keys = 3\n"


# Checking


def test_a_file_in_order_is_told_to_be_so(run: Run, file: Path) -> None:
    ran = run("config", "check")
    assert (ran.status, ran.lines) == (0, [f"There is nothing wrong with {file}."])
    assert run("config", "check", "--json").out == ""


def test_all_that_is_wrong_is_told_a_sentence_each(run: Run, file: Path) -> None:
    file.write_text('sort = 1\nlnik = 2\n[services]\nx = ""\n[keys]\ntag = "b"\n')
    ran = run("config", "check")
    assert ran.status == 1
    assert [line.partition(": ")[2][:22] for line in ran.lines] == [
        "there is no setting 'l",
        "sort = 1 is none of: r",
        "there is no service 'x",
        "b is the key of bookma",
    ]
    told = [json.loads(line)["problem"] for line in run("config", "check", "--json").lines]
    assert told == ran.lines


def test_doctor_finds_what_check_finds(run: Run, file: Path) -> None:
    file.write_text('[keys]\ntag = "b"\n')
    ran = run("doctor")
    assert ran.status == 1
    assert "config.toml: b is the key of bookmark; tag keeps t." in ran.out


def test_hostile_names_and_values_are_shown_harmlessly(run: Run, file: Path) -> None:
    file.write_text('"a\\u001b[2J" = 1\nmailto = "\\u001b]0;x\\u0007"\n[keys]\n"\\u009b" = "x"\n')
    for arguments in ([], ["check"], ["--json"], ["get", "mailto"], ["set", "\x1b[2J", "\x1b"]):
        ran = run("config", *arguments)
        assert "\x1b" not in ran.out + ran.err
        assert "\x9b" not in ran.out + ran.err


# The reader's editor


@pytest.fixture
def editor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A script that is the reader's editor; its argument is the file."""
    script = tmp_path / "editor.py"
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")
    return script


def writes(script: Path, old: str, new: str) -> None:
    script.write_text(
        "import sys, pathlib\n"
        "path = pathlib.Path(sys.argv[1])\n"
        f"path.write_text(path.read_text().replace({old!r}, {new!r}))\n"
    )


def test_what_the_editor_makes_of_it_is_kept_and_checked(
    run: Run, file: Path, editor: Path
) -> None:
    writes(editor, 'sort = "day"', 'sort = "title"')
    ran = run("config", "edit")
    assert (ran.status, ran.lines) == (0, [f"Settings kept in {file}."])
    assert file.read_text() == WRITTEN.replace('sort = "day"', 'sort = "title"')
    writes(editor, '"title"', '"backwards"')
    ran = run("config", "edit")
    assert ran.status == 1
    assert "sort = 'backwards' is none of" in ran.out


def test_what_is_no_toml_is_not_taken_over_and_is_kept_beside(
    run: Run, file: Path, editor: Path, home: Path
) -> None:
    writes(editor, '"day"', "day")
    ran = run("config", "edit")
    assert ran.status == 1
    assert file.read_text() == WRITTEN
    kept = next((home / ".local/state/paperterm").glob("config-*.toml"))
    assert str(kept) in ran.err
    assert "sort = day " in kept.read_text()


def test_an_editor_that_changes_nothing_writes_nothing(run: Run, home: Path, editor: Path) -> None:
    writes(editor, "", "")
    assert run("config", "edit").lines == ["The settings are as before."]
    assert not (home / ".config/paperterm").exists()


def test_a_first_file_begins_with_every_setting_to_be_taken_up(
    run: Run, home: Path, editor: Path
) -> None:
    writes(editor, "# ", "")
    editor.write_text(
        "import sys, pathlib, re\n"
        "path = pathlib.Path(sys.argv[1])\n"
        "text = re.sub(r'^# (\\w+ = |\\[)', r'\\1', path.read_text(), flags=re.M)\n"
        "path.write_text(text)\n"
    )
    ran = run("config", "edit")
    assert ran.status == 0, ran.out + ran.err
    told = values(run("config", "--json"))
    assert {one.name for one in SETTINGS if not one.is_table} <= {
        name for name, (_, origin) in told.items() if origin == "file"
    }


def test_without_an_editor_that_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.delenv("VISUAL", raising=False)
    ran = run("config", "edit")
    assert ran.status != 0
    assert "$VISUAL or $EDITOR" in ran.err
