"""Finding: the word index and the search over passages and task rows."""
