"""Who reads what about a person: one table, obeyed by pages, papers, exports and the API alike.

Printed in docs/roster-access.md. Selection never reads who somebody is, only what they can do and wish
(d.lgs. 215/2003 and 216/2003, art. 3; d.lgs. 198/2006).
"""

from tragitto.candidates.vocabulary import Audience

_PERSON, _KEEPER, _REGISTRAR = Audience.PERSON, Audience.KEEPER, Audience.REGISTRAR
_BEFORE, _AFTER = Audience.EMPLOYER_BEFORE, Audience.EMPLOYER_AFTER
_SELECTION = Audience.SELECTION

_OWN = frozenset({_PERSON, _KEEPER, _REGISTRAR})
#: What tells who somebody is, once they accepted to meet the employer.
_NAMED = _OWN | {_AFTER}
#: What somebody can do and wishes: nothing that tells who it is.
_ABLE = _OWN | {_BEFORE, _AFTER, _SELECTION}
#: The same, but written by hand, or telling of places and years: it might tell who somebody is.
_ABLE_NAMED = _OWN | {_AFTER}
_TWO = frozenset({_PERSON, _KEEPER})
_DESK = frozenset({_KEEPER})
_NOBODY: frozenset[Audience] = frozenset()

#: Every field about a person, as `Model.field`, and its readers.
READERS: dict[str, frozenset[Audience]] = {
    "Candidate.code": _OWN | {_SELECTION},
    "Candidate.account": _NOBODY,
    "Candidate.language": _OWN,
    "Candidate.status": _OWN | {_SELECTION},
    "Candidate.reason": _TWO,
    "Candidate.seniority_at": _OWN | {_SELECTION},
    "Candidate.valid_until": _OWN,
    "Candidate.confirm_by": _OWN,
    "Candidate.adult_on": _NOBODY,
    "Candidate.available_from": _ABLE,
    "Candidate.regions": _ABLE,
    "Candidate.shifts": _ABLE,
    "Candidate.housing": _ABLE,
    "Candidate.about": _TWO | {_AFTER},
    "Candidate.about_tidied": _OWN | {_BEFORE, _AFTER},
    "Candidate.about_tidied_by": _DESK,
    "Registration.reference": _OWN,
    "Registration.entered": frozenset({_KEEPER, _REGISTRAR}),
    "Registration.registered_by": _DESK,
    "NoticeSeen.language": _TWO,
    "Consent.code": _TWO,
    "Consent.language": _TWO,
    "Identity.surnames": _NAMED,
    "Identity.given_names": _NAMED,
    "Identity.arabic_surnames": _NAMED,
    "Identity.arabic_given_names": _NAMED,
    "Identity.birth_on": _OWN,
    "Identity.birth_place": _OWN,
    "Identity.nationality": _OWN,
    "Identity.standing": _OWN,
    "Identity.phone": _OWN,
    "Identity.email": _OWN,
    "Identity.town": _OWN,
    "Identity.country": _OWN,
    "Identity.name_keys": _NOBODY,
    "Identity.confirmed_by": _DESK,
    "NameVariant.surnames": _TWO,
    "NameVariant.given_names": _TWO,
    "NameVariant.found_in": _TWO,
    "CandidateFile.content": _TWO,
    "CandidateFile.zone": _TWO,
    "CandidateFile.added_by": _DESK,
    "IdentityDocument.kind": _OWN,
    "IdentityDocument.number": _OWN,
    "IdentityDocument.personal_number": _OWN,
    "IdentityDocument.issuing_state": _OWN,
    "IdentityDocument.nationality": _OWN,
    "IdentityDocument.surnames": _OWN,
    "IdentityDocument.given_names": _OWN,
    "IdentityDocument.birth_on": _OWN,
    "IdentityDocument.expires_on": _OWN,
    "IdentityDocument.mrz": _TWO,
    "IdentityDocument.added_by": _DESK,
    "IdentityDocument.checked_by": _DESK,
    "CandidateProfile.profile": _ABLE,
    "CandidateProfile.years": _ABLE,
    "CandidateProfile.words": _TWO | {_AFTER},
    "CandidateProfile.tidied": _OWN | {_BEFORE, _AFTER},
    "CandidateProfile.tidied_by": _DESK,
    "CandidateSkill.skill": _ABLE,
    "CandidateSkill.mastery": _ABLE,
    "CandidateSkill.proof": _ABLE,
    "CandidateSkill.valid_until": _ABLE,
    "CandidateSkill.certificate": _ABLE_NAMED,
    "CandidateSkill.confirmed_by": _DESK,
    "Experience.profile": _ABLE,
    "Experience.country": _ABLE,
    "Experience.months": _ABLE,
    "Experience.role": _ABLE_NAMED,
    "Experience.employer": _ABLE_NAMED,
    "Experience.begins_on": _ABLE_NAMED,
    "Experience.ends_on": _ABLE_NAMED,
    "Experience.words": _TWO | {_AFTER},
    "Experience.tidied": _OWN | {_BEFORE, _AFTER},
    "Experience.tidied_by": _DESK,
    "Diploma.level_code": _ABLE,
    "Diploma.eqf": _ABLE,
    "Diploma.country": _ABLE,
    "Diploma.proof": _ABLE,
    "Diploma.title": _ABLE_NAMED,
    "Diploma.institution": _ABLE_NAMED,
    "Diploma.year": _ABLE_NAMED,
    "Diploma.confirmed_by": _DESK,
    "LanguageLevel.tongue": _ABLE,
    "LanguageLevel.level": _ABLE,
    "LanguageLevel.proof": _ABLE,
    "LanguageLevel.valid_until": _ABLE,
    "LanguageLevel.certificate": _ABLE_NAMED,
    "LanguageLevel.confirmed_by": _DESK,
    "StatusChange.reason": _TWO,
    "StatusChange.note": _DESK,
    "StatusChange.actor": _DESK,
    "LikePair.reasons": _DESK,
    "LikePair.ground": _DESK,
    "LikePair.decided_by": _DESK,
    "Merge.moved": _DESK,
    "Merge.ground": _DESK,
    "Merge.merged_by": _DESK,
    "Merge.undone_by": _DESK,
    "Batch.name": frozenset({_REGISTRAR}),
    "Batch.uploaded_by": frozenset({_REGISTRAR}),
    "Batch.applied_by": frozenset({_REGISTRAR}),
    "BatchRow.reference": frozenset({_REGISTRAR}),
    "BatchRow.raw": frozenset({_REGISTRAR}),
    "BatchRow.values": frozenset({_REGISTRAR}),
    "BatchRow.problems": frozenset({_REGISTRAR}),
    "BatchRow.differences": frozenset({_REGISTRAR}),
    "Invitation.recipient": _TWO,
    "Invitation.invited_by": _DESK,
    "Invitation.answer": _TWO | {_BEFORE, _AFTER},
    "NamedList.recipient": _TWO,
    "NamedList.made_by": _DESK,
    "NamedList.released_by": _DESK,
    "NamedList.recall_reason": _DESK,
    # What a list of names said: the firm it was given to, whoever is on it as that they are.
    "NamedList.lines": _DESK | {_AFTER},
    "SearchRow.words": _NOBODY,
    "SearchRow.facts": _NOBODY,
    "SearchRow.status": _NOBODY,
    "SearchRow.place_at": _NOBODY,
    "SearchRow.available_from": _NOBODY,
    "SearchRow.expires_on": _NOBODY,
    "ListEntry.note": _DESK,
    "ListEntry.added_by": _DESK,
    "Work.parameters": _DESK,
    "Work.outcome": _DESK,
    "Work.content": _DESK,
    "Work.ordered_by": _DESK,
}


def may_read(field: str, audience: Audience) -> bool:
    """Whether `audience` reads `field` ("Identity.surnames"); raises `KeyError` for one not in the table."""
    return audience in READERS[field]


def readable(audience: Audience) -> tuple[str, ...]:
    """All that `audience` reads, in the order of the table."""
    return tuple(field for field, readers in READERS.items() if audience in readers)
