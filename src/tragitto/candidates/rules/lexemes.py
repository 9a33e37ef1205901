"""Names, numbers and codes as lexemes of the search: how they are written into it, and asked of it.

Each kind has a mark of its own in front, so that the beginning of a name never meets the words of a trade.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tragitto.candidates.rules.letters import is_arabic
from tragitto.candidates.rules.naming import canonical, canonical_arabic, keys_of_words

#: Goes up when these rules change (or those of names): rows made by older ones are made anew by night.
VERSION = 1
_NAME, _SOUND, _NUMBER, _PHONE, _PROFILE, _SKILL = "n/", "k/", "d/", "t/", "p/", "s/"
#: The digits that stay the same however a number is dialled.
_LOCAL_DIGITS = 9
_LEAST_DIGITS = 6
#: Shorter ones would begin every other name.
_LEAST_BEGINNING = 2
_TOKEN = re.compile(r"[^\W_]+(?:[-.@+'’/_][^\W_]+)*")
_DIALLED = re.compile(r"[+()\d\s./-]+")


@dataclass(frozen=True)
class Names:
    """One spelling of somebody's names: surnames and given names, in Latin or in Arabic letters."""

    surnames: str
    given_names: str


@dataclass(frozen=True)
class Token:
    """One word of what was typed: itself, and the lexemes that it may be, those to be found whole and those
    of which it may be the beginning.
    """

    word: str
    whole: tuple[str, ...]
    beginnings: tuple[str, ...]


def of_names(spellings: Iterable[Names], sounds: Iterable[str]) -> list[str]:
    """The lexemes of a person's names in all their spellings, and of what they sound like."""
    words = {
        word for each in spellings for text in (each.surnames, each.given_names) for word in _words(text)
    }
    return sorted({_NAME + word for word in words} | {_SOUND + sound.lower() for sound in sounds})


def of_numbers(numbers: Iterable[str], phones: Iterable[str]) -> list[str]:
    """The lexemes of codes, numbers of documents and addresses, and of telephone numbers."""
    known = {_NUMBER + each.lower() for each in numbers if each}
    return sorted(known | {_PHONE + _local(each) for each in phones if each})


def of_titles(profiles: Iterable[str], skills: Iterable[str]) -> list[str]:
    """The lexemes that stand for the titles of these profiles and skills, in whatever language."""
    return sorted({_PROFILE + code for code in profiles} | {_SKILL + code for code in skills})


def titled(stems: Iterable[str], titles: Mapping[str, frozenset[str]]) -> list[str]:
    """The lexemes of those `titles` (their stems by lexeme) in which one of `stems` is met."""
    met = set(stems)
    return [lexeme for lexeme, known in titles.items() if not known.isdisjoint(met)]


def tokens(typed: str) -> list[Token]:
    """What was typed, word by word; a telephone number is one word however it is spaced."""
    typed = unicodedata.normalize("NFC", typed).strip()
    digits = re.sub(r"\D", "", typed)
    if _DIALLED.fullmatch(typed) and len(digits) >= _LEAST_DIGITS:
        return [Token(typed, (_PHONE + _local(typed), _NUMBER + digits), ())]
    return [_token(word) for word in _TOKEN.findall(typed)]


def _token(word: str) -> Token:
    names = tuple(_NAME + joined for joined in _words(word)[-1:])
    sounds = keys_of_words(word) if word.isalpha() else ()
    number = _NUMBER + word.lower()
    long_enough = len(word) >= _LEAST_BEGINNING
    whole = (*(_SOUND + each.lower() for each in sounds), *(() if long_enough else (*names, number)))
    return Token(word, whole, (*names, number) if long_enough else ())


def named(typed: str) -> str:
    """Names and numbers that were typed, as PostgreSQL reads a text search query; empty for nothing.

    Every word must be there, as the beginning of a name or number or as a name that sounds alike; or the
    words sound together like the names, so that particles (EL, BEN) are no words of their own.
    """
    every = " & ".join(f"( {' | '.join(_parts(token))} )" for token in tokens(typed))
    sounds = keys_of_words(typed) if all(word.isalpha() for word in typed.split()) else ()
    if len(typed.split()) > 1 and sounds:
        return f"( {every} ) | ( {' & '.join(_quoted(_SOUND + each.lower()) for each in sounds)} )"
    return every


def any_of(lexemes: Iterable[str]) -> str:
    """A query that any of these lexemes answers."""
    return f"( {' | '.join(map(_quoted, lexemes))} )"


def words_of(typed: str) -> list[str]:
    """The words of what was typed, each once."""
    return list(dict.fromkeys(_TOKEN.findall(unicodedata.normalize("NFC", typed))))


def _parts(token: Token) -> Iterator[str]:
    yield from (_quoted(each) for each in token.whole)
    yield from (f"{_quoted(each)}:*" for each in token.beginnings)


def _words(text: str) -> Sequence[str]:
    """The words of a name as they are compared: a hyphenated or spaced one also written together."""
    plain = canonical_arabic(text) if is_arabic(text) else canonical(text)
    parts = re.findall(r"[^\W_]+", plain.lower())
    return [*parts, "".join(parts)] if len(parts) > 1 else parts


def _local(number: str) -> str:
    return re.sub(r"\D", "", number)[-_LOCAL_DIGITS:]


def _quoted(lexeme: str) -> str:
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"
