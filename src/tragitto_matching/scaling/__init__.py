"""Past one memory: pairs, the best of each post and the match on DuckDB or on Spark, with the same results.

Optional (`pip install tragitto[scale]`): Ibis writes one expression for both engines. What fits into a
memory is faster in the engine of this package; see `docs/matching-at-scale.md`.
"""
