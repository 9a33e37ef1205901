"""Which commands there are, where each lives and what it needs; a command is imported when it is called."""

from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from importlib import import_module

import click

from tragitto.cli.house import House


class Needs(Enum):
    """What must stand before a command's module may be imported."""

    NOTHING = "nothing"
    ROOMS = "rooms"
    DATABASE = "database"


@dataclass(frozen=True)
class Listed:
    """One command of the table."""

    place: str
    needs: Needs
    summary: str


COMMANDS: dict[str, Listed] = {
    "demo": Listed("tragitto.cli.running:demo", Needs.NOTHING, "Show the house at work, with made-up data."),
    "serve": Listed("tragitto.cli.running:serve", Needs.NOTHING, "Run the house for real use."),
    "migrate": Listed("tragitto.cli.running:migrate", Needs.NOTHING, "Bring the database up to date."),
    "check": Listed("tragitto.cli.running:check", Needs.ROOMS, "Check the deployment's settings."),
    "settings": Listed("tragitto.cli.running:settings", Needs.NOTHING, "List every deployment variable."),
    "messages": Listed("tragitto.cli.running:messages", Needs.ROOMS, "Renew the catalogues of texts."),
    "law show": Listed("tragitto.cli.law:show", Needs.ROOMS, "Show the law row in force on a day."),
    "law list": Listed("tragitto.cli.law:list_", Needs.ROOMS, "List the rows of the law pack."),
    "law check": Listed("tragitto.cli.law:check", Needs.ROOMS, "Check the law pack."),
    "law term": Listed("tragitto.cli.law:term", Needs.ROOMS, "Count a term with its reasons."),
    "law load": Listed("tragitto.cli.law:load", Needs.DATABASE, "Load law and holidays."),
    "mail read": Listed("tragitto.cli.mail_reading:read_files", Needs.NOTHING, "Read certified e-mail files."),
    "mail take": Listed("tragitto.cli.mail:take", Needs.DATABASE, "Take certified e-mail files in as received."),
    "mail desk": Listed("tragitto.cli.mail:desk", Needs.DATABASE, "List what waits at the sorting desk."),
    "mail digest": Listed("tragitto.cli.mailbox:digest", Needs.DATABASE, "Print what went wrong with the mail lately."),
    "mailbox give": Listed("tragitto.cli.mailbox:give", Needs.DATABASE, "Let an office read a mailbox."),
    "mailbox check": Listed("tragitto.cli.mailbox:check", Needs.DATABASE, "Connect to mailboxes, change nothing."),
    "mailbox fetch": Listed("tragitto.cli.mailbox:fetch", Needs.DATABASE, "Take in what is new in mailboxes."),
    "mailbox reconcile": Listed("tragitto.cli.mailbox:reconcile", Needs.DATABASE, "Compare mailboxes with the house."),
    "mailbox outgoing": Listed("tragitto.cli.mailbox:outgoing", Needs.DATABASE, "List our messages not yet arrived."),
    "mailbox resend": Listed("tragitto.cli.mailbox:resend", Needs.DATABASE, "Send a refused or uncertain message again."),
    "sign read": Listed("tragitto.cli.sign:read_files", Needs.ROOMS, "Say who signed files, and with what right."),
    "form read": Listed("tragitto.cli.form:read_files", Needs.ROOMS, "Read filled or scanned forms from files."),
    "trust load": Listed("tragitto.cli.trust:load", Needs.ROOMS, "Check and store a trusted list."),
    "trust refresh": Listed("tragitto.cli.trust:refresh", Needs.ROOMS, "Fetch the trusted list from the network."),
    "trust show": Listed("tragitto.cli.trust:show", Needs.ROOMS, "Show the stored trusted list."),
    "register export": Listed("tragitto.cli.register:export", Needs.DATABASE, "Export the register of a day."),
    "register verify": Listed("tragitto.cli.register:verify", Needs.DATABASE, "Name any gap or changed entry."),
    "scheme check": Listed("tragitto.cli.scheme:check", Needs.ROOMS, "Check a scheme pack and its calls."),
    "scheme load": Listed("tragitto.cli.scheme:load", Needs.DATABASE, "Load a scheme pack."),
    "scheme list": Listed("tragitto.cli.scheme:list_schemes", Needs.DATABASE, "List schemes and calls."),
    "scheme draw": Listed("tragitto.cli.scheme:draw", Needs.ROOMS, "Draw a journey."),
    "scheme form": Listed("tragitto.cli.scheme:form", Needs.DATABASE, "Write a blank form of a call."),
    "receipt check": Listed("tragitto.cli.receipt:check", Needs.ROOMS, "Check receipts of filings on line."),
    "receipt change-key": Listed(
        "tragitto.cli.receipt_key:change_key", Needs.DATABASE, "Sign receipts with a new key from now on."
    ),
    "people add": Listed("tragitto.cli.people:add", Needs.DATABASE, "Open an account and print its invitation."),
    "people list": Listed("tragitto.cli.people:list_people", Needs.DATABASE, "List people and their roles."),
    "people invite": Listed("tragitto.cli.people:invite", Needs.DATABASE, "Print a new invitation."),
    "people end": Listed("tragitto.cli.people:end", Needs.DATABASE, "End somebody's membership."),
    "people reset-factor": Listed("tragitto.cli.people:reset_factor", Needs.DATABASE, "Remove a second factor."),
    "organisation add": Listed("tragitto.cli.people:add_organisation", Needs.DATABASE, "Enter an organisation."),
    "token make": Listed("tragitto.cli.tokens:make", Needs.DATABASE, "Make a token of the API, shown once."),
    "token list": Listed("tragitto.cli.tokens:list_tokens", Needs.DATABASE, "List tokens of the API."),
    "token revoke": Listed("tragitto.cli.tokens:revoke", Needs.DATABASE, "End a token of the API at once."),
    "text list": Listed("tragitto.cli.texts:list_texts", Needs.DATABASE, "List text messages that have not left."),
    "match list": Listed("tragitto.cli.match:list_runs", Needs.DATABASE, "List rounds of selection and their runs."),
    "match run": Listed("tragitto.cli.match:run_round", Needs.DATABASE, "Propose shortlists for a round."),
    "match repeat": Listed("tragitto.cli.match:repeat", Needs.DATABASE, "Run again and compare."),
    "match verify": Listed("tragitto.cli.match:verify", Needs.ROOMS, "Check the file of a run."),
    "ledger verify": Listed("tragitto.cli.ledger:verify", Needs.DATABASE, "Check the chain of the ledger."),
}  # fmt: skip


