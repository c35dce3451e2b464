// The map of ties: larger, smaller, one kind of tie away. The keys of the list. Everything works without it.
(() => {
    "use strict";
    document.addEventListener("DOMContentLoaded", () => {
        const web = document.getElementById("web");
        if (web) {
            const whole = { x: 0, y: 0, width: Number(web.dataset.width), height: Number(web.dataset.height) };
            let shown = { ...whole };
            const show = () => {
                web.setAttribute("viewBox", `${shown.x} ${shown.y} ${shown.width} ${shown.height}`);
                web.classList.toggle("near", shown.width < whole.width / 2);
            };
            const zoom = (factor, at) => {
                const width = Math.min(whole.width, Math.max(whole.width / 12, shown.width * factor));
                const height = width / whole.width * whole.height;
                const x = shown.x + (shown.width - width) * at.x, y = shown.y + (shown.height - height) * at.y;
                shown = { width, height, x: Math.min(Math.max(0, x), whole.width - width), y: Math.min(Math.max(0, y), whole.height - height) };
                show();
            };
            const middle = { x: .5, y: .5 };
            const buttons = document.querySelector(".zoom");
            buttons.hidden = false;
            buttons.addEventListener("click", (event) => {
                const way = event.target.dataset.zoom;
                if (way === "in") zoom(.6, middle);
                if (way === "out") zoom(1 / .6, middle);
                if (way === "all") { shown = { ...whole }; show(); }
            });
            web.addEventListener("wheel", (event) => {
                if (!event.ctrlKey) return;  // the page scrolls as everywhere; Ctrl and the wheel zoom
                event.preventDefault();
                const box = web.getBoundingClientRect();
                zoom(event.deltaY < 0 ? .8 : 1.25, { x: (event.clientX - box.x) / box.width, y: (event.clientY - box.y) / box.height });
            }, { passive: false });
            let held = null;
            web.addEventListener("pointerdown", (event) => { held = { x: event.clientX, y: event.clientY, from: { ...shown } }; });
            window.addEventListener("pointerup", () => { held = null; });
            web.addEventListener("pointermove", (event) => {
                if (!held || shown.width >= whole.width) return;
                const scale = shown.width / web.getBoundingClientRect().width;
                shown.x = Math.min(Math.max(0, held.from.x - (event.clientX - held.x) * scale), whole.width - shown.width);
                shown.y = Math.min(Math.max(0, held.from.y - (event.clientY - held.y) * scale), whole.height - shown.height);
                show();
            });
            for (const box of document.querySelectorAll("input[data-kind]")) {
                box.disabled = false;
                box.addEventListener("change", () => {
                    for (const part of web.querySelectorAll(`.k-${box.dataset.kind}`)) part.classList.toggle("off", !box.checked);
                });
            }
        }
        document.addEventListener("keydown", (event) => {
            const sheet = document.getElementById("keys");
            if (!sheet || !("on" in sheet.dataset) || sheet.open || event.ctrlKey || event.metaKey || event.altKey) return;
            if (event.target.matches("input:not([type=checkbox]), textarea, select")) return;
            const chosen = document.querySelector(".waiting .chosen");
            const next = document.querySelector(`.waiting [data-tie="${CSS.escape(event.key)}"]`);
            if (/^[1-9]$/.test(event.key) && next) {
                if (chosen) chosen.classList.remove("chosen");
                next.classList.add("chosen");
                next.focus();
                next.scrollIntoView({ block: "nearest" });
            } else if (chosen) {
                const button = chosen.querySelector(`[data-tie-key="${CSS.escape(event.key.toUpperCase())}"]`);
                if (!button) return;
                event.preventDefault();
                button.click();
                const asks = button.closest("details[open]");  // what it does is asked first: Enter goes on
                if (asks) asks.querySelector("[type=submit]").focus();
            }
        });
    });
})();
