"""The API: the questions of the command line over HTTP, as JSON and CSV."""
