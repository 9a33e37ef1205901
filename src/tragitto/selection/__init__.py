"""The selection: rounds, runs of the engine, shortlists, meetings, rankings, the final match, offers."""
