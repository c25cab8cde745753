"""How certain a reading must be before anything is stated from it."""

from __future__ import annotations

LEAST = 0.6
"""A field read with less certainty than this (0 a guess, 1 beyond doubt) is not stated: it goes to review."""
