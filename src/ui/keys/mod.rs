//! The keyboard: every key that is not a text field's or a focused button's, in one place.
//!
//! It runs before anything is drawn and takes the keys it uses, so that no widget sees them twice.

use eframe::egui::{Context, Event, FocusDirection, InputState, Key, Modifiers, TextEdit};

mod about;
mod decks;
mod digits;
mod goal;
mod scores;
mod test;

use super::screens::study::answer_id;
use super::screens::{self, study, today};
use crate::app::decks::DeckCommand;
use crate::app::draft::Draft;
use crate::app::goals::GoalCommand;
use crate::app::study::{Asked, Place, Stage};
use crate::app::{App, Command};
use crate::app::{Screen, Setting};
use crate::domain::day::StudyDay;
use crate::domain::event::Confidence;
use crate::domain::rating::Rating;
use crate::domain::task::{Form, Response};
use digits::DIGITS;

/// What the keys of this frame ask for.
#[derive(Debug, Default)]
pub struct Pressed {
    /// In order.
    pub commands: Vec<Command>,
    /// Show, or hide, the list of all keys.
    pub toggle_overlay: bool,
    /// Put the cursor into this gap of the answer.
    pub focus_gap: Option<usize>,
}

/// The keys that go from row to row of a list, each with its step; a page is so many rows.
fn row_steps(page: isize) -> [(Key, isize); 6] {
    [
        (Key::ArrowUp, -1),
        (Key::ArrowDown, 1),
        (Key::PageUp, -page),
        (Key::PageDown, page),
        (Key::Home, isize::MIN),
        (Key::End, isize::MAX),
    ]
}

/// Reads the keys. `had_text_focus` says whether a text field had the focus when the last frame ended:
/// Esc leaves the field first.
pub fn read(ctx: &Context, app: &App, today: StudyDay, had_text_focus: bool) -> Pressed {
    let mut pressed = Pressed::default();
    ignore_held_keys(ctx);
    if app.decks().dialog().is_some() && app.study().is_none() && app.screen() == Screen::Decks {
        // A dialog has the keyboard to itself.
        if ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            pressed.commands.push(Command::Deck(DeckCommand::CloseDialog));
        }
        return pressed;
    }
    let typing = ctx.text_edit_focused();
    let focused = ctx.memory(|memory| memory.focused());
    everywhere(ctx, app, &mut pressed);
    // Letters belong to the answer even while its field has lost the focus: they must not suspend a card.
    let letters_are_text = typing || app.asked().is_some_and(Asked::is_being_typed);
    let mut keys = Keys { ctx, typing: letters_are_text, on_widget: focused.is_some() && !typing };
    if !keys.typing && keys.bare(Key::Questionmark) {
        pressed.toggle_overlay = true;
    }
    if app.study().is_some() && !had_text_focus && keys.plain(Key::Escape) {
        pressed.commands.push(Command::EndSession);
    }
    match app.study().map(|study| (study, study.place())) {
        Some((_, Place::Card(asked))) => card(&mut keys, asked, &mut pressed),
        Some((_, place @ (Place::Waiting(_) | Place::Finished))) => {
            if keys.go() {
                pressed.commands.push(Command::EndSession);
            }
            if matches!(place, Place::Finished) {
                for command in study::after_the_end(app) {
                    if letter(command.key()).is_some_and(|key| keys.bare(key)) {
                        pressed.commands.push(command);
                    }
                }
            }
        }
        None if app.tests().is_running() => {
            if let Some(running) = app.tests().running() {
                test::run(&mut keys, running, had_text_focus, &mut pressed);
            }
        }
        None if let Some(page) = app.about() => about::read(&mut keys, page, had_text_focus, &mut pressed),
        None if app.screen() == Screen::Test => test::screen(&mut keys, app, had_text_focus, &mut pressed),
        None if app.goals().page().is_some() => {
            if let Some(page) = app.goals().page() {
                goal::read(&mut keys, app, page, today, had_text_focus, &mut pressed);
            }
        }
        None if app.screen() == Screen::Today => on_today(&mut keys, app, today, &mut pressed),
        None if app.screen() == Screen::Decks => decks::read(&mut keys, app, had_text_focus, &mut pressed),
        None if app.screen() == Screen::Scores => scores::read(&mut keys, app, today, &mut pressed),
        None => {}
    }
    if !pressed.commands.is_empty() || pressed.toggle_overlay || pressed.focus_gap.is_some() {
        // What a key did here it must not also write into a field that gets the focus in this frame.
        ctx.input_mut(|input| input.events.retain(|event| !matches!(event, Event::Text(_))));
    }
    pressed
}

