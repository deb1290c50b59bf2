"""A tokenizer of word pieces, made without a file."""

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

from tests.qa.train.toy import BEGIN, END, UNKNOWN, VOCABULARY


def pair_tokenizer() -> Tokenizer:
    """Return the tokenizer of the toy world, which sets pairs together as BERT does."""
    ids = {word: id for id, word in enumerate(VOCABULARY)}
    tokenizer = Tokenizer(models.WordPiece(ids, unk_token=UNKNOWN))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing((END, ids[END]), (BEGIN, ids[BEGIN]))
    return tokenizer
