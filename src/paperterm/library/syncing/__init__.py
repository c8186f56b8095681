"""The same marks on several machines, by a folder that something else carries between them.

Each machine writes into files of its own there, and only at their ends: the entries of its
journal, one a line (`lines`, `folder`). What all of them say is taken over by `MarkStore.apply`,
to which order and repetition make no difference. A `round` reads what is new and writes what is.
"""
