"""What a shell is told when somebody presses Tab: commands, options, and what can stand there.

`values` has the names of the reader's own things, `shells` speaks with bash, zsh and fish,
`command` prints the scripts that ask.
"""
