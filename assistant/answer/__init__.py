"""Answers: a query over the library becomes a reply with checked citations."""
