"""What a name sounds like, from Latin or Arabic letters alike: its consonants, in letters of our own.

Arabic writes no short vowels, and French, Spanish and English ears wrote the same name in their own ways; the
consonants are what they agree on. A key is those of one name: vowels are left out, but for one in front (A);
letters that stand for one sound, or are commonly mistaken, are one letter (K for K, Q and hard C and G; C for
CH and SH; X for KH; G for GH; T, D and S for their emphatic sisters). Articles are left out; BEN, BOU, ABD
and the like belong to the name that follows.
"""

import re
import unicodedata
from collections.abc import Iterable

#: Names that the rules would tear apart, by their letters; what they are worth as consonants.
_KNOWN = {
    "MED": "MHMD", "MD": "MHMD", "MHD": "MHMD", "ELHAM": "ALHM", "ILHAM": "ALHM", "ISHAK": "ASHK",
    "ISHAQ": "ASHK", "ISAAC": "ASHK", "ELIAS": "ALS", "ELYAS": "ALS", "ELYASS": "ALS", "ILYAS": "ALS",
    "ILYASS": "ALS", "ILIAS": "ALS", "ILIASS": "ALS", "TAHA": "TH",
    "الهام": "ALHM", "إلهام": "ALHM", "الياس": "ALS", "إلياس": "ALS", "طه": "TH",
}  # fmt: skip
#: Keys of names whose first sound comes and goes, and of those that an L grew onto.
_SAME = {
    "ABRHM": "BRHM", "ADRS": "DRS", "ASML": "SML", "AMHMD": "MHMD", "AMBRK": "MBRK", "LMRN": "AMRN",
    "LXDR": "AXDR", "LRB": "ARB", "LRS": "ARS", "LSR": "ASR", "LZRK": "AZRK", "LHJ": "HJ",
}  # fmt: skip
#: From so many consonants on, an L in front of others is an article that grew onto the name (LAHCEN).
_MOST_WITH_L = 3

_ARTICLES = {"EL", "AL", "L", "EZ", "ES", "ER", "EN", "ED", "ET", "ECH", "ESS", "ERR", "ENN", "EDD", "EZZ"}
_ONE_WITH_NEXT = re.compile(r"BEN|IBN|BIN|BENT|BOU|BU|ABOU|ABU|AB[DE]|ABD[EAUO]+L?|ABDE[RSNDZTC]+H?")
_ARTICLE_BEHIND_ABD = re.compile(r"[AEU](R|S|N|D|Z|T|L|SH|CH)")
_ONE_WITH_LAST = re.compile(r"[EAU]?D+[IE]NE?|[EAU]L+AH?")
_ARABIC_ONE_WITH_NEXT = {"بن", "ابن", "بنت", "بو", "أبو", "ابو", "عبد"}
_ARABIC_ONE_WITH_LAST = {"الدين": "دين", "الله": "الله"}

#: Articles that grew onto a name: E before a letter that they double, L, EL and AL before others; how many
#: consonants are behind one at least, and how much of the word it is.
_GROWN_ON = (
    (re.compile(r"E(?!ZZED)(ZZ|SS|NN|RR|DD|TT|CHCH)"), 0, 1),
    (re.compile(r"L[BCDFGHJKMNPQRSTVXZ]"), 0, 1),
    (re.compile(r"LAA"), 2, 2),
    (re.compile(r"[EA]L[BCDFGHJKMNPQRSTVXZ]"), 2, 2),
    (re.compile(r"EL[AOUY]"), 1, 2),
    (re.compile(r"ELI"), 2, 2),
    (re.compile(r"AL[AEIOUY]"), 3, 2),
)

#: How Latin letters are read, longest first; what is not named here is a vowel and says nothing.
_READ = (
    ("TCH", "C"), ("SCH", "C"), ("CH", "C"), ("SH", "C"), ("KH", "X"), ("GH", "G"), ("PH", "F"), ("TH", "T"),
    ("DH", "D"), ("DJ", "J"), ("QU", "K"), ("CK", "K"), ("X", "KS"),
    *zip("BCDFGHJKLMNPQRSTVZ", "BKDFKHJKLMNBKRSTFZ", strict=True),
)  # fmt: skip
_SOUND_OF = dict(_READ)
_SOUNDS = re.compile("|".join(written for written, _sound in _READ))
_SOFT = re.compile(r"C(?=[EIY])"), re.compile(r"G(?=[EIY])"), re.compile(r"GU(?=[EIY])")
_ARABIC = {
    "ب": "B", "پ": "B", "ت": "T", "ث": "T", "ج": "J", "چ": "C", "ح": "H", "خ": "X", "د": "D", "ذ": "D",
    "ر": "R", "ز": "Z", "س": "S", "ش": "C", "ص": "S", "ض": "D", "ط": "T", "ظ": "D", "غ": "G", "ف": "F",
    "ڤ": "F", "ق": "K", "ڨ": "K", "ك": "K", "ک": "K", "گ": "K", "ڭ": "K", "ل": "L", "م": "M", "ن": "N",
    "ه": "H",
}  # fmt: skip
_ARABIC_VOWELS = "اأإآٱعويىیؤئء"


