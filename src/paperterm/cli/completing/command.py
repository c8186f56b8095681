"""The command that prints what makes a shell complete paperterm's."""

from __future__ import annotations

import click

from paperterm.cli.output import say

_SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(_SHELLS))
def completions(shell: str) -> int:
    """Print what lets a shell complete with Tab.

    Commands, options, tags, feeds and saved searches are completed.

    \b
      paperterm completions bash > ~/.local/share/bash-completion/completions/paperterm
      paperterm completions zsh > ~/.zfunc/_paperterm      # a folder of your fpath
      paperterm completions fish > ~/.config/fish/completions/paperterm.fish

    It is in force in shells that are started afterwards.
    """
    from paperterm.cli.completing.shells import script

    say(script(shell).rstrip("\n"))
    return 0