fn everywhere(ctx: &Context, app: &App, pressed: &mut Pressed) {
    let percent = app.settings().text_percent;
    let free = !ctx.text_edit_focused() || !field_can_undo(ctx, app);
    ctx.input_mut(|input| {
        let mut command = |input: &mut InputState, modifiers: Modifiers, key: Key, command: Command| {
            if digits::consume(input, modifiers, key) {
                pressed.commands.push(command);
            }
        };
        // Before plus and minus: on some layouts they are written by the keys of digits.
        for screen in Screen::ALL {
            let key = DIGITS[usize::from(screen.digit()) - 1];
            command(input, Modifiers::COMMAND, key, Command::Go(screen));
        }
        for (keys, change) in [([Key::Plus, Key::Equals], 10i32), ([Key::Minus, Key::Minus], -10)] {
            for key in keys {
                let new = u16::try_from(i32::from(percent) + change).unwrap_or(percent);
                command(input, Modifiers::COMMAND, key, Command::Set(Setting::TextPercent(new)));
            }
        }
        command(input, Modifiers::COMMAND, Key::Num0, Command::Set(Setting::TextPercent(100)));
        // Before Ctrl+Z, which also matches with Shift held.
        if free {
            command(input, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z, Command::Redo);
            command(input, Modifiers::COMMAND, Key::Y, Command::Redo);
            command(input, Modifiers::COMMAND, Key::Z, Command::Undo);
        }
        command(input, Modifiers::COMMAND, Key::Q, Command::Quit);
        if input.consume_key(Modifiers::COMMAND, Key::K) {
            pressed.toggle_overlay = true;
        }
    });
}

/// Whether the field with the focus has something of its own to undo: text, or text that was deleted.
fn field_can_undo(ctx: &Context, app: &App) -> bool {
    // Outside of a session every field's text is its own.
    let Some(study) = app.study() else { return true };
    let Some(asked) = study.asked() else { return false };
    if asked.is_given_back() {
        return false;
    }
    let texts = match &asked.draft {
        Draft::Text(text) => std::slice::from_ref(text),
        Draft::Gaps(texts) => texts.as_slice(),
        _ => return false,
    };
    let focused = ctx.memory(|memory| memory.focused());
    let here = texts.iter().enumerate().find(|(gap, _)| focused == Some(answer_id(asked, *gap)));
    let Some((gap, text)) = here else { return false };
    let Some(state) = TextEdit::load_state(ctx, answer_id(asked, gap)) else { return false };
    let Some(range) = state.cursor.char_range() else { return !text.is_empty() };
    !text.is_empty() || state.undoer().has_undo(&(range, text.clone()))
}

/// A held key acts once: a book on the space bar must not rate cards. Arrows and Backspace may repeat.
pub(super) fn ignore_held_keys(ctx: &Context) {
    let may_repeat = |key: Key| {
        matches!(
            key,
            Key::ArrowUp
                | Key::ArrowDown
                | Key::ArrowLeft
                | Key::ArrowRight
                | Key::Backspace
                | Key::Delete
                | Key::PageUp
                | Key::PageDown
                | Key::Tab
        )
    };
    ctx.input_mut(|input| {
        input
            .events
            .retain(|event| !matches!(event, Event::Key { repeat: true, key, .. } if !may_repeat(*key)));
    });
}

fn on_today(keys: &mut Keys<'_>, app: &App, today: StudyDay, pressed: &mut Pressed) {
    if app.next_exam(today).is_some() && keys.bare(Key::G) {
        pressed.commands.push(screens::goal::open(app, today));
    }
    if app.goals().asks_time() && keys.plain(Key::Escape) {
        pressed.commands.push(Command::Goal(GoalCommand::LessTime));
    }
    if let Some(soon) = app.exam_soon(today) {
        goal::time(keys, app, &soon, pressed);
    }
    let primary = today::primary(app);
    if let Some(primary) = &primary {
        for other in today::others(app, primary) {
            if letter(today::key_of(&other)).is_some_and(|key| keys.bare(key)) {
                pressed.commands.push(other);
            }
        }
    }
    if let Some(primary) = primary
        && keys.go()
    {
        pressed.commands.push(primary);
    }
    if let Some(read) = today::read_the_article(app)
        && keys.bare(Key::R)
    {
        pressed.commands.push(read);
    }
}

