// The button: reads the page, photographs it, opens the draft. Then the outbox. This worker may be stopped at any moment: everything that
// must last is in the store before anything else happens.
import { PLATFORMS } from "./platforms.js";
import * as store from "./store.js";
import * as outbox from "./outbox.js";
import * as screenshot from "./screenshot.js";

const READERS = [...new Set(["read/dom.js", ...PLATFORMS.map(([, , reader]) => reader)])];

const PATIENCE = 3000, AGAIN = 100; // ms

const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

// Chromium brings the right of a click and the script to the page on two ways. On a busy computer the script is there first and is refused,
// a moment before the right comes: a page of the web is asked again. Its price: where a page stays closed, the draft comes 3 seconds later.
const readPage = async (tab) => {
    for (const end = Date.now() + PATIENCE; ; await pause(AGAIN)) {
        try {
            return (await chrome.scripting.executeScript({ target: { tabId: tab.id }, files: READERS })).at(-1).result;
        } catch (error) {
            if (!/^https?:/.test(tab.url ?? "") || Date.now() > end) throw error;
        }
    }
};

const captured = async (tab) => {
    try {
        const read = await readPage(tab);
        const shot = await screenshot.taken(tab).catch(() => null);
        return { read, screenshot: shot?.blob ?? null, shot: shot && { sha256: shot.sha256, width: shot.width, height: shot.height, complete: shot.complete }, problem: null };
    } catch (error) {
        // The browser's own pages, its shop and PDF files are closed to every extension.
        console.warn("SIPatrol", error);
        return { read: null, seen: { url: tab.url ?? "", title: tab.title ?? "" }, screenshot: null, shot: null, problem: { key: "problem_page" } };
    }
};

export const clicked = async (tab) => {
    const key = crypto.randomUUID(), at = new Date().toISOString();
    await chrome.action.setBadgeText({ text: "…" });
    const found = await captured(tab);
    await store.put({ key, at, state: "draft", tab: tab.id, tries: 0, ...found });
    await outbox.shown();
    const page = await chrome.tabs.create({ url: chrome.runtime.getURL(`draft.html?key=${key}`), index: tab.index + 1, windowId: tab.windowId });
    await store.change(key, ["draft"], { page: page.id });
};

const pick = async (key) => {
    const row = await store.get(key);
    const tab = await chrome.tabs.get(row.tab);
    await chrome.storage.session.set({ picking: { key, tab: tab.id, page: row.page } });
    await chrome.tabs.update(tab.id, { active: true });
    await chrome.scripting.executeScript({ target: { tabId: tab.id }, files: ["read/picker.js"] });
};

const picked = async (tab, chosen) => {
    const { picking } = await chrome.storage.session.get("picking");
    if (!picking || picking.tab !== tab.id) return;
    await chrome.storage.session.remove("picking");
    if (chosen) {
        const found = await captured(tab);
        if (found.read) await store.change(picking.key, ["draft"], { ...found, at: new Date().toISOString() });
    }
    await chrome.tabs.update(picking.page, { active: true }).catch(() => {});
};

chrome.action.onClicked.addListener((tab) => { clicked(tab); });
chrome.alarms.onAlarm.addListener(() => { outbox.flush(); });
chrome.storage.onChanged.addListener((changed, area) => { if (area === "local" && changed.paired?.newValue) outbox.flush({ now: true }); });
chrome.runtime.onStartup.addListener(() => { outbox.flush({ now: true }); });
chrome.runtime.onInstalled.addListener(({ reason }) => {
    outbox.shown();
    if (reason === "install") chrome.runtime.openOptionsPage();
});
self.addEventListener("online", () => { outbox.flush({ now: true }); });

chrome.runtime.onMessage.addListener((message, sender, answer) => {
    if (sender.id !== chrome.runtime.id) return false;
    const own = sender.url?.startsWith(chrome.runtime.getURL(""));
    if (message.say === "picked" && sender.tab && !own) { picked(sender.tab, message.chosen === true); return false; }
    if (!own) return false; // scripts in pages may say nothing else
    const acts = { pick: () => pick(message.key), flush: () => outbox.flush({ now: true }), shown: () => outbox.shown() };
    acts[message.say]?.().then(() => answer({ done: true }), (error) => answer({ done: false, error: String(error?.message ?? error) }));
    return true;
});
