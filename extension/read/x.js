// X marks its parts by data-testid.
"use strict";
sipatrol.readers.push((() => {
    const { dom } = sipatrol;
    const posts = () => [...document.querySelectorAll('article[data-testid="tweet"]')];
    const one = (element) => {
        const text = element.querySelector('[data-testid="tweetText"]'), time = element.querySelector("a[href*='/status/'] time");
        const name = element.querySelector('[data-testid="User-Name"]');
        const url = time ? new URL(time.closest("a").href) : null;
        return dom.post({
            url: url ? url.origin + url.pathname : "", author: (url?.pathname.split("/")[1] ?? "").toLowerCase(),
            author_name: dom.words(name?.querySelector("a")), text: dom.words(text), links: dom.links(element.querySelector('[data-testid="tweetText"]')).concat(
                [...element.querySelectorAll('[data-testid="card.wrapper"] a[href]')].map((a) => a.href)),
            posted_at: dom.moment(time), posted_at_source: (time?.getAttribute("datetime") ?? "").slice(0, 200),
            pictures: dom.pictures(element, (node) => node.dataset?.testid === "Tweet-User-Avatar"),
        });
    };
    return {
        platform: "x",
        hosts: /(^|\.)(x|twitter)\.com$/,
        posts,
        read(element) {
            const answers = /\/status\/\d+/.test(location.pathname)
                ? posts().filter((each) => each !== element && element.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING) : [];
            return { post: one(element), comments: answers.map((each) => ({ ...one(each), pictures: [] })) };
        },
    };
})());
