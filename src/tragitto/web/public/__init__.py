"""Pages that anybody may read: the calls, the guidance, the figures."""