def latin_keys(text: str) -> list[str]:
    """The keys of a Latin name or names, in their order."""
    bare = unicodedata.normalize("NFD", text.upper().replace("Ç", "SS").replace("ß", "SS"))
    plain = "".join(each for each in bare if "A" <= each <= "Z" or each in " -'’")
    words = re.sub(r"[-\s]+", " ", re.sub(r"['’]", "", plain)).split()
    words = [part for word in words for part in _apart(word)]
    return _keys(_latin_key(word) for word in _joined_latin(words))


def arabic_keys(text: str) -> list[str]:
    """The keys of an Arabic name or names, in their order."""
    folded = unicodedata.normalize("NFKC", text)
    letters = (each for each in folded if unicodedata.category(each) != "Mn" and each != "\u0640")
    words = "".join(letters).replace("-", " ").split()
    return _keys(_arabic_key(word) for word in _joined_arabic(words))


def _keys(found: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(key for key in found if key))


def _apart(word: str) -> list[str]:
    """FATIMAZAHRA is two names, as it is in Arabic."""
    two = re.fullmatch(r"(FATI?MA?)(E*Z+[AO]H?R.*)", word)
    return list(two.groups()) if two else [word]


def _joined_latin(words: list[str]) -> list[str]:
    joined: list[str] = []
    is_begun = False
    for place, word in enumerate(words):
        is_last = place == len(words) - 1
        if joined and (is_begun or (_ONE_WITH_LAST.fullmatch(word) and joined[-1] not in _ARTICLES)):
            joined[-1] += word
            # BEN ABD ALLAH, ABD EL KADER: what was added may itself want the next.
            ends_open = _ARTICLE_BEHIND_ABD.fullmatch(word) or _ONE_WITH_NEXT.fullmatch(word)
            is_begun = not is_last and bool(ends_open)
        elif word in _ARTICLES and not is_last:
            continue
        else:
            joined.append(word)
            is_begun = not is_last and bool(_ONE_WITH_NEXT.fullmatch(word))
    return joined


def _joined_arabic(words: list[str]) -> list[str]:
    joined: list[str] = []
    is_begun = False
    for place, word in enumerate(words):
        is_last = place == len(words) - 1
        if joined and (is_begun or word in _ARABIC_ONE_WITH_LAST):
            joined[-1] += word if is_begun else _ARABIC_ONE_WITH_LAST[word]
        else:
            joined.append(word)
        is_begun = not is_last and word in _ARABIC_ONE_WITH_NEXT
    return joined


def _latin_key(word: str) -> str:
    if word in _KNOWN:
        return _KNOWN[word]
    word = _without_article(word)
    word = re.sub(r"ABD[EAUO]+L+(?=.)", "ABDEL", word)
    word = re.sub(r"ABD[EAUO]+([BCDFGHJKMNPQRSTVXZ])", r"ABDEL\1", word)
    is_vowel_first = word[:1] in "AEIOUYW"
    word = re.sub(r"^RH(?=[AEIOUY])", "GH", word)
    word = re.sub(r"^(F[AE])TH", r"\1T'H", word)
    word = _SOFT[2].sub("K", word)
    word = _SOFT[1].sub("J", word)
    # CH is one sound, also before a vowel; elsewhere C before E or I is S.
    word = _SOFT[0].sub("S", word)
    word = re.sub(r"([A-Z])\1+", r"\1", word.replace("CHCH", "CH").replace("SHSH", "SH"))
    if word.endswith("H") and word[-2:] not in {"CH", "SH", "KH", "GH", "TH", "DH", "PH"}:
        word = word[:-1]
    key = "".join(_SOUND_OF[written] for written in _SOUNDS.findall(word))
    return _finished(key, is_vowel_first=is_vowel_first)


def _without_article(word: str) -> str:
    """The name without an article that grew onto it, where enough of a name is left behind."""
    for article, least, length in _GROWN_ON:
        if article.match(word) and _consonants(word[length:]) >= least:
            return word[length:]
    return word


def _consonants(word: str) -> int:
    return len(re.findall(r"[BCDFGHJKLMNPQRSTVXZ]+", word))


def _arabic_key(word: str) -> str:
    if word in _KNOWN:
        return _KNOWN[word]
    if word.startswith("ال") and len(word) > len("ال") + 1 and word != "الله":
        word = word.removeprefix("ال")
    if word.startswith("لع"):
        word = word.removeprefix("ل")
    is_vowel_first = word[:1] in _ARABIC_VOWELS
    # حياة and نجاة are heard with their T; فاطمة is not.
    word = re.sub(r"(?<=..)الدين$", "دين", word)
    word = re.sub(r"اة$", "ت", word).removesuffix("ة")
    word = word[:-1] if word[-1:] in "هح" else word
    word = re.sub(r"(.)\1+", r"\1", word)
    key = "".join(_ARABIC.get(letter, "") for letter in word)
    return _finished(key, is_vowel_first=is_vowel_first)


def _finished(key: str, *, is_vowel_first: bool) -> str:
    key = ("A" if is_vowel_first else "") + key
    key = _SAME.get(key, key)
    return key[1:] if key.startswith("L") and len(key) > _MOST_WITH_L else key
