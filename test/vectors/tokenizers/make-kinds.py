"""Makes kinds.json: small tokenizers with every part that a tokenizer.json may have, and the ids and texts that Hugging
Face's tokenizers 0.23 gives for texts in many scripts (pip install tokenizers sentencepiece protobuf).
Run from the root of the project: python3 test/vectors/tokenizers/make-kinds.py"""

import base64
import io
import json
import tempfile

import sentencepiece
from sentencepiece import sentencepiece_model_pb2
from tokenizers import Regex, Tokenizer, decoders as D, models as M, normalizers as N, pre_tokenizers as P, trainers as T

texts = [
    "Hello world, hello kettle.", "  leading and  double   spaces ", "tabs\tand\nnew lines\r\nhere", "",
    "naïve café ﬁne № ① Ⅳ ²", "東の棚 テスト プ", "😀 and 👩‍👩‍👧 end", "the <mask> token<mask>here <mask>",
    "1234567 and 89 ٣٤٥", "don't we'll I'M", "e\u0301 combining a\u0308\u0323", "\u00a0nbsp\u3000wide",
    "ENDEND <ctl> END endless END_ éEND", "λόγος ἐνθάδ᾽ ΟΔΥΣΣΕΥΣ", "\x01ctrl\x7f\x85\u200b\ufeffbom\u00adsoft",
    "שלום 123 مرحبا", "हिन्दी क्षि", "a" * 60 + " " + "kettle" * 20, "▁the▁▁kettle ▁", "<s>the</s> <0x41>",
    "\n\n\nthe\n \n kettle\n", "foo.bar(baz)=>{x+=1;}",
]  # fmt: skip
simple = ["the kettle is on the table and the world is fine", "hello world the end of the kettle naive cafe"]
cases = {}


def state(part):
    return json.loads(part.__getstate__()) if part else None


def keep(name, tokenizer):
    description = tokenizer if isinstance(tokenizer, dict) else json.loads(tokenizer.to_str())
    tokenizer = Tokenizer.from_str(json.dumps(description))
    ids = [tokenizer.encode(text, add_special_tokens=False).ids for text in texts]
    cases[name] = {"json": description, "ids": ids, "decoded": [tokenizer.decode(row) for row in ids]}


def words(normalizer, pre_tokenizer):
    tokenizer = Tokenizer(M.WordLevel(unk_token="[UNK]"))
    if normalizer:
        tokenizer.normalizer = normalizer
    if pre_tokenizer:
        tokenizer.pre_tokenizer = pre_tokenizer
    trainer = T.WordLevelTrainer(vocab_size=900, special_tokens=["[UNK]", "<eos>"], show_progress=False)
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def pairs(normalizer, pre_tokenizer, decoder, by_bytes=False, **settings):
    tokenizer = Tokenizer(M.BPE(**settings))
    if normalizer:
        tokenizer.normalizer = normalizer
    if pre_tokenizer:
        tokenizer.pre_tokenizer = pre_tokenizer
    tokenizer.decoder = decoder
    bytes_ = [f"<0x{byte:02X}>" for byte in range(256)] if settings.get("byte_fallback") else []
    affixes = {key: settings[key] for key in ("continuing_subword_prefix", "end_of_word_suffix") if key in settings}
    trainer = T.BpeTrainer(
        vocab_size=len(bytes_) + (330 if by_bytes else 70), special_tokens=["<unk>", "</s>", *bytes_], show_progress=False,
        initial_alphabet=P.ByteLevel.alphabet() if by_bytes else list("abcdefghij ▁"), **affixes,
    )  # fmt: skip
    tokenizer.train_from_iterator(simple * 9, trainer)
    return json.loads(tokenizer.to_str())


normalizers = {
    "nfkc": N.Sequence([N.NFKC(), N.Lowercase(), N.NFD(), N.StripAccents(), N.NFC(), N.Strip()]),
    "nmt": N.Nmt(), "bert": N.BertNormalizer(), "bert-cased": N.BertNormalizer(lowercase=False),
    "strip-left": N.Strip(True, False), "replace": N.Replace(Regex(r"[^\p{L}\s]"), ""),
    "replace-literal": N.Replace("the", "$1$&"), "bytes": N.ByteLevel(),
}  # fmt: skip
for name, normalizer in normalizers.items():
    keep(f"normalizer-{name}", words(normalizer, P.Metaspace(prepend_scheme="first")))
