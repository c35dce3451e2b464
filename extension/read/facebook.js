// Facebook: class names change weekly; roles, aria labels and the shape of addresses do not.
"use strict";
sipatrol.readers.push((() => {
    const { dom } = sipatrol;
    const OWN = /\/(posts|permalink|videos|reel)\/|\/(permalink|story)\.php|\/photo(\.php)?\/?\?|\/watch\/?\?|\/share\/(p|v|r)\//;
    const comment = (element) => element.getAttribute?.("role") === "article"
        && (/^(Comment|Komentar|Reply|Balasan)\b/i.test(element.getAttribute("aria-label") || "") || !!element.parentElement?.closest('[role="article"]'));

    // The address of a post stands behind its time. Comment addresses are those of the post with a parameter more.
    const address = (element, isComment) => {
        for (const anchor of element.querySelectorAll("a[href]")) {
            const url = dom.absolute(anchor.getAttribute("href"));
            if (!OWN.test(url) || !isComment && /[?&]comment_id=/.test(url) || isComment && !/[?&]comment_id=/.test(url)) continue;
            if (!isComment && anchor.closest('[role="article"]') !== element && anchor.closest('[role="article"]')) continue;
            return [url, anchor];
        }
        return ["", null];
    };

    const bare = (url) => {
        if (!url) return "";
        const parts = new URL(url), tracking = [];
        // forEach: what keys() returns cannot be walked through in a content script of Firefox.
        parts.searchParams.forEach((_, name) => { if (/^__|^(locale|ref|notif|paipv|eav|_rdr)/.test(name)) tracking.push(name); });
        for (const name of tracking) parts.searchParams.delete(name);
        return parts.href;
    };

    // A profile, in a group /groups/G/user/ID/, else /name or /profile.php?id=ID.
    const author = (element) => {
        const anchor = [...element.querySelectorAll("h2 a[href], h3 a[href], h4 a[href], strong a[href], a[href][role='link']")]
            .find((one) => dom.words(one) && !OWN.test(dom.absolute(one.getAttribute("href"))) && !/^\/groups\/[^/]+\/?(\?|$)/.test(new URL(one.href).pathname));
        if (!anchor) return ["", ""];
        const url = new URL(anchor.href);
        const id = url.searchParams.get("id") || url.pathname.match(/\/user\/(\d+)/)?.[1] || url.pathname.match(/^\/([A-Za-z0-9.]{3,})\/?$/)?.[1] || "";
        return [id === "profile.php" ? "" : id.toLowerCase(), dom.words(anchor)];
    };

    const body = (element, skip) => {
        const messages = [...element.querySelectorAll('[data-ad-preview="message"], [data-ad-comet-preview="message"], [data-ad-rendering-role="story_message"]')]
            .filter((one) => !skip(one));
        if (messages.length) return messages[0];
        // Without a marked message: the longest run of words in the direction Facebook writes a text in.
        return [...element.querySelectorAll('div[dir="auto"], span[dir="auto"]')]
            .filter((one) => !skip(one) && !one.closest("h2, h3, h4, a, [role='button']") && !one.parentElement.closest('div[dir="auto"]'))
            .sort((a, b) => dom.words(b).length - dom.words(a).length)[0] ?? null;
    };

    const one = (element, isComment) => {
        const skip = (node) => node !== element && comment(node) || !!node.closest && node.closest('[role="article"]') !== element && !!node.parentElement?.closest('[role="article"]') && element.contains(node.closest('[role="article"]'));
        const inner = (node) => node !== element && comment(node);
        const [url, anchor] = address(element, isComment);
        const [id, name] = author(element);
        const text = body(element, skip);
        const time = anchor?.querySelector("abbr, time") ?? element.querySelector("abbr[data-utime], time[datetime]");
        return dom.post({
            url: bare(url), author: id, author_name: name, text: dom.words(text, inner), posted_at: dom.moment(time),
            posted_at_source: dom.words(anchor).slice(0, 200), links: dom.links(text, inner),
            pictures: isComment ? [] : dom.pictures(element, inner),
        });
    };

    const posts = () => [...document.querySelectorAll('[role="article"], [role="main"] [aria-posinset]')]
        .filter((element) => !comment(element) && !element.parentElement.closest('[role="article"]'));

    return {
        platform: "facebook",
        hosts: /(^|\.)facebook\.com$/,
        posts,
        read(element) {
            const post = one(element, false);
            if (!post.url && OWN.test(location.href)) post.url = bare(location.href);
            post.origin = document.querySelector('a[href*="/groups/"][role="link"] span, h1')?.textContent.trim().slice(0, 300) || "";
            const group = [...document.querySelectorAll('h1 a[href*="/groups/"], h1')].map((head) => dom.words(head)).find(Boolean);
            if (group) post.origin = group.slice(0, 300);
            const comments = [...element.querySelectorAll('[role="article"]')].filter((each) => comment(each) && dom.shown(each));
            return { post, comments: comments.map((each) => one(each, true)) };
        },
    };
})());
