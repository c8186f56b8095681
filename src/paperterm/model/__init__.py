"""What a paper is, what a reader says of it, what a query means: plain frozen values, no I/O."""
