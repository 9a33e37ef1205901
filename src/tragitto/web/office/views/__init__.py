"""The office's views, one module for each group of pages."""
