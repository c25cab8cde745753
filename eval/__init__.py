"""Measuring the assistant: speed today; answers and rankings in a later issue."""
