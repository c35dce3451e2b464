// What a browser says of a field in a language of its own is said in the page's, and files are chosen, dropped or pasted in our words.
// Without script the browser's own fields stand there, and the server says what is wrong.
(() => {
    "use strict";
    const words = {};
    const say = (key, filled = {}) => (words[key] ?? "").replace(/\{(\w+)\}/g, (_whole, name) => filled[name] ?? "");

    const MISSING = { file: "no_file", checkbox: "tick", radio: "choose", "select-one": "choose" };
    const complaint = ({ validity: wrong, type, min, max, minLength }) => {
        if (wrong.valueMissing) return say(MISSING[type] ?? "empty");
        if (wrong.typeMismatch) return say(type === "email" ? "email" : "link");
        if (wrong.badInput) return say("number");
        if (wrong.rangeUnderflow) return say("least", { limit: min });
        if (wrong.rangeOverflow) return say("most", { limit: max });
        return wrong.tooShort ? say("short", { limit: minLength }) : say("other");
    };
    document.addEventListener("invalid", ({ target }) => {
        target.setCustomValidity("");
        if (!target.validity.valid) target.setCustomValidity(complaint(target));
    }, true);
    // A sentence of ours keeps a field wrong until it is taken away: before it is looked at anew.
    const forget = (form) => (form ? window.workbench.fieldsOf(form) : []).forEach((field) => field.setCustomValidity?.(""));
    ["input", "change"].forEach((kind) => document.addEventListener(kind, ({ target }) => forget(target.form), true));
    document.addEventListener("click", ({ target }) => forget(target.closest?.("button, input[type=submit]")?.form), true);

    const dressed = () => [...document.querySelectorAll("input[type=file].under")];
    const faceOf = (input) => input.parentElement.querySelector(".filed");
    const tell = (input, complaining = "") => {
        const { files } = input;
        const names = [...files].map((file) => file.name).join(", ");
        const many = files.length > 1 ? `${say("several", { count: files.length })}: ${names}` : names;
        faceOf(input).querySelector(".named").textContent = [many, complaining].filter(Boolean).join(" · ") || say("none");
    };
    const picture = (input) => !input.accept || input.accept.includes("image/");
    const dress = (input) => {
        const face = document.createElement("span");
        face.className = "filed";
        face.setAttribute("aria-hidden", "true"); // the field itself is read out and takes the keys
        const part = (name, text) => {
            const made = document.createElement("span");
            made.className = name;
            made.textContent = text;
            face.append(made);
            return made;
        };
        part("btn", say(input.multiple ? "files" : "file")).addEventListener("click", (event) => {
            event.preventDefault(); // within a label it would be clicked twice
            input.click();
        });
        part("named", "");
        if (picture(input)) part("mut f12", say("paste"));
        const held = document.createElement("span");
        held.className = "filebox";
        input.replaceWith(held);
        held.append(input, face);
        input.classList.add("under");
        input.hasChangeListener = true; // else django-unfold writes the file's name into the first text field of the form
        input.addEventListener("change", () => tell(input));
        input.form?.addEventListener("reset", () => setTimeout(() => tell(input)));
        tell(input);
    };

    const fits = (input, { name, type }) => {
        const kinds = input.accept.split(",").map((one) => one.trim().toLowerCase()).filter(Boolean);
        const is = (one) => (one.startsWith(".") ? name.toLowerCase().endsWith(one) : one.endsWith("/*") ? type.startsWith(one.slice(0, -1)) : type === one);
        return !kinds.length || kinds.some(is);
    };
    const same = (one) => (other) => ["name", "size", "lastModified"].every((part) => one[part] === other[part]);
    /** Puts files into a field: beside what is there where it holds several, each once, else in its place. */
    const give = (input, brought) => {
        const fitting = brought.filter((file) => fits(input, file));
        if (!fitting.length) {
            tell(input, say("wrong_kind", { name: brought[0].name }));
            return;
        }
        const kept = new DataTransfer();
        const all = input.multiple ? [...input.files, ...fitting] : fitting.slice(0, 1);
        all.filter((file, n) => all.findIndex(same(file)) === n).forEach((file) => kept.items.add(file));
        input.files = kept.files;
        input.dispatchEvent(new Event("change", { bubbles: true }));
        const left = brought.find((file) => !fits(input, file));
        if (left) tell(input, say("wrong_kind", { name: left.name }));
        else if (fitting.length > all.length) tell(input, say("only_one"));
    };
    /** What may be meant: the field somebody is at, else those of the form somebody is in, else those in sight. */
    const meant = (target, which = () => true) => {
        const seen = dressed().filter((input) => faceOf(input).offsetParent && which(input));
        const at = target.closest?.(".fld, .filebox")?.querySelector("input.under");
        if (seen.includes(at)) return [at];
        const form = target.closest?.("form");
        const near = seen.filter((input) => form && input.form === form);
        return near.length ? near : seen;
    };
    document.addEventListener("paste", (event) => {
        const { files, types } = event.clipboardData;
        const pictures = [...files].filter((file) => file.type.startsWith("image/"));
        const [input, ...others] = meant(event.target, picture);
        if (!input || !pictures.length || types.includes("text/plain")) return; // text goes where it is typed
        event.preventDefault();
        if (others.length) {
            tell(input, say("which"));
            return;
        }
        const at = new Date().toISOString().slice(0, 19).replace(/\D/g, "");
        const named = (file, n) => new File([file], `${say("pasted")}-${at}${n ? `-${n}` : ""}.${file.type.slice(6)}`, { type: file.type });
        give(input, pictures.map(named));
    });
    const over = (form) => [...document.forms].forEach((one) => one.classList.toggle("over", one === form));
    document.addEventListener("dragover", (event) => {
        if (!dressed().length || !event.dataTransfer.types.includes("Files")) return;
        event.preventDefault(); // else the browser would leave the page, and what was typed, for the file
        const [{ form } = {}, ...others] = meant(event.target);
        over(others.every((input) => input.form === form) ? form : undefined);
    });
    document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) over(); });
    document.addEventListener("drop", (event) => {
        if (!dressed().length || !event.dataTransfer.files.length) return;
        event.preventDefault();
        over();
        const [input, ...others] = meant(event.target);
        if (others.length) tell(input, say("which"));
        else if (input) give(input, [...event.dataTransfer.files]);
    });

    document.addEventListener("DOMContentLoaded", () => {
        Object.assign(words, JSON.parse(document.getElementById("field-words")?.dataset.words || "{}"));
        document.querySelectorAll("input[type=file]").forEach(dress);
    });
})();
