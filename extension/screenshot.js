// The whole page as one PNG: scrolled by screens, photographed, stitched. Never a pixel of another tab.
const MOST_PIXELS = 20e6, MOST_BYTES = 14e6, MOST_SCREENS = 12;
const BETWEEN = 550; // ms: browsers allow two photographs a second

const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });
const inPage = async (tab, func, ...args) => (await chrome.scripting.executeScript({ target: { tabId: tab.id }, func, args }))[0].result;

const measured = () => {
    const whole = document.scrollingElement ?? document.documentElement;
    const meant = globalThis.sipatrol?.chosen ?? globalThis.sipatrol?.dom.looked(globalThis.sipatrol.reader.posts());
    return {
        width: innerWidth, height: innerHeight, total: Math.max(whole.scrollHeight, innerHeight), at: scrollY, scale: devicePixelRatio,
        meant: meant && meant !== document.body ? meant.getBoundingClientRect().top + scrollY : null,
    };
};

// Bars that stay on the screen would stand in every screen of the picture and hide what lies under them: shown in the first one only.
const scrolled = async (top, first) => {
    if (!first && !globalThis.sipatrolHidden) {
        globalThis.sipatrolHidden = [...document.querySelectorAll("body *")].filter((one) => /^(fixed|sticky)$/.test(getComputedStyle(one).position));
        globalThis.sipatrolHidden = globalThis.sipatrolHidden.map((one) => [one, one.style.getPropertyValue("visibility"), one.style.getPropertyPriority("visibility")]);
        for (const [one] of globalThis.sipatrolHidden) one.style.setProperty("visibility", "hidden", "important");
    }
    scrollTo({ top, behavior: "instant" });
    await new Promise((resolve) => { setTimeout(resolve, 150); }); // pictures that load when they come into sight begin to
    return scrollY;
};

const restored = (top) => {
    for (const [one, value, priority] of globalThis.sipatrolHidden ?? []) {
        if (value) one.style.setProperty("visibility", value, priority); else one.style.removeProperty("visibility");
    }
    delete globalThis.sipatrolHidden;
    scrollTo({ top, behavior: "instant" });
};

const bytesOf = (dataUrl) => Uint8Array.from(atob(dataUrl.slice(dataUrl.indexOf(",") + 1)), (letter) => letter.charCodeAt(0));

/** One screen, or null where another tab came to the front meanwhile. */
const photographed = async (tab) => {
    const before = await chrome.tabs.get(tab.id);
    if (!before.active) return null;
    const picture = await chrome.tabs.captureVisibleTab(before.windowId, { format: "png" });
    if (!(await chrome.tabs.get(tab.id)).active) return null;
    return createImageBitmap(new Blob([bytesOf(picture)], { type: "image/png" }));
};

/** Where the picture begins and how high it is: the whole page where it fits, else from a little above the post that is meant. Pure. */
export const stretch = (page) => {
    const most = Math.max(page.height, Math.min(MOST_SCREENS * page.height, Math.floor(MOST_PIXELS / (page.width * page.scale ** 2))));
    if (page.total <= most) return { top: 0, height: page.total, complete: true };
    const wished = Math.max(0, (page.meant ?? page.at) - 80);
    return { top: Math.min(wished, page.total - most), height: most, complete: false };
};

/** {blob, sha256, width, height, complete}; null where not one screen could be taken. */
export const taken = async (tab) => {
    const page = await inPage(tab, measured);
    const part = stretch(page);
    let canvas, context, bottom = 0, scale = 1;
    try {
        for (let top = part.top; top < part.top + part.height; top += page.height) {
            if (canvas) await pause(BETWEEN - 150);
            const at = await inPage(tab, scrolled, Math.min(top, page.total - page.height), !canvas);
            const screen = await photographed(tab);
            if (!screen) break;
            if (!canvas) {
                scale = screen.width / page.width;
                canvas = new OffscreenCanvas(screen.width, Math.round(part.height * scale));
                context = canvas.getContext("2d");
            }
            context.drawImage(screen, 0, Math.round((at - part.top) * scale));
            bottom = Math.max(bottom, Math.min(part.height, at - part.top + page.height));
            screen.close();
        }
    } finally {
        await inPage(tab, restored, page.at).catch(() => {});
    }
    if (!canvas || !bottom) return null;
    return written(canvas, Math.round(bottom * scale), part.complete && bottom >= part.height - 1);
};

const written = async (canvas, height, complete) => {
    let factor = 1, blob, width;
    do {
        width = Math.round(canvas.width * factor);
        const drawn = new OffscreenCanvas(width, Math.max(1, Math.round(height * factor)));
        drawn.getContext("2d").drawImage(canvas, 0, 0, canvas.width, height, 0, 0, drawn.width, drawn.height);
        blob = await drawn.convertToBlob({ type: "image/png" });
        if (blob.size <= MOST_BYTES) {
            const hash = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
            const sha256 = [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
            return { blob, sha256, width: drawn.width, height: drawn.height, complete };
        }
        factor *= 0.75;
    } while (factor > 0.2);
    return null;
};
