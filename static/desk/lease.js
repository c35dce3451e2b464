// A post is taken by who opens it from the queue or asks for it, kept while they do something, and let go with the page. Its address alone
// takes nothing: a link that is followed, kept or sent holds no post. The server's clock decides.
(() => {
    "use strict";
    const { root, state, ask, post, token, complain, busy } = window.desk;
    const EVERY = 60_000; // of five minutes: four renewals may be lost before the lease is
    let active = false;

    ["keydown", "pointerdown", "pointermove", "wheel", "touchmove"].forEach((kind) => addEventListener(kind, () => { active = true; }, { passive: true }));

    const form = (more = {}) => {
        const body = new FormData();
        body.set("csrfmiddlewaretoken", token());
        Object.entries(more).forEach(([name, value]) => body.set(name, value));
        return body;
    };

    // Contacts go with the lease, or with the minutes they were asked for: out of this page at once, and the server sends the post again
    // without them.
    const clear = () => { if ("shown" in state().dataset) root.querySelectorAll(".post, .why").forEach((pane) => pane.replaceChildren()); };
    const lost = async () => {
        const { held, shown } = state().dataset;
        clear();
        delete state().dataset.held;
        delete state().dataset.shown; // once: without a network it is not asked each second
        if (shown !== undefined) await ask(location.href, null, { remember: false });
        if (held !== undefined && !("held" in state().dataset)) root.querySelector("#lease-lost")?.removeAttribute("hidden");
    };
    let until = 0;
    const runs = () => { until = Date.now() + 1000 * (1 + Number(state().dataset.seconds ?? 0)); };
    runs();
    window.desk.after(runs);
    setInterval(() => {
        const { held, shown } = state().dataset;
        if ((held === undefined && shown === undefined) || Date.now() <= until) return;
        clear(); // also beside an act that is under way
        if (!busy()) lost();
    }, 1000);

    let ended = false;
    const renew = async () => {
        const held = state();
        // Beside an act that is under way it would ask for a post that is decided by then: the next renewal tries again.
        if (!active || !("held" in held.dataset) || busy()) return;
        if (Date.now() > until) { // a page that slept takes up nothing by waking: nobody asked
            lost();
            return;
        }
        active = false;
        let answer;
        try {
            const told = { seen_version: held.dataset.version, token: held.dataset.token, ...("shown" in held.dataset && { shown: "1" }) };
            answer = await fetch(held.dataset.renew, { method: "POST", body: form(told), credentials: "same-origin" });
        } catch {
            return; // no network for a minute: the next renewal tries again
        }
        if (state() !== held) return;
        const own = (answer.headers.get("Content-Type") || "").startsWith("application/json");
        if (answer.ok && own) {
            const given = await answer.json();
            held.dataset.token = given.token;
            held.dataset.seconds = given.seconds;
            runs();
            root.querySelector("[data-until]").textContent = given.until;
            ended = false;
            if (given.shown !== "shown" in held.dataset) ask(location.href, null, { remember: false });
        } else if (answer.ok || answer.status === 403) { // the login page, or a page of an older login
            if (!ended) complain(root.dataset.ended);
            ended = true;
        } else if (answer.status === 409) {
            lost();
        }
    };
    setInterval(renew, EVERY);
    document.addEventListener("visibilitychange", () => { if (!document.hidden) { active = true; renew(); } });

    // What this tab held when its page was left is taken up again by loading it anew, coming back or a new login, not by its address.
    const left = sessionStorage.getItem("held");
    sessionStorage.removeItem("held");
    const came = performance.getEntriesByType("navigation")[0];
    const again = ["reload", "back_forward"].includes(came?.type) || window.desk.gaveBack;
    if (again && left && left === state().dataset.flag && state().dataset.take) {
        post(state().dataset.take, { again: "1" }, { carry: true });
    }

    addEventListener("pagehide", () => {
        const held = state();
        if (!held) return;
        clear(); // a page that is kept for the way back keeps no contact
        if (!("held" in held.dataset)) return;
        sessionStorage.setItem("held", held.dataset.flag);
        navigator.sendBeacon(held.dataset.release, form({ beacon: "1", token: held.dataset.token }));
        tabs.postMessage(held.dataset.flag);
    });
    // Whichever of one's tabs leaves a post, the others that show it as held take it up again at once.
    const tabs = new BroadcastChannel("lease");
    const holding = () => ("held" in state().dataset ? state().dataset.flag : "");
    let before = holding();
    window.desk.after(() => {
        if (before && before !== holding()) tabs.postMessage(before);
        before = holding();
    });
    tabs.addEventListener("message", (event) => { if (event.data === holding()) { active = true; renew(); } });
    addEventListener("pageshow", (event) => { if (event.persisted && state().dataset.flag) location.reload(); });

    // The toast counts down; the server alone knows whether undoing is still possible. Its line runs out meanwhile: said here, since
    // the page's policy has no inline styles.
    const runOut = () => {
        const toast = root.querySelector(".toast[data-seconds]");
        if (toast) toast.querySelector(".left").style.animationDuration = `${toast.dataset.seconds}s`;
    };
    runOut();
    window.desk.after(runOut);
    setInterval(() => {
        const toast = root.querySelector(".toast[data-seconds]");
        if (!toast) return;
        const left = Number(toast.dataset.seconds) - 1;
        toast.dataset.seconds = left;
        if (left <= 0) toast.closest(".toastbox").remove();
        else toast.querySelector("[data-left]").textContent = left;
    }, 1000);

    // What waits: after each exchange, and every half minute while somebody looks. After an act the rows of the queue come with it.
    const count = async () => {
        if (document.hidden || !document.querySelector("[data-count]")) return;
        const page = state();
        const list = root.querySelector(".qlist[data-later]");
        const address = new URL(page.dataset.numbers, location);
        if (list) address.searchParams.set("rows", state().dataset.flag);
        try {
            const answer = await fetch(address, { headers: { "X-Unattended": "1" }, credentials: "same-origin" });
            if (!answer.ok) return;
            const { rows, ...numbers } = await answer.json();
            if (state() !== page) return; // another post or filter is there by now, and asks for itself
            if (rows !== undefined) {
                delete list.dataset.later;
                const [scrolled, at] = [list.scrollTop, list.contains(document.activeElement) && document.activeElement.pathname];
                list.innerHTML = rows;
                list.scrollTop = scrolled;
                if (at) [...list.querySelectorAll("a")].find((row) => row.pathname === at)?.focus({ preventScroll: true });
                // On a phone the queue stands below the post, which is what one looks at.
                if (!matchMedia("(max-width: 720px)").matches) list.querySelector(".q[aria-current]")?.scrollIntoView({ block: "nearest" });
            }
            for (const [key, many] of Object.entries(numbers)) {
                const place = document.querySelector(`[data-count="${key}"]`);
                if (place) place.textContent = many;
            }
        } catch { /* the old figure stays */ }
    };
    let soon;
    window.desk.after(() => { clearTimeout(soon); soon = setTimeout(count, 150); });
    setInterval(count, 30_000);
    setInterval(() => { if (root.querySelector(".qlist[data-later]")) count(); }, 3_000); // a hidden tab, or a request that failed
})();
