// Single keys of a page outside the desk. What a key does stands in the page: data-press on what it reaches. In a field they do nothing, with
// Ctrl, Alt or Meta neither. A key chooses and moves; only Enter sends, on the button that has the focus.
(() => {
    "use strict";
    const help = document.getElementById("keys");
    if (!help) return;
    const page = document.getElementById("content") || document.body;
    const typing = (target) => target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
    const boxes = () => [...page.querySelectorAll("[data-rows] input[type=checkbox]")];
    const rows = () => { const found = boxes(); return found.length ? found : [...page.querySelectorAll("[data-rows] a[href]")]; };
    // All, or none where all are ticked already.
    const tick = () => { const found = boxes(); const all = found.every((one) => one.checked); found.forEach((one) => { one.checked = !all; }); };
    const group = () => page.querySelector("fieldset[data-press].sel");

    const look = (element) => { element.focus(); element.scrollIntoView({ block: "nearest" }); };
    const move = (by) => {
        const held = group();
        const among = held ? [...held.querySelectorAll("input[type=radio]")] : rows();
        if (!among.length) return false;
        const here = among.indexOf(document.activeElement);
        look(among[here < 0 ? (by > 0 ? 0 : among.length - 1) : (here + by + among.length) % among.length]);
        return true;
    };
    const leave = () => {
        const open = page.querySelector("details.verb[open]");
        const held = group();
        if (open) { open.open = false; open.querySelector("summary").focus(); return true; }
        if (held) { held.classList.remove("sel"); document.activeElement.blur(); return true; }
        if (document.activeElement && document.activeElement !== document.body) { document.activeElement.blur(); return true; }
        return false;
    };
    // A reason that says nothing without words, or a note that has to be written: the cursor goes there; else to the button.
    const chosen = (radio) => {
        radio.checked = true;
        const note = radio.form.querySelector("textarea");
        const words = note && !note.value.trim() && (note.required || radio.value.endsWith(":other"));
        look(words ? note : radio.form.querySelector("button[type=submit]"));
    };
    const reach = (element) => {
        if (element.matches("fieldset")) {
            page.querySelectorAll("fieldset.sel").forEach((one) => one.classList.toggle("sel", one === element));
            element.classList.add("sel");
            look(element.querySelector("input[type=radio]"));
        } else if (element.matches("summary")) {
            const details = element.parentElement;
            details.open = true;
            look(details.querySelector("select, input:not([type=hidden]), textarea") || element);
        } else if (element.matches("a[href], [data-ticks]")) {
            element.click();
        } else {
            look(element); // a field, or a button that Enter presses
        }
    };

    document.addEventListener("keydown", (event) => {
        if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || help.open) return;
        if (event.key === "Escape") { if (leave()) event.preventDefault(); return; }
        const field = typing(event.target);
        if (field) {
            if (event.key === "Enter" && !event.shiftKey && field.matches("textarea") && field.form) {
                event.preventDefault();
                field.form.requestSubmit();
            }
            return;
        }
        if (!("on" in help.dataset)) return;
        if (event.key === "ArrowDown" || event.key === "ArrowUp") {
            if (move(event.key === "ArrowDown" ? 1 : -1)) event.preventDefault();
            return;
        }
        if (event.key === "Enter" && event.target.matches("[data-rows] input[type=checkbox]")) { // it ticks, and sends nothing
            event.preventDefault();
            event.target.checked = !event.target.checked;
            return;
        }
        const held = group();
        if (held && event.target.matches("input[type=radio]") && event.key === "Enter") { event.preventDefault(); chosen(event.target); return; }
        if (held && /^[1-9]$/.test(event.key)) {
            const radio = held.querySelectorAll("input[type=radio]")[Number(event.key) - 1];
            if (radio) { event.preventDefault(); chosen(radio); }
            return;
        }
        if (event.repeat) return;
        const key = event.key.toUpperCase();
        if (key === help.dataset.help) { event.preventDefault(); help.showModal(); return; }
        const element = [...page.querySelectorAll("[data-press]")].find((one) => one.dataset.press === key);
        if (element) { event.preventDefault(); reach(element); }
    });

    document.addEventListener("click", (event) => {
        if (event.target.closest("[data-ticks]")) { tick(); return; }
        if (event.target.closest("[data-keys-sheet]")) { event.preventDefault(); help.showModal(); }
    });
})();
