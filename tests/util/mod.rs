//! Helpers of the tests: a window without a display, at a fixed time, over a folder of its own.

#![allow(dead_code, reason = "every test file uses another part")]

pub mod authoring;

use std::path::Path;

use eframe::egui::{self, Key, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use linchpin::app::clock::Clock;
use linchpin::app::draft::Draft;
use linchpin::app::study::{Asked, Place, Stage};
use linchpin::app::{App, Dirs};
use linchpin::domain::grade::date::parse_dates;
use linchpin::domain::grade::right_answer;
use linchpin::domain::question::Kind;
use linchpin::domain::task::{Form, Response};
use linchpin::ui::Window;

/// A Monday morning, on which every test begins unless it says otherwise.
pub const NOW: &str = "2026-11-23T10:00:00+09:00[Asia/Seoul]";

/// A window over a data folder.
pub struct Bench<'a> {
    /// The window and what it last drew.
    pub harness: Harness<'a, Window>,
}

/// A file dropped on the window.
#[derive(Debug)]
struct Dropped(std::path::PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

/// How a window is opened.
pub struct Opening<'a> {
    /// Its data folder.
    pub folder: &'a Path,
    /// The time it shows.
    pub at: &'a str,
    /// Points.
    pub size: Vec2,
    /// Dark instead of light.
    pub dark: bool,
    /// Size of all text.
    pub text_percent: u16,
    /// Whether pictures are wanted: that needs a Vulkan driver.
    pub pictures: bool,
}

impl<'a> Opening<'a> {
    /// 1280 by 800, light, without pictures.
    pub fn new(folder: &'a Path) -> Self {
        Self {
            folder,
            at: NOW,
            size: egui::vec2(1280.0, 800.0),
            dark: false,
            text_percent: 100,
            pictures: false,
        }
    }

    /// Opens it.
    pub fn open(self) -> Bench<'static> {
        let dirs = Dirs::in_folder(self.folder);
        let clock = Clock::set_to(self.at).expect("a time");
        if self.dark {
            std::fs::write(self.folder.join("settings.ron"), "(theme: Dark)")
                .expect("settings can be written");
        }
        let theme = if self.dark { egui::Theme::Dark } else { egui::Theme::Light };
        // The harness takes points, of which larger text leaves fewer in the same window.
        let size = self.size * 100.0 / f32::from(self.text_percent);
        let builder = Harness::builder().with_size(size).with_theme(theme).with_max_steps(30);
        let builder = if self.pictures { builder.wgpu() } else { builder };
        let harness = builder.build_eframe(move |context| Window::new(&context.egui_ctx, dirs, clock));
        let mut bench = Bench { harness };
        bench.settle();
        bench
    }
}

impl Bench<'_> {
    /// Draws until nothing moves any more.
    pub fn settle(&mut self) {
        self.harness.run();
    }

    /// Presses a key alone.
    pub fn key(&mut self, key: Key) {
        self.harness.key_press(key);
        self.settle();
    }

    /// Presses a key with modifiers.
    pub fn chord(&mut self, modifiers: egui::Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.settle();
    }

    /// Types text into what has the focus.
    pub fn text(&mut self, text: &str) {
        self.harness.event(egui::Event::Text(text.to_owned()));
        self.settle();
    }

    /// Waits until so many tests of the past are read, beside the window.
    pub fn wait_for_tests(&mut self, number: usize) {
        for _ in 0..500 {
            if self.app().tests().earlier().is_some_and(|tests| tests.len() == number) {
                self.settle();
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
            self.settle();
        }
        panic!("the tests of the past are not read");
    }

    /// Types the code of the next test on its screen, so that it is always the same one.
    pub fn write_code(&mut self, code: &str) {
        let (role, name) = (egui::accesskit::Role::TextInput, "Code");
        self.harness.get_by_role_and_label(role, name).scroll_to_me();
        self.settle();
        self.harness.get_by_role_and_label(role, name).focus();
        self.settle();
        self.chord(egui::Modifiers::COMMAND, Key::A);
        self.text(code);
        self.key(Key::Escape);
    }

    /// Drops a file on the window.
    pub fn drop_file(&mut self, path: &Path) {
        self.harness.input_mut().dropped_files.push(std::sync::Arc::new(Dropped(path.to_owned())));
        self.settle();
    }

    /// The program's state.
    pub fn app(&self) -> &App {
        self.harness.state().app().expect("the progress opened")
    }

    /// The card before the learner.
    pub fn asked(&self) -> &Asked {
        self.app().study().and_then(|study| study.asked()).expect("a card is asked")
    }

    /// Whether a verdict shows.
    pub fn is_judged(&self) -> bool {
        matches!(self.asked().stage, Stage::Judged { .. })
    }

    /// Buries cards until one is asked that fits.
    pub fn bury_until(&mut self, fits: impl Fn(&Asked) -> bool) {
        for _ in 0..400 {
            match self.app().study().map(|study| study.place()) {
                None => self.key(Key::Space),
                Some(Place::Card(asked)) if fits(asked) => return,
                Some(Place::Card(_)) => self.chord(egui::Modifiers::ALT, Key::B),
                Some(Place::Finished) => self.key(Key::L),
                Some(Place::Waiting(_)) => break,
            }
        }
        panic!("no such card");
    }

    /// Buries cards until one of a kind is asked.
    pub fn bury_until_kind(&mut self, kind: Kind) {
        self.bury_until(|asked| asked.task.kind == kind);
    }
}