fn card(keys: &mut Keys<'_>, asked: &Asked, pressed: &mut Pressed) {
    let deck = &asked.deck;
    let out = &mut pressed.commands;
    match &asked.stage {
        Stage::Asking => {
            asking(keys, asked, pressed);
            return;
        }
        Stage::Revealed { .. } | Stage::Judged { .. } => {
            if asked.may_say_confidence() {
                say_confidence(keys, out);
            }
            for (key, rating) in DIGITS.into_iter().zip(Rating::ALL) {
                if keys.bare(key) {
                    out.push(Command::Rate(rating));
                }
            }
            if !asked.acceptable().is_empty() && keys.bare(Key::A) {
                out.push(Command::AcceptAnswer);
            }
            if asked.may_decide() {
                for (key, command) in [(Key::A, Command::MeantIt), (Key::X, Command::DidNotKnowIt)] {
                    if keys.bare(key) {
                        out.push(command);
                    }
                }
            }
            // Before the grade a guess is said with the same key.
            for (key, command) in [(Key::G, Command::Guessed), (Key::W, Command::ToggleReason)] {
                if keys.bare(key) {
                    out.push(command);
                }
            }
            if keys.go() {
                out.push(Command::Continue);
            }
            if let Some(url) = deck.source.as_ref().and_then(|source| source.url.clone())
                && keys.bare(Key::R)
            {
                out.push(Command::OpenLink(url));
            }
        }
    }
    set_aside(keys, out);
}

/// How sure one is, before the verdict.
fn say_confidence(keys: &mut Keys<'_>, out: &mut Vec<Command>) {
    for command in Confidence::ALL.map(Command::SayConfidence) {
        if letter(command.key()).is_some_and(|key| keys.bare(key)) {
            out.push(command);
        }
    }
}

fn set_aside(keys: &mut Keys<'_>, out: &mut Vec<Command>) {
    for (key, command) in [(Key::S, Command::Suspend), (Key::B, Command::Bury)] {
        if keys.bare(key) {
            out.push(command);
        }
    }
}

fn asking(keys: &mut Keys<'_>, asked: &Asked, pressed: &mut Pressed) {
    let out = &mut pressed.commands;
    if keys.bare(Key::H) {
        out.push(Command::ShowHint);
    }
    if keys.bare(Key::X) {
        out.push(Command::GiveUp);
    }
    say_confidence(keys, out);
    set_aside(keys, out);
    answering(keys, asked, pressed);
}

/// The keys that give an answer, in a session and in a test.
fn answering(keys: &mut Keys<'_>, asked: &Asked, pressed: &mut Pressed) {
    let out = &mut pressed.commands;
    match &asked.task.form {
        Form::Reveal { .. } => {
            if keys.go() {
                out.push(Command::ShowAnswer);
            }
        }
        Form::Bool { .. } => {
            for (key, value) in [(Key::Num1, true), (Key::T, true), (Key::Num2, false), (Key::F, false)] {
                if keys.bare(key) {
                    out.push(Command::Answer(Response::Bool(value)));
                }
            }
        }
        Form::Pick { options, many: false } => {
            for (option, key) in DIGITS.into_iter().take(options.len()).enumerate() {
                if keys.bare(key) {
                    out.push(Command::Answer(Response::Picks(vec![option])));
                }
            }
        }
        Form::Text(_) | Form::Number { .. } | Form::Date { .. } | Form::Gaps { .. } => {
            typing(keys, asked, pressed);
        }
        Form::Pick { many: true, .. } | Form::Arrange { .. } | Form::Pair { .. } | Form::Bins { .. } => {
            // In the order pressed, each on top of the one before: several may come in one frame.
            let mut draft = None;
            for digit in keys.digits() {
                draft = draft.as_ref().unwrap_or(&asked.draft).digit(digit).or(draft);
            }
            out.extend(draft.map(Command::SetDraft));
            for (key, step) in [(Key::ArrowUp, -1), (Key::ArrowDown, 1)] {
                // Shift first: the bare arrow also matches with Shift held.
                let carry = !keys.on_widget && keys.with(Modifiers::SHIFT, key);
                if carry || (!keys.on_widget && keys.bare(key)) {
                    out.extend(asked.draft.step(step, carry).map(Command::SetDraft));
                }
            }
            if keys.bare(Key::Backspace) {
                out.extend(asked.draft.back().map(Command::SetDraft));
            }
            if !keys.on_widget && keys.plain(Key::Enter) {
                out.push(Command::Check);
            }
        }
    }
}

