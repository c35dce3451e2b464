// What can be captured: the platform as the server names it, its name on the screen, and the file that reads its pages. One line each, in
// the order they are offered; what reads any page comes last.
import { t } from "./words.js";

export const PLATFORMS = [
    ["facebook", "Facebook", "read/facebook.js"],
    ["tiktok", "TikTok", "read/tiktok.js"],
    ["instagram", "Instagram", "read/instagram.js"],
    ["whatsapp", "WhatsApp", "read/messengers.js"],
    ["telegram", "Telegram", "read/messengers.js"],
    ["x", "X (Twitter)", "read/x.js"],
    ["youtube", "YouTube", "read/youtube.js"],
    ["threads", "Threads", "read/instagram.js"],
    ["web", t("platform_web"), "read/page.js"],
];
