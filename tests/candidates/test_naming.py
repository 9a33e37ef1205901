"""Names: canonical as a passport has them, the same keys from both scripts, other spellings kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tragitto.candidates.rules import naming
from tragitto.candidates.rules.letters import of_arabic, strange_to_latin
from tragitto.candidates.rules.naming import Spelling, canonical, in_mrz, keys_of, variants
from tragitto.candidates.vocabulary import Script

#: Spellings of one name, as lists, diplomas and passports of Morocco have them.
ONE_NAME = """
MOHAMMED|MOHAMED|MHAMED|M'HAMED|MUHAMMAD|MOHAMMAD|MED|محمد|مُحَمَّد|امحمد
EL ALAOUI|ALAOUI|ELALAOUI|AL ALAOUI|العلوي|علوي
BEN ALI|BENALI|BEN-ALI|بن علي|بنعلي
BENJELLOUN|BEN JELLOUN|BENDJELLOUN|بنجلون|بن جلون
BENNANI|بناني
ABDELLAH|ABDALLAH|ABDULLAH|ABD ALLAH|ABDELLA|عبد الله|عبدالله
ABDERRAHMANE|ABDERAHMAN|ABDURRAHMAN|ABD ERRAHMANE|ABD AR RAHMANE|عبد الرحمان|عبدالرحمن
ABDELKADER|ABD EL KADER|ABDELQADER|ABDEL KADER|ABDULKADIR|عبد القادر
ABDELAZIZ|ABDEL AZIZ|ABDUL AZIZ|عبد العزيز
ABDELLATIF|ABDELATIF|ABD ELLATIF|عبد اللطيف
YOUSSEF|YOUSEF|YUSUF|IOUSSEF|يوسف
OUAFAE|WAFAE|WAFAA|وفاء
RACHID|RASHID|رشيد
EL IDRISSI|ELIDRISSI|IDRISSI|الإدريسي|الادريسي
IDRISS|DRISS|IDRIS|إدريس|ادريس
IBRAHIM|BRAHIM|إبراهيم|ابراهيم
ISMAIL|SMAIL|ISMAEL|إسماعيل
FATIMA ZAHRA|FATIMA-ZAHRA|FATIMA EZZAHRA|FATIMAZAHRA|FATIMA ZOHRA|فاطمة الزهراء
NOUREDDINE|NOURDINE|NOUR EDDINE|نور الدين|نورالدين
AZZEDDINE|AZEDDINE|EZZEDDINE|عز الدين
SALAH|SALEH|صلاح|صالح
LAHCEN|LAHSEN|EL HASSAN|HASSAN|لحسن|الحسن
EL HOUSSAINE|ELHOUSSINE|HOCINE|HUSSEIN|الحسين
LAMRANI|EL AMRANI|AMRANI|العمراني
KHADIJA|KHADIDJA|خديجة
JAMAL|DJAMAL|جمال
OTHMANE|OTMANE|عثمان
BELKACEM|BELGACEM|BELQASSEM|بلقاسم
KACEM|QASSEM|GACEM|قاسم
GHARBI|RHARBI|EL GHARBI|الغربي
CHARKI|SHARQI|ECH-CHARKI|ECHCHARKI|الشرقي
SAIDI|ESSAIDI|ES-SAIDI|السعيدي
MUSTAPHA|MOSTAFA|MOUSTAFA|مصطفى
HAYAT|حياة
JAOUAD|JAWAD|DJAOUAD|جواد
"""


@pytest.mark.parametrize("line", ONE_NAME.split("\n")[1:-1])
def test_every_spelling_of_a_name_sounds_the_same(line):
    keys = {tuple(naming.keys_of_words(spelling)) for spelling in line.split("|")}

    assert len(keys) == 1
    assert all(keys.pop())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("MOHAMED", "AHMED"),
        ("RACHID", "RACHIDA BENT"),
        ("HASSAN", "HAMZA"),
        ("KARIM", "AKRAM"),
        ("EL ALAOUI", "EL AMRANI"),
        ("ZINEB", "SAMIRA"),
        ("BEN ALI", "ALI"),
    ],
)
def test_other_names_sound_otherwise(one, other):
    assert naming.keys_of_words(one) != naming.keys_of_words(other)


def test_both_scripts_of_a_person_give_one_set_of_keys():
    assert keys_of("EL IDRISSI", "FATIMA ZAHRA", "الإدريسي", "فاطمة الزهراء") == ["DRS", "FTM", "ZHR"]
    assert keys_of("EL IDRISSI", "FATIMA ZAHRA") == keys_of("", "", "الإدريسي", "فاطمة الزهراء")


def test_keys_do_not_mind_which_name_is_which():
    assert keys_of("AMINA", "EL IDRISSI") == keys_of("EL IDRISSI", "AMINA")


SPELLINGS = [line.split("|") for line in ONE_NAME.split("\n")[1:-1]]


@given(st.lists(st.sampled_from(SPELLINGS), min_size=1, max_size=3), st.data())
def test_planted_variants_keep_their_keys(names, data):
    """However each name of somebody is spelt, the person has the same keys."""
    latin = [[each for each in name if each.isascii()] for name in names]
    one = " - ".join(data.draw(st.sampled_from(name)) for name in latin)
    other = " / ".join(data.draw(st.sampled_from(name)) for name in latin)

    assert set(keys_of("", one.replace(" - ", " ZZZ "))) == set(keys_of("", other.replace(" / ", " ZZZ ")))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  el   idrissi ", "EL IDRISSI"),
        ("Benoît", "BENOIT"),
        ("Zoé-Ève", "ZOE-EVE"),
        ("N’Guessan", "N'GUESSAN"),
        ("Ben - Ali", "BEN-ALI"),
        ("Ørsted", "OERSTED"),
        ("Straße", "STRASSE"),
        ("Müller", "MULLER"),
        ("D. Amina", "D AMINA"),
        ("محمد", "MXHMD"),
    ],
)
def test_a_name_is_kept_as_a_passport_has_it(typed, kept):
    assert canonical(typed) == kept


@given(st.text(max_size=40))
def test_canonical_is_canonical(text):
    once = canonical(text)

    assert canonical(once) == once
    assert set(once) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ -'")


def test_a_zone_has_neither_hyphen_nor_apostrophe():
    assert in_mrz("N'GUESSAN-ZOE") == "NGUESSAN ZOE"


def test_arabic_is_written_by_the_table_of_icao():
    """The examples of Doc 9303, part 3, section 6 C, and a word that ends in teh marbuta."""
    assert of_arabic("هناء") == "HNAXE"
    assert of_arabic("فاطمة") == "FAXTTMXAH"
    assert of_arabic("عبد الله") == "EBD ALLH"


def test_a_doubled_letter_is_written_twice():
    assert of_arabic("محمّد") == "MXHMMD"


def test_signs_no_passport_writes_are_named():
    assert strange_to_latin("Am1na@") == "1@"
    assert strange_to_latin("Zoé N'Guessan-Ben") == ""


def test_variants_are_those_that_machines_write():
    assert variants("N'GUESSAN", "MÜLLER", "", "") == [
        Spelling(Script.LATIN, "NGUESSAN", "MULLER", naming.MRZ),
        Spelling(Script.LATIN, "N'GUESSAN", "MUELLER", naming.IN_TWO_LETTERS),
    ]


def test_a_plain_name_has_no_variant_but_its_transliteration():
    assert variants("BEN", "ALI", "بن", "علي") == [
        Spelling(Script.LATIN, "BN", "ELY", naming.TRANSLITERATION)
    ]
