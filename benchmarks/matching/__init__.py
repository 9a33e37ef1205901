"""How fast the matching engine is, beside the tools that others take: `python -m benchmarks.matching`."""
