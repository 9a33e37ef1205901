"""Pages of the keepers' desk."""
