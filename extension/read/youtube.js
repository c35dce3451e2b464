// YouTube: its own elements have kept their names for years.
"use strict";
sipatrol.readers.push((() => {
    const { dom } = sipatrol;
    const handle = (anchor) => decodeURIComponent(anchor?.getAttribute("href")?.match(/\/@([^/?]+)/)?.[1] ?? "").toLowerCase();
    const control = (node) => /^(expand|collapse)$/.test(node.id ?? "") || node.getAttribute?.("role") === "button"; // "more", "less"
    const first = (element, ...selectors) => selectors.flatMap((one) => [...element.querySelectorAll(one)]).find((one) => dom.words(one, control)) ?? null;
    return {
        platform: "youtube",
        hosts: /(^|\.)youtube\.com$/,
        posts: () => [...document.querySelectorAll("ytd-watch-metadata, ytd-reel-video-renderer[is-active], ytd-backstage-post-renderer, ytd-post-renderer")],
        read(element) {
            const id = new URL(location.href).searchParams.get("v");
            const post = /POST-RENDERER$/.test(element.tagName), when = element.querySelector("#published-time-text");
            const title = post ? null : element.querySelector("h1, h2");
            const about = post ? element.querySelector("#content-text") : first(element, "#description-inline-expander", "#description");
            const channel = first(element, "ytd-channel-name a", "#channel-name a", "yt-reel-channel-bar-view-model a", "#author-text");
            // The head of the page stays what it was when another video is opened from here: believed only where it names this one.
            const same = document.querySelector('meta[itemprop="identifier"], meta[itemprop="videoId"]')?.content === (id ?? location.pathname.split("/")[2]);
            const published = same && !post ? document.querySelector('meta[itemprop="datePublished"], meta[itemprop="uploadDate"]')?.content ?? "" : "";
            const at = /\d{4}-\d\d-\d\dT/.test(published) ? new Date(published).toISOString() : "";
            const link = post ? when?.querySelector("a[href]") : null;
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
                    url: link ? dom.absolute(link.getAttribute("href")) : id ? `https://www.youtube.com/watch?v=${id}` : location.origin + location.pathname,
                    author: handle(channel), author_name: dom.words(channel),
                    text: [dom.words(title), dom.words(about, control)].filter(Boolean).join("\n\n"), links: dom.links(about), posted_at: at,
                    posted_at_source: (published || dom.words(when) || dom.words(element.querySelector("#info span:nth-of-type(3)"))).slice(0, 200),
                    pictures: post ? dom.pictures(element) : [],
                }),
                comments,
            };
        },
    };
})());
