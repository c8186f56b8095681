"""`paperterm browse --plain`: a conversation in lines, for screen readers, pipes and TERM=dumb."""

from __future__ import annotations

import io
import os
import pty
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise

import pytest

from paperterm.cli.plain import browse, conversation
from paperterm.cli.plain.table import COMMANDS
from paperterm.library.door import Library
from paperterm.library.paths import default_paths
from paperterm.model.parse import parse

from .helpers import CONTROLS, Run

BROWSE = ["browse", "--plain"]
Talk = Callable[..., list[str]]
MAMBA = "Mamba: Linear-Time Sequence Modeling"
RETRIEVER = "Mamba Retriever: Dense Retrieval"


@pytest.fixture
def talk(run: Run, monkeypatch: pytest.MonkeyPatch, stocked: None) -> Talk:
    """Has a conversation of these lines; gives what was answered, without the opening."""

    def talk(*lines: str | bytes) -> list[str]:
        lines = ("help help", *lines, "quit")
        said = [line if isinstance(line, bytes) else line.encode() for line in lines]
        stream = io.TextIOWrapper(io.BytesIO(b"\n".join(said)), "utf-8")
        monkeypatch.setattr(sys, "stdin", stream)
        ran = run(*BROWSE)
        assert ran.status == 0, ran.err
        assert not CONTROLS.search(ran.out + ran.err)
        assert ran.lines[-1] == "Goodbye; every mark is on the disk."
        begun = ran.lines.index("help [COMMAND], or h. Tell the commands.") + 1
        return ran.lines[begun:-1]

    return talk


def found(query: str) -> list[str]:
    """The titles that a query finds in the reader's library, asked of a library of its own."""
    with Library(default_paths()) as library:
        view = library.find(parse(query, typing=False))
        return [entry.paper.title for entry in library.entries(view.ids)]


# Looking


def test_it_begins_with_the_inbox(shell: Run, stocked: None) -> None:
    ran = shell(*BROWSE)
    assert (ran.status, ran.err) == (0, "")
    assert "help" in ran.lines[0]
    assert ran.lines[1] == "Inbox: 4 papers."
    assert [line[:3] for line in ran.lines[2:]] == ["1. ", "2. ", "3. ", "4. "]


def test_the_option_alone_means_the_same(shell: Run, stocked: None) -> None:
    assert shell("--plain", stdin=b"help\n").out == shell(*BROWSE, stdin=b"help\n").out


def test_the_option_before_another_command_is_bad_usage(run: Run) -> None:
    assert run("--plain", "search").status == 2


def test_an_empty_library_talks_too(shell: Run) -> None:
    shell("starter", "remove")
    ran = shell(*BROWSE, stdin=b"next\n1\nread\n")
    assert ran.status == 0
    assert ran.lines[1] == "Inbox: no papers."
    assert len(ran.lines) == 5


def test_ten_papers_are_read_out_at_a_time_with_their_numbers(shell: Run) -> None:
    ran = shell(*BROWSE, stdin=b"next\nback\nback\nlist 84\nnext\n")
    headings = [line for line in ran.lines if line.startswith(("Inbox:", "This is"))]
    assert headings == [
        "Inbox: 1 to 10 of 84.",
        "Inbox: 11 to 20 of 84.",
        "Inbox: 1 to 10 of 84.",
        "This is the beginning of Inbox, 84 papers.",
        "Inbox: 84 of 84.",
        "This is the end of Inbox, 84 papers.",
    ]
    assert any(line.startswith("84. ") for line in ran.lines)


def test_a_search_gives_a_list_and_a_number_opens_a_paper_of_it(talk: Talk) -> None:
    heading, row, *page = talk("search retriev", "1")
    assert heading == "Search for retriev: 1 paper."
    assert row == f"1. {RETRIEVER}. Zhang and 4 others. 15 Aug 2024."
    assert page == [
        f"1 of 1. {RETRIEVER}",
        "Authors: Hanqi Zhang, Chong Chen and 3 more",
        "Published 2024-08-15; 20 upvotes; 1 comment; cs.IR; arXiv:2408.08066",
        "Link: https://arxiv.org/abs/2408.08066",
        "Abstract:",
        "In the information retrieval area, a Mamba does well.",
    ]


def test_a_search_without_hits_says_so_and_leaves_the_list(talk: Talk) -> None:
    answers = talk("search retriev", "search zzzqqq", "")
    assert answers[-2].startswith("No paper matches zzzqqq")
    assert answers[-1] == "Search for retriev: 1 paper."


def test_a_slash_and_the_query_language_work_as_in_the_app(talk: Talk) -> None:
    assert talk("/is:unread date:2023")[1].startswith(f"1. {MAMBA}.")


