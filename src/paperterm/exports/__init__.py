"""Papers -> formats other programs read."""
