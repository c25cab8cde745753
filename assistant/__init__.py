"""The assistant: understanding a question, finding, answering, and the commands that reach it."""
