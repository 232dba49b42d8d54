"""Watching: feeds and sitemaps asked again and again, and what they name read into a record."""
