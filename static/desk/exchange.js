// The desk is exchanged in place: a form or a link of it is sent by script, and what comes back replaces the three panes and the bar.
// The server answers an act with the page to which it redirects without scripts, without its frame, and says its address.
(() => {
    "use strict";
    const desk = document.getElementById("desk");
    const state = () => desk.querySelector("[data-state]");
    const listeners = [];
    let running = false;

    const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;

    // After an act the post comes first: the queue and its counter stand as they were until they come too (lease.js).
    const counter = () => desk.querySelector('[data-count="column"]');
    const keep = (rows, waiting, address) => {
        const list = desk.querySelector(".qlist[data-later]");
        if (!list) return;
        list.append(...rows);
        counter().textContent = waiting;
        for (const row of list.querySelectorAll("a.q")) {
            if (row.pathname === new URL(address, location).pathname) row.setAttribute("aria-current", "true");
            else row.removeAttribute("aria-current");
        }
    };
    const put = (html, address, remember) => {
        const kept = desk.querySelector(".qlist");
        const scrolled = kept ? kept.scrollTop : 0;
        const [rows, waiting] = [kept ? [...kept.childNodes] : [], counter().textContent];
        desk.innerHTML = html;
        keep(rows, waiting, address);
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

    // What was typed and not sent, by the form it stands in: given back after a refusal, or after logging in again.
    const name = (form) => `${new URL(form.action).pathname} ${form.elements.outcome ? form.elements.outcome.value : ""}`;
    const changed = (field) => {
        if (field.type === "hidden" || !field.name) return false;
        if (field.tagName === "SELECT") return field.selectedIndex > 0;
        return field.type === "radio" ? field.checked : field.tagName !== "BUTTON" && field.value !== field.defaultValue;
    };
    const typed = () => {
        const forms = {};
        for (const form of desk.querySelectorAll("details[name=act] form")) {
            const fields = [...form.elements].filter(changed).map((field) => [field.name, field.value]);
            if (fields.length) forms[name(form)] = { fields, open: form.closest("details").open };
        }
        return { flag: state().dataset.flag || "", person: desk.dataset.person, forms };
    };
    const giveBack = (kept) => {
        if (!kept || kept.person !== desk.dataset.person || kept.flag !== (state().dataset.flag || "")) return;
        for (const form of desk.querySelectorAll("details[name=act] form")) {
            const was = kept.forms[name(form)];
            if (!was) continue;
            for (const [field, value] of was.fields) {
                const found = [...form.elements].find((one) => one.name === field && (one.type !== "radio" || one.value === value));
                if (!found) continue;
                if (found.type === "radio") found.checked = true; else found.value = value;
            }
            if (was.open) form.closest("details").open = true;
        }
    };
    /** Loads the page anew, which asks for a login where that ended, and then gives back once what was typed. */
    const anew = () => {
        sessionStorage.setItem("typed", JSON.stringify(typed()));
        location.reload();
    };

    const complain = (text) => {
        const banner = document.createElement("div");
        banner.className = "banner high";
        banner.dataset.said = "";
        banner.setAttribute("role", "alert");
        banner.textContent = text;
        desk.querySelector(".post").prepend(banner);
    };

    const ask = async (address, body, { remember = true, carry = false } = {}) => {
        if (running) return false;
        running = true;
        desk.classList.add("busy");
        const kept = typed();
        const said = carry ? [...desk.querySelectorAll("[data-said]")] : [];
        try {
            const answer = await fetch(address, { method: body ? "POST" : "GET", body, headers: { "X-Desk": "1" }, credentials: "same-origin" });
            const html = await answer.text();
            if (new URL(answer.url).pathname === desk.dataset.login || (body && answer.status === 403)) { // no longer this login
                anew();
                return false;
            }
            if (!answer.ok || !html.includes("data-state")) {
                location.assign(answer.url); // gone, or another page: the whole of it says what
                return false;
            }
            put(html, answer.headers.get("X-Desk-Address") ?? answer.url, remember);
            giveBack(kept);
            window.workbench.beside();
            if (said.length) desk.querySelector(".post").prepend(...said);
            return true;
        } catch {
            complain(desk.dataset.offline);
            return false;
        } finally {
            running = false;
            desk.classList.remove("busy");
        }
    };

    const post = (address, fields = {}, how = {}) => {
        const body = new FormData();
        body.set("csrfmiddlewaretoken", token());
        Object.entries(fields).forEach(([name, value]) => body.set(name, value));
        return ask(address, body, how);
    };

    /** Opens a row of the queue: takes it, and lets go of the one that lay here. */
    const open = (row) => {
        const { flag, token: lease } = state().dataset;
        return post(row.dataset.take, lease ? { from: flag, token: lease } : {});
    };

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

    window.desk = { root: desk, state, ask, post, open, token, complain, busy: () => running, after: (listener) => listeners.push(listener) };

    const kept = JSON.parse(sessionStorage.getItem("typed"));
    sessionStorage.removeItem("typed");
    if (kept && kept.person === desk.dataset.person) {
        giveBack(kept);
        window.desk.gaveBack = true;
        complain(desk.dataset.anew);
    }
})();
