"""The second part of `make shots`: the pictures of how the extension is installed, into static/extension-steps/.

One picture a step: the folder the ZIP becomes, the browser's page of extensions, the settings, the draft of a post. A Chromium of its own
loads the extension as an officer does; the page it captures is invented. The extension speaks Indonesian in them whatever languages this
Chromium has; the browser's own pages speak English where Debian's has nothing else.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import BrowserContext, Page, sync_playwright

from patrol.intake import extension

PROJECT: Final = Path(__file__).resolve().parent.parent
PICTURES: Final = PROJECT / "static" / "extension-steps"
CHROMIUM: Final = "/usr/bin/chromium"
_SIZE: Final = {"width": 1000, "height": 560}
_COLOURS: Final = 64  # a page of text needs no more
_POST: Final = "https://contoh.example/lowongan"
_PAGE: Final = """<!doctype html><html lang="id"><title>Lowongan (contoh)</title><article><h1>Lowongan (contoh)</h1>
<p>Dibutuhkan pekerja pabrik di Negeri Contoh, gaji besar, berangkat cepat. Unggahan ini rekaan.</p></article>"""


# The browser lists a folder with the path of this machine and the day of this run: neither is an officer's.
_LISTED: Final = """name => {
    document.title = document.getElementById("header").textContent = name;
    document.querySelectorAll("#parentDirLinkBox, #theader > th:nth-child(3), #tbody td:nth-child(3)").forEach(one => one.remove());
}"""


def _keep(name: str, page: Page) -> None:
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(_COLOURS)
    PICTURES.mkdir(exist_ok=True)
    picture.save(PICTURES / f"{name}.png", optimize=True)


def _loaded(folder: Path) -> Path:
    """The extension with Indonesian words in the place of the English ones."""
    place = folder / extension.NAME
    shutil.copytree(extension.FOLDER, place)
    shutil.copy(place / "_locales" / "id" / "messages.json", place / "_locales" / "en" / "messages.json")
    return place


def _unpacked(folder: Path) -> Path:
    """What the ZIP that officers download becomes."""
    place = folder / "Documents"
    with zipfile.ZipFile(io.BytesIO(extension.packed())) as given:
        given.extractall(place)
    return place / extension.NAME


def _taken(context: BrowserContext, unpacked: Path) -> None:
    workers = context.service_workers or [context.wait_for_event("serviceworker")]
    own = workers[0].url.split("/")[2]
    context.pages[0].wait_for_url("**/options.html")  # its settings open by themselves once, in whichever empty tab there is
    page = context.new_page()
    page.goto(unpacked.as_uri())
    page.evaluate(_LISTED, f"{unpacked.parent.name} › {unpacked.name}")
    _keep("unpack", page)
    page.goto("chrome://extensions/")
    page.locator("#devMode").click()
    page.get_by_text("Load unpacked").wait_for()
    page.wait_for_timeout(1_000)  # the buttons slide in
    _keep("load", page)
    page.goto(f"chrome-extension://{own}/options.html")
    page.fill("[name=server]", "https://sipatrol.example")
    page.fill("[name=code]", "ABCD-EFGH")
    _keep("pair", page)
    page.goto(_POST)
    page.bring_to_front()
    assert context.browser is not None
    session = context.browser.new_browser_cdp_session()
    tabs = session.send("Target.getTargets", {"filter": [{"type": "tab"}]})["targetInfos"]
    tab = next(one["targetId"] for one in tabs if one["url"] == _POST)
    with context.expect_page() as opened:
        session.send("Extensions.triggerAction", {"id": own, "targetId": tab})
    opened.value.locator("#form button[type=submit]").wait_for()
    opened.value.set_viewport_size(_SIZE)  # type: ignore[arg-type]
    _keep("draft", opened.value)


def main() -> int:
    if not Path(CHROMIUM).exists():
        print("Pictures need Chromium (apt: chromium).", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="steps-") as folder, sync_playwright() as playwright:
        loaded = _loaded(Path(folder))
        context = playwright.chromium.launch_persistent_context(
            Path(folder) / "profile",
            executable_path=CHROMIUM,
            headless=False,
            args=[
                "--headless=new",
                "--no-sandbox",  # Chromium as root needs it; it sees the extension and one invented page
                "--disable-gpu",
                f"--disable-extensions-except={loaded}",
                f"--load-extension={loaded}",
                "--enable-unsafe-extension-debugging",
                "--disable-features=DisableLoadExtensionCommandLineSwitch,OptimizationHints,Translate",
            ],
            viewport=_SIZE,  # type: ignore[arg-type]
        )
        context.route(_POST, lambda route: route.fulfill(body=_PAGE, content_type="text/html"))
        try:
            _taken(context, _unpacked(Path(folder)))
        finally:
            context.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