def test_reading_goes_on_to_the_next_paper(talk: Talk) -> None:
    answers = talk("search mamba", "read", "read", "read")
    places = [line[:7] for line in answers if " of 2. " in line]
    assert places == ["1 of 2.", "2 of 2."]
    assert answers[-1].startswith("This was the last paper")


def test_all_that_is_yours_is_read_out_with_a_paper(talk: Talk) -> None:
    answers = talk(
        "bookmark 2312.00752", "tag 2312.00752 ssm, to read", "note 2312.00752 Compare",
        "read 2312.00752",
    )  # fmt: skip
    page = answers[-10:]
    assert "Marks: bookmarked" in page
    assert "Tags: ssm, to read" in page
    assert page[-2:] == ["Note:", "Compare"]


def test_shelves_are_told_and_gone_to_by_name(talk: Talk) -> None:
    answers = talk("bookmark 1", "tag 1 llm/long context", "shelf")
    assert "Bookmarks: 1 paper." in answers
    assert "Tag llm/long context: 1 paper." in answers
    for name in ("bookmarks", "Book", "#llm", "llm/long context"):
        assert talk(f"shelf {name}")[0].endswith(": 1 paper.")
    assert talk("shelf nothing")[0].startswith("No one shelf is called nothing")


def test_saved_searches_are_shelves(run: Run, talk: Talk) -> None:
    run("searches", "add", "State spaces", "mamba")
    assert "Saved search State spaces: mamba." in talk("shelves")
    assert talk("shelf state")[0] == "State spaces: 2 papers."


def test_days_are_told_and_gone_to(shell: Run) -> None:
    answers = shell(*BROWSE, stdin=b"day\nday 2025-11-06\nday 2025\nday 2024-11\n").lines
    assert "Thu 6 Nov 2025: 84 papers." in answers
    assert "Thu 6 Nov 2025: 1 to 10 of 84." in answers
    assert "2025: 1 to 10 of 84." in answers
    assert "Nov 2024: no papers." in answers


# Marking


@pytest.mark.parametrize(
    ("command", "query"),
    [
        ("bookmark", "is:bookmarked"),
        ("mark", "is:read"),
        ("archive", "is:archived"),
        ("remove", "is:removed"),
        ("tag", "tag:x"),
        ("later", "is:later"),
        ("note", "is:noted"),
    ],
)
def test_every_mark_is_set_told_taken_back_and_brought_back(
    talk: Talk, command: str, query: str
) -> None:
    text = {"tag": " x", "later": " 2d", "note": " some words"}.get(command, "")
    *_, told = talk("search retriev", f"{command} 1{text}")
    assert RETRIEVER in told
    assert found(query) == [RETRIEVER]
    assert "Took back: " in talk("undo")[-1]
    assert found(query) == []
    assert "Brought back: " in talk("redo")[-1]
    assert found(query) == [RETRIEVER]


@pytest.mark.parametrize(
    ("command", "query"),
    [
        ("bookmark", "is:bookmarked"),
        ("mark", "is:read"),
        ("archive", "is:archived"),
        ("remove", "is:removed"),
    ],
)
def test_a_mark_that_all_have_is_taken_away_and_on_and_off_say_which(
    talk: Talk, command: str, query: str
) -> None:
    both = "2408.08066 2312.00752"
    talk("search mamba", f"{command} 1", f"{command} 1-2")
    assert len(found(query)) == 2
    assert talk(f"{command} {both} ON")[-1].endswith(": 0 papers of 2.")
    assert talk(f"{command} {both}")[-1].endswith(": 2 papers of 2.")
    assert found(query) == []
    assert "it is so already" in talk(f"{command} 1 off")[-1]


def test_without_a_number_the_paper_opened_last_is_marked(talk: Talk) -> None:
    talk("search linear-time", "1", "bookmark", "tag ssm", "later mon", "note Compare it")
    for query in ("is:bookmarked", "tag:ssm", "is:later", "is:noted"):
        assert found(query) == [MAMBA]
    assert talk("bookmark")[-1].startswith("Which paper?")


def test_numbers_stay_with_their_papers_while_these_leave_the_shelf(talk: Talk) -> None:
    talk("archive 1", "archive 2", "archive 3")
    assert len(found("is:archived")) == 3
    assert talk("list")[0] == "Inbox: 1 paper."


def test_tags_are_told_added_and_taken_away(talk: Talk) -> None:
    assert talk("search retriev", "tag 1")[-1].startswith("Tags: none; on ")
    assert talk("search retriev", "tag 1 ir, to read")[-1].startswith("Tags: ir, to read; on ")
    assert talk("search retriev", "tag 1 -ir, +x")[-1].startswith("Tags: to read, x; on ")
    assert talk("search mamba", "tag 1-2 x")[-1] == "Changed the tags of 1 paper."
    assert "nearly the same" in talk("tag 2312.00752 to-read")[0]


