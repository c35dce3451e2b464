"""The one way out: the polite, safe client, the addresses it may dial, bodies under limits, robots.txt."""
