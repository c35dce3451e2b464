"""Guides for the public, in editions: what they say, who published it, which words they never hold."""
