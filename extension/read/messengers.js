// Telegram Web (both clients) and WhatsApp Web: a bubble is a post, the chat is where it stood. Neither shows a message's address there,
// except Telegram in public channels.
"use strict";
sipatrol.readers.push((() => {
    const { dom } = sipatrol;
    // Web K numbers the messages of groups and channels from 2 to the 32nd on; the message's own number is what is above.
    const OFFSET = 4294967296;
    const REPLY = ".reply, .EmbeddedMessage, .tgme_widget_message_reply"; // the words answered to stand above the message's own
    const first = (element, selector) => [...element.querySelectorAll(selector)].find((each) => !each.closest(REPLY)) ?? null;
    return {
        platform: "telegram",
        hosts: /^(web\.telegram\.org|t\.me)$/,
        posts: () => [...document.querySelectorAll(".bubble[data-mid]:not(.service), .Message[data-message-id], .tgme_widget_message[data-post]")],
        read(element) {
            const head = document.querySelector(".chat-info .peer-title, .MiddleHeader .fullName, .tgme_channel_info_header_title, .tgme_header_title");
            const text = first(element, ".translatable-message, .text-content, .tgme_widget_message_text") ?? first(element, ".message");
            const name = first(element, ".name .peer-title-inner") ?? first(element, ".name .peer-title, .message-title-name, .sender-title, .tgme_widget_message_owner_name");
            const time = first(element, ".time, .message-time, time");
            const stamp = element.dataset.timestamp;
            const user = document.querySelector(".chat-info [data-username]")?.dataset.username || location.hash.match(/^#@([A-Za-z]\w{3,})/)?.[1] || "";
            const shown = Number(element.dataset.mid || element.dataset.messageId || 0), number = shown > OFFSET ? shown - OFFSET : shown;
            const inner = (node) => node.matches?.(`.time, .message-time, .MessageMeta, .reactions, ${REPLY}`);
            return {
                post: dom.post({
                    url: element.dataset.post ? `https://t.me/${element.dataset.post}` : user && Number.isInteger(number) && number > 0 && number < OFFSET ? `https://t.me/${user}/${number}` : "",
                    author_name: dom.words(name), text: dom.words(text, inner), links: dom.links(text, inner),
                    posted_at: /^\d{9,11}$/.test(stamp ?? "") ? new Date(stamp * 1000).toISOString() : dom.moment(time),
                    posted_at_source: (time?.getAttribute("title") || dom.words(time)).slice(0, 200), pictures: dom.pictures(element), origin: dom.words(head).slice(0, 300),
                }),
                comments: [],
            };
        },
    };
})());

sipatrol.readers.push((() => {
    const { dom } = sipatrol;
    // "[14.05, 12/11/2026] +62 840-0000-0000: " stands in data-pre-plain-text of each text; day and month as the telephone writes them.
    const PRE = /^\[(\d{1,2})[.:](\d\d)(?:[.:]\d\d)?(?:\s*([AP])M)?,\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{2,4})\]\s*(.*?):\s*$/i;
    const when = (found, indonesian) => {
        if (!found) return "";
        let [, hour, minute, half, day, month, year] = found;
        if (!indonesian && Number(day) <= 12 && Number(month) <= 12 && day !== month) return ""; // 3/4 may be April or March: asked of the officer
        if (Number(month) > 12) [day, month] = [month, day];
        hour = half ? (Number(hour) % 12) + (half.toUpperCase() === "P" ? 12 : 0) : Number(hour);
        const at = new Date(year.length === 2 ? 2000 + Number(year) : Number(year), month - 1, day, hour, minute);
        return Number.isNaN(at.getTime()) ? "" : at.toISOString();
    };
    return {
        platform: "whatsapp",
        hosts: /^web\.whatsapp\.com$/,
        posts: () => [...document.querySelectorAll("#main .message-in, #main .message-out, #main [data-id] [data-pre-plain-text]")]
            .filter((each) => !each.parentElement.closest(".message-in, .message-out")),
        read(element) {
            const copy = element.matches("[data-pre-plain-text]") ? element : element.querySelector("[data-pre-plain-text]");
            const pre = copy?.dataset.prePlainText ?? "", found = pre.match(PRE);
            const text = element.querySelector(".selectable-text, [data-testid='selectable-text']") ?? copy;
            const sender = (found?.[7] ?? "").replace(/[‪-‮⁦-⁩]/g, "");
            const head = document.querySelector("#main header [title], #main header span[dir='auto']");
            return {
                post: dom.post({
                    author: /^\+?[\d\s()-]{8,}$/.test(sender) ? sender.replace(/[^\d+]/g, "") : "", author_name: sender, text: dom.words(text), links: dom.links(text),
                    posted_at: when(found, (document.documentElement.lang || navigator.language).startsWith("id")), posted_at_source: pre.slice(0, 200),
                    origin: (head?.getAttribute("title") || dom.words(head)).slice(0, 300),
                }),
                comments: [],
            };
        },
    };
})());
