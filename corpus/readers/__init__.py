"""One reader per kind of file; each gives the text in which all ranges count."""
