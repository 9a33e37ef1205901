"""The selection as employers and candidates see it."""
