"""How ICAO Doc 9303, part 3, section 6, writes national letters in capital Latin ones: A to Z."""

import unicodedata

#: Section 6 A: letters that are not one letter with a sign on it, or that have a spelling of two letters.
_LATIN = {
    "Æ": "AE", "Ð": "D", "Ø": "OE", "Þ": "TH", "ß": "SS", "ẞ": "SS", "Đ": "D", "Ħ": "H", "ı": "I", "Ĳ": "IJ",
    "ĸ": "Q", "Ł": "L", "Ŋ": "N", "Œ": "OE", "Ŧ": "T", "Ə": "E",
}  # fmt: skip
#: The spelling of two letters that section 6 A recommends; the one of one letter is met just as often.
_IN_TWO = {"Ä": "AE", "Å": "AA", "Ö": "OE", "Ü": "UE", "Ñ": "NXX"}
#: Section 6 C: Arabic letters, as they are met in names of North Africa and the Near East.
_ARABIC = {
    "ء": "XE", "آ": "XAA", "أ": "XAE", "ؤ": "U", "إ": "I", "ئ": "XI", "ا": "A", "ب": "B", "ة": "XTA",
    "ت": "T", "ث": "XTH", "ج": "J", "ح": "XH", "خ": "XKH", "د": "D", "ذ": "XDH", "ر": "R", "ز": "Z", "س": "S",
    "ش": "XSH", "ص": "XSS", "ض": "XDZ", "ط": "XTT", "ظ": "XZZ", "ع": "E", "غ": "G", "ف": "F", "ق": "Q",
    "ك": "K", "ل": "L", "م": "M", "ن": "N", "ه": "H", "و": "W", "ى": "XAY", "ي": "Y", "ٱ": "XXA", "پ": "P",
    "چ": "XC", "ژ": "XJ", "ک": "XKK", "ڭ": "XNG", "گ": "XGG", "ڤ": "XV", "ڨ": "XGG", "ی": "XYA",
}  # fmt: skip
_SHADDA, _TATWEEL, _TEH_MARBUTA_AT_THE_END = "\u0651", "\u0640", "XAH"
_MARK, _LATIN_BLOCK = "Mn", "LATIN"
#: What stands between the parts of a name: signs that are read as an apostrophe, and as a hyphen.
_APOSTROPHES, _HYPHENS = "'’ʼ`´‘ʿʾ", "-‐‑‒–—"


def capital(text: str, *, in_two: bool = False) -> str:
    """`text` in capital Latin letters, spaces, hyphens and apostrophes; anything else is left out.

    With `in_two` letters that may be written in two (Ä as AE) are; without, in one. Arabic letters follow
    their own table.
    """
    written = []
    for letter in unicodedata.normalize("NFC", text.strip()):
        if letter.isspace():
            written.append(" ")
        elif letter in _APOSTROPHES:
            written.append("'")
        elif letter in _HYPHENS:
            written.append("-")
        else:
            written.append(_one(letter, in_two=in_two))
    return " ".join("".join(written).split())


def _one(letter: str, *, in_two: bool) -> str:
    if letter in _LATIN:
        return _LATIN[letter]
    large = letter.upper()
    if large in _LATIN:
        return _LATIN[large]
    if in_two and large in _IN_TWO:
        return _IN_TWO[large]
    bare = unicodedata.normalize("NFD", large)
    return "".join(each for each in bare if "A" <= each <= "Z")


def of_arabic(text: str) -> str:
    """Arabic `text` as the machine readable zone of a passport has it by section 6 C.

    Signs of vowels are not written, a doubled letter is written twice.
    """
    return " ".join(filter(None, (_arabic_word(word) for word in bare_arabic(text, keep=_SHADDA).split())))


def _arabic_word(word: str) -> str:
    written: list[str] = []
    for place, letter in enumerate(word):
        if letter == _SHADDA:
            written.extend(written[-1:])
        elif letter == "ة" and place == len(word) - 1:
            written.append(_TEH_MARBUTA_AT_THE_END)
        else:
            written.append(_ARABIC.get(letter, ""))
    return "".join(written)


def bare_arabic(text: str, *, keep: str = "") -> str:
    """Arabic `text` without signs of vowels and stretching, but those of `keep`, in letters of one form."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(
        each
        for each in folded
        if each in keep or (unicodedata.category(each) != _MARK and each != _TATWEEL and each.isprintable())
    )


def is_arabic(text: str) -> bool:
    """Whether `text` has a letter of the Arabic script."""
    return any(unicodedata.name(letter, "").startswith("ARABIC LETTER") for letter in text)


def strange_to_latin(text: str) -> str:
    """The signs of `text` that no passport writes in a Latin name, each once, in order."""
    return "".join(dict.fromkeys(each for each in text if not _is_of_a_latin_name(each)))


def strange_to_arabic(text: str) -> str:
    """The signs of `text` that stand in no Arabic name, each once, in order."""
    return "".join(dict.fromkeys(each for each in text if not _is_of_an_arabic_name(each)))


def _is_of_a_latin_name(letter: str) -> bool:
    is_letter = letter.isalpha() and _LATIN_BLOCK in unicodedata.name(letter, "")
    return is_letter or letter.isspace() or letter in _APOSTROPHES + _HYPHENS + "." or _is_a_mark(letter)


def _is_of_an_arabic_name(letter: str) -> bool:
    is_letter = letter.isalpha() and "ARABIC" in unicodedata.name(letter, "")
    return is_letter or letter.isspace() or letter in _HYPHENS or _is_a_mark(letter)


def _is_a_mark(letter: str) -> bool:
    return unicodedata.category(letter) == _MARK
