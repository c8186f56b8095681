"""The search index on Whoosh: derived from storage, may be deleted at any time."""
