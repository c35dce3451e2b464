// Instagram and Threads: one <time datetime> in each post, its address behind the time, the author's address beside it.
"use strict";
for (const [platform, hosts, own, container] of [
    ["instagram", /(^|\.)instagram\.com$/, /\/(p|reel|tv)\/[\w-]+/, "article, [role='dialog'] [role='presentation'], main"],
    ["threads", /(^|\.)threads\.(net|com)$/, /\/@[^/]+\/post\/[\w-]+|\/t\/[\w-]+/, "[data-pressable-container='true']"],
]) {
    sipatrol.readers.push((() => {
        const { dom } = sipatrol;
        const bare = (url) => { const parts = new URL(url); return parts.origin + parts.pathname; };
        const profile = /^\/@?([\w.]{1,30})\/?$/;

        const address = (root) => {
            const anchor = [...root.querySelectorAll("a[href]")].find((one) => own.test(one.href) && one.querySelector("time"))
                ?? [...root.querySelectorAll("a[href]")].find((one) => own.test(one.href) && !/\/c\/\d+/.test(one.href));
            return anchor ? bare(anchor.href) : own.test(location.href) ? bare(location.href) : "";
        };
        const author = (root) => {
            const anchor = [...root.querySelectorAll("header a[href], a[href]")].find((one) => profile.test(new URL(one.href, location.href).pathname) && dom.words(one));
            return anchor ? [new URL(anchor.href).pathname.match(profile)[1].toLowerCase(), dom.words(anchor)] : ["", ""];
        };
        // The longest words that are neither a link nor a time nor a button: the caption.
        const caption = (root) => [...root.querySelectorAll("h1, span[dir='auto'], div[dir='auto']")]
            .filter((one) => !one.closest("a, button, time, [role='button']") && dom.shown(one))
            .sort((a, b) => dom.words(b).length - dom.words(a).length || (b.contains(a) ? 1 : -1))[0] ?? null;

        const one = (root) => {
            const text = root.querySelector("h1") ?? caption(root), time = root.querySelector("time[datetime]");
            const [handle, name] = author(root);
            return dom.post({
                url: address(root), author: handle, author_name: name, text: dom.words(text), links: dom.links(text), posted_at: dom.moment(time),
                posted_at_source: (time?.getAttribute("datetime") || dom.words(time)).slice(0, 200), pictures: dom.pictures(root),
            });
        };
        const posts = () => [...document.querySelectorAll(container)].filter((each) => each.querySelector("time") && !each.parentElement.closest(container));

        return {
            platform, hosts, posts,
            read(element) {
                const post = one(element);
                const rows = platform === "instagram"
                    ? [...element.querySelectorAll("ul li, ul > div")].filter((row) => row.querySelector("time") && !row.querySelector("h1") && dom.shown(row) && !row.querySelector("li"))
                    : posts().filter((each) => each !== element && element.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING);
                return { post, comments: rows.map((row) => ({ ...one(row), url: platform === "threads" ? address(row) : "", pictures: [] })).filter((row) => row.text) };
            },
        };
    })());
}
