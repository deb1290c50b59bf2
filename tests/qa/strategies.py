"""What Hypothesis draws for several test files."""

from hypothesis import strategies as st

any_characters = st.characters(exclude_categories=())
"""Every code point, lone surrogates too."""

any_text = st.text(any_characters, max_size=200)

hostile_text = st.lists(
    st.one_of(
        st.text(any_characters, max_size=10),
        st.sampled_from(
            ["\x1b[31m", "\x9b2J", "\x1b]8;;x\x1b\\", "\u202e", "\u2066", "\r", "\n", "\u2028", "\0", "\x07"]
        ),
    ),
    max_size=20,
).map("".join)
"""Text that is full of what moves a cursor or hides."""
