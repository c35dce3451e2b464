// X marks its parts by data-testid.
"use strict";
sipatrol.readers.push((() => {
    const { dom } = sipatrol;
    const posts = () => [...document.querySelectorAll('article[data-testid="tweet"]')];
    const one = (element) => {
        // A quoted post is a box that acts as a link, with a name, words and a time of its own.
        const quoted = (node) => { const box = node.closest('div[role="link"]'); return !!box && box !== element && element.contains(box); };
        const own = (selector) => [...element.querySelectorAll(selector)].find((each) => !quoted(each)) ?? null;
        const text = own('[data-testid="tweetText"]'), time = own("a[href*='/status/'] time"), name = own('[data-testid="User-Name"] a[href]');
        const url = time ? new URL(time.closest("a").href) : null;
        const cards = [...element.querySelectorAll('[data-testid="card.wrapper"] a[href]')].filter((each) => !quoted(each)).map((each) => each.href);
        return dom.post({
            url: url ? url.origin + url.pathname : "", author: (url ?? name)?.pathname.split("/")[1].toLowerCase() ?? "", author_name: dom.words(name),
            text: dom.words(text), links: [...new Set([...dom.links(text), ...cards])], posted_at: dom.moment(time),
            posted_at_source: (time?.getAttribute("datetime") ?? "").slice(0, 200),
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
