"""Feeds (RSS 2.0, Atom) and the plain web site behind each of them."""

from __future__ import annotations

import html
from datetime import UTC, datetime
from email.utils import format_datetime

from example import world
from example.world import markup

FEED_LENGTH = 40

type Dated = tuple[world.Post, datetime]


def _item(place: world.Place, dated: Dated) -> str:
    post, moment = dated
    author = f"<dc:creator>{html.escape(post.author)}</dc:creator>" if post.author else ""
    return (
        f"<item><title>{html.escape(post.title)}</title><link>https://{place.name}/{post.slug}</link>"
        f'<guid isPermaLink="false">{html.escape(post.key)}</guid>'
        f"<pubDate>{format_datetime(moment.astimezone(UTC))}</pubDate>{author}"
        f"<content:encoded><![CDATA[{markup.feed(post.text)}]]></content:encoded></item>\n"
    )


def _entry(place: world.Place, dated: Dated) -> str:
    post, moment = dated
    author = f"<author><name>{html.escape(post.author)}</name></author>" if post.author else ""
    stamp = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f"<entry><title>{html.escape(post.title)}</title><id>{html.escape(post.key)}</id>"
        f'<link rel="alternate" href="https://{place.name}/{post.slug}"/>'
        f"<published>{stamp}</published><updated>{stamp}</updated>{author}"
        f'<content type="html">{html.escape(markup.feed(post.text))}</content></entry>\n'
    )


def document(showing: world.Showing, place: world.Place) -> str:
    """The feed itself, newest first. Holds the newest 40 items, as many as no feed of the world has."""
    newest = list(reversed(showing.posts(place)))[: place.length or FEED_LENGTH]
    title, about = html.escape(place.title), html.escape(place.description)
    if place.shape == "atom":
        updated = (newest[0][1] if newest else showing.anchor.moment).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return (
            '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
            f"<title>{title}</title><subtitle>{about}</subtitle><id>https://{place.name}/</id>"
            f'<link rel="self" href="https://{place.name}/feed.xml"/><link href="https://{place.name}/"/>'
            f"<updated>{updated}</updated>\n{''.join(_entry(place, dated) for dated in newest)}</feed>\n"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f"<channel><title>{title}</title><link>https://{place.name}/</link><description>{about}</description>"
        f"<language>id</language>\n{''.join(_item(place, dated) for dated in newest)}</channel></rss>\n"
    )


def _site(place: world.Place, title: str, inner: str) -> str:
    pages = "".join(f' | <a href="/{slug}">{html.escape(slug.capitalize())}</a>' for slug in place.pages)
    return (
        f'<!DOCTYPE html>\n<html lang="id"><head><meta charset="utf-8"><title>{html.escape(title)}</title>'
        f'<link rel="alternate" type="application/{place.shape}+xml" href="/feed.xml"></head>'
        f'<body><header><h1><a href="/">{html.escape(place.title)}</a></h1><p>{html.escape(place.description)}</p>'
        f'<nav><a href="/">Beranda</a>{pages}</nav></header>\n<main>{inner}</main></body></html>\n'
    )


def index(showing: world.Showing, place: world.Place) -> str:
    rows = "".join(
        f'<li><a href="/{post.slug}">{html.escape(post.title)}</a> <time datetime="{moment.isoformat()}">'
        f"{moment.astimezone(world.LAW_ZONE):%d-%m-%Y}</time></li>"
        for post, moment in reversed(showing.posts(place))
    )
    return _site(place, place.title, f"<ul>{rows}</ul>")


def page(showing: world.Showing, place: world.Place, slug: str) -> str | None:
    """An article or one of the site's further pages; None where there is none."""
    if slug in place.pages:
        return _site(place, f"{slug.capitalize()} - {place.title}", markup.feed(place.pages[slug]))
    for post, moment in showing.posts(place):
        if post.slug == slug:
            by = f"<p>{html.escape(post.author)}, " if post.author else "<p>"
            when = f"{moment.astimezone(world.LAW_ZONE):%d-%m-%Y %H:%M} WIB</p>"
            inner = f"<article><h2>{html.escape(post.title)}</h2>{by}{when}{markup.feed(post.text)}</article>"
            return _site(place, f"{post.title} - {place.title}", inner)
    return None
