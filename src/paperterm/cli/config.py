"""Commands for the settings."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator

import click

from paperterm.cli.checking import config_file
from paperterm.cli.completing import values
from paperterm.cli.output import painted, say, takes_unicode, tell, width
from paperterm.cli.session import Session, pass_session
from paperterm.errors import LibraryError
from paperterm.library.config_file import Origin, Standing, plain
from paperterm.library.settings import SETTINGS
from paperterm.model.text import shown
from paperterm.storage.by_hand import read_text

_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
_name = click.argument("name", metavar="NAME", shell_complete=values.settings)


@click.group(invoke_without_command=True)
@_json
@click.pass_context
def config(context: click.Context, as_json: bool) -> int:
    """Show, check and change the settings.

    Each is shown with its value, where that comes from, and what it means. Settings stand in a file
    that is yours to edit; comments in it are kept.

    \b
      paperterm config set sort title
      paperterm config set services.huggingface https://hf-mirror.example
      paperterm config unset sort
    """
    if context.invoked_subcommand is None:
        _show(context.ensure_object(Session), as_json)
    return 0


def _show(session: Session, as_json: bool) -> None:
    file = config_file(session.paths)
    try:
        table = file.table()
    except LibraryError as error:
        tell(f"{error} The defaults are in force.")
        table = {}
    else:
        for problem in file.check(table):
            tell(problem)
    for standing in file.listed(table):
        for line in [_as_json(standing)] if as_json else _lines(standing):
            say(line)


def _as_json(standing: Standing) -> str:
    told = {
        "name": standing.name,
        "value": standing.value,
        "default": standing.default,
        "origin": standing.origin.value,
        "means": standing.means,
    }
    return json.dumps(told, ensure_ascii=not takes_unicode(), default=str)


def _lines(standing: Standing) -> Iterator[str]:
    columns = width()
    value = shown(_literal(standing.value))
    if columns is None:
        yield f"{standing.name}\t{value}\t{standing.origin}\t{shown(standing.means)}"
        return
    origin = standing.origin.value
    if standing.origin is not Origin.DEFAULT:
        origin = f"{origin}; else {shown(_literal(standing.default))}"
    dim = standing.origin is Origin.DEFAULT
    yield f"{painted(standing.name, bold=not dim)} = {value}  {painted(f'({origin})', dim=True)}"
    for line in textwrap.wrap(shown(standing.means), max(20, columns - 4)):
        yield f"    {line}"


def _literal(value: object) -> str:
    """A value as it is written in the file."""
    return json.dumps(value, ensure_ascii=not takes_unicode(), default=str)


@config.command()
@pass_session
def path(session: Session) -> int:
    """Print where the file of settings is, or would be."""
    say(shown(str(session.paths.settings)))
    return 0


@config.command()
@_name
@_json
@pass_session
def get(session: Session, name: str, as_json: bool) -> int:
    """Print the value of a setting."""
    standing = config_file(session.paths).standing(name)
    if as_json:
        say(_as_json(standing))
    elif isinstance(standing.value, str):
        say(shown(standing.value))
    else:
        say(shown(_literal(standing.value)))
    return 0


@config.command("set", context_settings={"ignore_unknown_options": True})
@_name
@click.argument("value", metavar="VALUE")
@pass_session
def set_(session: Session, name: str, value: str) -> int:
    """Give a setting a VALUE: a text, a number, or a list as TOML has it.

    What `config check` would complain of is refused.
    """
    now = config_file(session.paths).set(name, value)
    say(shown(f"{name} = {_literal(now)}"))
    return 0


@config.command()
@_name
@pass_session
def unset(session: Session, name: str) -> int:
    """Take a setting out of the file, so that its default is in force."""
    file = config_file(session.paths)
    done = file.unset(name)
    told = f"{name} is not set any more" if done else f"{name} is not set"
    for standing in file.standings({}):
        if standing.name == name:
            told += f"; it is {_literal(standing.value)} by {standing.origin.value}"
    say(shown(f"{told}."))
    return 0


@config.command()
@pass_session
def edit(session: Session) -> int:
    """Open the settings in $VISUAL or $EDITOR, and check them then.

    What is no file of settings at all is not taken over, and kept beside. The exit status is 1
    when something in it can't be used.
    """
    from paperterm.desktop.editor import edited

    file = config_file(session.paths)
    before = read_text(file.path)
    begun = before or _template()
    called = ("config-", ".toml")
    with edited(begun.removesuffix("\n"), session.paths.state, tell, called=called) as text:
        if text.removesuffix("\n") != begun.removesuffix("\n"):
            file.write(before, text)
            say(shown(f"Settings kept in {file.path}."))
        else:
            say("The settings are as before.")
    return _check(session, as_json=False, quietly=True)


def _template() -> str:
    """Every setting with its default, commented out."""
    lines = ["# The settings of paperterm. Take a # away to set something.", ""]
    for setting in SETTINGS:
        lines += textwrap.wrap(setting.means, 96, initial_indent="# ", subsequent_indent="# ")
        default = _literal(plain(setting.default))
        lines += [
            f"# [{setting.name}]" if setting.is_table else f"# {setting.name} = {default}",
            "",
        ]
    return "\n".join(lines)


@config.command()
@_json
@pass_session
def check(session: Session, as_json: bool) -> int:
    """Say what in the file of settings can't be used.

    The exit status is 1 if there is anything.
    """
    return _check(session, as_json=as_json)


def _check(session: Session, *, as_json: bool, quietly: bool = False) -> int:
    file = config_file(session.paths)
    problems = file.problems()
    for problem in problems:
        say(json.dumps({"problem": shown(problem)}) if as_json else shown(problem))
    if not problems and not as_json and not quietly:
        there = "There is nothing wrong with" if file.path.exists() else "There is no file"
        say(shown(f"{there} {file.path}."))
    return 1 if problems else 0
