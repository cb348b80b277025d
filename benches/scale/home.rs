//! Data folders of three sizes, written through the store as the program writes them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

use jiff::civil::Date;
use linchpin::domain::deck::Deck;
use linchpin::domain::seed::{rng, seed_of};
use linchpin::formats::ron_deck;
use linchpin::store::{NewEvent, Store};
use rand::RngExt;

use crate::learner::{Entry, Learner};
use crate::words::Words;

/// When the bench looks at the homes, and where: two days after the last answer.
pub const NOW: &str = "2026-11-23T10:00:00+01:00[Europe/Berlin]";
const LAST_DAY: Date = Date::constant(2026, 11, 21);
/// Events a transaction.
const BATCH: usize = 20_000;

/// How much is in a data folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// As in `LINCHPIN_SCALE_SIZES`.
    pub name: &'static str,
    decks: usize,
    cards: usize,
    answers: usize,
    days: u32,
}

/// From the smallest to the largest.
pub const SIZES: [Size; 4] = [
    Size { name: "empty", decks: 0, cards: 0, answers: 0, days: 0 },
    Size { name: "1k", decks: 1, cards: 1_000, answers: 10_000, days: 500 },
    Size { name: "100k", decks: 1, cards: 100_000, answers: 1_000_000, days: 1_200 },
    Size { name: "1m", decks: 10, cards: 1_000_000, answers: 4_000_000, days: 1_500 },
];

impl Size {
    /// Cards and answers, for the head of the table.
    pub fn label(&self) -> String {
        match self.cards {
            0 => "empty".to_owned(),
            _ => format!("{} cards, {} answers", self.cards, self.answers),
        }
    }

    /// Whether there is anything of the learner's in it.
    pub fn is_empty(&self) -> bool {
        self.cards == 0
    }
}

/// The folder of this size in `homes`; it is made if it is not there.
pub fn prepare(homes: &Path, size: &Size) -> PathBuf {
    let home = homes.join(size.name);
    let unfinished = homes.join(format!("{}.unfinished", size.name));
    if home.exists() {
        return home;
    }
    // What an interrupted run left.
    let _ = fs::remove_dir_all(&unfinished);
    fs::create_dir_all(&unfinished).expect("a folder");
    let begin = Instant::now();
    if !size.is_empty() {
        fill(&unfinished, size);
    }
    fs::rename(&unfinished, &home).expect("a finished home");
    eprintln!("made {} in {:.1} s", size.name, begin.elapsed().as_secs_f64());
    home
}

fn fill(home: &Path, size: &Size) {
    let mut chance = rng(seed_of(&format!("scale {}", size.name)));
    let words = Words::new(&mut chance);
    let folder = home.join("decks");
    fs::create_dir_all(&folder).expect("a folder");
    let mut decks: Vec<Deck> = Vec::new();
    for nth in 1..=size.decks {
        let text = words.deck(
            &format!("scale-{nth}"),
            &format!("Scale {nth}"),
            size.cards / size.decks,
            &mut chance,
        );
        fs::write(folder.join(format!("scale-{nth}.ron")), &text).expect("a deck");
        decks.push(ron_deck::parse(&text).deck.expect("a sound deck"));
    }
    let mut store = Store::open(home).expect("a store");
    let mut days: Vec<Date> = Vec::new();
    let mut date = LAST_DAY.saturating_sub(jiff::Span::new().days(i64::from(size.days)));
    while date <= LAST_DAY {
        // One day in nine is missed, and one in a hundred begins a pause of up to three weeks.
        let pause = if chance.random_ratio(1, 100) { chance.random_range(3..21) } else { 0 };
        if pause == 0 && !chance.random_ratio(1, 9) {
            days.push(date);
        }
        date = date.saturating_add(jiff::Span::new().days(pause + 1));
    }
    let mut learner = Learner::new(&decks, &words, store.log_id(), rng(chance.random()));
    let (mut entries, mut left) = (Vec::new(), size.answers);
    // Every card was seen after three quarters of the days.
    let new_cards = (size.cards * 4).div_ceil(days.len() * 3);
    for (nth, date) in days.iter().enumerate() {
        let share = left as f64 / (days.len() - nth) as f64;
        let is_last = nth + 1 == days.len();
        let answers = if is_last { left } else { (share * chance.random_range(0.6..1.4)) as usize };
        learner.study(*date, answers, new_cards, &mut entries);
        left -= answers;
        if entries.len() >= BATCH || is_last {
            store_all(&mut store, &learner, &entries);
            entries.clear();
        }
    }
}

fn store_all(store: &mut Store, learner: &Learner<'_>, entries: &[Entry]) {
    let events = entries.iter().map(|entry| NewEvent {
        stamp: entry.stamp,
        card: &learner.keys[entry.card],
        change: &entry.change,
        answer: entry.answer.as_ref(),
    });
    store.append_all(&events.collect::<Vec<_>>()).expect("the events are stored");
}

/// Copies a folder, file by file.
pub fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?
        } else {
            copy_file(&entry.path(), &target)?
        }
    }
    Ok(())
}

/// Copies a file with its modification time, as the index of decks compares it.
fn copy_file(from: &Path, to: &Path) -> io::Result<()> {
    fs::copy(from, to)?;
    fs::File::options().write(true).open(to)?.set_modified(fs::metadata(from)?.modified()?)
}

/// Bytes of the files in a folder, or of a file. 0 if it is not there.
pub fn bytes(path: &Path) -> u64 {
    let Ok(data) = fs::metadata(path) else { return 0 };
    if !data.is_dir() {
        return data.len();
    }
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    entries.map(|entry| bytes(&entry.path())).sum()
}
