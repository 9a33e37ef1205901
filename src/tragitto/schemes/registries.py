"""The three registries that upper rooms fill and that journeys and calls refer to by name."""

from collections.abc import Callable
from typing import Any

from tragitto.kernel.registries import Registry

# The signatures belong to the rooms that register: a guard and an effect work on a case, a criterion on
# the frozen facts of a filing. This room only checks names and parameters.
GUARDS: Registry[Callable[..., Any]] = Registry("guard")
EFFECTS: Registry[Callable[..., Any]] = Registry("effect")
CRITERIA: Registry[Callable[..., Any]] = Registry("criterion")
