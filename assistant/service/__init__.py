"""``troly serve``: the assistant over HTTP (FastAPI). Nothing on the way of ``troly ask`` imports this package."""
