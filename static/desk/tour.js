// The tour step by step; without scripts its five sentences stand there at once. Seen or skipped, the server keeps it.
(() => {
    "use strict";
    const tour = document.getElementById("tour");
    if (!tour) return;
    const steps = [...tour.querySelectorAll("li")];
    const on = tour.querySelector("[data-on]");
    const form = tour.querySelector("form");
    let at = -1;

    const light = (step) => {
        document.querySelectorAll(".toured").forEach((one) => one.classList.remove("toured"));
        const place = step && document.querySelector(`#desk ${step.dataset.at}`);
        if (place) place.classList.add("toured");
    };
    const end = () => {
        light(null);
        fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin", redirect: "manual", keepalive: true });
        tour.remove();
        document.querySelector("#desk [autofocus], #desk #gist")?.focus();
    };
    const next = () => {
        at += 1;
        if (at === steps.length) { end(); return; }
        steps.forEach((step, place) => step.classList.toggle("now", place === at));
        light(steps[at]);
        on.focus({ preventScroll: true });
    };
    on.hidden = false;
    tour.classList.add("stepping");
    form.addEventListener("submit", (event) => {
        event.preventDefault();
        if (event.submitter === on) next(); else end();
    });
    // Beside the desk, not over it: Enter and Esc are its own while the focus is in it, every other key does what it always does.
    tour.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); end(); } });
    // It begins at the first post that is opened: before that, most of what it lights is not there.
    const begin = () => {
        if (at >= 0 || !tour.isConnected || !("flag" in window.desk.state().dataset)) return;
        tour.hidden = false;
        next();
    };
    tour.hidden = true;
    // After an exchange the desk has the focus and new panes: the tour takes nothing, and lights its place again.
    window.desk.after(() => { if (at >= 0 && tour.isConnected) light(steps[at]); else begin(); });
    begin();
})();