/// Whether tests that need something of the machine may be left out: not where `LINCHPIN_TEST_EVERYTHING` is set.
pub fn skip(what: &str, why: &str) {
    assert!(std::env::var_os("LINCHPIN_TEST_EVERYTHING").is_none(), "{what} must not be skipped here: {why}");
    eprintln!("SKIPPED: {what}: {why}");
}

/// Whether a Vulkan driver is there, hardware or software: without one no picture can be drawn.
pub fn can_draw_pictures() -> bool {
    let folders = ["/usr/share/vulkan/icd.d", "/etc/vulkan/icd.d", "/usr/local/share/vulkan/icd.d"];
    let found = folders
        .iter()
        .any(|folder| std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()));
    if !cfg!(target_os = "linux") || found {
        return true;
    }
    skip("pictures of the window", "no Vulkan driver is installed (Debian: mesa-vulkan-drivers)");
    false
}

/// Gives an answer by keys, as a learner would: right, or wrong in a way that shows partial credit.
pub fn answer(bench: &mut Bench<'_>, right: bool) {
    let task = bench.asked().task.clone();
    match right_answer(&task) {
        Response::Text(text) => {
            let typed = if right { text } else { misspelt(&text) };
            bench.text(&typed);
            bench.key(Key::Enter);
        }
        Response::Gaps(texts) => {
            for (gap, text) in texts.iter().enumerate() {
                bench.text(if right || gap == 0 { text } else { "something else" });
                bench.key(Key::Enter);
            }
        }
        _ => answer_by_digits(bench, &task.form, right),
    }
}

/// Wrong, and still a number where a number is asked for, a date where a date is.
fn misspelt(text: &str) -> String {
    if text == "상호방위조약" {
        "상호방의조약".to_owned()
    } else if !parse_dates(text).is_empty() {
        "1 January 1990".to_owned()
    } else if text.chars().all(|letter| letter.is_ascii_digit()) {
        "1949".to_owned()
    } else {
        format!("{text}x")
    }
}

fn answer_by_digits(bench: &mut Bench<'_>, form: &Form, right: bool) {
    const DIGITS: [Key; 9] =
        [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
    match form {
        Form::Reveal { .. } => bench.key(Key::Space),
        Form::Bool { right: value } => bench.key(if *value == right { Key::T } else { Key::F }),
        Form::Pick { options, many: false } => {
            let at = options.iter().position(|option| option.right == right).expect("such an option");
            bench.key(DIGITS[at]);
        }
        Form::Pick { options, many: true } => {
            let mut first = true;
            for (at, option) in options.iter().enumerate() {
                // Wrong: the first right one is left out and a wrong one is taken.
                let skip = !right && option.right && std::mem::take(&mut first);
                if option.right != skip && (option.right || (!right && at == options.len() - 1)) {
                    bench.key(DIGITS[at]);
                }
            }
            bench.key(Key::Enter);
        }
        Form::Arrange { items } => {
            for (place, digit) in DIGITS.into_iter().enumerate().take(items.len()) {
                let Draft::Arrangement { order, .. } = bench.asked().draft.clone() else {
                    panic!("an arrangement");
                };
                // Wrong: the last two change places.
                let wanted =
                    if right || place + 2 < items.len() { place } else { 2 * items.len() - 3 - place };
                let at = order.iter().position(|item| items[*item].place == wanted).unwrap_or(place);
                bench.key(DIGITS[at]);
                bench.key(digit);
            }
            bench.key(Key::Enter);
        }
        Form::Pair { .. } | Form::Bins { .. } => {
            let right_places: Vec<usize> = match form {
                Form::Pair { right_of, .. } => right_of.clone(),
                Form::Bins { items, .. } => items.iter().map(|item| item.bin).collect(),
                _ => Vec::new(),
            };
            let mut places = right_places.clone();
            match form {
                Form::Pair { .. } if !right => places.swap(0, 1),
                Form::Bins { bins, .. } if !right => places[0] = (places[0] + 1) % bins.len(),
                _ => {}
            }
            // The first one that waits is number 1 every time.
            for place in places {
                bench.key(Key::Num1);
                bench.key(DIGITS[place]);
            }
            bench.key(Key::Enter);
        }
        _ => unreachable!("typed answers are typed"),
    }
}