def test_a_note_is_written_added_to_and_taken_away(talk: Talk) -> None:
    *_, told = talk("search retriev", "note 1 One", "note 1 +Two", "note 1")
    assert told == "Two"
    assert talk("note 2408.08066")[-2:] == ["One", "Two"]
    talk("note 2408.08066 -")
    assert talk("note 2408.08066")[-1] == "There is no note on this paper."


def test_a_note_that_another_copy_has_written_meanwhile_is_kept_beside(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from paperterm.cli.plain import marking
    from paperterm.model.marks import Change, parse_note

    def slow(text: str) -> str:
        with Library(default_paths()) as other:
            other.mark([Change("arxiv:2408.08066", note="Theirs")], "note")
        return parse_note(text)

    monkeypatch.setattr(marking, "parse_note", slow)
    assert talk("note 2408.08066 Ours")[0].startswith("Another copy")
    assert talk("note 2408.08066") == ["Note:", "Theirs", "", "Ours"]


def test_a_mark_that_was_answered_survives_a_kill(stocked: None) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "paperterm", *BROWSE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b"search retriev\nbookmark 1\n")
        process.stdin.flush()
        assert any(line.startswith(b"Bookmarked: ") for line in process.stdout)
        process.kill()
    assert found("is:bookmarked") == [RETRIEVER]


def test_a_library_that_can_only_be_read_is_read_and_says_so(talk: Talk) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(default_paths().marks)) as connection:
        connection.execute("PRAGMA user_version = 99")
    answers = talk("bookmark 1", "1")
    assert "newer paperterm" in answers[0]
    assert answers[1].startswith("1 of 4. ")


# Outside


def test_a_link_is_said_and_copied_without_an_escape_sequence(talk: Talk) -> None:
    for command in ("link", "open"):
        assert "https://arxiv.org/abs/2408.08066" in talk(f"{command} 2408.08066")[-1]
    assert (default_paths().state / "copied.txt").read_text().strip().endswith("2408.08066")


# The commands


def test_help_tells_every_command_once_by_word_and_letter(talk: Talk) -> None:
    told = talk("help")
    for command in COMMANDS:
        [line] = [line for line in told if line.split()[0].rstrip(",") == command.word]
        assert f", or {command.letter}. " in line
    assert talk("?") == talk("h") == told
    assert talk("help b") == [line for line in told if line.startswith("bookmark")]


def test_no_word_means_two_commands() -> None:
    words = [word for one in COMMANDS for word in (one.word, one.letter, *one.also)]
    assert len(set(words)) == len(words)
    assert all(len(one.letter) == 1 for one in COMMANDS)


@pytest.mark.parametrize("command", [one.word for one in COMMANDS if one.word != "quit"])
def test_every_command_answers_whatever_stands_behind_it(talk: Talk, command: str) -> None:
    texts = ["", " 1", " zz \x1b[2J", " 99999999999999999999", " -", " 1 x"]
    answers = talk(*(line for text in texts for line in (f"{command}{text}", "no such")))
    assert not any("did not expect" in line for line in answers)
    ends = [-1, *(n for n, line in enumerate(answers) if "no command 'no'" in line)]
    assert len(ends) == len(texts) + 1
    assert all(after - before > 1 for before, after in pairwise(ends))


@pytest.mark.parametrize(
    "line",
    [
        b"bok 1",
        b"0",
        b"5",
        b"99999999999999999999",
        b"bookmark 5",
        b"bookmark 1-9999999",
        b"bookmark zz",
        b"bookmark \x1b[2J",
        b"\x1b]0;owned\x07",
        b"\xff\xfe\x80",
        b"search \xff\xfe",
        b"search (((((((((((",
        b"tag 1 ,",
        b"tag 1 a\x00b",
        b"later 1 yesterday",
        b"day 9999-99-99",
        b"note 1-2 x",
        b"\x00" * 50,
        b"x" * 500_000,
        b"note 1 " + b"x" * 150_000,
        "search ²³".encode(),
        "³".encode(),
    ],
    ids=lambda line: line[:16].hex(),
)
def test_what_makes_no_sense_is_answered_in_a_sentence_and_ends_nothing(
    talk: Talk, line: bytes
) -> None:
    answers = talk(line, "search retriev")
    assert "did not expect" not in answers[0]
    assert "\ufffd" in answers[0] or answers[0].endswith((".", "understood."))
    assert len(answers[0]) < 300
    assert answers[-2] == "Search for retriev: 1 paper."


