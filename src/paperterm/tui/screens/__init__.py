"""What fills the terminal: the main screen, and what comes up over it."""
