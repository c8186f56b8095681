"""SQLite, the only truth: the catalogue of papers and, in a file of its own, the reader's marks."""
