// The page between reading and sending: the officer sees what was read, corrects it, chooses comments and screenshot, and sends.
import { PLATFORMS } from "./platforms.js";
import * as store from "./store.js";
import { ringing } from "./outbox.js";
import { fill, said, t } from "./words.js";

export const FORMAT = "sipatrol-capture/1"; // the shape: patrol/intake/sent.py reads it, docs/offices/extension.md tells it
const EMPTY = { url: "", author: "", author_name: "", text: "", posted_at: "", posted_at_source: "", links: [], pictures: [], origin: "" };
const key = new URL(location.href).searchParams.get("key") ?? "";
const form = document.getElementById("form"), told = document.getElementById("told");
const field = (name) => form.elements.namedItem(name);
let row = null, drawn = "";

// Times are typed as the workbench has them, "24/11/2026 14.30", by this computer's clock: the browser's own field speaks its own language.
const two = (number) => String(number).padStart(2, "0");
const local = (iso) => {
    if (!iso) return "";
    const at = new Date(iso);
    return `${two(at.getDate())}/${two(at.getMonth() + 1)}/${at.getFullYear()} ${two(at.getHours())}.${two(at.getMinutes())}`;
};
/** ISO 8601 of a typed time; "" for none, null for what is no time. */
const instant = (typed) => {
    if (!typed.trim()) return "";
    const found = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})[ ,]+(\d{1,2})[.:](\d{2})$/.exec(typed.trim());
    if (!found) return null;
    const [day, month, year, hour, minute] = found.slice(1).map(Number), at = new Date(year, month - 1, day, hour, minute);
    const kept = [at.getDate(), at.getMonth() + 1, at.getFullYear(), at.getHours(), at.getMinutes()]; // 31/02 would be a day in March
    return kept.join() === [day, month, year, hour, minute].join() ? at.toISOString() : null;
};
const lines = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);

const banner = (text, kind = "") => { told.hidden = !text; told.textContent = text; told.className = `banner ${kind}`; };

const web = (address) => /^https?:\/\/./i.test(address);
const typedAddress = () => field("url").value.trim();

// What was read, or for a page that is closed to extensions its address alone: the rest is typed.
const found = () => {
    if (row.read) return row.read;
    const { url, title } = row.seen ?? { url: "", title: "" };
    return {
        platform: "web", post: { ...EMPTY, url: web(url) ? url.slice(0, 4000) : "" }, comments: [],
        page: { url: url.slice(0, 4000), title: title.slice(0, 1000) }, read: {},
    };
};

const draw = () => {
    const read = found();
    const post = read.post;
    field("platform").value = read.platform;
    for (const name of ["url", "author", "author_name", "origin", "text"]) field(name).value = post[name];
    field("posted_at").value = local(post.posted_at);
    field("links").value = post.links.join("\n");
    document.getElementById("source").textContent = post.posted_at_source ? t("source", post.posted_at_source) : "";
    document.getElementById("pictures").textContent = post.pictures.length ? t("pictures", post.pictures.length) : "";
    const list = document.querySelector("#comments ul");
    list.replaceChildren(...read.comments.map((comment, place) => {
        const item = document.createElement("li"), label = document.createElement("label"), box = document.createElement("input"), words = document.createElement("span");
        Object.assign(box, { type: "checkbox", name: "comment", value: place, disabled: true });
        words.textContent = `${comment.author_name || comment.author}: ${comment.text}`;
        label.append(box, words);
        item.append(label);
        return item;
    }));
    document.getElementById("comments").hidden = !read.comments.length;
    document.getElementById("many").textContent = t("with_comments", read.comments.length);
    field("with_comments").checked = false;
    field("with_screenshot").checked = !!row.shot;
    field("with_screenshot").disabled = !row.shot;
    document.getElementById("shot").textContent = row.shot ? t(row.shot.complete ? "shot" : "shot_part", row.shot.width, row.shot.height) : t("shot_none");
    const preview = document.getElementById("preview");
    preview.hidden = !row.screenshot;
    if (row.screenshot) { preview.src = URL.createObjectURL(row.screenshot); preview.alt = t("screenshot"); }
    document.getElementById("pick").hidden = !(read.several > 1 || read.chosen || read.platform === "web") || !row.read;
    if (row.problem) banner(said(row.problem), "high");
    else if (!read.known) banner(t("unknown_page"), "med");
    else if (read.several > 1 && !read.chosen) banner(t("several", read.several), "");
    else banner("");
};

