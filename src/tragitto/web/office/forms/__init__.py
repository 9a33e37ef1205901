"""The office's forms: words in, values out; none of them saves."""
