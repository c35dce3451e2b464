// What all readers share: visible words, links behind words, times, the post around an element. Pure: a document in, values out.
//
// Injected into the page as classic scripts (a page cannot load modules of an extension), each adding itself to `sipatrol`, which lives in
// the extension's own isolated world: the page sees nothing of it and cannot change it.
"use strict";
globalThis.sipatrol = { readers: [], chosen: globalThis.sipatrol?.chosen ?? null };

sipatrol.dom = (() => {
    const LONGEST = 100000; // characters of a text, as the server takes it
    const BLOCK = new Set(["ADDRESS", "ARTICLE", "BLOCKQUOTE", "DD", "DIV", "DL", "DT", "FIGURE", "H1", "H2", "H3", "H4", "H5", "H6",
        "LI", "MAIN", "OL", "P", "PRE", "SECTION", "TABLE", "TR", "UL"]);
    const SILENT = new Set(["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE", "SVG", "svg", "BUTTON", "INPUT", "TEXTAREA", "SELECT", "VIDEO", "AUDIO"]);

    const shown = (element) => {
        if (element.checkVisibility) return element.checkVisibility({ opacityProperty: false, visibilityProperty: true });
        return element.getClientRects().length > 0;
    };

    // The words as a person sees them: line breaks of blocks kept, emoji drawn as pictures read by their alt, hidden bait left out.
    // innerText would lose the emoji, textContent would glue paragraphs and take what is hidden.
    const words = (element, without = null) => {
        if (!element) return "";
        let out = "";
        const feed = () => { if (out && !out.endsWith("\n")) out += "\n"; };
        const walk = (node) => {
            if (out.length > LONGEST) return;
            if (node.nodeType === Node.TEXT_NODE) {
                const keeps = getComputedStyle(node.parentElement).whiteSpace.startsWith("pre");
                const data = keeps ? node.data : node.data.replace(/[ \t\n\r\f]+/g, " ");
                out += !keeps && /^ /.test(data) && (out === "" || /\s$/.test(out)) ? data.slice(1) : data;
                return;
            }
            if (node.nodeType !== Node.ELEMENT_NODE || SILENT.has(node.tagName) || (without && without(node))) return;
            if (node.tagName === "BR") { out += "\n"; return; }
            if (node.tagName === "IMG") { if ((node.alt || "").length <= 12) out += node.alt || ""; return; }
            if (node.dataset?.stickerEmoji) { out += node.dataset.stickerEmoji; return; } // Telegram draws some of them on a canvas
            if (!shown(node)) return;
            const block = BLOCK.has(node.tagName) || /^(block|flex|grid|list-item|table)/.test(getComputedStyle(node).display);
            if (block) feed();
            for (const child of node.childNodes) walk(child);
            if (block) feed();
        };
        walk(element);
        return out.replace(/[ \t]+\n/g, "\n").replace(/\n{3,}/g, "\n\n").trim().slice(0, LONGEST);
    };

    // Facebook, Instagram, YouTube and TikTok send readers through an address of their own; the one behind it is what was meant.
    const WRAPPED = [
        [/(^|\.)(l|lm)\.facebook\.com$/, "/l.php", "u"], [/(^|\.)l\.instagram\.com$/, "/", "u"], [/(^|\.)l\.threads\.(net|com)$/, "/", "u"],
        [/(^|\.)youtube\.com$/, "/redirect", "q"], [/(^|\.)tiktok\.com$/, "/link/v2", "target"], [/(^|\.)google\.[a-z.]+$/, "/url", "q"],
    ];
    const unwrapped = (href) => {
        let url;
        try { url = new URL(href, document.baseURI); } catch { return ""; }
        for (const [host, path, name] of WRAPPED) {
            if (host.test(url.hostname) && url.pathname.startsWith(path) && url.searchParams.get(name)) return url.searchParams.get(name);
        }
        return url.href;
    };

    // The same site: one name, or one below the other. What only shares an ending (".co.id", ".blogspot.com") is another's.
    const within = (one, other) => {
        const [a, b] = [one, other].map((name) => name.replace(/^(www|m|web|l)\./, ""));
        return a === b || a.endsWith(`.${b}`) || b.endsWith(`.${a}`);
    };

    // Links that lead out of the platform, or to a person (wa.me, tel:, mailto:): also those hidden behind words.
    const links = (element, without = null) => {
        const found = new Set();
        for (const anchor of element?.querySelectorAll("a[href]") ?? []) {
            if (without && anchor.closest && [...ancestors(anchor, element)].some(without)) continue;
            const meant = unwrapped(anchor.getAttribute("href"));
            if (!meant || /^(javascript|data|blob|about):/i.test(meant)) continue;
            let host = "";
            try { host = new URL(meant).hostname; } catch { /* kept as written */ }
            if (host && within(host, location.hostname)) continue;
            found.add(meant.slice(0, 4000));
        }
        return [...found].slice(0, 300);
    };

    function* ancestors(node, until) {
        for (let one = node; one && one !== until; one = one.parentElement) yield one;
    }

    // Pictures large enough to hold words; the server fetches them by address.
    const pictures = (element, without = null) => {
        const found = new Map();
        for (const image of element?.querySelectorAll("img") ?? []) {
            if (without && [...ancestors(image, element)].some(without)) continue;
            const source = image.currentSrc || image.src;
            const wide = Math.max(image.naturalWidth, image.width), high = Math.max(image.naturalHeight, image.height);
            const box = image.getBoundingClientRect();
            if (!/^https?:/.test(source) || wide < 120 || high < 120 || !shown(image)) continue;
            if (box.width && box.width < 80 && box.height < 80) continue; // a face beside a name, however large its file
            found.set(source, { url: source.slice(0, 4000), words: (image.alt || "").slice(0, 4000) });
        }
        return [...found.values()].slice(0, 60);
    };

    // ISO 8601 of whatever machine-readable time an element shows; "" where it shows only words.
    const moment = (element) => {
        if (!element) return "";
        const stamp = element.getAttribute("datetime") || element.dataset?.utime || "";
        const at = /^\d{9,11}$/.test(stamp) ? new Date(Number(stamp) * 1000) : new Date(stamp);
        if (!stamp || Number.isNaN(at.getTime()) || !/\d{4}-\d\d-\d\dT|^\d{9,11}$/.test(stamp)) return "";
        return at.toISOString();
    };

    const meta = (...names) => {
        for (const name of names) {
            const found = document.querySelector(`meta[property="${name}"], meta[name="${name}"]`)?.getAttribute("content");
            if (found?.trim()) return found.trim();
        }
        return "";
    };

    const canonical = () => {
        const named = document.querySelector('link[rel="canonical"]')?.href || meta("og:url");
        // A page that moves on by script leaves the old canonical link behind: believed only where it is on the page's own host.
        try { return named && new URL(named).host === location.host ? named : location.href; } catch { return location.href; }
    };

    const absolute = (href) => { try { return new URL(href, document.baseURI).href; } catch { return ""; } };

    // How much of an element is on the screen, in square pixels: of several posts the one looked at is meant.
    const onScreen = (element) => {
        const box = element.getBoundingClientRect();
        const wide = Math.min(box.right, innerWidth) - Math.max(box.left, 0), high = Math.min(box.bottom, innerHeight) - Math.max(box.top, 0);
        return wide > 0 && high > 0 ? wide * high : 0;
    };
    const looked = (elements) => [...elements].sort((a, b) => onScreen(b) - onScreen(a))[0] ?? null;

    const post = (given) => ({
        url: "", author: "", author_name: "", text: "", posted_at: "", posted_at_source: "", links: [], pictures: [], origin: "", ...given,
    });

    return { words, links, pictures, moment, meta, canonical, absolute, unwrapped, looked, onScreen, shown, post };
})();