const state = () => {
    const open = row.state === "draft" || row.state === "refused";
    for (const one of form.elements) if (!["with_screenshot", "comment"].includes(one.name)) one.disabled = !open;
    if (row.state === "waiting") banner(row.problem ? t("waiting_problem", said(row.problem)) : t("sending"), row.problem ? "med" : "");
    if (row.state === "refused") banner(t("refused", said(row.problem)), "high");
    if (row.state === "sent") {
        const { new: fresh, changed, repeated } = row.answer.posts;
        banner(t("sent", fresh, changed, repeated), "ok");
    }
    document.body.dataset.state = row.state;
};

const show = async () => {
    row = await store.get(key);
    if (!row) { form.hidden = true; banner(t("gone"), "med"); return; }
    const stamp = `${row.at} ${row.shot?.sha256}`;
    if (row.state === "draft" && stamp !== drawn) { drawn = stamp; draw(); }
    state();
};

/** The bytes as they are sent, now and at every later try. */
const written = () => {
    const read = found();
    const before = read.post;
    const post = {
        ...before,
        url: typedAddress(), author: field("author").value.trim(), author_name: field("author_name").value.trim(), origin: field("origin").value.trim(),
        text: field("text").value, links: lines(field("links").value),
        // An untouched time keeps its seconds.
        posted_at: field("posted_at").value === local(before.posted_at) ? before.posted_at : instant(field("posted_at").value),
    };
    const corrected = Object.keys(EMPTY).filter((name) => JSON.stringify(post[name]) !== JSON.stringify(before[name]));
    if (read.read.text !== undefined && !corrected.includes("text")) corrected.push("text"); // words the officer selected on the page
    const kept = Object.fromEntries(corrected.map((name) => [name, name === "text" && read.read.text !== undefined ? read.read.text : before[name]]));
    const chosen = field("with_comments").checked ? [...document.querySelectorAll("#comments [name=comment]:checked")].map((box) => read.comments[Number(box.value)]) : [];
    return JSON.stringify({
        format: FORMAT, key, captured_at: row.at, platform: field("platform").value, page: { url: web(read.page.url) ? read.page.url : typedAddress(), title: read.page.title }, post, comments: chosen,
        note: field("note").value, corrected, read: kept, screenshot: field("with_screenshot").checked ? row.shot : null,
        extension: chrome.runtime.getManifest().version, browser: navigator.userAgent.slice(0, 300),
    });
};

form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const wordless = !field("text").value.trim() && !row.read?.post.pictures.length && !lines(field("links").value).length;
    const addressed = web(found().page.url) || web(typedAddress()), timed = instant(field("posted_at").value) !== null;
    const [lacks, why] = wordless ? ["text", t("empty")] : !addressed ? ["url", t("no_address")] : !timed ? ["posted_at", t("no_time")] : [];
    if (lacks) {
        banner([said(row.problem), why].filter(Boolean).join(" "), "high"); // what could not be read stays said
        field(lacks).focus();
        return;
    }
    await ringing();
    const changed = await store.change(key, ["draft", "refused"], {
        state: "waiting", body: written(), shot: field("with_screenshot").checked ? row.shot : null, tries: 0, next: 0, problem: null,
    });
    if (changed) await chrome.runtime.sendMessage({ say: "flush" });
});
field("with_comments").addEventListener("change", (event) => {
    for (const box of document.querySelectorAll("#comments [name=comment]")) { box.disabled = !event.target.checked; box.checked = event.target.checked; }
});
document.getElementById("pick").addEventListener("click", async () => {
    const answer = await chrome.runtime.sendMessage({ say: "pick", key });
    if (!answer.done) banner(t("page_closed"), "high");
});
document.getElementById("discard").addEventListener("click", async () => {
    await store.remove(key);
    await chrome.runtime.sendMessage({ say: "shown" });
    close();
});

fill();
field("platform").replaceChildren(...PLATFORMS.map(([platform, name]) => new Option(name, platform)));
store.listen((changed) => { if (changed === key) show(); });
const mine = await store.paired();
document.getElementById("who").textContent = mine ? t("as", mine.person, mine.office) : t("not_paired");
await store.tellAge(document.getElementById("old"), (version) => t("old", version));
await show();
form.querySelector("button[type=submit]").focus();
