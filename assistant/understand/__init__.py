"""A question as typed into one typed ``Query``."""