def test_a_fault_of_its_own_is_told_and_ends_nothing(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: object, *rest: object) -> object:
        raise TypeError("secret")

    monkeypatch.setattr(Library, "undo", broken)
    fault, listed, *_ = talk("undo", "list")
    assert "did not expect (TypeError in " in fault
    assert "secret" not in fault
    assert listed == "Inbox: 4 papers."


def test_titles_are_text_and_nothing_else(talk: Talk) -> None:
    answers = talk("search owned", "1", "bookmark 1", "link 1", "undo", "tag 1 [MASK]", "list")
    assert sum("[/] [@click=app.quit]x[/]" in line for line in answers) >= 4
    assert any("Tags: [MASK]" in line for line in answers)


def test_nothing_is_read_after_quit_and_the_end_of_input_leaves(shell: Run, stocked: None) -> None:
    ran = shell(*BROWSE, stdin=b"quit\nbookmark 1\n")
    assert (ran.status, ran.lines[-1]) == (0, "Goodbye; every mark is on the disk.")
    assert found("is:bookmarked") == []
    ran = shell(*BROWSE, stdin=b"bookmark 1")
    assert ran.status == 0
    assert ran.lines[-1].startswith("Bookmarked: ")


def test_a_locale_without_unicode_is_talked_to(shell: Run, stocked: None) -> None:
    ran = shell(*BROWSE, stdin=b"list\n", env={"LC_ALL": "C", "PYTHONUTF8": "0"})
    assert ran.status == 0
    assert ran.out.count("Inbox: 4 papers.") == 2


def test_a_reader_that_goes_away_ends_it_quietly(stocked: None) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "paperterm", *BROWSE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        process.stdin.write(b"list\nlist\n")
        process.stdin.close()
        assert process.wait(30) == 141
        assert process.stderr.read() == b""


# On a terminal


class Terminal:
    """A conversation on a terminal, as a person has it."""

    def __init__(self, descriptor: int, process: subprocess.Popen[bytes]) -> None:
        self._descriptor = descriptor
        self.process = process
        self.output = b""

    def press(self, text: str) -> None:
        os.write(self._descriptor, text.encode())

    def wait_for(self, text: str, times: int = 1) -> None:
        while self.output.count(text.encode()) < times:
            assert select.select([self._descriptor], [], [], 30)[0], self.output.decode()
            self.output += os.read(self._descriptor, 65536)


@contextmanager
def on_terminal(**environment: str) -> Iterator[Terminal]:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "paperterm", *BROWSE],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, **environment},
        start_new_session=True,
    ) as process:
        os.close(theirs)
        try:
            yield Terminal(ours, process)
        finally:
            process.kill()
    os.close(ours)


@pytest.mark.parametrize("kind", ["xterm-256color", "dumb"])
def test_a_conversation_on_a_terminal_is_plain_lines(stocked: None, kind: str) -> None:
    with on_terminal(TERM=kind, COLUMNS="60") as terminal:
        terminal.wait_for("> ")
        terminal.press("search mamba\n")
        terminal.wait_for("Search for mamba: 2 papers.")
        terminal.press("read 1\nbookmark\n")
        terminal.wait_for("Bookmarked: ")
        terminal.wait_for("> ", 4)
        terminal.press("\x04")
        assert terminal.process.wait(30) == 0
    shown = terminal.output.decode().replace("\r\n", "\n")
    assert not CONTROLS.search(shown)
    assert max(map(len, shown.split("\n"))) <= 60
    assert len(found("is:bookmarked")) == 1


def test_an_interrupt_on_a_terminal_ends_nothing(stocked: None) -> None:
    with on_terminal() as terminal:
        for times in range(1, 20):
            terminal.wait_for("> ", times)
            terminal.process.send_signal(signal.SIGINT)
            terminal.wait_for("Interrupted.", times)
        terminal.press("quit\n")
        terminal.wait_for("Goodbye")
        assert terminal.process.wait(30) == 0


@pytest.mark.parametrize("moment", ["prompt", "say"])
def test_an_interrupt_at_any_moment_ends_nothing(
    talk: Talk, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    does = getattr(conversation.Mouth, moment)
    pressed: list[bool] = []

    def interrupted(mouth: conversation.Mouth, *rest: str) -> None:
        if not pressed and (moment == "prompt" or "Tell the commands" in rest[0]):
            pressed.append(True)
            os.kill(os.getpid(), signal.SIGINT)
        does(mouth, *rest)

    monkeypatch.setattr(browse, "is_terminal", lambda stream: True)
    monkeypatch.setattr(conversation, "_PROMPT", "")
    monkeypatch.setattr(conversation.Mouth, moment, interrupted)
    answers = talk("bookmark 2408.08066")
    assert pressed
    assert any("Bookmarked: " in line for line in answers)