class Table(click.Group):
    """A group whose commands are imported only when called, after what they need stands."""

    def __init__(self, prefix: str = "", **kwargs: object) -> None:
        super().__init__(**kwargs)  # type: ignore[arg-type]
        self.prefix = prefix

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The words that may follow here."""
        begun = [name.removeprefix(self.prefix) for name in COMMANDS if name.startswith(self.prefix)]
        return sorted({name.split()[0] for name in begun})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, with what it needs standing; None for an unknown word."""
        name = self.prefix + cmd_name
        if listed := COMMANDS.get(name):
            house = ctx.find_object(object)
            if listed.needs is Needs.ROOMS:
                as_house(house).load()
            elif listed.needs is Needs.DATABASE:
                as_house(house).open()
            module, _, attribute = listed.place.partition(":")
            command = getattr(import_module(module), attribute)
            assert isinstance(command, click.Command)
            return command
        if any(other.startswith(name + " ") for other in COMMANDS):
            return Table(prefix=f"{name} ", name=cmd_name, help=GROUPS[cmd_name])
        return None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the nearest words named for an unknown one."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            near = get_close_matches(args[0], self.list_commands(ctx), n=3)
            if not near or getattr(error, "possibilities", None):
                raise
            raise click.UsageError(f"{error.message} Did you mean: {', '.join(near)}?", ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of `--help`, from the table alone: nothing is imported, nothing started."""
        rows = []
        for word in self.list_commands(ctx):
            listed = COMMANDS.get(self.prefix + word)
            rows.append((word, listed.summary if listed else GROUPS[word]))
        with formatter.section("Commands"):
            formatter.write_dl(rows)


GROUPS = {
    "ledger": "What happened: the append-only ledger.",
    "law": "Dated legal parameters and the counting of terms.",
    "scheme": "Schemes, calls and journeys as data.",
    "mail": "Certified mail: reading files, taking messages in.",
    "mailbox": "Certified mailboxes: connecting, fetching, sending.",
    "sign": "Signed files: who signed them.",
    "form": "Filled forms: what stands in them, and what is seen.",
    "trust": "The trusted list signatures are judged by.",
    "register": "The protocol register.",
    "receipt": "Receipts of what was sent on line.",
    "people": "People who sign in, and for whom they act.",
    "organisation": "Organisations that take part.",
    "token": "Tokens by which programs of an organisation use the API.",
    "match": "The selection: runs of the engine, and files of them.",
    "text": "Text messages to mobile phones.",
}


def as_house(house: object) -> House:
    """The house of this run; commands used without one (in tests of a single command) bring a fake."""
    assert house is not None
    return house  # type: ignore[return-value]


@click.command(cls=Table, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name=None, version="0.1.0", prog_name="tragitto")
def root() -> None:
    """Tragitto runs labour-mobility schemes from the public call to the worker's first year."""
