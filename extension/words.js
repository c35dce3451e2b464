// The extension's sentences. Pages carry keys, never words: data-t for the words of an element, data-t-label for its label.
export const t = (key, ...parts) => chrome.i18n.getMessage(key, parts.map(String)) || key;

const english = () => chrome.i18n.getMessage("@@ui_locale").startsWith("en");

/** In which of the two the server is to say why it refuses. */
export const accepts = () => ({ "Accept-Language": english() ? "en" : "id" });

/** The server's sentence, or one of ours by its key. What waits from before version 1.1 has it in both languages. */
export const said = (problem) => {
    if (!problem) return "";
    return problem.sentence || (english() ? problem.en : problem.id) || t(problem.key, ...(problem.parts ?? []));
};

export const fill = (root = document) => {
    document.documentElement.lang = english() ? "en" : "id";
    for (const one of root.querySelectorAll("[data-t]")) one.textContent = t(one.dataset.t);
    for (const one of root.querySelectorAll("[data-t-label]")) one.setAttribute("aria-label", t(one.dataset.tLabel));
};
