"""The desk: pages and an API over one record, for people who look."""
