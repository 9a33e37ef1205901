"""Names: their one canonical spelling, what they sound like in either script, other spellings to be met."""

from dataclasses import dataclass

from tragitto.candidates.rules import letters, sounds
from tragitto.candidates.vocabulary import Script

MRZ, TRANSLITERATION, IN_TWO_LETTERS = "mrz", "transliteration", "two-letters"


@dataclass(frozen=True)
class Spelling:
    """A spelling of a person's names, and where it comes from."""

    script: Script
    surnames: str
    given_names: str
    found_in: str


def canonical(text: str) -> str:
    """A Latin name as a passport has it: capital letters A to Z, one space between words, hyphen, apostrophe.

    Letters with signs lose them and others are written as ICAO Doc 9303, part 3, section 6, says; an Arabic
    name is transliterated by its table. Applied twice it changes nothing more. Nothing is split or sorted.
    """
    text = letters.of_arabic(text) if letters.is_arabic(text) else text
    return " ".join(letters.capital(text).replace(" -", "-").replace("- ", "-").strip("-' ").split())


def canonical_arabic(text: str) -> str:
    """An Arabic name as it is kept: letters of one form, without signs of vowels, one space between words."""
    return " ".join(letters.bare_arabic(text).split())


def in_mrz(text: str) -> str:
    """A canonical name as the machine readable zone can show it: no apostrophes, spaces for hyphens."""
    return " ".join(canonical(text).replace("'", "").replace("-", " ").split())


def keys_of(
    surnames: str, given_names: str, arabic_surnames: str = "", arabic_given_names: str = ""
) -> list[str]:
    """What the names sound like: one key for each name, sorted, the same from either script.

    MOHAMMED, MOHAMED, MHAMED and محمد have one key; so have EL ALAOUI, ALAOUI and العلوي, or BEN ALI, BENALI
    and بن علي. Made for finding: who has the same key may still be called otherwise.
    """
    latin = (key for text in (surnames, given_names) for key in sounds.latin_keys(text))
    arabic = (key for text in (arabic_surnames, arabic_given_names) for key in sounds.arabic_keys(text))
    return sorted({*latin, *arabic})


def keys_of_words(text: str) -> list[str]:
    """The keys of words somebody searches by, in whichever script, in their order."""
    return sounds.arabic_keys(text) if letters.is_arabic(text) else sounds.latin_keys(text)


def variants(
    surnames: str, given_names: str, arabic_surnames: str = "", arabic_given_names: str = ""
) -> list[Spelling]:
    """Other spellings under which machines and lists may have the same person.

    That of the machine readable zone; letters with signs written in two (MÜLLER as MUELLER); the Arabic
    names by the table of ICAO. Only those that differ from the canonical one, each once.
    """
    known = {(canonical(surnames), canonical(given_names))}
    offered = [
        Spelling(Script.LATIN, in_mrz(surnames), in_mrz(given_names), MRZ),
        Spelling(
            Script.LATIN,
            letters.capital(surnames, in_two=True),
            letters.capital(given_names, in_two=True),
            IN_TWO_LETTERS,
        ),
        Spelling(
            Script.LATIN,
            letters.of_arabic(arabic_surnames),
            letters.of_arabic(arabic_given_names),
            TRANSLITERATION,
        ),
    ]
    found = []
    for each in offered:
        if (each.surnames or each.given_names) and (each.surnames, each.given_names) not in known:
            known.add((each.surnames, each.given_names))
            found.append(each)
    return found
