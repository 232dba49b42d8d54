"""Limits: how much is taken in, and how long it may take."""

LARGEST = 20 * 1024 * 1024  # bytes of one report
CONNECT_SECONDS = 5.0
FETCH_SECONDS = 30.0  # for one address, redirects included
MOST_REDIRECTS = 5
BEGIN_SECONDS = 60.0  # for a worker to load its parsers, on a machine with much else to do
PARSE_SECONDS = 10.0  # to find the text of one page, document, message or feed
PARSE_MEMORY = 1 << 30  # bytes of address space for the same
PARSED_MOST = 1000  # of them by one worker, which is then ended, with whatever its parsers have kept
UNPACKED = 16 << 30  # bytes that a packed file or archive may hold
RATIO = 250  # bytes unpacked for each byte packed; news packs at most 20 to 1
RATIO_FROM = 16 << 20  # bytes unpacked, from which on the ratio counts
MEMBERS = 200_000  # files in an archive
DEPTH = 3  # archives within one another, gzip included
SPOOLED = 1 << 30  # bytes of an archive within an archive
PAGES = 500  # of one PDF
ENTRIES = 5_000  # of one feed or sitemap
LINKED = 2  # sitemaps from one another
TRIES = 3  # to fetch one address
DELAY = 1.0  # seconds between two requests to one host
LONGEST_WAIT = 60.0  # seconds that a host may have us wait while others wait with us
ROBOTS = 512 * 1024  # bytes of robots.txt that are read (RFC 9309, section 2.5)
ROBOTS_SECONDS = 86_400.0  # that they hold
