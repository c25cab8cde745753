"""Ways to the outside: the task database; channels join here."""
