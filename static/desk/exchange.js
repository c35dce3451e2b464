// The desk is exchanged in place: a form or a link of it is sent by script, and what comes back replaces the three panes and the bar.
// The server answers the same redirects as without scripts; only the page at their end comes without its frame.
(() => {
    "use strict";
    const desk = document.getElementById("desk");
    const state = () => desk.querySelector("[data-state]");
    const listeners = [];
    let running = false;

    const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;

    const put = (html, address, remember) => {
        const kept = desk.querySelector(".qlist");
        const scrolled = kept ? kept.scrollTop : 0;
        desk.innerHTML = html;
        if (remember) history.pushState({}, "", address);
        const list = desk.querySelector(".qlist");
        const here = desk.querySelector(".q[aria-current]");
        list.scrollTop = scrolled;
        if (matchMedia("(max-width: 720px)").matches) scrollTo(0, 0); // there the queue stands below the post
        else if (here) here.scrollIntoView({ block: "nearest" });
        const title = state().dataset.title;
        document.title = title ? `${title} | SIPatrol` : document.title.replace(/^.* \| /, "");
        listeners.forEach((listener) => listener());
        // Said to a screen reader, and where the arrow keys scroll: the post that is there now.
        const focus = desk.querySelector("#gist") || desk.querySelector("[autofocus]");
        if (focus) focus.focus({ preventScroll: true });
    };

    const complain = (text) => {
        const banner = document.createElement("div");
        banner.className = "banner high";
        banner.setAttribute("role", "alert");
        banner.textContent = text;
        desk.querySelector(".post").prepend(banner);
    };

    const ask = async (address, body, { remember = true } = {}) => {
        if (running) return false;
        running = true;
        desk.classList.add("busy");
        try {
            const answer = await fetch(address, { method: body ? "POST" : "GET", body, headers: { "X-Desk": "1" }, credentials: "same-origin" });
            const html = await answer.text();
            if (!answer.ok || !html.includes("data-state")) {
                location.assign(answer.url); // logged out, refused or gone: the whole page says which
                return false;
            }
            put(html, answer.url, remember);
            return true;
        } catch {
            complain(desk.dataset.offline);
            return false;
        } finally {
            running = false;
            desk.classList.remove("busy");
        }
    };

    const post = (address, fields = {}) => {
        const body = new FormData();
        body.set("csrfmiddlewaretoken", token());
        Object.entries(fields).forEach(([name, value]) => body.set(name, value));
        return ask(address, body);
    };

    /** Opens a row of the queue: takes it, and lets go of the one that lay here. */
    const open = (row) => post(row.dataset.take, { from: state().dataset.flag || "" });

    desk.addEventListener("submit", (event) => {
        const form = event.target.closest("form[data-desk]");
        if (!form) return;
        event.preventDefault();
        const body = new FormData(form, event.submitter);
        ask(form.action, body);
    });
    desk.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return; // a new tab is the browser's
        const row = event.target.closest("a.q");
        const link = event.target.closest("a[data-go]");
        if (!row && !link) return;
        event.preventDefault();
        if (row) open(row); else ask(link.href);
    });
    addEventListener("popstate", () => { if (!location.hash) ask(location.href, null, { remember: false }); });

    window.desk = { root: desk, state, ask, post, open, token, after: (listener) => listeners.push(listener) };
})();
