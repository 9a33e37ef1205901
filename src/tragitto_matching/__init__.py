"""Matches people with positions, fairly and with proof, from eligible pairs to a timetable of meetings.

Pure and usable alone: it knows neither Django nor the house. Integers everywhere, no chance that is not a
recorded seed, so the same instance gives the same bytes on every machine, for ever.
"""

#: Goes into every result. It changes with whatever changes an answer, and with nothing else.
ENGINE_VERSION = "2"
