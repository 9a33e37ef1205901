"""Documents, messages in and out, and the protocol register."""
