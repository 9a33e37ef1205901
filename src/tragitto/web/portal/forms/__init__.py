"""Forms of the portal, one module for each group of pages."""
