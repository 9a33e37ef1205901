"""Adapters to the outside: mailboxes by IMAP, outgoing mail by SMTP, and made-up ones for rehearsals."""
