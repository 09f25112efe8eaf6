"use strict";
// The page stands without this script; it adds sorting, the filter, and the
// posts behind the figures. Names and texts are only ever set as text.
(() => {
	const $ = (selector, from = document) => from.querySelector(selector);
	const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
	const FAVOR = 1, AGAINST = 2, UNIT = 1e4;
	const labels = ["neutral", "favor", "against"];

	// Data, which is read when it is first needed.
	let read;
	const data = () => read ??= prepare(JSON.parse($("#data").textContent));
	function prepare(d) {
		d.posts = d.posts.map(([thread, index, user, minutes, tone, words, topics, stances, outlets, sampled, text]) =>
			({ thread, index, user, minutes, tone, words, topics, stances, outlets, sampled, text }));
		d.byPlace = new Map();
		for (const p of d.posts) d.byPlace.set(p.thread + "/" + p.index, p);
		d.number = new Map(d.threads.map((t, i) => [t[0], i]));
		return d;
	}
	const month = p => p.minutes === null ? null : p.month ??= new Date(p.minutes * 6e4).toISOString().slice(0, 7);
	const user = p => p.user < 0 ? null : data().users[p.user];
	const topics = p => p.topics.length ? p.topics.map(i => data().topics[i]) : [null];
	const outlet = holder => data().holders[holder].slice("source:".length) || null;
	// What a post has of each key, and the stances that a table's row counts.
	const values = {
		user: p => [user(p)], topic: topics, month: p => [month(p)], thread: p => [data().threads[p.thread][0] || null],
		source: p => p.outlets.map(outlet),
		actor: (p, keys) => [...new Set(p.stances.filter(s => s[1] > 0 === keys.includes("source")).map(s => data().actors[s[0]]))],
	};
	function counted(p, keys, row) {
		const source = keys.indexOf("source"), actor = keys.indexOf("actor");
		return p.stances.filter(s => (source < 0 ? s[1] === 0 : s[1] > 0 && outlet(s[1]) === row[source]) && (actor < 0 || data().actors[s[0]] === row[actor]));
	}

	// State: what the address says.
	const state = () => new URLSearchParams(location.hash.slice(1));
	const link = changes => {
		const s = state();
		for (const [key, value] of Object.entries(changes)) value === "" || value === null ? s.delete(key) : s.set(key, value);
		return "#" + s;
	};
	const go = changes => { location.replace(link(changes)); };
	const place = (...parts) => JSON.stringify(parts);

	const form = $("#filter"), fewTags = Number(form.dataset.few);
	const filterOf = s => ({ actor: s.get("actor") || "", topic: s.get("topic") || "", thread: s.get("thread") || "", from: s.get("from") || "", to: s.get("to") || "" });
	const active = f => f.topic !== "" || f.thread !== "" || f.from !== "" || f.to !== "";
	function matches(p, f) {
		if (f.thread !== "" && data().threads[p.thread][0] !== f.thread) return false;
		if (f.topic !== "" && !topics(p).includes(f.topic)) return false;
		if (f.from === "" && f.to === "") return true;
		const m = month(p);
		return m !== null && (f.from === "" || m >= f.from) && (f.to === "" || m <= f.to);
	}

	// Figures, as the program reckons them.
	const percentiles = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042];
	const studentT = freedom => percentiles[freedom - 1] ?? 1.95996 + 2.4 / freedom;
	function interval([n, , , , sum, squares]) {
		if (n < 2) return null;
		const mean = sum / UNIT / n;
		const half = studentT(n - 1) * Math.sqrt(Math.max(0, squares / UNIT / UNIT - mean * mean * n) / (n - 1) / n);
		return [Math.max(-1, mean - half), Math.min(1, mean + half)];
	}
	const net = stats => stats[4] / UNIT / stats[0];
	const signed = x => { const s = Math.abs(x).toFixed(2); return s === "0.00" ? s : (x < 0 ? "−" : "+") + s; };
	const grouped = n => n.toLocaleString("en-US");
	const plural = (n, what) => grouped(n) + " " + what + (n === 1 ? "" : "s");
	function level(x) {
		const n = [0.05, 0.15, 0.3, 0.5].filter(from => Math.abs(x) >= from).length;
		return n === 0 ? "z" : (x > 0 ? "f" : "a") + n;
	}
	function count(stats, s) {
		stats[0]++;
		stats[s[2] === FAVOR ? 1 : s[2] === AGAINST ? 3 : 2]++;
		stats[4] += s[3];
		stats[5] += s[3] * s[3];
	}

	// make returns an element; its children are elements or text.
	function make(name, attributes = {}, ...children) {
		const e = document.createElement(name);
		for (const [key, value] of Object.entries(attributes)) if (value !== null) e.setAttribute(key, value);
		e.append(...children);
		return e;
	}
	function makeSVG(name, attributes, title) {
		const e = document.createElementNS("http://www.w3.org/2000/svg", name);
		for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
		if (title) {
			const t = document.createElementNS("http://www.w3.org/2000/svg", "title");
			t.textContent = title;
			e.append(t);
		}
		return e;
	}

	// Tables.
	const tables = $$("table.map").map(table => {
		const heads = $$("thead th", table), figures = heads.filter(h => h.classList.contains("figure")).map(h => h.dataset.sort);
		const actors = heads.filter(h => h.dataset.actor !== undefined).map(h => h.dataset.actor);
		const rows = $$("tbody tr", table).map((tr, order) => ({
			tr, order, names: $$("th", tr).map(th => th.textContent), values: $$("th", tr).map(th => "unknown" in th.dataset ? null : th.dataset.value),
			figures: $$("td.figure", tr), cells: $$("td.cell", tr),
		}));
		for (const row of rows) {
			row.key = JSON.stringify(row.values);
			row.texts = row.figures.map(td => td.textContent);
			row.numbers = row.figures.map(td => td.dataset.v === "" ? null : Number(td.dataset.v));
			row.whole = row.cells.map(td => td.dataset.s ? td.dataset.s.split(" ").map(Number) : null);
			row.stats = row.whole;
			row.now = row.numbers;
		}
		const by = table.dataset.by, keys = by.split("-");
		return { table, heads, figures, actors, rows, by, keys, byActor: keys.includes("actor"), shown: rows.filter(r => !r.tr.classList.contains("later")).length, filtered: false, sorted: "", stale: false };
	});

	function paint(td, stats, row, actor, tone) {
		const button = $("button", td);
		if (stats === null || stats[0] === 0) {
			td.className = "cell none";
			button.hidden = true;
			return;
		}
		const x = net(stats), range = interval(stats), few = stats[0] < fewTags;
		const sure = !few && range && (range[0] > 0 || range[1] < 0);
		const apart = sure && tone !== null && Math.min(Math.abs(x), Math.abs(tone)) >= 0.05 && x > 0 !== tone > 0;
		td.className = "cell " + level(x) + (few ? " few" : sure ? " sure" : "");
		const small = make("small", {}, grouped(stats[0]), ...(range ? [make("i", {}, " · "), make("span", {}, signed(range[0]) + " to " + signed(range[1]))] : []));
		button.hidden = false;
		button.replaceChildren(make("b", {}, signed(x)), ...(apart ? [" ", make("span", { class: "apart", title: "the tone says the opposite" }, "≠")] : []), small);
		button.setAttribute("aria-label", `${row.names.join(", ")}${actor === "net" ? "" : " on " + actor}: net stance ${signed(x)}, ${plural(stats[0], "post")}` +
			(range ? `, 95 % interval ${signed(range[0])} to ${signed(range[1])}` : "") + (few ? ", not enough evidence" : "") + (apart ? ", tone says the opposite" : ""));
	}

	// tally counts the posts of a table's rows.
	function tally(t, posts) {
		const sums = new Map();
		const column = new Map(t.actors.map((name, i) => [data().actors.indexOf(name), i]));
		for (const p of posts) {
			const [first, second] = t.keys.map(key => values[key](p, t.keys));
			for (const row of first.flatMap(a => second ? second.map(b => [a, b]) : [[a]])) {
				const stances = counted(p, t.keys, row), key = JSON.stringify(row);
				if (t.byActor && stances.length === 0) continue;
				let sum = sums.get(key);
				if (!sum) sums.set(key, sum = { posts: 0, users: new Set(), words: 0, toned: 0, tone: 0, stats: t.actors.map(() => [0, 0, 0, 0, 0, 0]) });
				sum.posts++;
				sum.words += p.words;
				if (p.user >= 0) sum.users.add(p.user);
				if (p.tone !== null) { sum.toned++; sum.tone += p.tone; }
				for (const s of stances) {
					const i = t.byActor ? 0 : column.get(s[0]);
					if (i !== undefined) count(sum.stats[i], s);
				}
			}
		}
		return sums;
	}

	function applyTable(t, posts, f) {
		const whole = posts === null;
		if (!whole || t.filtered) {
			const sums = whole ? null : tally(t, posts);
			for (const row of t.rows) {
				const sum = whole ? null : sums.get(row.key);
				row.out = !whole && !sum;
				if (row.out) continue;
				row.now = whole ? row.numbers : t.figures.map(name => name === "posts" ? sum.posts : name === "users" ? sum.users.size : name === "words" ? (t.keys.includes("source") ? null : sum.words) : sum.toned ? sum.tone / UNIT / sum.toned : null);
				row.figures.forEach((td, i) => { td.textContent = whole ? row.texts[i] : row.now[i] === null ? "–" : t.figures[i] === "tone" ? signed(row.now[i]) : grouped(row.now[i]); });
				row.stats = row.whole.map((w, i) => w === null ? null : whole ? w : sum.stats[i]);
				const tone = row.now[t.figures.indexOf("tone")] ?? null;
				row.cells.forEach((td, i) => { if (row.whole[i] !== null) paint(td, row.stats[i], row, t.actors[i], tone); });
			}
			t.filtered = !whole;
		}
		const only = t.actors.includes(f.actor) ? t.actors.indexOf(f.actor) : -1;
		const heads = t.heads.filter(h => h.dataset.actor !== undefined);
		const columns = !t.byActor;
		heads.forEach((h, i) => h.classList.toggle("off", columns && f.actor !== "" && i !== only));
		for (const row of t.rows) {
			if (columns) row.cells.forEach((td, i) => td.classList.toggle("off", f.actor !== "" && i !== only));
			const none = columns && f.actor !== "" && (only < 0 || !row.stats[only] || row.stats[only][0] === 0);
			const other = t.keys.some((key, i) => (key === "actor" || key === "topic") && f[key] !== "" && row.values[i] !== f[key]);
			row.tr.classList.toggle("out", Boolean(row.out) || none || other);
		}
		const narrowed = !whole || f.actor !== "";
		t.table.classList.toggle("open", narrowed || t.unfolded === true);
		const all = $(`button.all[data-table="${t.table.id}"]`);
		if (all) all.parentElement.hidden = narrowed || t.unfolded === true;
	}

	function sortTable(t, key) {
		const [, column, direction] = key === null ? [] : key.match(/^(.*):(up|down)$/) ?? [];
		let value = row => row.order;
		if (column) {
			const i = t.figures.indexOf(column), name = column.match(/^name(\d)$/), actor = t.actors.indexOf(column.slice("actor:".length));
			if (i >= 0) value = row => row.now[i];
			else if (name) value = row => row.names[name[1]];
			else if (actor >= 0) value = row => { const s = row.stats[actor]; return s && s[0] > 0 ? net(s) : null; };
		}
		// What rests on too little evidence comes after what does not.
		const actorColumn = column?.startsWith("actor:") ? t.actors.indexOf(column.slice("actor:".length)) : -1;
		const few = row => actorColumn >= 0 && row.stats[actorColumn] !== null && row.stats[actorColumn][0] < fewTags;
		const sign = direction === "down" ? -1 : 1;
		const rows = [...t.rows].sort((a, b) => {
			const x = value(a), y = value(b);
			if (x === null || y === null) return (x === null) - (y === null) || a.order - b.order;
			if (few(a) !== few(b)) return few(a) ? 1 : -1;
			return sign * (typeof x === "string" ? x.localeCompare(y, "en") : x - y) || a.order - b.order;
		});
		for (const h of t.heads) {
			if (h.dataset.sort === column) h.setAttribute("aria-sort", direction === "down" ? "descending" : "ascending");
			else h.removeAttribute("aria-sort");
		}
		const sorted = column ? key : "";
		if (t.sorted === sorted && !t.stale) return;
		t.sorted = sorted;
		t.stale = false;
		rows.forEach((row, i) => row.tr.classList.toggle("later", i >= t.shown));
		$("tbody", t.table).append(...rows.map(row => row.tr));
	}
	for (const t of tables) {
		for (const h of t.heads) {
			const button = make("button", { type: "button", title: h.dataset.actor === undefined ? "sort" : "sort; what rests on too few posts comes last" }, h.textContent);
			button.addEventListener("click", () => {
				const first = h.dataset.sort.startsWith("name") ? "up" : "down";
				const next = { "": first, [first]: first === "up" ? "down" : "up" }[(h.getAttribute("aria-sort") ?? "").replace("ending", "").replace("asc", "up").replace("desc", "down")];
				go({ ["sort-" + t.by]: next ? h.dataset.sort + ":" + next : "" });
			});
			h.replaceChildren(button);
		}
		t.table.addEventListener("click", event => {
			const td = event.target.closest("td.cell"), tr = event.target.closest("tbody tr");
			if (!td || !event.target.closest("button")) return;
			const row = t.rows.find(r => r.tr === tr);
			const actor = t.byActor ? row.values[t.keys.indexOf("actor")] : t.actors[row.cells.indexOf(td)];
			location.hash = link({ open: place(t.by, row.values.length > 1 ? row.values : row.values[0], actor) });
		});
	}
	for (const button of $$("button.all")) button.addEventListener("click", () => {
		const t = tables.find(t => t.table.id === button.dataset.table);
		t.unfolded = true;
		t.table.classList.add("open");
		button.parentElement.hidden = true;
	});

	// Charts.
	const charts = $$("figure.chart").map(figure => ({
		figure, actor: figure.dataset.actor, first: figure.dataset.first, count: Number(figure.dataset.count), scale: Number(figure.dataset.scale),
		plot: $(".plot", figure), bars: $(".bars", figure), whole: [[...$(".plot", figure).childNodes], [...$(".bars", figure).childNodes]],
	}));
	const LEFT = 64, RIGHT = 712, TOP = 8, BOTTOM = 128, BAR_TOP = 148, BASE = 188;
	const monthIndex = (chart, m) => (m.slice(0, 4) - chart.first.slice(0, 4)) * 12 + (m.slice(5) - chart.first.slice(5));
	const monthAt = (chart, i) => {
		const n = Number(chart.first.slice(5)) - 1 + i;
		return String(Number(chart.first.slice(0, 4)) + Math.floor(n / 12)).padStart(4, "0") + "-" + String(n % 12 + 1).padStart(2, "0");
	};
	function applyChart(chart, posts, f) {
		chart.figure.classList.toggle("out", f.actor !== "" && f.actor !== chart.actor);
		if (posts === null) {
			chart.plot.replaceChildren(...chart.whole[0]);
			chart.bars.replaceChildren(...chart.whole[1]);
			armChart(chart);
			return;
		}
		const actor = data().actors.indexOf(chart.actor), months = new Map();
		for (const p of posts) {
			const m = month(p);
			if (m === null) continue;
			const i = monthIndex(chart, m);
			if (i < 0 || i >= chart.count) continue;
			if (!months.has(i)) months.set(i, { posts: 0, stats: [0, 0, 0, 0, 0, 0] });
			months.get(i).posts++;
			for (const s of p.stances) if (s[0] === actor && s[1] === 0) count(months.get(i).stats, s);
		}
		const step = (RIGHT - LEFT) / chart.count, most = Math.max(1, ...[...months.values()].map(m => m.posts));
		const x = i => LEFT + (i + 0.5) * step, y = value => TOP + (1 - Math.max(-1, Math.min(1, value / chart.scale))) / 2 * (BOTTOM - TOP);
		const bars = [], marks = [], line = [];
		for (const i of [...months.keys()].sort((a, b) => a - b)) {
			const m = months.get(i), height = (BASE - BAR_TOP) * m.posts / most, name = monthAt(chart, i);
			bars.push(makeSVG("rect", { class: "bar", x: x(i) - 0.4 * step, y: BASE - height, width: 0.8 * step, height }, name + ": " + plural(m.posts, "post")));
			if (m.stats[0] === 0) continue;
			const value = net(m.stats), range = interval(m.stats);
			line.push(x(i) + "," + y(value));
			if (range) marks.push(makeSVG("line", { class: "interval", x1: x(i), x2: x(i), y1: y(range[0]), y2: y(range[1]) }));
			marks.push(makeSVG("circle", { class: "point" + (m.stats[0] < fewTags ? " few" : ""), cx: x(i), cy: y(value), r: 3.5 }, `${name}: ${signed(value)}, ${plural(m.stats[0], "post")}` + (range ? `, 95 % ${signed(range[0])} to ${signed(range[1])}` : "")));
		}
		chart.bars.replaceChildren(...bars);
		chart.plot.replaceChildren(makeSVG("polyline", { class: "line", points: line.join(" ") }), ...marks);
		armChart(chart);
	}
	// One point of a chart is a stop of the Tab key; arrows go on from it.
	function armChart(chart) {
		const points = $$("circle", chart.plot);
		$("svg", chart.figure).setAttribute("role", "group");
		points.forEach((point, i) => {
			const text = $("title", point).textContent;
			for (const [key, value] of Object.entries({ role: "button", tabindex: i === points.length - 1 ? 0 : -1, "aria-label": chart.actor + ", " + text })) point.setAttribute(key, value);
		});
	}
	function openPoint(chart, point) {
		const i = Math.round((point.getAttribute("cx") - LEFT) / (RIGHT - LEFT) * chart.count - 0.5);
		location.hash = link({ open: place("month", monthAt(chart, i), chart.actor) });
	}
	for (const chart of charts) {
		armChart(chart);
		chart.plot.addEventListener("click", event => {
			const point = event.target.closest("circle");
			if (point) openPoint(chart, point);
		});
		chart.plot.addEventListener("keydown", event => {
			const points = $$("circle", chart.plot), at = points.indexOf(event.target);
			if (at < 0) return;
			const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: points.length - 1 }[event.key];
			if (event.key === "Enter" || event.key === " ") openPoint(chart, event.target);
			else if (points[to]) {
				event.target.setAttribute("tabindex", -1);
				points[to].setAttribute("tabindex", 0);
				points[to].focus();
			} else if (to === undefined) return;
			event.preventDefault();
		});
	}

	// Tone.
	const tones = $$(".tones tbody tr").map(tr => ({ tr, topic: tr.dataset.topic, cells: $$("td.figure", tr), bar: $("rect", tr), texts: $$("td.figure", tr).map(td => td.textContent), x: $("rect", tr).getAttribute("x"), width: $("rect", tr).getAttribute("width"), kind: $("rect", tr).getAttribute("class") }));
	function applyTones(posts, f) {
		const sums = new Map();
		for (const p of posts ?? []) if (p.tone !== null) for (const topic of topics(p)) {
			const sum = sums.get(topic ?? "(none)") ?? [0, 0];
			sums.set(topic ?? "(none)", [sum[0] + 1, sum[1] + p.tone / UNIT]);
		}
		for (const t of tones) {
			const sum = sums.get(t.topic);
			t.tr.classList.toggle("out", posts !== null && !sum || f.topic !== "" && f.topic !== t.topic);
			const mean = sum ? sum[1] / sum[0] : 0;
			t.cells.forEach((td, i) => { td.textContent = posts === null ? t.texts[i] : sum ? [grouped(sum[0]), signed(mean)][i] : ""; });
			t.bar.setAttribute("x", posts === null ? t.x : mean < 0 ? 100 * (1 + mean) : 100);
			t.bar.setAttribute("width", posts === null ? t.width : 100 * Math.abs(mean));
			t.bar.setAttribute("class", posts === null ? t.kind : (mean < 0 ? "unpleasant" : "pleasant") + (sum && sum[0] < fewTags ? " few" : ""));
		}
	}

	// Posts.
	const dialog = $("#posts"), list = $("#posts-list"), more = $("#more");
	const PAGE = 30;
	let queue = [];
	more.addEventListener("click", () => showMore());
	function showMore() {
		for (const entry of queue.splice(0, PAGE)) list.append(article(...entry));
		more.hidden = queue.length === 0;
		more.textContent = `Show more: ${grouped(queue.length)} left`;
	}
	function openPosts(open, f) {
		const d = data();
		let [by, value, on] = open, posts = [], shown = null;
		if (by === "post") {
			const p = d.byPlace.get(d.number.get(value) + "/" + on);
			posts = p ? [p] : [];
			$("#posts-title").textContent = p ? "Post " + p.index + " of " + threadName(p) : "The post is not kept in this page";
			$("#posts-note").textContent = "";
		} else if (String(by).split("-").every(key => Object.hasOwn(values, key))) {
			const actor = d.actors.indexOf(on), keys = by.split("-"), row = [].concat(value);
			const stances = p => counted(p, keys, row).filter(s => s[0] === actor);
			const size = p => Math.max(...stances(p).map(s => Math.abs(s[3])));
			posts = d.posts.filter(p => keys.every((key, i) => values[key](p, keys).includes(row[i])) && stances(p).length > 0 && matches(p, f));
			posts.sort((p, q) => (q.text !== undefined) - (p.text !== undefined) || size(q) - size(p) || p.thread - q.thread || p.index - q.index);
			shown = actor;
			const sides = [0, 0, 0];
			for (const p of posts) for (const s of stances(p)) sides[s[2]]++;
			const words = posts.filter(p => p.text !== undefined).length;
			// Of many posts the page keeps a part only; the table counted all.
			const table = tables.find(t => t.by === by);
			const whole = active(f) ? undefined : table?.rows.find(r => r.key === JSON.stringify(row))?.whole;
			const all = whole?.[table.byActor ? 0 : table.actors.indexOf(on)]?.[0] ?? posts.length;
			const shownAs = (key, name) => name === null ? (key === "topic" ? "(no topic)" : "(unknown)") : key === "thread" && d.number.has(name) ? threadName({ thread: d.number.get(name) }) : name;
			const of = keys.flatMap((key, i) => key === "actor" ? [] : shownAs(key, row[i]));
			$("#posts-title").textContent = `${[of.join(", "), on].filter(Boolean).join(" on ")}: ${plural(all, "post")}`;
			$("#posts-note").textContent = (posts.length < all ? `The page keeps ${grouped(posts.length)} of them, the strongest and others by chance: ` : "") +
				`${grouped(sides[FAVOR])} in favor, ${grouped(sides[0])} neutral, ${grouped(sides[AGAINST])} against; the strongest first.` +
				(words < posts.length ? ` It has the words of ${grouped(words)}, the strongest for and against; the others are named.` : "");
		}
		list.replaceChildren();
		queue = posts.map(p => [p, shown]);
		showMore();
		if (!dialog.open) dialog.showModal();
		dialog.scrollTop = 0;
	}
	const threadName = p => { const t = data().threads[p.thread]; return t[1] || t[0] || "(no name)"; };
	const postLink = (p, index, text) => {
		const thread = data().threads[p.thread][0];
		if (data().byPlace.get(p.thread + "/" + index)?.text === undefined) return text + " (not kept in this page)";
		return make("a", { href: link({ open: place("post", thread, index) }) }, text);
	};
	function article(p, actor) {
		const d = data(), text = p.text;
		const about = [user(p) ?? "(unknown)"];
		if (p.minutes !== null) about.push(new Date(p.minutes * 6e4).toISOString().slice(0, 16).replace("T", " "));
		if (p.tone !== null) about.push("tone " + signed(p.tone / UNIT));
		if (p.topics.length) about.push(topics(p).join(", "));
		const e = make("article", { class: "post" }, make("h3", {}, threadName(p) + " · post " + p.index + (text && text[0] ? ", id " + text[0] : "")));
		const line = make("p", { class: "note" }, about.join(" · "));
		if (text && text[1] >= 0) line.append(" · ", postLink(p, text[1], "answers post " + text[1]));
		e.append(line);
		if (p.stances.length) e.append(make("ul", { class: "tags" }, ...p.stances.map(s => {
			const item = make("li", { class: level(s[3] / UNIT) }, `${s[1] === 0 ? "author" : outlet(s[1]) ?? "news"} on ${d.actors[s[0]]}: ${labels[s[2]]}, score ${signed(s[3] / UNIT)}, confidence ${(s[4] / UNIT).toFixed(2)}`);
			return s[0] === actor ? make("li", { class: level(s[3] / UNIT) }, make("strong", {}, item.textContent)) : item;
		})));
		if (!text) {
			e.append(make("p", { class: "note" }, "Its words are not kept in this page."));
			return e;
		}
		const kinds = ["own", "quote", "news", "chrome"];
		for (const [kind, start, end, from] of text[4]) {
			const segment = make("div", { class: "segment " + kinds[kind] });
			if (kind === 1) segment.append(make("span", { class: "what" }, from >= 0 ? postLink(p, from, "quote of post " + from) : "quote"));
			if (kind === 2) segment.append(make("span", { class: "what" }, "news" + (from ? " by " + from : "")));
			if (kind === 3) segment.append(make("span", { class: "what" }, "added by the site"));
			segment.append(...marked(text, p, start, end, actor));
			e.append(segment);
		}
		if (text[3] > 0) e.append(make("p", { class: "note" }, `… ${plural(text[3], "byte")} more`));
		return e;
	}
	// marked returns a part of a text, with the mentions and the evidence in it;
	// what is evidence on others than the actor, where there is one, stands back.
	function marked(text, p, start, end, actor) {
		const spans = [];
		for (const [actor, from, to] of text[5]) spans.push([from, to, "mention", "mention of " + data().actors[actor]]);
		for (const [stance, from, to] of text[6]) {
			const s = p.stances[stance];
			spans.push([from, to, labels[s[2]], `evidence: ${labels[s[2]]} on ${data().actors[s[0]]}`, actor === null || s[0] === actor]);
		}
		const inside = spans.filter(s => s[0] < end && s[1] > start);
		const cuts = [...new Set([start, end, ...inside.flatMap(s => [s[0], s[1]])])].filter(i => i >= start && i <= end).sort((a, b) => a - b);
		const parts = [];
		for (let i = 0; i + 1 < cuts.length; i++) {
			const words = text[2].slice(cuts[i], cuts[i + 1]), over = inside.filter(s => s[0] <= cuts[i] && s[1] >= cuts[i + 1]);
			if (!over.length) { parts.push(words); continue; }
			const own = over.filter(s => s[4]);
			const classes = new Set((own.length ? own : over).map(s => s[2]));
			if (over.some(s => s[2] === "mention")) classes.add("mention");
			if (!own.length && over.some(s => s[2] !== "mention")) classes.add("other");
			parts.push(make("mark", { class: [...classes].join(" "), title: [...new Set(over.map(s => s[3]))].join("; ") }, words));
		}
		return parts;
	}
	$("#close").addEventListener("click", () => dialog.close());
	dialog.addEventListener("click", event => { if (event.target === dialog) dialog.close(); });
	dialog.addEventListener("close", () => { if (state().has("open")) go({ open: "" }); });

	// The filter, and what follows from the address.
	for (const input of form.elements) if (input.name) input.addEventListener("change", () => go({ [input.name]: input.value }));
	form.addEventListener("submit", event => event.preventDefault());
	$("#reset").addEventListener("click", () => go({ actor: "", topic: "", thread: "", from: "", to: "" }));
	let before = "";
	function apply() {
		const s = state(), f = filterOf(s);
		for (const input of form.elements) if (input.name) input.value = s.get(input.name) ?? "";
		const now = JSON.stringify(f);
		if (now !== before && !(before === "" && !active(f) && f.actor === "")) {
			const posts = active(f) ? data().posts.filter(p => p.sampled === 1 && matches(p, f)) : null;
			for (const t of tables) applyTable(t, posts, f);
			for (const chart of charts) applyChart(chart, posts, f);
			applyTones(posts, f);
			for (const e of $$(".camps, .words > div")) e.classList.toggle("out", f.actor !== "" && e.dataset.actor !== f.actor);
			const sampled = posts && data().posts.filter(p => p.sampled === 1).length;
			$("#filtered").textContent = posts === null ? "" : `${grouped(posts.length)} of ${plural(sampled, "post")}` + (form.dataset.sampled ? ", a random part of all" : "");
			before = now;
			for (const t of tables) t.stale = t.sorted !== "";
		}
		for (const t of tables) sortTable(t, s.get("sort-" + t.by));
		let open = null;
		try { open = JSON.parse(s.get("open")); } catch { /* not of this page */ }
		if (Array.isArray(open)) openPosts(open, f);
		else if (dialog.open) dialog.close();
	}
	window.addEventListener("hashchange", apply);
	form.hidden = false;
	document.body.classList.add("ready");
	apply();
})();
