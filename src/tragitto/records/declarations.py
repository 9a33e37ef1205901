"""What this room keeps about people."""

from tragitto.kernel.declarations import Basis, declare, impersonal

_MAIL = {
    "records.Message": (
        "mailbox",
        "sender",
        "recipients",
        "recipient_types",
        "subject",
        "delivered_to",
        "message_id",
        "original_message_id",
        "reference",
        "replies_to",
        "deliveries",
        "error",
        "reasons",
        "claims",
    ),
    "records.Mailbox": ("given_by",),
    "records.Attachment": ("name", "original_name", "signatures", "form", "scan"),
    "records.Transcription": ("fields", "by"),
    "records.Filing": ("by", "reason"),
    "records.Trouble": ("file_name",),
}
_SENT = {
    "records.Intervention": ("by", "reason"),
    "records.Proof": ("recipient", "reason"),
}
_REGISTER = {
    "records.RegisterEntry": ("sender", "recipients", "subject", "original_identifier"),
    "records.OfficeNumber": ("by",),
}

for _fields_of, _purpose, _retention in (
    (_MAIL, "received_mail", "case_file"),
    (_SENT, "sent_mail", "case_file"),
    (_REGISTER, "protocol_register", "permanent"),
):
    for _model, _fields in _fields_of.items():
        declare(
            _model,
            *_fields,
            purpose=_purpose,
            # DPR 445/2000 art. 53, CAD art. 40-bis: what comes in must be kept and registered.
            basis=Basis.LEGAL_DUTY,
            controller="publisher",
            retention=_retention,
            readers=("office",),
        )
impersonal("records.Mailbox", "address", because="the published mailbox of an office")
impersonal("records.Message", "signer", because="the certificate of a provider, which is a company")
impersonal("records.Attachment", "format", because="a word for what the first bytes of a file are")
impersonal("records.Transcription", "form", because="the code of a published form")
