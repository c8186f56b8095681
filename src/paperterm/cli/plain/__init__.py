"""paperterm line by line: a conversation of whole sentences, for a screen reader and for pipes.

Nothing here draws: no boxes, colours, or movements of the cursor, and the screen is never cleared.
`browse` starts it, `conversation` reads and answers, `table` says which commands there are.
"""
