"""bash, zsh and fish, in click's words for them; bash with what click leaves out."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
    split_arg_string,
)

VARIABLE = "_PAPERTERM_COMPLETE"
"""In whose presence paperterm answers a shell, and does nothing else."""
_NAME = "paperterm"
_SEPARATORS = re.compile(r"[:=]+")
"""What bash makes words of their own: ``arxiv:cs.CL`` comes as three."""
_SPECIAL = re.compile(r"([^\w@%+=:,./-])")


class Bash(BashComplete):
    """bash, whose words end at colons, and which takes values as they are, blanks included."""

    _begun = ""
    """What stands before the bit of a word that bash will take the place of."""

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the one that is typed, and that one; each whole."""
        at = int(os.environ["COMP_CWORD"])
        raw = os.environ["COMP_WORDS"].split("\n")[: at + 1]
        raw += [""] * (at + 1 - len(raw))
        words: list[str] = []
        whole = True
        for one in raw:
            separates = bool(_SEPARATORS.fullmatch(one))
            if words and (separates or not whole):
                words[-1] += one
            else:
                words.append(one)
            whole = not separates
        # Only what stands behind the last colon is replaced.
        replaced = 0 if _SEPARATORS.fullmatch(raw[-1]) else len(raw[-1])
        self._begun = _unquoted(words[-1][: len(words[-1]) - replaced])
        return [_unquoted(word) for word in words[1:-1]], _unquoted(words[-1])

    def format_completion(self, item: CompletionItem[str]) -> str:
        """``plain,to\\\\ read``: quoted for the line, and again for the script's ``read``."""
        value = item.value.removeprefix(self._begun)
        if item.type == "plain":
            value = _SPECIAL.sub(r"\\\\\1", value)
        return f"{item.type},{value}"


def _unquoted(word: str) -> str:
    return "".join(split_arg_string(word))


SHELLS: dict[str, type[ShellComplete]] = {"bash": Bash, "zsh": ZshComplete, "fish": FishComplete}


def script(shell: str) -> str:
    """The script that makes `shell` ask paperterm."""
    from paperterm.cli.group import cli

    # Not the class's own `source`, which starts bash to see how old it is.
    return ShellComplete.source(SHELLS[shell](cli, {}, _NAME, VARIABLE))


def answer(instruction: str) -> None:
    """Answer a shell: ``bash_complete``. What can't be answered is not, and nothing is told."""
    shell, _, what = instruction.partition("_")
    with suppress(Exception):
        from paperterm.cli.group import cli

        if what == "source":
            told = script(shell)
        else:
            told = _completions(SHELLS[shell](cli, {}, _NAME, VARIABLE))
        sys.stdout.write(told)
        sys.stdout.flush()


def _completions(asked: ShellComplete) -> str:
    with suppress(click.ClickException):  # the line is no command; perhaps it becomes one
        return f"{asked.complete()}\n"
    return ""
