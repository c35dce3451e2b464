// What waits in this browser. Captures lie in IndexedDB with their screenshot until the server has answered; nothing is thrown away unasked.
//
// A row: {key, state: draft|waiting|refused|sent, at, read, seen, screenshot, shot, body, tries, next, problem, answer, tab, page}
//   read     what the readers found, null where the page is closed to them; `seen` then holds its address and title
//   draft    read from a page, not yet looked at      waiting  `body` is written and never changes: the same key is always the same bytes
//   refused  the server said why; the officer decides  sent     kept for a week as a receipt, without its content
const DAYS_KEPT = 7;
let opened;

const database = () => (opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open("sipatrol", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("captures", { keyPath: "key" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => { opened = undefined; reject(asked.error); };
}));

const done = (transaction, asked) => new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(asked?.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error ?? asked?.error);
});

export const get = async (key) => {
    const transaction = (await database()).transaction("captures");
    return done(transaction, transaction.objectStore("captures").get(key));
};

export const all = async () => {
    const transaction = (await database()).transaction("captures");
    return (await done(transaction, transaction.objectStore("captures").getAll())).sort((a, b) => a.at.localeCompare(b.at));
};

export const put = async (row) => {
    const transaction = (await database()).transaction("captures", "readwrite", { durability: "strict" });
    await done(transaction, transaction.objectStore("captures").put(row));
    told(row.key);
    return row;
};

/** Changes some fields of a row, if it is (still) in one of these states: two pages of the extension never overwrite each other. */
export const change = async (key, states, fields) => {
    const transaction = (await database()).transaction("captures", "readwrite", { durability: "strict" });
    const rows = transaction.objectStore("captures");
    const asked = rows.get(key);
    let changed = null;
    asked.onsuccess = () => {
        if (!asked.result || !states.includes(asked.result.state)) return;
        changed = { ...asked.result, ...fields };
        rows.put(changed);
    };
    await done(transaction, asked);
    told(key);
    return changed;
};

export const remove = async (key) => {
    const transaction = (await database()).transaction("captures", "readwrite");
    transaction.objectStore("captures").delete(key);
    await done(transaction);
    told(key);
};

export const tidy = async (now = Date.now()) => {
    for (const row of await all()) if (row.state === "sent" && now - Date.parse(row.at) > DAYS_KEPT * 86400000) await remove(row.key);
};

const channel = new BroadcastChannel("captures");
const listeners = new Set();
channel.onmessage = (event) => listeners.forEach((listener) => listener(event.data));
const told = (key) => { channel.postMessage(key); listeners.forEach((listener) => listener(key)); };
export const listen = (listener) => listeners.add(listener);

// --- whose browser this is: chrome.storage, out of reach of the scripts in pages -----------------------------------------------------
chrome.storage.local.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" });

export const paired = async () => (await chrome.storage.local.get("paired")).paired ?? null; // {server, token, person, office, device}
export const pairing = (value) => (value ? chrome.storage.local.set({ paired: value }) : chrome.storage.local.remove("paired"));

// --- whether this extension is old: the server says with each answer which version it gives out, and on which of its pages -----------
const numbers = (version) => version.split(".").map(Number);
const older = (here, there) => {
    const place = there.findIndex((number, index) => number !== (here[index] ?? 0));
    return place >= 0 && there[place] > (here[place] ?? 0);
};

export const keepNewest = async (told) => {
    const { version, page } = told ?? {}; // a server of before says nothing
    if (/^\d+(\.\d+){0,3}$/.test(version) && /^\/[\w/-]*$/.test(page)) await chrome.storage.local.set({ newest: { version, page } });
};

/** Says in this element of an own page that a newer version waits, with a link to it; hides it where none does. */
export const tellAge = async (element, sentence) => {
    const [{ newest }, mine] = [await chrome.storage.local.get("newest"), await paired()];
    element.hidden = !newest || !mine || !older(numbers(chrome.runtime.getManifest().version), numbers(newest.version));
    if (element.hidden) return;
    const link = document.createElement("a");
    [link.href, link.target, link.textContent] = [mine.server + newest.page, "_blank", sentence(newest.version)];
    element.replaceChildren(link);
};
