// Passkeys: a button with `data-passkey="create"` or `"get"` asks the browser's authenticator and sends what it answers in the field
// `credential` of its form. What to sign stands in `data-options`, or is asked for at `data-from`.
(() => {
    "use strict";

    const numbered = /^[\d.]+$|^\[/.test(location.hostname);
    const able = () => window.isSecureContext && window.PublicKeyCredential && !numbered;

    const say = (button, words) => {
        const said = document.getElementById(button.dataset.said);
        said.querySelector("[data-words]").textContent = words;
        said.hidden = false;
    };

    // Enter in a field of a form that only a passkey sends: the button is meant.
    document.addEventListener("submit", (event) => {
        const button = event.target.querySelector("[data-passkey]");
        if (!button || event.submitter) return;
        event.preventDefault();
        button.click();
    });

    document.addEventListener("click", async (event) => {
        const button = event.target.closest("[data-passkey]");
        if (!button) return;
        event.preventDefault();
        if (!able()) {
            say(button, numbered ? button.dataset.numbered : button.dataset.unable);
            return;
        }
        button.disabled = true;
        try {
            let options = button.dataset.options && JSON.parse(button.dataset.options);
            if (!options) {
                const answer = await fetch(button.dataset.from, { headers: { Accept: "application/json" } });
                options = await answer.json();
                if (!answer.ok) {
                    say(button, options.said);
                    return;
                }
            }
            const made = await window.webauthnJSON[button.dataset.passkey](options);
            button.form.elements.credential.value = JSON.stringify(made);
            button.form.submit();
        } catch (error) {
            say(button, error.name === "InvalidStateError" ? button.dataset.held : button.dataset.failed);
        } finally {
            button.disabled = false;
        }
    });
})();
