"""Tests of the files that hold the truth."""
