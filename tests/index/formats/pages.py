"""Pages, mails and books as the world makes them, for tests of their loaders."""

NEWS_TITLE = "Council Approves New Bridge Over the Aller"

NEWS = (
    "The town council of Verden approved a new bridge over the Aller on Tuesday, ending nine years of dispute.",
    "The vote was 21 to 18. Mayor Anna Lindqvist said that work would begin in March and cost €41.5 million, "
    "of which the state pays two thirds.",
    "Why the old bridge has to go",
    "Engineers found cracks in three of its seven piers in 2021. Since then, lorries have gone by way of Hutbergen, "
    "a detour of twelve kilometres that takes them through two villages and past a school.",
    "“We will not wait until it falls,” Lindqvist told the council.",
    "The new bridge will have",
    "two lanes for cars and lorries,",
    "a separate path for bicycles, three metres wide,",
    "room for a tramway, should there ever be one.",
    "Year | Cost in million euros",
    "2025 | 12.5",
    "2026 | 29.0",
    "What its opponents say",
    "Residents of the Fischerstraße fear for their quiet. Their lawyer, Erik Brandt, said on Wednesday that he would "
    "ask the court at Stade to stop the work.",
)
"""The paragraphs of the article of `NEWS_PAGE`, its headings among them."""

NEWS_HEADINGS = (NEWS[2], NEWS[12])

NEWS_PAGE = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{NEWS_TITLE} | Harbour Times</title>
<link rel="canonical" href="https://www.harbourtimes.example/2024/11/verden-bridge">
<meta property="og:title" content="{NEWS_TITLE}">
<meta property="og:site_name" content="Harbour Times">
<meta property="og:url" content="https://www.harbourtimes.example/2024/11/verden-bridge">
<meta property="article:published_time" content="2024-11-12T18:30:00+01:00">
<meta property="article:modified_time" content="2024-11-14T09:00:00+01:00">
<meta name="author" content="Jane Doe">
<script type="application/ld+json">
{{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "{NEWS_TITLE}",
 "datePublished": "2024-11-12T18:30:00+01:00", "author": {{"@type": "Person", "name": "Jane Doe"}},
 "publisher": {{"@type": "Organization", "name": "Harbour Times"}},
 "articleBody": "NOISE in the data of the page, which no reader sees."}}
</script>
<script>var NOISE = "<p>NOISE in a script</p>";</script>
<style>.NOISE {{ color: red }}</style>
</head>
<body>
<noscript><p>NOISE Please enable JavaScript to read this page as it was meant to be read by its makers.</p></noscript>
<div id="cookie-banner" class="cookie-consent" role="dialog">
<p>NOISE We value your privacy. We and our 812 partners store and access information on your device.</p>
<button>NOISE Accept all</button></div>
<header class="site-header"><a href="/">NOISE Harbour Times</a>
<nav><ul><li><a href="/news">NOISE News</a></li><li><a href="/sport">NOISE Sport</a></li></ul></nav></header>
<main>
<article>
<h1>{NEWS_TITLE}</h1>
<p class="byline">By <a rel="author" href="/jane-doe">Jane Doe</a>,
<time datetime="2024-11-12">12 November 2024</time></p>
<figure><img src="bridge.jpg" alt=""><figcaption>NOISE The old bridge. Photograph: J. Roe</figcaption></figure>
<div class="article-body">
<p>The town council of <a href="/tag/verden">Verden</a> approved a new bridge
over the <em>Aller</em> on <time datetime="2024-11-12">Tuesday</time>, ending nine years of dispute.</p>
<p>{NEWS[1]}</p>
<div class="newsletter-signup"><h3>NOISE Our newsletter</h3><p>NOISE The best of our reporting, every morning.</p></div>
<h2>{NEWS[2]}</h2>
<p>{NEWS[3]}</p>
<blockquote><p>{NEWS[4]}</p></blockquote>
<p>{NEWS[5]}</p>
<ul><li>{NEWS[6]}</li><li>{NEWS[7]}</li><li>{NEWS[8]}</li></ul>
<table><thead><tr><th>Year</th><th>Cost in million euros</th></tr></thead>
<tbody><tr><td>2025</td><td>12.5</td></tr><tr><td>2026</td><td>29.0</td></tr></tbody></table>
<aside><h4>NOISE More on bridges</h4><p>NOISE The ten longest bridges of the north, in pictures.</p></aside>
<h2>{NEWS[12]}</h2>
<p>{NEWS[13]}</p>
</div>
<div class="social-share"><a href="#">NOISE Share</a></div>
</article>
<section class="related-articles"><h2>NOISE Related</h2><a href="/a"><h3>NOISE Ferry stops for the winter</h3></a>
<p>NOISE The ferry at Barme will not run again before April, its owner says.</p></section>
<section id="comments" class="comments-area"><h2>NOISE 2 comments</h2><ol class="comment-list">
<li class="comment"><p>NOISE Nine years! In my day they built a bridge in two, and it stood for a hundred.</p></li>
<li class="comment"><p>NOISE And who pays for the tramway? We do, as always, and nobody asks us.</p></li></ol></section>
</main>
<aside class="sidebar"><h3>NOISE Most read</h3><ol><li><a href="/b">NOISE Storm over the harbour</a></li></ol></aside>
<footer><p>NOISE © 2024 Harbour Times Media Ltd. All rights reserved.</p></footer>
<script>document.body.append("NOISE");</script>
</body>
</html>
"""
"""A news page with all that stands around an article, every part of which says `NOISE`."""
