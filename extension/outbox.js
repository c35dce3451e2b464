// Sends what waits. Again and again until the server has answered; the same key and the same bytes, so a doubled sending has no effect.
import * as store from "./store.js";
import { accepts } from "./words.js";

const FIRST = 15, LONGEST = 3600; // seconds between tries: full jitter over a doubling span
const PATIENCE = 120000; // ms for one answer

export const delay = (tries, random = Math.random()) => 1000 * (1 + random * Math.min(LONGEST, FIRST * 2 ** Math.min(tries, 12)));

/** Sends everything that is due; one at a time and once at a time in the whole browser. */
export const flush = ({ now = false } = {}) => navigator.locks.request("outbox", async () => {
    for (const row of await store.all()) {
        if (row.state === "waiting" && (now || (row.next ?? 0) <= Date.now())) await send(row);
    }
    await store.tidy();
    await shown();
});

const later = (row, problem, seconds = 0) => store.change(row.key, ["waiting"], {
    tries: (row.tries ?? 0) + 1, next: Date.now() + Math.max(delay(row.tries ?? 0), seconds * 1000), problem,
});

const send = async (row) => {
    const mine = await store.paired();
    if (!mine) return later(row, { key: "problem_unpaired" });
    const form = new FormData();
    form.append("capture", new Blob([row.body], { type: "application/json" }), "capture.json");
    if (row.shot && row.screenshot) form.append("screenshot", row.screenshot, "screenshot.png");
    let answer, value;
    try {
        answer = await fetch(`${mine.server}/api/v1/captures`, {
            method: "POST", body: form, headers: { ...accepts(), Authorization: `Bearer ${mine.token}` }, credentials: "omit", cache: "no-store",
            redirect: "error", referrerPolicy: "no-referrer", signal: AbortSignal.timeout(PATIENCE),
        });
        value = await answer.json();
    } catch {
        return later(row, { key: answer ? "problem_answer" : "problem_offline" });
    }
    if (answer.status === 201 && value.key === row.key) {
        await store.keepNewest(value.newest);
        return store.change(row.key, ["waiting"], { state: "sent", body: null, screenshot: null, read: null, problem: null, answer: value });
    }
    const problem = { sentence: String(value.sentence ?? "") };
    if (!problem.sentence) return later(row, { key: "problem_answer" });
    if (answer.status === 401) {
        // The token opens nothing any more: forgotten at once, and told. The capture waits for the next pairing.
        if ((await store.paired())?.token === mine.token) await store.pairing(null);
        return later(row, { key: "problem_let_go" });
    }
    // A token that rests works again once its person is back in the duty that sends captures.
    const waits = answer.status === 429 || answer.status >= 500 || value.code === "token.rests";
    if (waits) return later(row, problem, Number(answer.headers.get("Retry-After")) || 0);
    return store.change(row.key, ["waiting"], { state: "refused", problem });
};

/** The alarm that rings as long as something waits. Set before a row begins to wait: the page that made it may be closed a moment later. */
export const ringing = async () => { if (!(await chrome.alarms.get("send"))) await chrome.alarms.create("send", { periodInMinutes: 0.5 }); };

/** The number on the button; the alarm on or off. */
export const shown = async () => {
    const rows = await store.all();
    const waiting = rows.filter((row) => row.state === "waiting").length, refused = rows.filter((row) => row.state === "refused").length;
    await chrome.action.setBadgeText({ text: waiting + refused ? String(waiting + refused) : "" });
    await chrome.action.setBadgeBackgroundColor({ color: refused ? "#b42318" : "#8a4b08" });
    if (waiting) await ringing(); else await chrome.alarms.clear("send");
    return waiting;
};
