"""Employers and their expressions of interest: versions, findings, judgements, the positions they open."""
