"""Short public codes: easy to read aloud, impossible to guess in order, free of look-alike letters."""

import secrets

#: Without 0 O, 1 I L, 2 Z, 5 S, 8 B, U V: what is written by hand is read back right.
ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
LENGTH = 7


def new_code(prefix: str, length: int = LENGTH) -> str:
    """A fresh code such as "E-7KQ3M9C" (23^7, about 3.4 thousand million, for each prefix).

    Where there are millions of them a longer one keeps two from being the same.
    """
    return f"{prefix}-" + "".join(secrets.choice(ALPHABET) for _ in range(length))
