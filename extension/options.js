// Pairing, what waits, and letting go.
import * as store from "./store.js";
import { accepts, fill, said, t } from "./words.js";

const form = document.getElementById("pair"), told = document.getElementById("told");
const banner = (text, kind = "") => { told.hidden = !text; told.textContent = text; told.className = `banner ${kind}`; };

/** "sipatrol.example/kerja/" -> "https://sipatrol.example"; "" for what is no address. Plain http is for this machine alone: it would carry the token readable. */
const origin = (typed) => {
    try {
        const url = new URL(/^https?:\/\//i.test(typed.trim()) ? typed.trim() : `https://${typed.trim()}`);
        const here = ["localhost", "127.0.0.1"].includes(url.hostname);
        return url.protocol === "https:" || (url.protocol === "http:" && here) ? url.origin : "";
    } catch { return ""; }
};

const call = async (server, path, { headers = {}, ...options } = {}) => {
    const answer = await fetch(`${server}/api/v1/${path}`, {
        credentials: "omit", cache: "no-store", redirect: "error", referrerPolicy: "no-referrer", signal: AbortSignal.timeout(20000), headers: { ...accepts(), ...headers }, ...options,
    });
    return [answer.status, answer.status === 204 ? {} : await answer.json()];
};

const show = async () => {
    const mine = await store.paired();
    document.getElementById("paired").hidden = !mine;
    document.getElementById("whose").textContent = mine ? t("whose", mine.person, mine.office, mine.server) : "";
    form.hidden = !!mine;
    const rows = (await store.all()).filter((row) => row.state !== "sent");
    document.getElementById("none").hidden = rows.length > 0;
    document.getElementById("flush").hidden = !rows.some((row) => row.state === "waiting");
    document.getElementById("rows").replaceChildren(...rows.map((row) => {
        const item = document.createElement("li"), link = document.createElement("a"), why = document.createElement("small");
        link.href = `draft.html?key=${row.key}`;
        link.textContent = `${new Date(row.at).toLocaleString()} · ${t(`state_${row.state}`)}`;
        why.textContent = said(row.problem);
        item.dataset.state = row.state;
        item.append(link, why);
        return item;
    }));
};

form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const server = origin(form.elements.server.value), code = form.elements.code.value, name = form.elements.name.value.trim() || t("this_browser");
    if (!server) { banner(t("no_server"), "high"); return; }
    // Asked within the click, as browsers demand; the right is to this one server.
    const granted = await chrome.permissions.request({ origins: [`${server.replace(/:\d+$/, "")}/*`] }).catch(() => false);
    if (!granted) { banner(t("no_right"), "high"); return; }
    try {
        const [status, value] = await call(server, "devices", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ code, name }) });
        if (status !== 201) { banner(said(value), "high"); return; }
        await store.pairing({ server, token: value.token, person: value.person, office: value.office, device: value.device });
        form.reset();
        banner(t("paired"), "ok");
    } catch { banner(t("problem_offline"), "high"); }
    await show();
});

document.getElementById("leave").addEventListener("click", async () => {
    const mine = await store.paired();
    await store.pairing(null);
    try {
        await call(mine.server, "devices/own", { method: "DELETE", headers: { Authorization: `Bearer ${mine.token}` } });
        banner(t("left"), "ok");
    } catch { banner(t("left_here"), "med"); }
    await chrome.permissions.remove({ origins: [`${mine.server.replace(/:\d+$/, "")}/*`] }).catch(() => {});
    await show();
});
document.getElementById("flush").addEventListener("click", () => chrome.runtime.sendMessage({ say: "flush" }));

const old = () => store.tellAge(document.getElementById("old"), (version) => t("old", version));

fill();
form.elements.name.value = t("this_browser");
store.listen(show);
await show();
await old();

// Whether the server still knows this browser is asked when somebody looks.
const mine = await store.paired();
if (mine) {
    try {
        const [status, value] = await call(mine.server, "devices/own", { headers: { Authorization: `Bearer ${mine.token}` } });
        if (status === 200) { await store.keepNewest(value.newest); await old(); }
        if (status === 401) { await store.pairing(null); banner(said(value), "high"); await show(); }
    } catch { banner(t("problem_offline"), "med"); }
}
