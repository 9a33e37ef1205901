"""The case: where it stands, its moves, proposals, decisions and filed documents."""
