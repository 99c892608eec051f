//! A new case from a few answers: whole enough to pass check and to run, and commented so that its author knows what
//! to write where.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::civil::Date;
use jiff::{Span, ToSpan as _};

/// What is asked before a case is written.
#[derive(Debug, Clone)]
pub struct Outline {
    /// The title of the brief.
    pub title: String,
    /// The contested state's name.
    pub state: String,
    /// Districts with their seats.
    pub districts: Vec<(String, u32)>,
    /// Lists that stand.
    pub lists: Vec<String>,
    /// Outside patrons.
    pub patrons: Vec<String>,
    /// The last day of information.
    pub as_of: Date,
    /// Election day.
    pub election: Date,
    /// What is known beside.
    pub found: Found,
}

/// What tables of others say of a new case, where they say anything.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// Other names of lists and of the state, by name.
    pub aliases: BTreeMap<String, Vec<String>>,
    /// The share of the vote that a list may expect, in \[0, 1\], and where it comes from.
    pub shares: BTreeMap<String, (f64, String)>,
    /// Those who fight, by name.
    pub factions: Vec<String>,
    /// How many died in fighting in each year.
    pub deaths: BTreeMap<i16, u64>,
}

/// Why an outline is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineError(String);

impl std::fmt::Display for OutlineError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for OutlineError {}

/// A name as an id: lower-case letters and digits, everything else a hyphen. A name without any of them, in another script,
/// has one of its own made from its letters' hash.
#[must_use]
pub fn id_of(name: &str) -> String {
    let mut id = String::new();
    for c in name.chars() {
        match c.to_ascii_lowercase() {
            c if c.is_ascii_alphanumeric() => id.push(c),
            _ if !id.is_empty() && !id.ends_with('-') => id.push('-'),
            _ => {}
        }
    }
    let id = id.trim_end_matches('-').to_owned();
    match id.is_empty() {
        true => format!("n-{}", &blake3::hash(name.as_bytes()).to_hex()[..8]),
        false => id,
    }
}

fn text(value: &str) -> String {
    serde_json::Value::from(value).to_string()
}

impl Outline {
    /// The files of the case, each with its name and text.
    ///
    /// # Errors
    /// If there is nothing to elect, two names make one id, or the election is not after the as-of date.
    pub fn files(&self) -> Result<Vec<(&'static str, String)>, OutlineError> {
        let seats: u64 = self.districts.iter().map(|(_, seats)| u64::from(*seats)).sum();
        let fault = |text: String| Err(OutlineError(text));
        if seats == 0 || self.districts.iter().any(|(_, seats)| *seats == 0) {
            return fault("every district needs a seat at least".to_owned());
        }
        if seats > 100_000 {
            return fault(format!("{seats} seats are more than any assembly has"));
        }
        if self.lists.len() < 2 {
            return fault("an election needs two lists at least".to_owned());
        }
        if self.election <= self.as_of {
            let (election, as_of) = (self.election, self.as_of);
            return fault(format!("the election of {election} is not after {as_of}"));
        }
        let others = self.patrons.iter().chain(&self.found.factions);
        let names = self.lists.iter().chain(others).chain([&self.state]);
        let mut ids: Vec<String> = names.map(|name| id_of(name)).collect();
        ids.sort();
        if let Some(twice) = ids.windows(2).find(|pair| pair[0] == pair[1]) {
            return fault(format!("two actors would have the id \"{}\"", twice[0]));
        }
        let mut districts: Vec<String> =
            self.districts.iter().map(|(name, _)| id_of(name)).collect();
        districts.sort();
        if let Some(twice) = districts.windows(2).find(|pair| pair[0] == pair[1]) {
            return fault(format!("two districts would have the id \"{}\"", twice[0]));
        }
        let mut files = vec![
            ("README.md", self.readme()),
            ("actors.toml", self.actors()),
            ("case.toml", self.head()?),
            ("contest.toml", self.contest()),
            ("institutions.toml", self.institutions(seats)),
            ("issues.toml", self.issues()),
            ("prior.csv", self.priors()),
            ("sources.toml", self.sources()?),
            ("ties.toml", self.ties()),
        ];
        // A case of which nothing is known is asked what follows from what it holds.
        if !(self.found.shares.is_empty() && self.found.deaths.is_empty()) {
            files.insert(7, ("questions.toml", self.questions()));
        }
        Ok(files)
    }

