// YouTube: its own elements have kept their names for years.
"use strict";
sipatrol.readers.push((() => {
    const { dom } = sipatrol;
    const handle = (anchor) => decodeURIComponent(anchor?.getAttribute("href")?.match(/\/@([^/?]+)/)?.[1] ?? "").toLowerCase();
    return {
        platform: "youtube",
        hosts: /(^|\.)youtube\.com$/,
        posts: () => [...document.querySelectorAll("ytd-watch-metadata, ytd-reel-video-renderer[is-active], ytd-backstage-post-renderer")],
        read(element) {
            const id = new URL(location.href).searchParams.get("v");
            const title = element.querySelector("h1, h2"), about = element.querySelector("#description-inline-expander, #description, #content-text");
            const channel = element.querySelector("ytd-channel-name a, #channel-name a, #author-text");
            const published = document.querySelector('meta[itemprop="datePublished"], meta[itemprop="uploadDate"]')?.content ?? "";
            const at = /\d{4}-\d\d-\d\dT/.test(published) ? new Date(published).toISOString() : "";
            const comments = [...document.querySelectorAll("ytd-comment-view-model, ytd-comment-renderer")].filter(dom.shown).map((row) => {
                const name = row.querySelector("#author-text"), time = row.querySelector("#published-time-text a");
                const text = row.querySelector("#content-text");
                return dom.post({
                    url: time ? dom.absolute(time.getAttribute("href")) : "", author: handle(name), author_name: dom.words(name),
                    text: dom.words(text), links: dom.links(text), posted_at_source: dom.words(time).slice(0, 200),
                });
            });
            return {
                post: dom.post({
                    url: id ? `https://www.youtube.com/watch?v=${id}` : location.origin + location.pathname, author: handle(channel), author_name: dom.words(channel),
                    text: [dom.words(title), dom.words(about)].filter(Boolean).join("\n\n"), links: dom.links(about), posted_at: at,
                    posted_at_source: (published || dom.words(element.querySelector("#info span:nth-of-type(3)"))).slice(0, 200),
                }),
                comments,
            };
        },
    };
})());
