"""An election and the forming of a government on the tutorial case, as one would write it with numpy.

The rules are those at the head of `crates/simulate/src/process/election.rs` and `.../formation.rs`; the case is read
from its own files. One run is `Run(case, rng).play()`; `mesa_model.py` plays the same with agents, day by day.
"""

import csv
import tomllib
from pathlib import Path

import numpy as np

CHANNELS = ["political", "security", "economic", "social", "information", "diplomatic"]


class Case:
    """The case's files, with every estimate given a place in one vector of draws."""

    def __init__(self, folder):
        self.low, self.mode, self.high = [], [], []
        kinds = {}
        for path in sorted(Path(folder).glob("*.toml")):
            for kind, content in tomllib.loads(path.read_text()).items():
                if isinstance(content, list):
                    kinds.setdefault(kind, []).extend(content)
                else:
                    kinds.setdefault(kind, {}).update(content)
        head = kinds["case"]
        published = {s["key"]: s["published"] for s in kinds["source"]}

        def known(entry):
            keys = entry.get("source", [])
            keys = [keys] if isinstance(keys, str) else keys
            return not keys or any(published[k] <= head["as_of"] for k in keys)

        def rows(name):
            lines = (Path(folder) / name).read_text().splitlines()
            return csv.DictReader(line for line in lines if not line.startswith("#"))

        actors = [a for a in kinds["actor"] if known(a)]
        self.actors = [a["id"] for a in actors]
        place = {a: i for i, a in enumerate(self.actors)}
        self.autonomy = [(i, self.add(a["autonomy"])) for i, a in enumerate(actors) if "autonomy" in a]
        self.ties = [
            (place[t["from"]], place[t["to"]], CHANNELS.index(t["channel"]), self.add(t["bandwidth"]), self.add(t["dependence"]))
            for t in kinds["tie"]
            if known(t)
        ]
        self.channels = [self.add(kinds["channels"][c]) for c in CHANNELS]
        self.election = {k: self.add(v) for k, v in kinds["process"]["election"].items()}
        self.formation = {k: self.add(v) for k, v in kinds["process"]["formation"].items()}
        entries = [e for e in kinds["entry"] if known(e)]
        lists = sorted({place[e["list"]] for e in entries})
        self.lists, self.list_of = lists, {a: l for l, a in enumerate(lists)}
        of = lambda actor: self.list_of[place[actor]]
        self.absent = [
            (of(e["list"]), self.add(e["abstain"]), [of(t) for t in e["transfers"]])
            for e in entries
            if not e["participates"]
        ]
        share = lambda r: self.add({"value": float(r["share"]), "low": float(r["share_low"]), "high": float(r["share_high"])})
        priors = [(r["district"], of(r["list"]), share(r)) for r in rows("prior.csv")]
        self.districts = [
            (d["seats"], self.add(d["fringe"]), self.add(d["fringe_lists"]), [(l, b) for i, l, b in priors if i == d["id"]])
            for d in kinds["district"]
        ]
        law = kinds["law"][0]
        self.first_divisor = law["first_divisor"]
        contest = kinds["contest"]
        self.electorate, self.turnout = self.add(contest["electorate"]), self.add(contest["turnout"])
        self.window = (head["until"] - contest["date"]).days
        self.seats, self.majority = kinds["assembly"]["seats"], kinds["assembly"]["majority"]
        self.members = [
            (of(m["actor"]), m["bloc"], self.add(m["cohesion"]))
            for m in kinds["membership"]
            if place[m["actor"]] in self.list_of
        ]
        self.stages = [
            (s["kind"], self.add(s["days"]), s.get("threshold", self.majority), s.get("quorum", self.majority), s.get("runoff", False))
            for s in kinds["stage"]
        ]
        self.candidates = [
            (of(c["list"]) if "list" in c else None, c.get("incumbent", False), self.add(c["appeal"]))
            for c in kinds["candidate"]
        ]
        ids = [c["id"] for c in kinds["candidate"]]
        self.stated, self.threats = {}, {}
        for p in filter(known, kinds["preference"]):
            at = (place[p["actor"]], ids.index(p["candidate"]))
            self.stated[at] = self.add(p["value"])
            if "threat" in p:
                self.threats[at] = self.add(p["threat"])
        self.positions = [{} for _ in self.actors]
        ranged = lambda r, f: {"value": float(r[f]), "low": float(r[f + "_low"]), "high": float(r[f + "_high"])}
        for r in rows("position.csv"):
            both = (self.add(ranged(r, "position")), self.add(ranged(r, "salience")))
            self.positions[place[r["actor"]]][r["issue"]] = both
        for p in kinds.get("position", []):
            both = (self.add(p["position"]), self.add(p["salience"]))
            self.positions[place[p["actor"]]][p["issue"]] = both
        self.government = place[head["state"]]
        self.outside = [a for a in range(len(actors)) if a not in self.list_of and a != self.government]
        names = sorted({a["community"] for a in actors if "community" in a})
        self.communities = len(names)
        self.community = [names.index(c) if (c := actors[a].get("community")) else None for a in lists]
        low, mode, high = (np.array(x, float) for x in (self.low, self.mode, self.high))
        self.open = high > low
        width = np.where(self.open, high - low, 1.0)
        self.low, self.mode, self.width = low, mode, width
        self.a, self.b = 1 + 4 * (mode - low) / width, 1 + 4 * (low + width - mode) / width

    def add(self, estimate):
        value = estimate["value"]
        self.low.append(estimate.get("low", value))
        self.mode.append(value)
        self.high.append(estimate.get("high", value))
        return len(self.low) - 1

    def draw(self, rng):
        """PERT: a beta on the range with the value for its mode."""
        drawn = self.low + self.width * rng.beta(self.a, self.b)
        return np.where(self.open, drawn, self.mode)


