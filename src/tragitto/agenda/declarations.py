"""What this room keeps about people: who set and who met a deadline."""

from tragitto.kernel.declarations import Basis, declare, impersonal

declare(
    "agenda.Deadline",
    "set_by",
    "met_by",
    purpose="accountability",
    basis=Basis.PUBLIC_TASK,
    controller="publisher",
    retention="case_file",
    readers=("office",),
)
impersonal(
    "agenda.Deadline",
    "subject",
    "reasons",
    "law_rows",
    because="a public code, the steps of a count, references of law rows",
)
for _model, _fields in {
    "agenda.Suspension": ("set_by", "lifted_by"),
    "agenda.Task": ("assignee", "set_by", "done_by"),
}.items():
    declare(
        _model,
        *_fields,
        purpose="accountability",
        basis=Basis.PUBLIC_TASK,
        controller="publisher",
        retention="case_file",
        readers=("office",),
    )
impersonal("agenda.Suspension", "law_rows", because="references of law rows")
impersonal("agenda.Task", "subject", "reasons", because="a public code, the steps of a count")
