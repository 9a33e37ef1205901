"""What this room keeps about people: sole traders, signatories, contacts, and who reviewed."""

from tragitto.kernel.declarations import Basis, declare, impersonal

for _model, _fields, _readers in (
    # A sole trader's name and codice fiscale are a person's.
    ("employers.Employer", ("codice_fiscale", "name"), ("office", "coordinator", "trainer")),
    ("employers.Version", ("facts", "received_by"), ("office",)),
    ("employers.Finding", ("evidence", "parameters"), ("office",)),
    ("employers.Judgement", ("ground", "reviewer"), ("office",)),
    ("employers.Position", ("wishes",), ("office", "coordinator", "trainer")),
):
    declare(
        _model,
        *_fields,
        purpose="admissibility",
        basis=Basis.PUBLIC_TASK,
        controller="publisher",
        retention="case_file",
        readers=_readers,
    )
impersonal("employers.Position", "unit", because="the address of a production unit")
impersonal("employers.Finding", "explanation", "law_rows", because="a code, and references of law rows")
impersonal("employers.Version", "identifier", because="the certified identifier of a message")
impersonal("employers.Expression", "place_identifier", because="the certified identifier of a message")

_SELF_AND_OFFICE = ("self", "office")
_PARTS: tuple[tuple[str, tuple[str, ...], str, tuple[str, ...]], ...] = (
    (
        "employers.Enquiry",
        (
            *("enterprise_name", "codice_fiscale", "contact_name", "contact_email", "contact_phone"),
            *("language", "question", "needs", "account", "manager", "closing_reason"),
        ),
        "answering_enquiries",
        _SELF_AND_OFFICE,
    ),
    ("employers.Portfolio", ("manager", "made_by"), "answering_enquiries", ("office",)),
    ("employers.Assignment", ("manager", "given_by"), "answering_enquiries", ("office",)),
    ("employers.Contact", ("note", "recorded_by"), "answering_enquiries", ("office",)),
    # Nobody but the person who writes reads a draft, until it is sent.
    ("employers.FilingDraft", ("account", "language", "answers"), "filing", ("self",)),
    ("employers.DraftPaper", ("name", "content", "document", "reading"), "filing", ("self",)),
    ("employers.Submission", ("account", "content"), "filing", _SELF_AND_OFFICE),
    (
        "employers.Representation",
        (
            *("account", "enterprise_name", "principal_name", "principal_codice_fiscale"),
            *("paper", "identity_copy"),
            *("confirmed_by", "revoked_by", "revocation_reason"),
        ),
        "acting_for_an_enterprise",
        _SELF_AND_OFFICE,
    ),
    (
        "employers.CoSignature",
        ("account", "codice_fiscale", "means", "language"),
        "acting_for_an_enterprise",
        _SELF_AND_OFFICE,
    ),
    (
        "employers.Letter",
        ("text", "grounds", "recipient", "written_by", "reached_note", "dropped_by"),
        "admissibility",
        _SELF_AND_OFFICE,
    ),
    (
        "employers.LetterAttempt",
        ("recipient", "sent_by"),
        "admissibility",
        _SELF_AND_OFFICE,
    ),
    (
        "employers.Observation",
        ("text", "entered_by", "answer", "answered_by"),
        "admissibility",
        _SELF_AND_OFFICE,
    ),
    (
        "employers.LateAdmission",
        ("reason", "ground", "proposed_by", "decided_by"),
        "admissibility",
        ("office",),
    ),
)
for _label, _named, _purpose, _seen_by in _PARTS:
    declare(
        _label,
        *_named,
        purpose=_purpose,
        basis=Basis.PUBLIC_TASK,
        controller="publisher",
        retention="case_file",
        readers=_seen_by,
    )
impersonal("employers.Observation", "new_grounds", because="codes of criteria")
