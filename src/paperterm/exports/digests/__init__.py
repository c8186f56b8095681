"""A digest as text, Markdown, HTML and JSON; a module each, and `saying` for what they share."""
