"""Treebank tokens as people write: and each token where it then stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measure.detokenise import detokenise

_TOKENS = (
    *("-LRB-", "-RRB-", "-LSB-", "-RSB-", "-LCB-", "-RCB-", "``", "''", "`", "'", "--", "...", ".", ",", ";", "?"),
    *("%", "$", "US$", "#", "°", "'s", "n't", "'ve", "can", "not", "2007", "08", "H", "is", "word", "Zürich", "'80s"),
)


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        ("within -LRB- is an endosymbiont of -RRB- the sponge .", "within (is an endosymbiont of) the sponge."),
        ("the SNP -LSB- Scottish National Party -RSB- , that", "the SNP [Scottish National Party], that"),
        ("the set -LCB- 1 , 2 -RCB- is", "the set {1, 2} is"),
        ("`` had his life in front of him '' , said Logan", '"had his life in front of him", said Logan'),
        ("do in the community . ''", 'do in the community."'),
        ("told : `` We 'll move on .", "told: \"We'll move on."),
        ("`` The ` Golden Age ' of hip-hop ''", "\"The 'Golden Age' of hip-hop\""),
        ("the consumers ' lives", "the consumers' lives"),
        ("It 's 2:30 ; they 've come , I 'm told : I 'd go , you 're late , she 'll stay !", None),
        ("we ca n't and wo n't", "we can't and won't"),
        ("they can not stay , he is gon na go", "they cannot stay, he is gonna go"),
        ("since 2007 -- 08 in", "since 2007–08 in"),
        ("-LRB- 1914 -- 1918 -RRB-", "(1914–1918)"),
        ("a range of 10 -- 30 % .", "a range of 10–30%."),
        ("gone wild -- the Minister", "gone wild – the Minister"),
        ("London , England -- When", "London, England – When"),
        ("the drills of 2010 -- which", "the drills of 2010 – which"),
        ("the tune of $ 246.9 million", "the tune of $246.9 million"),
        ("US$ 85 billion , R$ 90 billion", "US$85 billion, R$90 billion"),
        ("remove the # 148,000 -LRB- about", "remove the £148,000 (about"),
        ("tagged #Qatar and # 1", "tagged #Qatar and £1"),
        ("above 40 ° C -LRB- 104 ° F -RRB-", "above 40°C (104°F)"),
        ("100 % cotton", "100% cotton"),
        ("here -LSB- ... -RSB- '' .", 'here [...]".'),
        ("displays , -LSB- ... -RSB- always ... exploring", "displays, [...] always... exploring"),
        ("`` -LSB- H -RSB- is key role", '"[H]is key role'),
        ("-LSB- 3 -RSB- because", "[3] because"),
        ("went around -LSB- scouting -RSB- but", "went around [scouting] but"),
        ("in '96 , The '80s", "in '96, The '80s"),
        ("Northern & Shell", "Northern & Shell"),
        ("apart - they", "apart - they"),
        ("-- first", "– first"),
        ("the end --", "the end –"),
    ],
)
def test_text_is_as_people_write(tokens: str, text: str | None) -> None:
    """Brackets, quotes, contractions, dashes, money and degrees stand as in an article."""
    wanted = text or "It's 2:30; they've come, I'm told: I'd go, you're late, she'll stay!"
    assert detokenise(tokens.split(" ")).text == wanted


def test_tokens_stand_where_it_says() -> None:
    """An answer in tokens is its words in the text."""
    found = detokenise(["``", "We", "ca", "n't", "pay", "#", "3", "million", "''", ",", "he", "said"])
    assert found.text == '"We can\'t pay £3 million", he said'
    assert [span.of(found.text) for span in found.tokens] == [
        *('"', "We", "ca", "n't", "pay", "£", "3", "million", '"', ",", "he", "said")
    ]


@given(st.lists(st.sampled_from(_TOKENS), min_size=1, max_size=20))
def test_tokens_tile_the_text(tokens: list[str]) -> None:
    """Every token has its place, in order, with at most one space between two and nothing else."""
    found = detokenise(tokens)
    assert len(found.tokens) == len(tokens)
    assert found.tokens[0].start == 0
    assert found.tokens[-1].end == len(found.text)
    for left, right in zip(found.tokens, found.tokens[1:], strict=False):
        assert found.text[left.end : right.start] in ("", " ")
    assert all(len(span) for span in found.tokens)
    assert not any(mark in found.text for mark in ("``", "-LRB-", "--", "  "))
