// Instagram and Threads: one <time datetime> in each post, its address behind the time, the author's address beside it.
"use strict";
for (const [platform, hosts, own, container] of [
    ["instagram", /(^|\.)instagram\.com$/, /\/(p|reel|tv)\/[\w-]+/, "article, [role='dialog'] [role='presentation']"],
    ["threads", /(^|\.)threads\.(net|com)$/, /\/@[^/]+\/post\/[\w-]+|\/t\/[\w-]+/, "[data-pressable-container='true']"],
]) {
    sipatrol.readers.push((() => {
        const { dom } = sipatrol;
        const bare = (url) => { const parts = new URL(url); return parts.origin + parts.pathname; };
        const ACTIVE = "a, button, time, [role='button']";
        const profile = /^\/@?([\w.]{1,30})\/?$/;
        const alone = () => own.test(location.pathname); // the page of one post: what follows it are answers

        // A comment of Instagram has an address of its own behind its time: the largest box around it that holds no other time and no
        // caption is the comment.
        const isComment = (anchor) => /\/c\/\d+/.test(anchor.pathname);
        const comments = (root) => [...root.querySelectorAll("a[href]")].filter((anchor) => isComment(anchor) && anchor.querySelector("time")).map((anchor) => {
            const single = (box) => box.querySelectorAll("time").length < 2 && !box.querySelector("h1");
            let box = anchor;
            while (box.parentElement !== root && single(box.parentElement)) box = box.parentElement;
            return box;
        });

        const address = (root, outside) => {
            const anchors = [...root.querySelectorAll("a[href]")].filter((anchor) => own.test(anchor.pathname) && !isComment(anchor) && !outside(anchor));
            const anchor = anchors.find((each) => each.querySelector("time")) ?? anchors[0];
            return anchor ? bare(anchor.href) : alone() ? bare(location.href) : "";
        };
        const author = (root) => {
            const anchor = [...root.querySelectorAll("a[href]")].find((each) => profile.test(each.pathname) && dom.words(each));
            return anchor ? [anchor.pathname.match(profile)[1].toLowerCase(), dom.words(anchor)] : ["", ""];
        };
        // The longest words that are neither a link nor a time nor a button: the caption.
        const caption = (root, outside) => {
            const inert = (each) => {
                for (let one = each.closest(ACTIVE); one && one !== root && root.contains(one); one = one.parentElement.closest(ACTIVE)) {
                    if (!one.matches("[role='button']") || !one.querySelector("time")) return false; // a whole row may act as a button
                }
                return true;
            };
            const found = [...root.querySelectorAll("h1, span[dir='auto'], div[dir='auto']")].filter((each) => inert(each) && !outside(each) && dom.shown(each));
            const size = new Map(found.map((each) => [each, dom.words(each).length]));
            return found.sort((a, b) => (b.tagName === "H1") - (a.tagName === "H1") || size.get(b) - size.get(a) || (b.contains(a) ? 1 : -1))[0] ?? null;
        };

        const one = (root, inner = []) => {
            const outside = (node) => inner.some((each) => each.contains(node));
            const text = caption(root, outside), time = [...root.querySelectorAll("time[datetime]")].find((each) => !outside(each));
            const [handle, name] = author(root);
            return dom.post({
                url: address(root, outside), author: handle, author_name: name, text: dom.words(text),
                links: dom.links(platform === "threads" ? root : text, (node) => inner.includes(node)), // a card with the link's picture stands below the words
                posted_at: dom.moment(time), posted_at_source: (time?.getAttribute("datetime") || dom.words(time)).slice(0, 200),
                pictures: dom.pictures(root, (node) => inner.includes(node)),
            });
        };

        const boxes = (selector) => [...document.querySelectorAll(selector)].filter((each) => each.querySelector("time") && !each.parentElement.closest(selector));
        // A post opened over the feed is the one that is meant; the page of a post may have no box of its own.
        const posts = () => {
            const found = boxes(container), above = found.filter((each) => each.closest("[role='dialog']"));
            return above.length ? above : found.length || platform === "threads" || !alone() ? found : boxes("main");
        };
        const quoted = (root) => [...root.querySelectorAll(container)];

        return {
            platform, hosts, posts,
            read(element) {
                if (platform === "instagram") {
                    const rows = comments(element);
                    return { post: one(element, rows), comments: rows.map((row) => ({ ...one(row), url: "", pictures: [] })).filter((row) => row.text) };
                }
                const rows = alone() ? posts().filter((each) => each !== element && element.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING) : [];
                return { post: one(element, quoted(element)), comments: rows.map((row) => ({ ...one(row, quoted(row)), pictures: [] })).filter((row) => row.text) };
            },
        };
    })());
}
