// The few things a page cannot do by itself: keep the theme, copy a line. Every form works without it.
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
