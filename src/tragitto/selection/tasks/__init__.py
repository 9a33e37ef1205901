"""Background work of the selection: one action each."""
