// The officer points at the post that is meant. Nothing of the page is changed but one outline, which is taken away again.
"use strict";
(() => {
    const { reader } = sipatrol;
    document.querySelector("sipatrol-picker")?.remove();
    const host = document.createElement("sipatrol-picker");
    const root = host.attachShadow({ mode: "closed" }); // the page's styles and scripts do not reach in
    const frame = document.createElement("div"), told = document.createElement("div");
    frame.style.cssText = "position:fixed;z-index:2147483646;pointer-events:none;border:3px solid #1d4ed8;border-radius:6px;background:rgb(29 78 216/.12);display:none";
    told.style.cssText = "position:fixed;z-index:2147483647;left:50%;top:12px;transform:translateX(-50%);padding:8px 14px;border-radius:6px;background:#101828;color:#fff;font:14px/20px system-ui,sans-serif;max-width:90vw";
    told.textContent = chrome.i18n.getMessage("pick_told");
    told.setAttribute("role", "status");
    root.append(frame, told);
    document.documentElement.append(host);

    const candidates = reader.posts();
    const under = (target) => {
        const known = candidates.find((each) => each !== document.body && each.contains(target));
        if (known) return known;
        // On a page no reader knows: the smallest block around the pointer that holds more than a line.
        let one = target;
        while (one?.parentElement && one.parentElement !== document.body && (one.getBoundingClientRect().height < 80 || one.textContent.trim().length < 40)) one = one.parentElement;
        return one;
    };
    const move = (event) => {
        const box = under(event.target)?.getBoundingClientRect();
        if (box) Object.assign(frame.style, { display: "block", left: `${box.left - 3}px`, top: `${box.top - 3}px`, width: `${box.width}px`, height: `${box.height}px` });
    };
    const stop = () => {
        for (const [name, what] of handlers) document.removeEventListener(name, what, true);
        host.remove();
    };
    const say = (chosen) => {
        stop();
        chrome.runtime.sendMessage({ say: "picked", chosen });
    };
    const click = (event) => {
        if (!event.isTrusted) return; // the page cannot choose for the officer
        event.preventDefault();
        event.stopImmediatePropagation();
        sipatrol.chosen = under(event.target);
        say(true);
    };
    const key = (event) => { if (event.key === "Escape") say(false); };
    const still = (event) => { event.preventDefault(); event.stopImmediatePropagation(); };
    const handlers = [["mousemove", move], ["click", click], ["mousedown", still], ["mouseup", still], ["pointerdown", still], ["pointerup", still], ["keydown", key]];
    for (const [name, what] of handlers) document.addEventListener(name, what, true);
})();
