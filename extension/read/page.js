// Any other page, and the question the background asks: what is on this page? The last script injected; its value is the answer.
"use strict";
(() => {
    const { dom } = sipatrol;

    // The parts of a page that look like one post each, for pages no reader knows.
    const articles = () => [...document.querySelectorAll('article, [role="article"], [itemtype*="JobPosting"], [itemtype*="SocialMediaPosting"]')]
        .filter((each) => dom.words(each).length > 20 && !each.parentElement.closest("article, [role='article']"));

    const generic = {
        platform: "web",
        posts: articles,
        read(element) {
            const alone = element && articles().length > 1;
            const root = element ?? document.querySelector("main, [role='main']") ?? document.body;
            const skip = (node) => ["NAV", "FOOTER", "ASIDE"].includes(node.tagName) || node.tagName === "HEADER" && !root.closest("article");
            const time = root.querySelector("time[datetime]");
            const own = alone ? [...root.querySelectorAll("h1 a[href], h2 a[href], h3 a[href], a[rel='bookmark']")].map((a) => dom.absolute(a.getAttribute("href")))[0] : "";
            const published = dom.meta("article:published_time", "datePublished");
            return {
                post: dom.post({
                    url: own || (alone ? "" : dom.canonical()),
                    author_name: (dom.words(root.querySelector('[rel="author"], [itemprop="author"]')) || (alone ? "" : dom.meta("author", "article:author"))).slice(0, 300),
                    text: dom.words(root, skip) || dom.meta("og:description", "description"), links: dom.links(root, skip), pictures: dom.pictures(root, skip),
                    posted_at: dom.moment(time) || (!alone && /T/.test(published) && !Number.isNaN(Date.parse(published)) ? new Date(published).toISOString() : ""),
                    posted_at_source: (time?.getAttribute("datetime") || dom.words(time) || (alone ? "" : published)).slice(0, 200),
                    origin: (dom.meta("og:site_name") || location.hostname).slice(0, 300),
                }),
                comments: [],
            };
        },
    };

    sipatrol.reader = sipatrol.readers.find((reader) => reader.hosts.test(location.hostname)) ?? generic;

    sipatrol.read = () => {
        const { reader } = sipatrol;
        const chosen = sipatrol.chosen?.isConnected ? sipatrol.chosen : null;
        const posts = reader.posts();
        const element = chosen ?? dom.looked(posts);
        let found = null, known = true;
        try { found = element || reader === generic ? reader.read(element) : null; } catch (error) { console.warn("SIPatrol", error); }
        if (!found || !(found.post.text || found.post.pictures.length || found.post.links.length)) {
            // The platform changed its page: the general reader takes what a person can correct, and says that it had to.
            known = reader === generic;
            found = generic.read(chosen);
            if (!known) found.post.url = "";
        }
        // Words the officer selected are meant: they stand in the text's place, and what was read stays beside them.
        const selected = String(getSelection() ?? "").trim();
        const read = {};
        if (selected.length > 10) { read.text = found.post.text; found.post.text = selected.slice(0, 100000); }
        found.post.author_name = found.post.author_name.slice(0, 300);
        found.comments = found.comments.filter((each) => each.text || each.links.length).slice(0, 500);
        return {
            platform: reader.platform, known, several: posts.length, chosen: !!chosen, read, ...found,
            page: { url: location.href.slice(0, 4000), title: document.title.slice(0, 1000) },
        };
    };

    return sipatrol.read();
})();
