"""The parts of a person's page in their order."""

from tragitto.web.office.roster_panels import (
    MakesPanel,
    abilities,
    disclosure,
    identity,
    likeness,
    lists,
    standing,
)

PANELS: tuple[MakesPanel, ...] = (
    standing.panel,
    identity.panel,
    likeness.panel,
    abilities.panel,
    lists.panel,
    disclosure.panel,
)
