"""Pure rules of this room: what can be stored, how the register counts and how it is written out."""