class Run:
    """One future."""

    def __init__(self, case, rng):
        self.case, self.rng = case, rng
        self.x = case.draw(rng)
        self.elect_assembly()
        self.settle()
        self.day, self.done, self.tries, self.failures = 0, 0, 0, 0
        self.bloc, self.coalition, self.agreed = [], [], False
        self.nominee, self.failed, self.closed, self.confidence = None, [], [], None
        self.due = self.later(self.x[case.stages[0][1]])

    def later(self, days):
        return self.day + max(1, round(days))

    def p(self, name):
        return self.x[self.case.formation[name]]

    def elect_assembly(self):
        case, x, rng = self.case, self.x, self.rng
        n = len(case.lists)
        national = rng.standard_normal(n)
        turnout = x[case.turnout]
        odds = np.log(turnout / (1 - turnout)) + x[case.election["turnout_swing"]] * rng.standard_normal()
        turnout = 1 / (1 + np.exp(-odds))
        contested = sum(d[0] for d in case.districts)
        self.seats = np.zeros(n, int)
        for seats, fringe, fringe_lists, priors in case.districts:
            weight = np.zeros(n)
            z = rng.standard_normal(len(priors))
            for (l, prior), local in zip(priors, z):
                swing = x[case.election["national_swing"]] * national[l] + x[case.election["district_swing"]] * local
                weight[l] = x[prior] * np.exp(swing)
            everything = weight.sum() / (1 - x[fringe])
            for l, abstain, transfers in case.absent:
                moving = weight[l] * (1 - x[abstain])
                weight[l] = 0
                weight[transfers] *= 1 + moving / weight[transfers].sum()
            scale = x[case.electorate] * seats / contested * turnout / everything
            ranks = np.arange(1, round(x[fringe_lists]) + 1)
            small = everything * x[fringe] * scale / (ranks * (1 / ranks).sum())
            votes = np.floor(np.concatenate([weight * scale, small]))
            won = np.zeros(len(votes), int)
            for _ in range(seats):
                divisor = np.where(won == 0, case.first_divisor, 2 * won + 1)
                won[np.argmax(votes / divisor)] += 1
            self.seats += won[:n]

    def settle(self):
        """Total effects of the tie network, and what every list settles on for each candidate."""
        case, x = self.case, self.x
        n = len(case.actors)
        pulls = np.zeros((n, n))
        for source, target, channel, bandwidth, dependence in case.ties:
            pulls[target, source] += x[case.channels[channel]] * x[bandwidth] * x[dependence]
        own = np.zeros(n)
        for actor, autonomy in case.autonomy:
            own[actor] = x[autonomy]
        total = pulls.sum(axis=1)
        anchor = np.where(total > 0, own / np.where(total > 0, own + total, 1), 1.0)
        h = pulls / np.where(total > 0, own + total, 1)[:, None]
        self.v = np.linalg.solve(np.eye(n) - h, np.diag(anchor))
        views = np.zeros((n, len(case.candidates)))
        for a in range(n):
            for c, (backer, incumbent, appeal) in enumerate(case.candidates):
                views[a, c] = self.view(a, c, backer, incumbent, appeal)
        self.minds = (self.v @ views)[case.lists]

    def view(self, a, c, backer, incumbent, appeal):
        case, x = self.case, self.x
        if (a, c) in case.stated:
            return x[case.stated[a, c]]
        backer = None if backer is None else case.lists[backer]
        if backer == a:
            return self.p("own_candidate")
        view = x[appeal] - (self.p("incumbent_burden") if incumbent else 0)
        return view - self.distance(a, backer) if backer is not None and case.positions[a] else view

    def distance(self, a, b):
        one, other, x = self.case.positions[a], self.case.positions[b], self.x
        both = [(one[i], other[i]) for i in one if i in other]
        weights = [x[p[1]] * x[q[1]] for p, q in both]
        if sum(weights) <= 0:
            return 0.5
        return sum(w * abs(x[p[0]] - x[q[0]]) for w, (p, q) in zip(weights, both)) / sum(weights)

    def held(self, lists):
        return int(self.seats[list(lists)].sum()) if len(lists) else 0

    def shares(self, lists):
        return [(l, self.seats[l] / max(1, self.held(lists))) for l in lists]

    def logit(self, utility, precision):
        u = precision * (np.asarray(utility) - max(utility))
        p = np.exp(u)
        return int(np.searchsorted(np.cumsum(p / p.sum()), self.rng.random(), side="right").clip(0, len(p) - 1))

    def align(self):
        blocs, joined = {}, set()
        for l, umbrella, cohesion in self.case.members:
            goes = self.rng.random() < self.x[cohesion]
            if goes and l not in joined and self.seats[l]:
                joined.add(l)
                blocs.setdefault(umbrella, []).append(l)
        blocs = list(blocs.values()) + [[l] for l in range(len(self.seats)) if l not in joined]
        self.bloc = sorted(max(blocs, key=self.held))

    def seek_partners(self):
        case, seats = self.case, self.seats
        outside = [l for l in range(len(seats)) if seats[l] and l not in self.bloc]
        outside = sorted(sorted(outside, key=lambda l: (-seats[l], l))[:12])
        by_community = [sum(seats[l] for l in range(len(seats)) if case.community[l] == c) for c in range(case.communities)]
        large = [c for c in range(case.communities) if by_community[c] * 20 >= case.seats]
        speaks = lambda l: {c for c in large if case.community[l] == c and seats[l] * 4 >= by_community[c]}
        shares = self.shares(self.bloc)
        on_bloc = sum(s * self.v[case.lists[l]] for l, s in shares)[case.outside]
        distance, likeness = {}, {}
        for l in outside:
            distance[l] = sum(s * self.distance(case.lists[l], case.lists[m]) for m, s in shares)
            overlap = np.minimum(on_bloc, self.v[case.lists[l]][case.outside]).sum()
            likeness[l] = overlap / on_bloc.sum() if on_bloc.sum() > 0 else 0
        loyal = self.p("attendance") * self.p("discipline")
        cushioned = int(np.ceil(case.majority / loyal))
        needed = cushioned if self.held(self.bloc + outside) >= cushioned else case.majority
        choices, utility = [], []
        for mask in range(1 << len(outside)):
            joined = [l for i, l in enumerate(outside) if mask >> i & 1]
            all_seats = self.held(self.bloc + joined)
            if all_seats < needed:
                continue
            spoken = set().union(*(speaks(l) for l in self.bloc + joined))
            likes = sum(seats[l] * likeness[l] for l in joined) / all_seats
            far = sum(seats[l] * distance[l] for l in joined) / all_seats
            choices.append(sorted(self.bloc + joined))
            utility.append(
                self.p("inclusion") / max(1, len(large)) * len(spoken)
                + self.p("tie_gain") * likes
                - self.p("distance_cost") * far
                - self.p("surplus_cost") / case.seats * (all_seats - needed)
            )
        self.coalition = choices[self.logit(utility, self.p("coalition_precision"))] if choices else []

    def put_off(self):
        self.failures += 1
        self.tries += 1
        self.due = self.later(self.p("retry_days") * (0.5 + self.rng.random()))

    def step(self):
        """What is due on the day."""
        case = self.case
        kind, _, threshold, quorum, runoff = case.stages[self.done]
        if kind not in ("certification", "session"):
            if not self.bloc:
                self.align()
                self.seek_partners()
            if not self.agreed:
                lead = min(1, self.held(self.bloc) / case.majority)
                self.agreed = self.rng.random() < self.p("agreement") * lead
                if not self.agreed:
                    self.due = self.later(7)
                    return
        act = {"elect": self.elect, "nominate": self.nominate, "confidence": self.confide}.get(kind)
        if act is None or act(threshold, quorum, runoff):
            self.done += 1
            self.tries = 0
            if self.done == len(case.stages):
                self.confidence = self.day
            else:
                self.due = self.later(self.x[case.stages[self.done][1]])

    def elect(self, threshold, quorum, runoff):
        attendance = self.p("attendance")
        stays_away = self.rng.random() < self.p("obstruction") * 0.7**self.tries
        away = int(self.seats.sum()) - self.held(self.coalition) if stays_away else 0
        present = int((self.case.seats - away) * attendance)
        votes = int(self.held(self.coalition) * attendance * self.p("discipline"))
        if present >= quorum and (votes >= threshold or runoff and self.coalition):
            return True
        self.put_off()
        if self.tries % 3 == 0:
            self.seek_partners()
        return False

    def nominate(self, *_):
        case = self.case
        if len(self.closed) >= len(case.candidates):
            self.closed = []
        open_names = [c for c in range(len(case.candidates)) if c not in self.closed]
        shares = self.shares(self.coalition or self.bloc)
        fatigue = self.p("fatigue") * self.failures
        utility = [
            sum(s * self.minds[l, c] for l, s in shares) + (fatigue if case.candidates[c][0] is None else 0)
            for c in open_names
        ]
        self.nominee = open_names[self.logit(utility, self.p("nominee_precision"))]
        if not self.threatened():
            return True
        self.close()
        self.put_off()
        return False

    def threatened(self):
        case = self.case
        pull = sum(s * self.v[case.lists[l]] for l, s in self.shares(self.bloc)) + self.v[case.government]
        strongest = pull[case.outside].max()
        for (actor, candidate), threat in case.threats.items():
            if candidate == self.nominee and self.rng.random() < self.x[threat] and strongest > 0:
                if self.rng.random() < self.p("veto_hold") * min(1, pull[actor] / strongest):
                    return True
        return False

    def close(self):
        self.failed.append(self.nominee)
        self.closed.append(self.nominee)
        self.nominee = None

    def leaves(self, l):
        base = np.clip(self.p("defection"), 1e-9, 1 - 1e-9)
        odds = base / (1 - base) * np.exp(-self.p("nominee_precision") * self.minds[l, self.nominee])
        return l != self.case.candidates[self.nominee][0] and self.rng.random() < odds / (1 + odds)

    def confide(self, threshold, *_):
        self.coalition = [l for l in self.coalition if not self.leaves(l)]
        if int(self.held(self.coalition) * self.p("attendance") * self.p("discipline")) >= threshold:
            return True
        self.close()
        self.done = next(i for i, s in enumerate(self.case.stages) if s[0] == "nominate")
        self.put_off()
        self.seek_partners()
        return False

    def play(self):
        while self.confidence is None and self.due <= self.case.window:
            self.day = self.due
            self.step()
        return self

    def outcome(self):
        return [*map(int, self.seats), self.confidence, self.nominee if self.confidence is not None else None]
