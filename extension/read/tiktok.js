// TikTok marks what it tests by data-e2e; those names are the hooks.
"use strict";
sipatrol.readers.push((() => {
    const { dom } = sipatrol;
    const hook = (root, ...names) => names.map((name) => root.querySelector(`[data-e2e="${name}"]`)).find(Boolean) ?? null;
    const OWN = /\/@[^/]+\/(video|photo)\/\d+/;

    const posts = () => {
        const items = [...document.querySelectorAll('[data-e2e="recommend-list-item-container"], article[data-e2e*="item"]')];
        const detail = hook(document, "browse-video-desc", "video-desc");
        return items.length ? items : detail ? [document.body] : [];
    };

    const handle = (root) => {
        const anchor = hook(root, "browse-username", "video-author-uniqueid")?.closest("a") ?? root.querySelector('a[href^="/@"]');
        const named = anchor?.getAttribute("href")?.match(/\/@([^/?]+)/)?.[1] ?? dom.words(hook(root, "browse-username", "video-author-uniqueid")).replace(/^@/, "");
        return decodeURIComponent(named).toLowerCase();
    };

    const address = (root) => {
        const own = [...root.querySelectorAll('a[href*="/video/"], a[href*="/photo/"]')].map((a) => dom.absolute(a.getAttribute("href"))).find((url) => OWN.test(url));
        if (OWN.test(location.href)) return location.origin + location.pathname;
        return own ? new URL(own).origin + new URL(own).pathname : "";
    };

    const comments = () => [...document.querySelectorAll('[data-e2e="comment-level-1"], [data-e2e="comment-level-2"]')].filter(dom.shown).map((text) => {
        const box = text.closest('[class*="CommentObject"], [class*="CommentItem"], li, [data-comment]') ?? text.parentElement.parentElement;
        const name = box.querySelector('[data-e2e="comment-username-1"], [data-e2e="comment-username-2"], a[href^="/@"]');
        const time = box.querySelector('[data-e2e="comment-time-1"], [data-e2e="comment-time-2"], time');
        return dom.post({
            author: (name?.closest("a") ?? name)?.getAttribute?.("href")?.match(/\/@([^/?]+)/)?.[1]?.toLowerCase() ?? "",
            author_name: dom.words(name), text: dom.words(text), posted_at: dom.moment(time),
            posted_at_source: dom.words(time).slice(0, 200), links: dom.links(text),
        });
    });

    return {
        platform: "tiktok",
        hosts: /(^|\.)tiktok\.com$/,
        posts,
        read(element) {
            const text = hook(element, "browse-video-desc", "video-desc", "new-desc-span");
            const nick = hook(element, "browser-nickname", "video-author-nickname");
            const [name, , when] = dom.words(nick).split(/\s*[·•]\s*|\n/).concat("", "");
            const time = element.querySelector("time[datetime]");
            return {
                post: dom.post({
                    url: address(element), author: handle(element), author_name: name, text: dom.words(text), links: dom.links(text),
                    posted_at: dom.moment(time), posted_at_source: (dom.words(time) || when || dom.words(nick?.querySelector("span:last-child"))).slice(0, 200),
                    pictures: address(element).includes("/photo/") ? dom.pictures(element) : [],
                }),
                comments: comments(),
            };
        },
    };
})());
