"""What the roster says, one home for every door: its closed words here, its sentences beside them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tragitto.candidates.vocabulary import (
    Answer,
    Housing,
    Likeness,
    LikeReason,
    Mastery,
    Proof,
    Shift,
    Standing,
)
from tragitto.schemes.vocabulary import RosterStatus, SkillGroup

type Word = str | Promise

STATUS: Mapping[str, Word] = {
    RosterStatus.REGISTERING: pgettext_lazy("roster", "Not sent yet"),
    RosterStatus.CHECKING: pgettext_lazy("roster", "Being checked"),
    RosterStatus.ACTIVE: pgettext_lazy("roster", "On the roster"),
    RosterStatus.PAUSED: pgettext_lazy("roster", "Paused"),
    RosterStatus.RESERVED: pgettext_lazy("roster", "Under way with a firm"),
    RosterStatus.PLACED: pgettext_lazy("roster", "Hired"),
    RosterStatus.LAPSED: pgettext_lazy("roster", "Lapsed"),
    RosterStatus.WITHDRAWN: pgettext_lazy("roster", "Withdrawn"),
    RosterStatus.NOT_ADMITTED: pgettext_lazy("roster", "Not admitted"),
    RosterStatus.MERGED: pgettext_lazy("roster", "Merged into another registration"),
}
STANDING: Mapping[str, Word] = {
    Standing.NATIONAL: _("Citizen of the country"),
    Standing.RESIDENT: _("Foreign citizen resident there"),
    Standing.REFUGEE: _("Refugee resident there"),
    Standing.STATELESS: _("Stateless person resident there"),
}
MASTERY: Mapping[str, Word] = {
    Mastery.BEGUN: pgettext_lazy("mastery", "Has begun to learn it"),
    Mastery.GUIDED: pgettext_lazy("mastery", "Does it with help"),
    Mastery.ALONE: pgettext_lazy("mastery", "Does it alone"),
    Mastery.TEACHES: pgettext_lazy("mastery", "Teaches it to others"),
}
PROOF: Mapping[str, Word] = {
    Proof.SAID: pgettext_lazy("proof", "Stated by the person"),
    Proof.PAPER: pgettext_lazy("proof", "Shown by a paper"),
    Proof.TESTED: pgettext_lazy("proof", "Tested"),
}
SHIFT: Mapping[str, Word] = {
    Shift.DAY: pgettext_lazy("shift", "By day"),
    Shift.TWO_SHIFTS: pgettext_lazy("shift", "In two shifts"),
    Shift.THREE_SHIFTS: pgettext_lazy("shift", "In three shifts"),
    Shift.NIGHT: pgettext_lazy("shift", "At night"),
}
HOUSING: Mapping[str, Word] = {
    Housing.OWN: pgettext_lazy("housing", "Has a place to live"),
    Housing.HELP: pgettext_lazy("housing", "Needs help to find one"),
    Housing.OFFERED: pgettext_lazy("housing", "Needs one offered by the firm"),
}
SKILL_GROUP: Mapping[str, Word] = {
    SkillGroup.PROCESS: pgettext_lazy("skills", "Processes"),
    SkillGroup.MACHINE: pgettext_lazy("skills", "Machines"),
    SkillGroup.CONTROL: pgettext_lazy("skills", "Controls"),
    SkillGroup.MATERIAL: pgettext_lazy("skills", "Materials"),
    SkillGroup.ASSEMBLY: pgettext_lazy("skills", "Assembly"),
    SkillGroup.ELECTRICAL: pgettext_lazy("skills", "Electrical work"),
    SkillGroup.READING: pgettext_lazy("skills", "Drawings and diagrams"),
    SkillGroup.MEASURING: pgettext_lazy("skills", "Measuring"),
    SkillGroup.MAINTENANCE: pgettext_lazy("skills", "Maintenance"),
    SkillGroup.SAFETY: pgettext_lazy("skills", "Safety"),
    SkillGroup.CERTIFICATE: pgettext_lazy("skills", "Certificates"),
}
#: What of a file was looked at, by the word of the ledger.
LOOKED: Mapping[str, Word] = {
    "file": pgettext_lazy("looked at", "the file"),
    "photo": pgettext_lazy("looked at", "a photo of a paper"),
    "curriculum": pgettext_lazy("looked at", "the curriculum"),
    "named_list": pgettext_lazy("looked at", "a list of names"),
    "export": pgettext_lazy("looked at", "an export with many people"),
    "profile": pgettext_lazy("looked at", "the profile without the name, or with it after a yes"),
}
ANSWER: Mapping[str, Word] = {
    Answer.ACCEPTED: pgettext_lazy("invitation", "Accepted"),
    Answer.DECLINED: pgettext_lazy("invitation", "Declined"),
    "": pgettext_lazy("invitation", "No answer yet"),
}
TONGUE: Mapping[str, Word] = {
    "it": pgettext_lazy("tongue", "Italian"),
    "fr": pgettext_lazy("tongue", "French"),
    "ar": pgettext_lazy("tongue", "Arabic"),
    "en": pgettext_lazy("tongue", "English"),
    "zgh": pgettext_lazy("tongue", "Amazigh"),
    "es": pgettext_lazy("tongue", "Spanish"),
    "de": pgettext_lazy("tongue", "German"),
}
LIKENESS: Mapping[str, Word] = {
    Likeness.OPEN: _("To be decided"),
    Likeness.DIFFERENT: _("Different people"),
    Likeness.SAME: _("Merged"),
}
LIKE_REASON: Mapping[str, Word] = {
    LikeReason.SAME_PERSON_NUMBER: _("Same personal number (CIN)"),
    LikeReason.PERSON_NUMBER_SLIP: _("Personal numbers (CIN) one slip apart"),
    LikeReason.SAME_DOCUMENT: _("Same document"),
    LikeReason.DOCUMENT_SLIP: _("Document numbers one slip apart"),
    LikeReason.SAME_NAMES: _("Same names"),
    LikeReason.SOUND_ALIKE: _("Names that sound the same"),
    LikeReason.PART_OF_NAMES: _("One has a name more, or a letter differs"),
    LikeReason.NAMES_ALIKE: _("Names nearly alike"),
    LikeReason.NAMES_TURNED: _("Surnames and given names turned"),
    LikeReason.SAME_BIRTH: _("Same birth"),
    LikeReason.BIRTH_TURNED: _("Day and month of birth turned"),
    LikeReason.BIRTH_SLIP: _("Births one digit apart"),
    LikeReason.BIRTH_YEAR: _("Same year of birth, one without the day"),
    LikeReason.SAME_PHONE: _("Same telephone"),
    LikeReason.SAME_EMAIL: _("Same e-mail address"),
    LikeReason.SAME_TOWN: _("Same town"),
    LikeReason.OTHER_PERSON_NUMBER: _("Different personal numbers (CIN)"),
    LikeReason.OTHER_DOCUMENT: _("Two documents of one kind, valid at the same time"),
    LikeReason.OTHER_GIVEN_NAMES: _("Different given names"),
    LikeReason.OTHER_SURNAMES: _("Different surnames"),
    LikeReason.OTHER_NAMES: _("Different names"),
    LikeReason.OTHER_BIRTH: _("Different births"),
    LikeReason.BY_HAND: _("Put side by side by a colleague"),
}
