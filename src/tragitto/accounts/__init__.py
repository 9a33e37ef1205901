"""People who sign in, organisations, who acts for whom in which role."""
