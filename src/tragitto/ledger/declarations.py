"""What the ledger holds about people: codes alone."""

from tragitto.kernel.declarations import impersonal

impersonal("ledger.Entry", "subject", because="the public code of a thing")
impersonal("ledger.Entry", "facts", because="codes, numbers and field names; never a personal value")
