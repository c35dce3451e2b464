// A reason and its places: in the text by data-of, on pictures by the links the server made. Pressed again it is let go.
(() => {
    "use strict";
    const { root } = window.desk;

    const show = (number) => {
        const reason = root.querySelector(`.rs[data-reason="${number}"]`);
        const was = reason && reason.classList.contains("hot");
        root.querySelectorAll(".hot").forEach((one) => one.classList.remove("hot"));
        if (!reason || was) return;
        reason.classList.add("hot");
        const marks = [...root.querySelectorAll(`mark[data-of~="${number}"]`)];
        const boxes = [...reason.querySelectorAll("a[href^='#tempat']")].map((link) => document.getElementById(link.hash.slice(1))).filter(Boolean);
        [...marks, ...boxes].forEach((one) => one.classList.add("hot"));
        const first = marks[0] || boxes[0];
        const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
        if (first) first.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    };

    root.addEventListener("click", (event) => {
        const reason = event.target.closest(".rs");
        const mark = event.target.closest("mark[data-of]");
        if (reason && event.target.closest("a")) {
            event.preventDefault();
            show(reason.dataset.reason);
        } else if (mark) show(mark.dataset.of.split(" ")[0]);
        if (event.target.closest("[data-close]")) {
            const open = event.target.closest("details");
            if (open) { open.open = false; open.querySelector("summary").focus(); }
        }
    });
    let at = -1;
    const picture = () => {
        const veil = root.querySelector("[data-unveil]");
        if (veil) { veil.click(); return; }
        const all = root.querySelectorAll(".pic");
        if (!all.length) return;
        at = (at + 1) % all.length;
        all[at].scrollIntoView({ block: "start" });
    };
    window.desk.after(() => { at = -1; });
    Object.assign(window.desk, { show, picture });
})();
