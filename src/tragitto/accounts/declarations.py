"""What this room, and the library that signs people in, keep about people."""

from tragitto.kernel.declarations import Basis, declare

_ADMINISTRATORS = ("self", "administrator")

declare(
    "accounts.User",
    *("email", "full_name", "language", "is_active", "joined_at", "is_self_opened", "acts_for"),
    purpose="accounts",
    basis=Basis.PUBLIC_TASK,
    controller="publisher",
    retention="while_member_then_ledger_period",
    readers=_ADMINISTRATORS,
)
declare(
    "accounts.User",
    "phone",
    purpose="accounts",
    basis=Basis.PUBLIC_TASK,
    controller="publisher",
    retention="while_member",
    readers=_ADMINISTRATORS,
)
declare(
    "accounts.OneTimeCode",
    *("address_digest", "digest", "language"),
    purpose="signing_in",
    basis=Basis.PUBLIC_TASK,
    controller="publisher",
    retention="one_day",
    readers=("nobody",),
)
declare(
    "accounts.TextMessage",
    *("number", "sealed"),
    purpose="messages",
    basis=Basis.PUBLIC_TASK,
    controller="publisher",
    retention="one_month",
    readers=("operator",),
)
declare(
    "accounts.Token",
    "made_by",
    purpose="accounts",
    basis=Basis.PUBLIC_TASK,
    controller="publisher",
    retention="while_member_then_ledger_period",
    readers=("administrator",),
)
declare(
    "accounts.User",
    *("password", "last_login"),
    purpose="signing_in",
    basis=Basis.LEGAL_DUTY,
    controller="publisher",
    retention="while_member",
    readers=("nobody",),
)
declare(
    "accounts.User",
    "fiscal_number",
    purpose="signing_in_with_spid_or_cie",
    basis=Basis.LEGAL_DUTY,
    controller="publisher",
    retention="while_member",
    readers=("nobody",),
)
declare(
    "accounts.Membership",
    *("user", "organisation", "roles", "starts_on", "ends_on"),
    purpose="accounts",
    basis=Basis.PUBLIC_TASK,
    controller="publisher",
    retention="while_member_then_ledger_period",
    readers=_ADMINISTRATORS,
)
# A sole trader's name is a person's.
declare(
    "accounts.Organisation",
    "name",
    purpose="accounts",
    basis=Basis.PUBLIC_TASK,
    controller="publisher",
    retention="case_file",
    readers=("office", "coordinator", "trainer"),
)
for _model, _fields in {
    "account.EmailAddress": ("user", "email", "verified", "primary"),
    "mfa.Authenticator": ("user", "type", "data", "created_at", "last_used_at"),
    "socialaccount.SocialAccount": (
        "user",
        "provider",
        "uid",
        "extra_data",
        "last_login",
        "date_joined",
    ),
}.items():
    declare(
        _model,
        *_fields,
        purpose="signing_in",
        basis=Basis.LEGAL_DUTY,
        controller="publisher",
        retention="while_member",
        readers=("nobody",),
    )
declare(
    "sessions.Session",
    "session_data",
    purpose="signing_in",
    basis=Basis.LEGAL_DUTY,
    controller="publisher",
    retention="session",
    readers=("nobody",),
)
