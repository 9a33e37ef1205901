"""What the pages of registering say: short sentences in plain words, each question with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tragitto.candidates.vocabulary import Housing, Mastery, PageKind, PageState, Shift, Standing
from tragitto.schemes.vocabulary import ConsentEffect

type Word = str | Promise


@dataclass(frozen=True)
class PageText:
    """A page in words: its name in lists, its question, and why it is asked or how it is answered."""

    title: Word
    question: Word
    why: Word = ""


TEXTS: Mapping[PageKind, PageText] = {
    PageKind.LANGUAGE: PageText(
        _("Language"),
        _("In which language do we write to you?"),
        _("The pages and our messages are in this language. You can change it at any time."),
    ),
    PageKind.BIRTH: PageText(
        _("Date of birth"), _("When were you born?"), _("Copy the date from your passport or identity card.")
    ),
    PageKind.LATIN_NAMES: PageText(
        _("Your name"),
        _("What is your name in Latin letters?"),
        _("Copy it letter by letter from your passport. One wrong letter can stop your papers later."),
    ),
    PageKind.ARABIC_NAMES: PageText(
        _("Your name in Arabic"),
        _("What is your name in Arabic letters?"),
        _("Copy it from your identity card. If you have no name in Arabic letters, just go on."),
    ),
    PageKind.STANDING: PageText(
        _("Your status"),
        _("Which sentence is true for you?"),
        _(
            "We ask because you will need different papers. The answer does not help you and does not harm"
            " you: nobody chooses people by it."
        ),
    ),
    PageKind.CONTACTS: PageText(
        _("How to reach you"),
        _("How can we reach you?"),
        _("Use a number that is yours alone. Who reads its messages can open your registration."),
    ),
    PageKind.HOME: PageText(_("Where you live"), _("Where do you live now?")),
    PageKind.DOCUMENT: PageText(
        _("Identity document"),
        _("Which document can you show?"),
        _("With it we check your name. You need one document; you may add others."),
    ),
    PageKind.PROFILES: PageText(
        _("Work that you can do"),
        _("Which work can you do?"),
        _("Choose only what you know well: three at most."),
    ),
    PageKind.TRADE: PageText(
        _("How long"),
        _("How long have you done this work?"),
        _("Years at work and in training count. If you are just beginning, write 0."),
    ),
    PageKind.SKILLS: PageText(
        _("What you can do"),
        _("What can you do in this work?"),
        _("Tick what you have really done. At the selection you may be asked to show it."),
    ),
    PageKind.MASTERY: PageText(
        _("How well"),
        _("How well can you do it?"),
        _("Be honest: saying less does not take your place away."),
    ),
    PageKind.EXPERIENCE: PageText(
        _("Where you worked"),
        _("Where have you worked?"),
        _("The newest first. Training in a firm counts too."),
    ),
    PageKind.DIPLOMAS: PageText(
        _("Diplomas"), _("Which diplomas do you have?"), _("No diploma? Go on: you can register without one.")
    ),
    PageKind.LANGUAGES: PageText(
        _("Languages"),
        _("Which languages do you speak?"),
        _("You will learn Italian in the course. You need not know it today."),
    ),
    PageKind.PAPERS: PageText(
        _("Certificates and diplomas on paper"),
        _("Which papers can you show?"),
        _("A photo helps: firms trust what the office has seen. You can add it later too."),
    ),
    PageKind.AVAILABLE: PageText(
        _("When you could leave"), _("From when could you leave?"), _("A rough date is enough.")
    ),
    PageKind.REGIONS: PageText(
        _("Regions"), _("In which regions would you work?"), _("If all are good for you, tick nothing.")
    ),
    PageKind.SHIFTS: PageText(
        _("Working hours"), _("When would you work?"), _("If all is good for you, tick nothing.")
    ),
    PageKind.HOUSING: PageText(_("Place to live"), _("Where would you live in Italy?")),
    PageKind.ABOUT: PageText(
        _("In your words"),
        _("Is there anything else you want to tell?"),
        _("Write in your language. Do not write about religion, politics, health or family."),
    ),
}
_GOES_ON = _("You have not said yes. Everything else goes on without it.")
#: What it means that a consent is not given: nobody has to answer, and no answer is a no.
WITHOUT: Mapping[ConsentEffect, Word] = {
    ConsentEffect.EMPLOYERS_SEE_ANONYMOUS: _(
        "You have not said yes: no firm sees your profile, and who is not seen is hardly ever chosen."
    ),
    ConsentEffect.PARTNERS_SEE_FILE: _GOES_ON,
    ConsentEffect.TEXT_MESSAGES: _GOES_ON,
}
STATES: Mapping[PageState, tuple[str, Word]] = {
    PageState.TO_DO: ("open", _("To do")),
    PageState.OPTIONAL: ("neutral", _("Optional")),
    PageState.DONE: ("good", _("Done")),
}
#: The list of what is to do, part by part.
PARTS: tuple[tuple[Word, tuple[PageKind, ...]], ...] = (
    (_("Before you begin"), (PageKind.LANGUAGE, PageKind.NOTICE)),
    (
        _("Who you are"),
        (
            PageKind.BIRTH,
            PageKind.LATIN_NAMES,
            PageKind.ARABIC_NAMES,
            PageKind.STANDING,
            PageKind.CONTACTS,
            PageKind.HOME,
            PageKind.DOCUMENT,
        ),
    ),
    (
        _("What you can do"),
        (
            PageKind.PROFILES,
            PageKind.TRADE,
            PageKind.SKILLS,
            PageKind.MASTERY,
            PageKind.EXPERIENCE,
            PageKind.DIPLOMAS,
            PageKind.LANGUAGES,
            PageKind.PAPERS,
        ),
    ),
    (
        _("What you would like"),
        (PageKind.AVAILABLE, PageKind.REGIONS, PageKind.SHIFTS, PageKind.HOUSING, PageKind.ABOUT),
    ),
    (_("What you allow"), (PageKind.CONSENT,)),
)
STANDING: Mapping[Standing, Word] = {
    Standing.NATIONAL: _("I am a citizen of the country: {country}."),
    Standing.RESIDENT: _("I am a citizen of another country, and I live here with a residence card."),
    Standing.REFUGEE: _("I am a refugee."),
    Standing.STATELESS: _("I am stateless: no country says that I am its citizen."),
}
MASTERY: Mapping[Mastery, Word] = {
    Mastery.BEGUN: pgettext_lazy("mastery", "I am learning it"),
    Mastery.GUIDED: pgettext_lazy("mastery", "I do it with help"),
    Mastery.ALONE: pgettext_lazy("mastery", "I do it alone"),
    Mastery.TEACHES: pgettext_lazy("mastery", "I can teach it to others"),
}
SHIFT: Mapping[Shift, Word] = {
    Shift.DAY: pgettext_lazy("shift", "By day"),
    Shift.TWO_SHIFTS: pgettext_lazy("shift", "Mornings and afternoons by turns"),
    Shift.THREE_SHIFTS: pgettext_lazy("shift", "Mornings, afternoons and nights by turns"),
    Shift.NIGHT: pgettext_lazy("shift", "Always at night"),
}
HOUSING: Mapping[Housing, Word] = {
    Housing.OWN: pgettext_lazy("housing", "I have a place to live"),
    Housing.HELP: pgettext_lazy("housing", "I need help to find one"),
    Housing.OFFERED: pgettext_lazy("housing", "I would like the firm to offer one"),
}
#: A level of a language (CEFR) by what one can do with it.
CEFR: Mapping[str, Word] = {
    "A1": pgettext_lazy("language level", "A1 – a few words and short sentences"),
    "A2": pgettext_lazy("language level", "A2 – simple talk about everyday things"),
    "B1": pgettext_lazy("language level", "B1 – I manage at work and when I travel"),
    "B2": pgettext_lazy("language level", "B2 – I speak easily and understand most things"),
    "C1": pgettext_lazy("language level", "C1 – I speak and write very well"),
    "C2": pgettext_lazy("language level", "C2 – like my mother tongue"),
}
