"""Makes the Parquet files of this folder with pyarrow (pip install pyarrow): the layouts that data sets come in.
Run from the root of the project: python3 test/vectors/data/make.py"""

import pyarrow as pa
import pyarrow.parquet as pq

HERE = "test/vectors/data"

wikitext = ["", " = First Article = \n", "", " Its opening line . \n", "", " = = A Section = = \n", "", " More text = with signs = in it . \n"]
wikitext += ["", " = Second Article = \n", "", " Größe , naïve , 日本語 . \n", ""]
for compression in ("snappy", "zstd", "gzip", "brotli", "lz4", "none"):
    pq.write_table(pa.table({"text": wikitext}), f"{HERE}/wikitext-{compression}.parquet", compression=compression, row_group_size=5)

rows = [f"Document number {index}. " + "word " * (index % 7) for index in range(1000)]
rows[500] = None
pq.write_table(
    pa.table({"id": list(range(1000)), "url": [f"https://example.org/{index}" for index in range(1000)], "content": rows}),
    f"{HERE}/rows.parquet",
    row_group_size=300,
    data_page_size=1024,
    write_page_index=True,
)

chats = [
    [{"role": "user", "content": "What is a hyena?"}, {"role": "assistant", "content": "An animal."}],
    [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "Two?"},
        {"role": "assistant", "content": "2"},
        {"role": "user", "content": "Three?"},
        {"role": "assistant", "content": "3"},
    ],
]
kind = pa.list_(pa.struct([("role", pa.string()), ("content", pa.string())]))
pq.write_table(pa.table({"prompt_id": ["a", "b"], "messages": pa.array(chats, kind)}), f"{HERE}/messages.parquet")
pq.write_table(pa.table({"number": [1, 2, 3]}), f"{HERE}/numbers.parquet")

# What columns hold beside text, and how they are named.
texts = ["The first sentence of this file.", "The second sentence of this file."]
pictures = pa.array([b"\x89PNG\r\n", b"\x00\x01\x02"], pa.binary())
pq.write_table(
    pa.table(
        {
            "kind": ["a", "b"],
            "picture": pictures,
            "image": [{"bytes": b"\x89PNG\r\n", "path": "a.png"}, {"bytes": b"\x00\x01", "path": "b.png"}],
            "caption": texts,
        }
    ),
    f"{HERE}/pictures.parquet",
)
pq.write_table(pa.table({"id": ["a", "b"], "words": pa.array([text.encode() for text in texts], pa.binary()), "picture": pictures}), f"{HERE}/bytes.parquet")
pq.write_table(
    pa.table({"id": [1, 2], "text.en": texts, "text.de": ["Der erste Satz dieser Datei, länger.", "Der zweite Satz dieser Datei, länger."]}),
    f"{HERE}/dots.parquet",
)
pq.write_table(
    pa.table({"meta": [{"text": text, "language": "en"} for text in texts], "parts": [[text, "More of it to read."] for text in texts], "n": [1, 2]}),
    f"{HERE}/nested.parquet",
)

# Two chats of which one is preferred, by a number beside them; bytes that are text at first alone.
turn = lambda answer: [{"role": "user", "content": "Who is there?"}, {"role": "assistant", "content": answer}]
pq.write_table(
    pa.table(
        {
            "conversation_a": pa.array([turn("Nobody.")], kind),
            "conversation_b": pa.array([turn("The keeper.")], kind),
            "winner": pa.array([1], pa.int8()),
        }
    ),
    f"{HERE}/preferred.parquet",
)
late = [b"Words of the keeper."] * 101 + [b"Words \xff\xfe and more."]
pq.write_table(pa.table({"words": pa.array(late, pa.binary())}), f"{HERE}/late-bytes.parquet")
