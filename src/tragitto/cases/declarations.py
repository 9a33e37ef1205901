"""What this room keeps about people: who acted in a case, and the words they wrote about it."""

from tragitto.kernel.declarations import Basis, declare, impersonal

_OFFICE = ("office",)

for _model, _fields in {
    "cases.Move": ("actor", "seconded_by", "reason"),
    "cases.Proposal": ("proposed_by", "reason"),
    "cases.Decision": ("proposed_by", "decided_by", "reasons", "findings"),
    "cases.FiledDocument": ("filed_by", "accepted_by"),
    "cases.Responsibility": ("officer", "given_by", "reason"),
    "cases.ConflictStatement": ("officer", "ground"),
    "cases.ConsentWithdrawal": ("recorded_by",),
    "cases.HandOver": ("made_by", "accepted_by", "recalled_by", "recall_reason"),
}.items():
    declare(
        _model,
        *_fields,
        purpose="admissibility",
        basis=Basis.PUBLIC_TASK,
        controller="publisher",
        retention="case_file",
        readers=_OFFICE,
    )
declare(
    "cases.HandOverItem",
    "content",
    purpose="handing_over",
    basis=Basis.PUBLIC_TASK,
    controller="publisher",
    retention="case_file",
    readers=("office", "coordinator", "trainer"),
)
impersonal("cases.Decision", "law_rows", because="references of rows of the law")
