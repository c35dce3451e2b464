// Single keys. Which letter does what stands in the page, as this person laid it; in a field they do nothing, with Ctrl, Alt or Meta neither.
(() => {
    "use strict";
    const { root, state, post, open, show, picture } = window.desk;
    const sheet = document.getElementById("saring");
    const help = document.getElementById("keys");
    const find = (selector) => root.querySelector(selector);
    const popped = () => find("details[name=act][open]");
    const laid = () => JSON.parse(state().dataset.keys);

    const press = (selector) => {
        const button = find(selector);
        if (button && !button.disabled) button.click();
        return Boolean(button);
    };
    const pop = (act) => {
        const summary = find(`summary[data-key="${act}"]`);
        if (!summary) return press(`button[data-key="${act}"]`);
        const details = summary.parentElement;
        if (!details.open) {
            root.querySelectorAll("details[name=act][open]").forEach((one) => { one.open = false; });
            details.open = true;
        }
        // Nothing is chosen beforehand, not even by the focus: Enter would send it. The reasons have numbers, and Tab leads to them.
        // A question with one answer has its button in hand: it was asked, and is sent by Enter.
        const title = details.querySelector("[data-first]") || details.querySelector("h3");
        if (title.tagName === "H3") title.tabIndex = -1;
        title.focus();
        return true;
    };
    const menu = (id) => {
        const form = find(id);
        if (!form) return;
        form.closest("details").open = true;
        form.querySelector("select, input:not([type=hidden])").focus();
    };
    const move = (by) => {
        const rows = [...root.querySelectorAll("a.q")];
        const here = rows.findIndex((row) => row.hasAttribute("aria-current"));
        const next = rows[here + by];
        if (here < 0 && find(".qlist[data-later]")) return; // the rows are those from before the act: the new ones are on their way
        if (here < 0 && rows.length) open(rows[0]);
        else if (next) open(next);
        else if (by > 0) { const further = find("a[data-further]"); if (further) further.click(); }
    };
    const cards = () => [...root.querySelectorAll("[data-alike]")];
    const chosen = () => cards().find((card) => card.classList.contains("sel"));
    const choose = () => {
        const all = cards();
        if (!all.length) return;
        const next = all[(all.indexOf(chosen()) + 1) % all.length];
        all.forEach((card) => card.classList.toggle("sel", card === next));
        next.scrollIntoView({ block: "nearest" });
        next.querySelector("a").focus({ preventScroll: true });
    };
    const judge = (selector) => {
        if (!chosen()) choose();
        const button = chosen() && chosen().querySelector(selector);
        if (button) button.click();
    };
    const filter = () => { sheet.classList.add("up"); sheet.querySelector("select").focus(); };
    const explain = () => { if (!help.open) help.showModal(); };
    const unfold = () => {
        const history = find("#history");
        if (!history) return;
        history.open = !history.open;
        if (history.open) history.scrollIntoView({ block: "nearest" });
    };

    const acts = {
        confirm: () => pop("confirm"), dismiss: () => pop("dismiss"), ask: () => pop("ask"), victim: () => pop("victim"), case: () => pop("case"),
        escalate: () => pop("escalate"), snooze: () => menu("#snooze"), hand_over: () => menu("#hand-over"), skip: () => press("[data-key=skip]"),
        undo: () => press("[data-key=undo]"), show: () => pop("show"), picture, history: unfold, alike: choose, same: () => judge("[data-same]"),
        apart: () => judge("[data-apart]"), filter, help: explain,
    };

    const close = () => {
        const open = popped();
        if (sheet.classList.contains("up")) { sheet.classList.remove("up"); find("#gist, [autofocus]")?.focus(); return true; }
        if (open) { open.open = false; open.querySelector("summary").focus(); return true; }
        return false;
    };
    const typing = (target) => target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

    // "Something else" is no reason without words: the cursor goes where they are written, and Enter there sends it.
    const reasoned = (button) => {
        const note = button.form.querySelector("textarea");
        if (!("asks" in button.dataset) || note.value.trim()) { button.click(); return; }
        button.form.dataset.with = button.value;
        note.required = true;
        note.focus();
    };
    root.addEventListener("click", (event) => {
        const button = event.target.closest(".pick[data-asks]");
        if (button && !button.form.querySelector("textarea").value.trim()) { event.preventDefault(); reasoned(button); }
    });

    document.addEventListener("keydown", (event) => {
        if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || help.open) return;
        const tour = document.querySelector("#tour:not([hidden])");
        if (tour?.contains(event.target) && event.key === "Enter") return; // its own button
        if (event.key === "Escape") { if (close()) event.preventDefault(); else tour?.querySelector("[data-skip]").click(); return; }
        const field = typing(event.target);
        if (field) {
            const form = field.form;
            // Of a form of reasons the browser would send the first one.
            const sends = field.tagName !== "INPUT" || form?.querySelector(".pick");
            if (event.key === "Enter" && !event.shiftKey && sends && form) {
                event.preventDefault();
                const wanted = form.dataset.with;
                const button = wanted ? form.querySelector(`.pick[value="${wanted}"]`) : form.querySelector("button[type=submit]:not(.pick)");
                if (button) button.click(); else form.querySelector(".pick")?.focus();
                return;
            }
            if (field.tagName !== "SELECT" || !/^[1-9]$/.test(event.key) || !form?.querySelector(".pick")) return;
        }
        // What is printed on the tour's button holds wherever the focus is, unless Enter means something there.
        if (event.key === "Enter" && tour && !popped() && !event.target.closest("button, a, summary")) {
            event.preventDefault();
            tour.querySelector("[data-on]").click();
            return;
        }
        const keys = laid();
        if (!Object.keys(keys).length) return; // switched off
        const open = popped();
        if (/^[1-9]$/.test(event.key)) {
            event.preventDefault();
            const pick = open && open.querySelectorAll(".pick")[Number(event.key) - 1];
            const radio = open && open.querySelectorAll("input[type=radio]")[Number(event.key) - 1];
            if (pick) reasoned(pick);
            else if (radio) {
                radio.checked = true;
                open.querySelector("textarea").focus();
            } else if (!open) show(event.key);
            return;
        }
        if (event.key === "ArrowDown" || event.key === "ArrowUp") {
            event.preventDefault();
            const by = event.key === "ArrowDown" ? 1 : -1;
            if (!open) { move(by); return; }
            const picks = [...open.querySelectorAll(".pick")];
            const at = picks.indexOf(document.activeElement);
            picks[at < 0 && by < 0 ? picks.length - 1 : (at + by + picks.length) % picks.length]?.focus();
            return;
        }
        const key = event.key.toLowerCase();
        const act = Object.keys(keys).find((name) => keys[name] === key);
        if (!act || event.repeat) return;
        event.preventDefault();
        if (event.shiftKey && act === "same") pop("all"); else acts[act]();
    });

    document.addEventListener("click", (event) => {
        const other = event.target.closest("[data-pop]");
        if (other) { event.preventDefault(); acts[other.dataset.pop](); }
        const link = event.target.closest("[data-act]");
        if (link && link.dataset.act === "filter") { event.preventDefault(); filter(); }
        if (link && link.dataset.act === "help") { event.preventDefault(); explain(); }
        if (event.target.closest("#saring [data-close]")) { event.preventDefault(); close(); }
    });
})();
