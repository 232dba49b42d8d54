"""Limits: how much is taken in, and how long it may take."""

LARGEST = 20 * 1024 * 1024  # bytes of one report
CONNECT_SECONDS = 5.0
FETCH_SECONDS = 30.0  # for one address, redirects included
MOST_REDIRECTS = 5
PAGE_SECONDS = 10.0  # to find the text of one page
PAGE_MEMORY = 1 << 30  # bytes of address space for the same