    fn day(&self, span: Span) -> Result<Date, OutlineError> {
        let day = self.as_of.checked_add(span);
        day.map_err(|_| OutlineError(format!("{} is no date to begin with", self.as_of)))
    }

    fn readme(&self) -> String {
        format!(
            "# {}\n\nWhat this case holds, where its numbers come from, and what is left out.\n\nEvery number was put there by `shatterbelt new` and is judged by nobody: replace value, low and high,\nand put source = \"KEY\" (a source of sources.toml) or a reason of your own in the place of judged.\n`shatterbelt check` says what is left to do, `docs/case-format.md` what may be written.\n",
            self.title
        )
    }

    fn head(&self) -> Result<String, OutlineError> {
        let focus: Vec<String> = self.patrons.iter().map(|p| text(&id_of(p))).collect();
        let until = self.day(1.year())?.max(self.election);
        let until = until.checked_add(180.days()).unwrap_or(Date::MAX);
        Ok(include_str!("outline/case.toml")
            .replace("{title}", &text(&self.title))
            .replace(
                "{summary}",
                &text(&format!("{} votes on {}.", self.state, self.election.strftime("%-d %B %Y"))),
            )
            .replace("{state}", &text(&id_of(&self.state)))
            .replace("{as_of}", &self.as_of.to_string())
            .replace("{until}", &until.to_string())
            .replace("{focus}", &focus.join(", ")))
    }

    fn actors(&self) -> String {
        let mut out = String::from(
            "# Who acts. aliases help reading: other names, in any script. autonomy is the weight an actor gives to its own\n# view against all pulls on it together; 1 is usual, less is a client, more is stubborn.\n",
        );
        let mut actor = |name: &str, kind: &str, autonomy: bool| {
            let others = self.found.aliases.get(name).into_iter().flatten();
            let others: Vec<String> = others.map(|name| text(name)).collect();
            let _ = write!(
                out,
                "\n[[actor]]\nid = {}\nname = {}\nkind = \"{kind}\"\naliases = [{}]\n",
                text(&id_of(name)),
                text(name),
                others.join(", ")
            );
            if autonomy {
                out.push_str("autonomy = { value = 1, low = 0.6, high = 1.6, judged = \"to be replaced\" }\n");
            }
        };
        actor(&self.state, "government", true);
        self.lists.iter().for_each(|list| actor(list, "list", true));
        self.patrons.iter().for_each(|patron| actor(patron, "state", false));
        self.found.factions.iter().for_each(|faction| actor(faction, "faction", true));
        out
    }

    fn ties(&self) -> String {
        let mut out = String::from(
            "# Who pulls on whom, through which channel: political, security, economic, social, information, diplomatic.\n# The pull is bandwidth (how much passes) times dependence (how much the one pulled on needs it), both from 0 to 1.\n",
        );
        let lists = self.lists.iter().cycle();
        for (patron, list) in self.patrons.iter().zip(lists) {
            let _ = write!(
                out,
                "\n[[tie]]\nfrom = {}\nto = {}\nchannel = \"political\"\nbandwidth = {{ value = 0.3, low = 0.1, high = 0.6, judged = \"to be replaced\" }}\ndependence = {{ value = 0.3, low = 0.1, high = 0.6, judged = \"to be replaced\" }}\n",
                text(&id_of(patron)),
                text(&id_of(list))
            );
        }
        out
    }

    fn institutions(&self, seats: u64) -> String {
        let mut out = include_str!("outline/institutions.toml")
            .replace("{seats}", &seats.to_string())
            .replace("{majority}", &(seats / 2 + 1).to_string());
        for (name, seats) in &self.districts {
            let _ = write!(
                out,
                "\n[[district]]\nid = {}\nname = {}\nseats = {seats}\nfringe = {{ value = 0.05, low = 0.01, high = 0.12, judged = \"to be replaced: the share of small lists\" }}\nfringe_lists = {{ value = 3, low = 1, high = 6, judged = \"to be replaced: how many small lists\" }}\nsource = \"law\"\n",
                text(&id_of(name)),
                text(name)
            );
        }
        out
    }

