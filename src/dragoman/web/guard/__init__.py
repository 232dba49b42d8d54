"""The guard: what stands between the network and the pages."""
