"""Who acts: a person for an organisation, or the house itself."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """A person acting for an organisation, with the roles held there, through one door.

    `code` and `organisation` are public codes, never names; `door` says where the act came in
    (office, public, cli, task …). Every action and every `visible_to` takes one.
    """

    code: str
    organisation: str = ""
    roles: frozenset[str] = frozenset()
    door: str = ""

    @classmethod
    def system(cls, door: str) -> "Actor":
        """The house itself, at work in the background or on the command line."""
        return cls(code="system", roles=frozenset({"system"}), door=door)

    @classmethod
    def stranger(cls, door: str = "public") -> "Actor":
        """Somebody who has not signed in: may know nothing that is not published."""
        return cls(code="stranger", door=door)

    @property
    def is_system(self) -> bool:
        return "system" in self.roles

    def has(self, *roles: str) -> bool:
        """Whether the actor holds one of `roles`."""
        return not self.roles.isdisjoint(roles)
