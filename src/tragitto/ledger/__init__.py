"""What happened: append-only, hash-chained, codes only."""
