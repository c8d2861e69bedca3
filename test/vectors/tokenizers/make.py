"""Makes the vectors of this folder with Hugging Face's tokenizers 0.23 (pip install tokenizers): small tokenizers of the
usual kinds, trained on the sample book, and the ids and texts that the library gives for some texts.
Run from the root of the project: python3 test/vectors/tokenizers/make.py"""

import json

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

HERE = "test/vectors/tokenizers"
with open("resources/books/moby-dick.txt", encoding="utf8", newline="") as file:
    book = file.read()
lines = book.split("\n")[:6000]
byte_level = pre_tokenizers.ByteLevel(add_prefix_space=False)
alphabet = pre_tokenizers.ByteLevel.alphabet()


def llama():
    """BPE over whole texts with bytes for unknown characters, as Llama 1 and 2."""
    special = ["<unk>", "<s>", "</s>"] + [f"<0x{byte:02X}>" for byte in range(256)]
    tokenizer = Tokenizer(models.BPE(byte_fallback=True, unk_token="<unk>", fuse_unk=True))
    tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"(?=▁)"), "isolated")
    tokenizer.train_from_iterator(lines, trainers.BpeTrainer(vocab_size=900, special_tokens=special, show_progress=False))
    tokenizer.pre_tokenizer = None
    tokenizer.decoder = decoders.Sequence(
        [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)]
    )
    tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A", special_tokens=[("<s>", 1)])
    return tokenizer


def unigram():
    """Unigram with spaces as a visible character, as T5."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    trainer = trainers.UnigramTrainer(
        vocab_size=600, special_tokens=["<unk>", "</s>"], unk_token="<unk>", show_progress=False
    )
    tokenizer.train_from_iterator(lines, trainer)
    return tokenizer


def wordpiece():
    """As BERT."""
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    special = ["[UNK]", "[CLS]", "[SEP]"]
    tokenizer.train_from_iterator(
        lines, trainers.WordPieceTrainer(vocab_size=600, special_tokens=special, show_progress=False)
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 1), ("[SEP]", 2)]
    )
    return tokenizer


def llama3():
    """Byte-level BPE with a pattern of its own, as Llama 3 and GPT-4."""
    pattern = (
        r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+"
        r"|\s+(?!\S)|\s+"
    )
    tokenizer = Tokenizer(models.BPE(ignore_merges=True))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(pattern), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    special = ["<|begin_of_text|>", "<|end_of_text|>"]
    tokenizer.train_from_iterator(
        lines,
        trainers.BpeTrainer(vocab_size=700, initial_alphabet=alphabet, special_tokens=special, show_progress=False),
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<|begin_of_text|> $A", special_tokens=[("<|begin_of_text|>", 0)]
    )
    return tokenizer


def neox():
    """Byte-level BPE with normalization and added tokens that are no special ones, as GPT-NeoX."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = byte_level
    tokenizer.decoder = decoders.ByteLevel()
    special = ["<|endoftext|>", "<|padding|>"]
    tokenizer.train_from_iterator(
        lines,
        trainers.BpeTrainer(vocab_size=600, initial_alphabet=alphabet, special_tokens=special, show_progress=False),
    )
    tokenizer.add_tokens([AddedToken("  ", normalized=False), AddedToken("    ", normalized=False)])
    return tokenizer


texts = [
    "Call me Ishmael.",
    "  two spaces  and\nlines\n\n\tTabs",
    "",
    "Größe naïve ﬁ Ⅷ ½ ٣۴ 日本語 한국어 😀 👩‍👩‍👧‍👦 🇩🇪",
    "א ב RTL مرحبا हिन्दी ไทย",
    "don't DON'T they've we'll 'tis rock'n'roll 12345 3.14",
    "a" * 50,
    "\r\nx\r\n \n y",
    "\u00a0nbsp\u2003em\u3000wide\u0085next\ufeffmark\u200bzero\x1cfile\x0bvt",
    "e\u0301 combining",
    " leading",
    "trailing ",
    book[1000:2200],
    "\x00\x01\x7f control",
    "▁ underscore",
    "def f(x):\n    return x ** 2  # squared\n\n\nclass A: pass",
    "𝕳𝖞𝖊𝖓𝖆 \U0010ffff \ue000",
]

trained = Tokenizer(models.BPE())
trained.pre_tokenizer = byte_level
trained.decoder = decoders.ByteLevel()
trained.train_from_iterator(
    [book],
    trainers.BpeTrainer(vocab_size=1999, min_frequency=2, initial_alphabet=alphabet, show_progress=False),
)
merges = [merge if isinstance(merge, str) else " ".join(merge) for merge in json.loads(trained.to_str())["model"]["merges"]]

cases = {
    "gpt2": Tokenizer.from_file("resources/tokenizers/gpt2/tokenizer.json"),
    "bytes": Tokenizer.from_file(f"{HERE}/bytes.json"),
}
for make in (llama, unigram, wordpiece, llama3, neox):
    cases[make.__name__] = make()
    cases[make.__name__].save(f"{HERE}/{make.__name__}.json", pretty=False)

expected = {}
for name, tokenizer in cases.items():
    rows = []
    for text in texts + (["<|endoftext|> written out"] if name not in ("gpt2",) else []):
        ids = tokenizer.encode(text, add_special_tokens=False).ids
        rows.append({"text": text, "ids": ids, "decoded": tokenizer.decode(ids)})
    expected[name] = rows
with open(f"{HERE}/expected.json", "w", encoding="utf8") as file:
    json.dump({"encodings": expected, "merges": merges}, file, ensure_ascii=False)
    file.write("\n")
