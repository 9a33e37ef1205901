"""The inner loops in C, and how they are made and found; each has a NumPy path with the same result.

C without any library but its own, called through ctypes, which lets go of the interpreter's lock: threads
share the work by ranges of posts or candidates. Nothing here ever compiles while somebody waits.
"""

from tragitto_matching.kernels.loading import compiled, numpy_only, uses_compiled

__all__ = ["compiled", "numpy_only", "uses_compiled"]
