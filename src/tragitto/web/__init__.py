"""The web doors: pages that read through queries, write through actions and hold no rule."""
