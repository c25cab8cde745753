"""``python -m assistant``: the command ``troly`` of this interpreter."""

from assistant.cli import main

main()
