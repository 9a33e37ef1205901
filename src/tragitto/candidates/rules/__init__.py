"""Pure rules of the roster: names, documents, likeness, the clock, what is disclosed."""
