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
