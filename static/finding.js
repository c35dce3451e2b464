// Finding things again. Everything works without it: it only spares the way to the mouse.
(() => {
    "use strict";
    // Ctrl-K from anywhere, also out of an input field: to the search box of the top bar.
    document.addEventListener("keydown", (event) => {
        const box = document.querySelector(".find input[name=what]");
        if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && box) {
            event.preventDefault();
            box.focus();
            box.select();
        } else if (event.key === "Escape" && event.target === box) {
            box.value = "";
            box.blur();
        }
    });

    // Arrows walk through a list of hits; Enter is the browser's own.
    document.addEventListener("keydown", (event) => {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        const links = [...document.querySelectorAll(".found a")];
        if (!step || !links.length || event.ctrlKey || event.altKey || event.metaKey) return;
        const here = links.indexOf(document.activeElement);
        if (here < 0 && !event.target.matches("body, main, .find input")) return;
        event.preventDefault();
        links[Math.min(links.length - 1, Math.max(0, here < 0 ? 0 : here + step))].focus();
    });

    document.addEventListener("DOMContentLoaded", () => {
        const first = document.querySelector("[data-first]");
        if (first) first.focus();
        // A value shown with a purpose leaves the screen by itself, also when somebody goes away and leaves it open.
        for (const shown of document.querySelectorAll("[data-hide-after]")) {
            setTimeout(() => location.replace(location.pathname.replace(/tampilkan\/$/, "")), Number(shown.dataset.hideAfter) * 1000);
        }
        // In the box for notes: Ctrl-Enter sends, so that nobody leaves the keyboard during a call.
        const quick = document.querySelector("form.quick");
        if (quick) {
            quick.addEventListener("keydown", (event) => {
                if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); quick.requestSubmit(); }
            });
        }
    });
})();
