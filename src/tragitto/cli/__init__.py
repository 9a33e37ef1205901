"""The command line: one command, one action or one question."""
