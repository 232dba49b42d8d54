"""Pages: a module for each, with its route."""
