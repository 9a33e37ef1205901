"""The office's world for the pages of those who take part: the same law, calls and messages."""

from tests.web.office.conftest import (  # noqa: F401
    bruno_in,
    carla_herself,
    carla_in,
    expression,
    made,
    world,
)
