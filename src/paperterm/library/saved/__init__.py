"""Saved searches: the file they stand in, when each was last looked at, and what is new in it."""
