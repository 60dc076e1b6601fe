import pytest

from bot.local.browser.inline import draw_plain, typed_text
from bot.local.browser.mrkdwn import draw_mrkdwn
from bot.local.browser.scene import Scene
from tests.local_browser.conftest import make_scene
from tests.local_browser.harmless import words_of

ME = '<span class="mention mention-me">{}</span>'
ADDRESS = "https://e.org/?a=1&amp;b=_x_"
LINK = '<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>'
CASES = [
    # Emphasis stands at the edges of words only.
    ("*bold* _it_ ~gone~", "<strong>bold</strong> <em>it</em> <s>gone</s>"),
    ("(*bold*), *bold*.", "(<strong>bold</strong>), <strong>bold</strong>."),
    ("a*b*c 2*3*4 snake_case_name", "a*b*c 2*3*4 snake_case_name"),
    ("* not bold * and ** neither **", "* not bold * and ** neither **"),
    ("**twice**", "**twice**"),
    ("*over\ntwo lines*", "*over<br>two lines*"),
    ("*_both_* and _*both*_", "<strong><em>both</em></strong> and <em><strong>both</strong></em>"),
    ("*a* b *c*", "<strong>a</strong> b <strong>c</strong>"),
    ("_a_b_", "<em>a_b</em>"),
    ("*a.*) *b*", "<strong>a.</strong>) <strong>b</strong>"),
    ("*unclosed", "*unclosed"),
    ("*", "*"),
    # In code nothing is markup.
    ("`*x* _y_ :tada:`", "<code>*x* _y_ :tada:</code>"),
    ("`&lt;b&gt; &amp;amp;`", "<code>&lt;b&gt; &amp;amp;</code>"),
    ("`<https://e.org|label>`", "<code>label</code>"),
    ("*a `b* c` d*", "<strong>a <code>b* c</code> d</strong>"),
    ("``", "``"),
    ("```x *y*\n`z````", '<pre class="code-block">x *y*\n`z`</pre>'),
    ("a\n```\nb\n```\nc", 'a<pre class="code-block">b</pre>c'),
    ("``` unclosed *b*", "``` unclosed <strong>b</strong>"),
    # Quotes.
    ("&gt; one\n&gt; two\nthree", "<blockquote>one<br>two</blockquote>three"),
    ("a\n&gt;&gt;&gt; b\nc", "a<blockquote>b<br>c</blockquote>"),
    ("a &gt; b", "a &gt; b"),
    # Links.
    ("<https://e.org|an *odd* label>", LINK.format("https://e.org", "an *odd* label")),
    (f"<{ADDRESS}>", LINK.format(ADDRESS, ADDRESS)),
    ("*<https://e.org|x>*", "<strong>" + LINK.format("https://e.org", "x") + "</strong>"),
    ("<mailto:a@e.org|a@e.org>", LINK.format("mailto:a@e.org", "a@e.org")),
    ("see https://e.org/a_b, and", "see " + LINK.format("https://e.org/a_b", "https://e.org/a_b") + ", and"),
    ("(https://e.org/x_(y))", "(" + LINK.format("https://e.org/x_(y)", "https://e.org/x_(y)") + ")"),
    ("<javascript:alert(1)|click>", "click"),
    ("<data:text/html,x|click>", "click"),
    ("<JaVaScRiPt:alert(1)>", "&lt;JaVaScRiPt:alert(1)&gt;"),
    ('<https://e.org/"onclick="x|y>', "y"),
    ("<//evil.example|y>", "y"),
    # Mentions.
    ("<@UADA>", '<span class="mention mention-me" data-user="UADA">@Ada Byron</span>'),
    ("<@UBO|bo>", '<span class="mention" data-user="UBO">@Bo &lt;b&gt;Diddley&lt;/b&gt;</span>'),
    ("<@UNONE>", '<span class="mention" data-user="UNONE">@unknown-user</span>'),
    ("<#CGEN>", '<a class="mention" href="/client/UADA/CGEN">#general</a>'),
    ("<#CHIDDEN>", '<span class="mention">🔒 private-channel</span>'),
    ("<!here> <!channel>", f"{ME.format('@here')} {ME.format('@channel')}"),
    ("<!subteam^S1|@team>", '<span class="mention">@team</span>'),
    ("<!odd|said>", "said"),
    ("&lt;!channel&gt; &lt;@UADA&gt;", "&lt;!channel&gt; &lt;@UADA&gt;"),
    # Dates, in New York.
    ("<!date^1795435200^{time}|x>", '<time title="Monday, November 23rd, 2026 at 7:00 AM">7:00 AM</time>'),
    ("<!date^oops^{time}|said *so*>", "said *so*"),
    # Three characters are escaped, and no more.
    ("&amp;lt; &quot; &lt;b&gt;", "&amp;lt; &amp;quot; &lt;b&gt;"),
    ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ('"><img src=x onerror=y>', "&#34;&gt;&lt;img src=x onerror=y&gt;"),
    ("10:30:45 :nosuch:", "10:30:45 :nosuch:"),
    ("- a list\n• is text", "- a list<br>• is text"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "html"), CASES)
def test_mrkdwn(text: str, html: str, scene: Scene) -> None:
    drawn = draw_mrkdwn(text, scene)
    words_of(drawn)
    assert drawn == html


def test_an_emoji_says_its_name(scene: Scene) -> None:
    drawn = draw_mrkdwn(":white_check_mark: :+1::skin-tone-3:", scene)
    assert 'aria-label="white check mark emoji"' in drawn
    assert words_of(drawn) == "✅ 👍🏼"


def test_what_is_settled_cannot_be_forged(scene: Scene) -> None:
    """The marks that stand for settled parts are not characters; a text that has them loses them."""
    drawn = draw_mrkdwn("\ufdd00\ufdd1 \ufdd099\ufdd1 `x`", scene)
    assert words_of(drawn) == "\ufffd0\ufffd \ufffd99\ufffd x"


def test_plain_text_knows_no_markup() -> None:
    assert words_of(draw_plain("*a* <@UADA> `b`\n&lt;c&gt;")) == "*a* <@UADA> `b`<c>"
    assert "<br>" in draw_plain("a\nb")
    assert words_of(draw_plain(":tada:")) == "🎉"
    assert words_of(draw_plain(":tada:", emoji=False)) == ":tada:"


def test_a_message_can_be_edited_as_it_was_typed() -> None:
    text = "<@UBO> see <#CGEN|general> &amp; <https://e.org|here> <!here> &lt;3"
    assert typed_text(text, make_scene()) == "@bo see #general & https://e.org @here <3"


@pytest.mark.parametrize(
    "piece", ["*a ", "_a_b ", "~a~", "`", "```", "<a", "<", "&gt;", ":a:", "*_~", "https://"]
)
def test_a_long_text_takes_little_time(piece: str, scene: Scene) -> None:
    """40,000 characters is what Slack lets through; time that grew with the square would be minutes."""
    words_of(draw_mrkdwn(piece * (40_000 // len(piece)), scene))
