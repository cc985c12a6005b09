"""Markup from the worst of writers, for tests of everything that reads HTML."""

from hypothesis import strategies as st

from blog import richtext

ATTACKS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src='x' onerror='alert(1)' alt='y'>",
    '<img src="x` `<script>alert(1)</script>"` `>',
    "<img/src/onerror=alert(1)>",
    '<img """><script>alert(1)</script>">',
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=a()'>",
    "<math href=javascript:alert(1)>x</math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='&#106;avascript&colon;alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='file:///etc/passwd'>x</a>",
    "<a href='https://ok.example' onclick='alert(1)' target=_blank style='color:red'>x</a>",
    '<a href="https://ok.example/&quot; onmouseover=alert(1) x=&quot;">x</a>',
    "<a href=https://ok.example title='&quot; onfocus=alert(1) autofocus'>x</a>",
    "<img src='data:image/svg+xml;base64,PHN2Zz48L3N2Zz4='>",
    "<img src='mailto:a@b.example'>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='javascript:alert(1)'></object><embed src=x>",
    "<base href='https://evil.example/'><a href='x'>y</a>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href='https://evil.example/x.css'>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<p class='site-header' id='main'>x</p>",
    "<div onmouseenter=alert(1)>x</div>",
    "<details open ontoggle=alert(1)><summary>x</summary>y</details>",
    "<video><source onerror=alert(1)></video><audio src=x onerror=alert(1)>",
    "<form action='https://evil.example'><input name=q autofocus onfocus=alert(1)></form>",
    "<button formaction='javascript:alert(1)'>x</button>",
    "<textarea><img src=x onerror=alert(1)></textarea>",
    "<title><img src=x onerror=alert(1)></title>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'></xmp>",
    "<plaintext><script>alert(1)</script>",
    "<template><script>alert(1)</script></template>",
    "<table background='javascript:alert(1)'><tr><td onclick=alert(1) colspan='2;x'>x",
    "<mark data-marks='1' data-state='disputed'>x</mark>",
    "<span data-injected>Editor's note: x</span><sup data-injected class='mark-ref'>x</sup>",
    "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
    "&lt;img src=x onerror=alert(1)&gt;",
    "<p title='</p><script>alert(1)</script>'>x</p>",
    "<a href=https://x.example><a href=javascript:alert(1)>x",
    "<slot><dialog open onclose=alert(1)>x</dialog></slot>",
    "<x-y onclick=alert(1) is=z>x</x-y>",
    "<b/onclick=alert(1)//>x",
    "<\x00script>alert(1)</script>",
    "<img src=x:alert(1) onerror=eval(src) alt=0>",
]

TAGS = (
    "p div h1 h2 h3 h6 ul ol li blockquote pre a b strong em i u s strike code sub sup del ins br"
    " hr img table caption thead tbody tr th td figure figcaption script style svg math mi mtext"
    " foreignObject annotation-xml form button select option textarea title template noscript"
    " iframe object marquee details summary dl dt dd nobr ruby rt section span mark html body"
    " frameset input plaintext xmp x-y"
)
names = st.sampled_from(TAGS.split())
values = st.one_of(
    st.sampled_from(
        ["javascript:alert(1)", "https://a.example/?x=1&y=2", "mailto:a@b.example", "/x", "#y", "2"]
    ),
    st.text(max_size=8),
)
ATTRIBUTES = "href src title alt width colspan scope style class id onclick data-marks rel"
attribute_names = st.sampled_from(ATTRIBUTES.split())
attributes = st.builds(
    lambda name, value, quote: f" {name}={quote}{value}{quote}",
    attribute_names,
    values,
    st.sampled_from(['"', "'", ""]),
)
pieces = st.one_of(
    st.builds(
        lambda name, some: f"<{name}{''.join(some)}>", names, st.lists(attributes, max_size=3)
    ),
    st.builds(lambda name: f"</{name}>", names),
    st.text(max_size=6),
    st.sampled_from(["\n", "\n\n", " ", "<!--", "-->", "&", "&nbsp;", "&#1;", "&lt;", "\u202e"]),
    st.sampled_from(ATTACKS),
)
hostile_html = st.lists(pieces, max_size=25).map("".join)

# What an author writes: a small grammar of blocks and phrases, with the signs that shift offsets.

LINK = 'a href="/x" title="our data-marks data-injected"'
SIGNS = ("5&nbsp;g", "&amp;", "&lt;b&gt;", "\U0001f6b2", "e\u0301", "\u05d0\u05d1", "re\u00adpair")
WORDS = (
    "brake",
    "hub",
    "a",
    "the",
    "No",
    "caf\u00e9",
    "\u201cso\u201d",
    " ",
    "\n  ",
    ".",
    "\u4fee",
)
words = st.lists(st.sampled_from(SIGNS + WORDS), min_size=1, max_size=6).map(" ".join)
phrases = st.recursive(
    words,
    lambda inner: st.one_of(
        st.builds(
            lambda name, inside: f"<{name}>{inside}</{name}>",
            st.sampled_from(["strong", "em", "code", "sub", "s", "ins", "del", LINK]),
            inner,
        ),
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.sampled_from(["<br>", '<img src="/a.jpg" alt="a brake">']),
    ),
    max_leaves=6,
).map(lambda html: html.replace(f"</{LINK}>", "</a>"))
blocks = st.recursive(
    st.one_of(
        phrases.map(lambda inside: f"<p>{inside}</p>"),
        phrases.map(lambda inside: f"<h2>{inside}</h2>"),
        phrases.map(lambda inside: f"<pre>{inside}</pre>"),
        st.just("<hr>"),
    ),
    lambda inner: st.one_of(
        st.lists(st.one_of(inner, phrases), min_size=1, max_size=3).map(
            lambda items: "<ul>\n" + "".join(f"<li>{item}</li>\n" for item in items) + "</ul>"
        ),
        inner.map(lambda inside: f"<blockquote>{inside}</blockquote>"),
        st.builds(
            lambda one, other: f"<table><tr><th>{one}</th><td>{other}</td></tr></table>",
            phrases,
            inner,
        ),
    ),
    max_leaves=4,
)
articles = st.lists(blocks, max_size=5).map("\n".join)
bodies = st.one_of(articles, hostile_html).map(richtext.clean)