    fn contest(&self) -> String {
        let mut out = include_str!("outline/contest.toml")
            .replace("{id}", &self.election.year().to_string())
            .replace("{date}", &self.election.to_string());
        for list in &self.lists {
            let _ = write!(
                out,
                "\n[[entry]]\nlist = {}\nparticipates = true\nsource = \"news\"\n",
                text(&id_of(list))
            );
        }
        out.push_str("\n# Who may lead the next government. appeal, from -1 to 1: how acceptable to those of whom nothing is known.\n");
        for list in &self.lists {
            let _ = write!(
                out,
                "\n[[candidate]]\nid = {}\nname = {}\nlist = {}\nappeal = {{ value = 0, low = -0.4, high = 0.4, judged = \"to be replaced\" }}\n",
                text(&format!("leader-of-{}", id_of(list))),
                text(&format!("The leader of {list}")),
                text(&id_of(list))
            );
        }
        out
    }

    fn issues(&self) -> String {
        let mut out = String::from(
            "# Questions on which actors hold positions, from 0 (low) to 1 (high), and how much they mind.\n# Long tables of positions are better in position.csv.\n\n[[issue]]\nid = \"alignment\"\nname = \"How near should the state stand to its patrons?\"\nlow = \"far from all of them\"\nhigh = \"in their camp\"\n",
        );
        for list in &self.lists {
            let _ = write!(
                out,
                "\n[[position]]\nactor = {}\nissue = \"alignment\"\nposition = {{ value = 0.5, low = 0.2, high = 0.8, judged = \"to be replaced\" }}\nsalience = {{ value = 0.5, low = 0.2, high = 0.8, judged = \"to be replaced\" }}\n",
                text(&id_of(list))
            );
        }
        out
    }

    fn priors(&self) -> String {
        let mut out = String::from(
            "# What each list may expect in each district if every list stands. Give source or judged in every row.\ndistrict,list,share,share_low,share_high,source,judged\n",
        );
        #[allow(clippy::cast_precision_loss)]
        let share = 0.95 / self.lists.len() as f64;
        for (district, _) in &self.districts {
            for list in &self.lists {
                let (share, why) = match self.found.shares.get(list) {
                    Some((share, why)) => (share.max(0.001), why.as_str()),
                    None => (share, "to be replaced"),
                };
                let _ = writeln!(
                    out,
                    "{},{},{:.3},{:.3},{:.3},,{why}",
                    id_of(district),
                    id_of(list),
                    share,
                    share * 0.6,
                    (share * 1.4).min(1.0)
                );
            }
        }
        out
    }

    /// Who wins seats, who governs, how much violence: what a reader asks first.
    fn questions(&self) -> String {
        let as_of = self.as_of;
        let names = |before: &str| -> String {
            let names = self.lists.iter().map(|list| text(&format!("{before}{}", id_of(list))));
            names.chain([text("other")]).collect::<Vec<_>>().join(", ")
        };
        let mut out = String::from(
            "# What the brief answers on its first page. class brings what happened elsewhere: see docs/questions.md.\n",
        );
        let mut question = |id: &str, key: u32, text: &str, rest: &str| {
            let _ = write!(
                out,
                "\n[[question]]\nid = \"{id}\"\nas_of = {as_of}\nkey = {key}\ntext = \"{text}\"\n{rest}no_class = \"to be replaced: no class was chosen yet\"\n"
            );
        };
        let most =
            format!("kind = \"category\"\nask = \"largest\"\ncategories = [{}]\n", names(""));
        question("largest", 1, "Which list will have most seats?", &most);
        let head = names("leader-of-");
        let head = format!("kind = \"category\"\nask = \"head\"\ncategories = [{head}]\n");
        question("head", 2, "Who will lead the government?", &head);
        if let Some((last, most)) = self.found.deaths.last_key_value() {
            let past: Vec<String> = self.found.deaths.values().map(u64::to_string).collect();
            let (past, next) = (past.join(", "), last + 1);
            let rest = format!(
                "kind = \"number\"\nbeyond = \"no run counts deaths before the case has a rivalry, and no class of like cases was chosen\"\nbaseline = {{ past = [{past}], last = {most} }}\n"
            );
            let text = format!("How many people will be killed in fighting in {next}?");
            question("deaths", 3, &text, &rest);
        }
        out
    }

    fn sources(&self) -> Result<String, OutlineError> {
        Ok(include_str!("outline/sources.toml")
            .replace("{law}", &self.day(-1.year())?.to_string())
            .replace("{news}", &self.day(-7.days())?.to_string()))
    }
}
