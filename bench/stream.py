"""A world as the example site serves it, but of any size: channels and one feed of invented posts.

    python -m bench.stream --seed 7 --channels 6 --posts 200 [--held 50 --trickle 0.2] --anchor FILE

The same numbers give the same world, so that whoever started the site knows what it serves.
"""

from __future__ import annotations

import argparse
import itertools
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench import invented
from example import site, world
from example.world import markup

FEED = "umpan-besar.example"


def grown(*, seed: int, channels: int, posts: int, held: int = 0) -> world.World:
    """`channels` channels of `posts` posts and one feed of 30; `held` posts of each channel are kept back at first."""
    texts = invented.posts(seed)
    # Message numbers with holes, as deleted messages leave them, and now and then a line about the channel itself.
    places = {}
    for number in range(channels):
        made = []
        for place_in_line, text in enumerate(itertools.islice(texts, posts)):
            key = place_in_line + 1 + place_in_line // 9
            age = timedelta(minutes=7 * (posts - place_in_line), hours=1)
            made.append(world.Post(key=str(key), age=age, text=text, views=key, held=place_in_line >= posts - held, author="Admin Contoh"))
        name = f"saluran_besar_{number}_contoh"
        places[name] = world.Place(
            platform="telegram",
            name=name,
            title=f"Saluran besar {number} (contoh)",
            description="Data contoh.",
            posts=tuple(made),
            number=1_850_000_000 + number,
            members="1.2K",
        )
    items = tuple(
        world.Post(key=f"butir-{n}", age=timedelta(hours=31 - n), text=text, title=f"Kabar {n}", slug=f"kabar-{n}")
        for n, text in enumerate(itertools.islice(texts, 30))
    )
    feed = world.Place(platform="feed", name=FEED, title="Umpan besar", description="Data contoh.", posts=items, shape="rss")
    return world.World(places, {FEED: feed})


def truth(served: world.World) -> dict[tuple[str, str], str]:
    """(platform, external id) -> the words a reader sees, for every post of the world."""
    return {
        (place.platform, place.label_id(post)): " ".join(f"{post.title}\n{markup.shown(post.text)}".split())
        for place in served.places
        for post in place.real_posts
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="A large invented world on loopback.")
    for name in ("port", "seed", "channels", "posts", "held"):
        parser.add_argument(f"--{name}", type=int, default=0)
    parser.add_argument("--trickle", type=float, help="seconds between two of the posts kept back")
    parser.add_argument("--anchor", type=Path, required=True)
    asked = parser.parse_args()
    served = grown(seed=asked.seed, channels=asked.channels, posts=asked.posts, held=asked.held)
    anchor = world.Anchor.at(datetime.now(UTC), asked.anchor)
    one = site.Site(asked.port, world.Showing(served, anchor, hold=asked.trickle is not None))
    if asked.trickle is not None:
        beside = threading.Thread(target=site.publish_slowly, args=(one.showing, asked.trickle, threading.Event()), daemon=True)
        beside.start()
    print(f"Large world on http://127.0.0.1:{one.server_port}/", flush=True)
    one.serve_forever()


if __name__ == "__main__":
    main()
