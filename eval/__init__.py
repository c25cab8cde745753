"""Measuring the assistant: cases, variants, judging, comparison, the gate, the report."""
