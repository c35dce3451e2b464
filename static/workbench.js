// The few things a page cannot do by itself: keep the theme, show where one is, copy a line. Every form works without it.
(() => {
    "use strict";
    const root = document.documentElement;
    const system = matchMedia("(prefers-color-scheme: dark)");
    const kept = () => {
        try { return localStorage.getItem("theme"); } catch { return null; }
    };
    const paint = () => {
        const theme = kept() || (system.matches ? "dark" : "light");
        root.classList.toggle("dark", theme === "dark");
        root.classList.toggle("light", theme !== "dark");
    };
    paint();
    system.addEventListener("change", paint);

    // On a telephone the entries, tabs and choices stand in one row each: the one a person is at is in sight, also when it was turned.
    const inSight = () => document.querySelectorAll("nav.side, .tabs, .chips").forEach((row) => {
        const here = row.querySelector("[aria-current]");
        if (here && row.scrollWidth > row.clientWidth) row.scrollLeft = here.offsetLeft - row.clientWidth / 2 + here.offsetWidth / 2;
    });
    document.addEventListener("DOMContentLoaded", inSight);
    addEventListener("resize", inSight);

    // What was chosen before the scripts came, or stands in a box again after going back, is asked for as if it was chosen now.
    addEventListener("load", () => document.querySelectorAll("select[hx-get]").forEach((box) => {
        const drawn = [...box.options].findIndex((one) => one.defaultSelected);
        if (box.selectedIndex !== Math.max(drawn, 0)) box.dispatchEvent(new Event("change", { bubbles: true }));
    }));

    // Of several forms to one address a page keeps which one was sent: the answer is the same page.
    const formsTo = (address) => [...document.forms].filter((one) => new URL(one.getAttribute("action") || "", location).pathname === address);
    document.addEventListener("submit", ({ target }) => {
        const to = formsTo(new URL(target.getAttribute("action") || "", location).pathname);
        try { sessionStorage.setItem("sent", to.indexOf(target)); } catch { /* private window: the first of them is taken */ }
    }, true);
    const sent = () => {
        try { return Number(sessionStorage.getItem("sent")); } catch { return 0; }
    };

    // What was written in a form that is refused stands in it again: the answer is its page, drawn anew. Kept to the next page of this tab,
    // and never what is secret or looked for; the desk gives back its own.
    const KINDS = new Set(["hidden", "file", "submit", "button", "reset", "image"]);
    // All fields of a form, also of one with a field named "elements" (those of an article), which hides the form's own list.
    const listed = Object.getOwnPropertyDescriptor(HTMLFormElement.prototype, "elements").get;
    const fieldsOf = (form) => [...listed.call(form)];
    const written = (form) => fieldsOf(form).filter((field) => field.name && field.type && !KINDS.has(field.type) && field.type !== "fieldset");
    const ticked = (field) => field.type === "checkbox" || field.type === "radio";
    document.addEventListener("submit", ({ target }) => {
        if (target.getAttribute("method")?.toLowerCase() !== "post" || target.matches("[data-desk], [role=search]")) return;
        if (target.querySelector("[type=password], [autocomplete=one-time-code]")) return;
        const to = new URL(target.getAttribute("action") || "", location).pathname;
        const at = formsTo(to).indexOf(target);
        const fields = written(target).map((field) => [field.name, field.value, ticked(field) && field.checked]);
        try { sessionStorage.setItem("written", JSON.stringify({ to, at, fields })); } catch { /* private window: nothing is given back */ }
    }, true);
    // What answers with a file leaves its page standing: pressed again at once it would be made and written down twice.
    const AGAIN_AFTER = 10_000; // milliseconds
    let lastSent = new WeakMap();
    document.addEventListener("submit", (event) => {
        const form = event.target;
        if (event.defaultPrevented || form.getAttribute("method")?.toLowerCase() !== "post") return;
        const asked = new URLSearchParams(new FormData(form, event.submitter)).toString();
        const last = lastSent.get(form);
        if (last?.asked === asked && Date.now() - last.at < AGAIN_AFTER) event.preventDefault();
        else lastSent.set(form, { asked, at: Date.now() });
    });
    addEventListener("pageshow", () => { lastSent = new WeakMap(); });

    const giveBack = () => {
        if (document.querySelector("[name=confirming]")) return; // the password is asked for in between
        let kept = null;
        try {
            kept = JSON.parse(sessionStorage.getItem("written"));
            sessionStorage.removeItem("written");
        } catch { /* private window */ }
        if (!kept || !document.querySelector("[data-refused]")) return;
        const form = formsTo(kept.to)[kept.at];
        if (!form) return;
        const fields = written(form);
        for (const [name, value, checked] of kept.fields) {
            const place = fields.findIndex((field) => field.name === name && (!ticked(field) || field.value === value));
            if (place < 0) continue;
            const [field] = fields.splice(place, 1);
            if (ticked(field)) field.checked = checked;
            else if (field.tagName !== "SELECT" || [...field.options].some((one) => one.value === value)) field.value = value;
        }
        for (let folded = form.closest("details"); folded; folded = folded.parentElement.closest("details")) folded.open = true;
    };
    document.addEventListener("DOMContentLoaded", giveBack);

    // Between a box and its words the sentence would tear them apart, and be read as a part of them: of one box it stands below both, of
    // several above the first, under what asks.
    const stand = (said, field, named) => {
        const label = ticked(field) && field.closest("label");
        if (!label) return field.after(said);
        let whole = label;
        while (!named.every((one) => whole.contains(one))) whole = whole.parentElement;
        const asks = whole.querySelector(":scope > legend");
        if (whole === label) label.after(said);
        else if (asks) asks.after(said);
        else [...whole.children].find((one) => one.contains(field)).before(said);
    };

    // What is wrong with a field stands beside it, where the page shows that field.
    const beside = () => document.querySelectorAll("[data-beside]").forEach((said, place) => {
        const [address, name] = said.dataset.beside.split(" ");
        const form = formsTo(address)[sent()] ?? formsTo(address)[0];
        const named = form ? [...form.querySelectorAll(`[name="${CSS.escape(name)}"]:not([type="hidden"])`)] : [];
        const field = named.find((one) => one.offsetParent) ?? named.find((one) => one.closest("details"));
        if (!field) return;
        for (let folded = field.closest("details"); folded; folded = folded.parentElement.closest("details")) folded.open = true;
        delete said.dataset.beside;
        said.id ||= `beside-${place}`;
        stand(said, field, named);
        field.setAttribute("aria-invalid", "true");
        field.setAttribute("aria-describedby", said.id);
        field.focus();
    });
    document.addEventListener("DOMContentLoaded", beside);
    // A form drawn anew with what is wrong in it begins at its top: on a long one the sentence stands below the window.
    document.addEventListener("DOMContentLoaded", () => document.querySelector("main form [aria-invalid=true]")?.focus());
    window.workbench = { beside, fieldsOf };

    document.addEventListener("click", async (event) => {
        if (event.target.closest("[data-theme-switch]")) {
            try { localStorage.setItem("theme", root.classList.contains("dark") ? "light" : "dark"); } catch { /* private window */ }
            paint();
            return;
        }
        const button = event.target.closest("[data-copy]");
        if (!button) return;
        const source = document.getElementById(button.dataset.copy);
        const text = "value" in source ? source.value : source.textContent;
        try {
            await navigator.clipboard.writeText(text.trim());
            button.dataset.done = "1";
        } catch {
            getSelection().selectAllChildren(source);
        }
    });
})();