/// The gap that has the cursor.
fn gap_with_cursor(keys: &Keys<'_>, asked: &Asked) -> Option<usize> {
    let Draft::Gaps(texts) = &asked.draft else { return None };
    (0..texts.len()).find(|gap| keys.ctx.memory(|memory| memory.has_focus(answer_id(asked, *gap))))
}

/// Tab goes from gap to gap at once. By itself it would leave the input method without a field for a moment, which
/// costs the first letter of the next word.
fn tab_to_gap(keys: &Keys<'_>, asked: &Asked, pressed: &mut Pressed) {
    let Some(here) = gap_with_cursor(keys, asked) else { return };
    let Draft::Gaps(texts) = &asked.draft else { return };
    let is_back = keys.ctx.input(|input| input.modifiers.shift);
    let (modifiers, to) = match is_back {
        true => (Modifiers::SHIFT, here.checked_sub(1)),
        false => (Modifiers::NONE, Some(here + 1)),
    };
    // Out of the gaps it goes by itself.
    let Some(to) = to.filter(|to| *to < texts.len()) else { return };
    if keys.with(modifiers, Key::Tab) {
        // Else the same key moves the focus once more.
        keys.ctx.memory_mut(|memory| memory.move_focus(FocusDirection::None));
        pressed.focus_gap = Some(to);
    }
}

fn typing(keys: &mut Keys<'_>, asked: &Asked, pressed: &mut Pressed) {
    tab_to_gap(keys, asked, pressed);
    if !keys.plain_unless_on_widget(Key::Enter) {
        return;
    }
    if let Draft::Gaps(texts) = &asked.draft {
        let here = gap_with_cursor(keys, asked);
        let after = here.map_or(0, |here| here + 1);
        let empty = (after..texts.len()).chain(0..after).find(|gap| texts[*gap].trim().is_empty());
        // Enter in a gap left empty means that it is not known: the others count.
        let leaves_it = empty.is_some() && empty == here && asked.draft.is_complete();
        if let Some(gap) = empty.filter(|_| !leaves_it) {
            pressed.focus_gap = Some(gap);
            return;
        }
    }
    if asked.draft.is_complete() {
        pressed.commands.push(Command::Check);
    } else {
        pressed.focus_gap = Some(0);
    }
}

/// The key of a one-letter cap.
fn letter(cap: &str) -> Option<Key> {
    (cap.chars().count() == 1).then(|| Key::from_name(cap)).flatten()
}

/// The keys of a frame, with what the focus allows.
struct Keys<'a> {
    ctx: &'a Context,
    /// A text field has the focus: bare keys are its letters, Alt makes them ours.
    typing: bool,
    /// Something else has the focus: Space and Enter are its click.
    on_widget: bool,
}

impl Keys<'_> {
    fn with(&self, modifiers: Modifiers, key: Key) -> bool {
        self.ctx.input_mut(|input| digits::consume(input, modifiers, key))
    }

    /// The key without modifiers, or its Alt twin, which works inside a text field too.
    fn bare(&mut self, key: Key) -> bool {
        let alt = self.with(Modifiers::ALT, key);
        alt || (!self.typing && self.plain(key))
    }

    fn plain(&self, key: Key) -> bool {
        self.with(Modifiers::NONE, key)
    }

    fn plain_unless_on_widget(&self, key: Key) -> bool {
        !self.on_widget && self.plain(key)
    }

    /// The digits pressed, from 1, in order; their Alt twins too.
    fn digits(&self) -> Vec<usize> {
        let mut digits = Vec::new();
        self.ctx.input_mut(|input| {
            input.events.retain(|event| match event {
                Event::Key { pressed: true, modifiers, .. } if !modifiers.command => {
                    let digit = digits::of(event);
                    digits.extend(digit);
                    digit.is_none()
                }
                _ => true,
            });
        });
        digits
    }

    /// Space or Enter, where nothing has the focus that would be clicked by them.
    fn go(&mut self) -> bool {
        if self.on_widget || self.typing {
            return false;
        }
        // Both are taken, so that a held pair does not act twice.
        let space = self.plain(Key::Space);
        let enter = self.plain(Key::Enter);
        space || enter
    }
}
