"""The one door to a reader's papers: storage, search, sources and exports behind one name.

The terminal app and the command line both call `door.Library` and nothing behind it.
"""
