"""Makes the demonstration scheme through the actions."""