pre_tokenizers = {
    "whitespace": P.Whitespace(), "whitespace-split": P.WhitespaceSplit(), "bert": P.BertPreTokenizer(),
    "digits": P.Digits(False), "character": P.CharDelimiterSplit("e"),
    "metaspace-never": P.Metaspace(prepend_scheme="never"), "metaspace-whole": P.Metaspace(prepend_scheme="first", split=False),
    "word-boundary": P.Split(Regex(r"\b\w"), "isolated"), "empty-matches": P.Split(Regex("e*"), "merged_with_next"),
    "possessive": P.Split(Regex(r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+|\s++$|\s"), "isolated"),
    "posix": P.Split(Regex("[[:alpha:]]+|[[:digit:]]+"), "contiguous"),
}  # fmt: skip
for behavior in ["removed", "isolated", "merged_with_previous", "merged_with_next", "contiguous"]:
    pre_tokenizers[f"split-{behavior}"] = P.Split(Regex(r"\s+"), behavior)
    pre_tokenizers[f"split-{behavior}-inverted"] = P.Split(Regex(r"\w+"), behavior, True)
    pre_tokenizers[f"punctuation-{behavior}"] = P.Punctuation(behavior)
for name, pre_tokenizer in pre_tokenizers.items():
    keep(f"pre-tokenizer-{name}", words(None, pre_tokenizer))

spaces = N.Sequence([N.Prepend("▁"), N.Replace(" ", "▁")])
llama = D.Sequence([D.Replace("▁", " "), D.ByteFallback(), D.Fuse(), D.Strip(" ", 1, 0)])
for fused in (False, True):
    keep(f"pairs-fused-{fused}", pairs(spaces, None, llama, unk_token="<unk>", fuse_unk=fused))
keep("pairs-without-unknown", pairs(spaces, None, llama))
keep("pairs-prefix", pairs(None, P.Whitespace(), D.WordPiece(), unk_token="<unk>", continuing_subword_prefix="##"))
keep("pairs-suffix", pairs(None, P.Whitespace(), D.BPEDecoder(), unk_token="<unk>", end_of_word_suffix="</w>"))
fallback = pairs(spaces, None, llama, unk_token="<unk>", byte_fallback=True)
keep("pairs-bytes", fallback)
partial = json.loads(json.dumps(fallback))
for byte in (0xE3, 0x99, 0xF0):
    del partial["model"]["vocab"][f"<0x{byte:02X}>"]
partial["added_tokens"] = partial["added_tokens"][:2]
keep("pairs-some-bytes", partial)
whole = pairs(None, P.ByteLevel(add_prefix_space=True), D.ByteLevel(), True)
whole["model"]["ignore_merges"] = True
whole["model"]["vocab"]["Ġkettlekettle"] = whole["model"]["vocab"]["naï"] = 900
keep("pairs-ignored-merges", whole)


def unigram(unknown, by_bytes, pre_tokenizer):
    pieces = [["<pad>", 0.0], ["</s>", 0.0], ["<unk>", 0.0], ["▁", -2.0]]
    pieces += [[letter, -6.0 - index / 100] for index, letter in enumerate("',.123<>DEHIMNabcdefghijklmnoprstuvw")]
    pieces += [["▁the", -2.5], ["▁kettle", -2.5], ["ello", -3.0], ["ket", -3.5], ["▁▁", -3.0], ["e\u0301", -4.0]]
    pieces += [["😀", -5.0], ["東の", -5.1], ["<mask>", -1.0]]
    pieces += [[f"<0x{byte:02X}>", -9.0] for byte in range(by_bytes)]
    model = {"type": "Unigram", "unk_id": unknown, "vocab": pieces, "byte_fallback": by_bytes > 0}
    return {"added_tokens": [], "normalizer": None, "pre_tokenizer": state(pre_tokenizer), "post_processor": None,
            "decoder": state(D.Sequence([D.Metaspace(), D.ByteFallback(), D.Fuse()])), "model": model}  # fmt: skip


keep("unigram", unigram(2, 0, P.Sequence([P.WhitespaceSplit(), P.Metaspace()])))
keep("unigram-bytes", unigram(2, 256, P.Metaspace()))
keep("unigram-some-bytes", unigram(2, 128, P.Metaspace(split=False)))

rules = {"ﬁ": "fi", "№": "No", "①": "1", "\u00a0": " ", "\u3000": " ", "e\u0301": "é", "\u200b": "", "\t": " ", "👩": "w"}
with tempfile.NamedTemporaryFile("w", suffix=".tsv") as table:
    points = lambda text: " ".join(f"{ord(character):X}" for character in text)
    table.write("".join(f"{points(key)}\t{points(value)}\n" for key, value in sorted(rules.items())))
    table.flush()
    file = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(simple * 20), model_writer=file, vocab_size=40, normalization_rule_tsv=table.name,
        hard_vocab_limit=False, minloglevel=2,
    )  # fmt: skip
model = sentencepiece_model_pb2.ModelProto()
model.ParseFromString(file.getvalue())
compiled = unigram(2, 256, P.Metaspace())
compiled["normalizer"] = {
    "type": "Precompiled",
    "precompiled_charsmap": base64.b64encode(model.normalizer_spec.precompiled_charsmap).decode(),
}
keep("precompiled", compiled)

for longest, prefix in ((100, "##"), (5, "@@"), (100, "")):
    tokenizer = Tokenizer(M.WordPiece(unk_token="[UNK]", max_input_chars_per_word=longest, continuing_subword_prefix=prefix))
    tokenizer.normalizer = N.BertNormalizer()
    tokenizer.pre_tokenizer = P.BertPreTokenizer()
    tokenizer.decoder = D.WordPiece(prefix=prefix)
    special = ["[UNK]", "[CLS]", "[SEP]"]
    trainer = T.WordPieceTrainer(
        vocab_size=150, special_tokens=special, continuing_subword_prefix=prefix, show_progress=False
    )
    tokenizer.train_from_iterator(simple * 9, trainer)
    description = json.loads(tokenizer.to_str())
    description["model"]["max_input_chars_per_word"] = longest
    keep(f"word-piece-{longest}{prefix}", description)

plain = json.loads(words(N.Lowercase(), P.Whitespace()).to_str())
for name, settings in {"plain": {}, "single-word": {"single_word": True}, "strip": {"lstrip": True, "rstrip": True},
                       "normalized": {"normalized": True}, "normalized-strip": {"normalized": True, "lstrip": True}}.items():  # fmt: skip
    description = json.loads(json.dumps(plain))
    for number, content in enumerate(["END", "ENDEND", "<mask>", "the", "ﬁ", " kettle"]):
        token = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": False}
        description["added_tokens"].append({"id": 900 + number, "content": content, **token, **settings})
    keep(f"added-{name}", description)

with open("test/vectors/tokenizers/kinds.json", "w", encoding="utf8") as file:
    json.dump({"texts": texts, "cases": cases}, file, ensure_ascii=False, separators=(",", ":"))
    file.write("\n")
