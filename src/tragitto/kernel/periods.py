"""Periods of days: the start belongs to them, the end does not."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True)
class Period:
    """The days from `start` to the day before `end`; None means open on that side."""

    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        if self.start and self.end and self.end <= self.start:
            raise ValueError(f"a period must end after it starts: {self.start} – {self.end}")

    def covers(self, day: date) -> bool:
        """Whether `day` belongs to the period."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def overlaps(self, other: "Period") -> bool:
        """Whether some day belongs to both."""
        return (self.start is None or other.end is None or self.start < other.end) and (
            other.start is None or self.end is None or other.start < self.end
        )
