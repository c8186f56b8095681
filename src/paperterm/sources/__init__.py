"""Bytes from outside -> papers. One module a format; `registry` finds the right one."""
