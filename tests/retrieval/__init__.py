"""Tests of the word index, coverage and the thesaurus."""
