//! The keyboard shortcuts: every key that is not handled by a text field or a focused button.
//!
//! [`read`] runs before anything is drawn and consumes the keys it uses, so that no widget handles them a second time.

use eframe::egui::{Context, Event, InputState, Key, Modifiers};

mod about;
mod attempt;
mod decks;
mod digits;
mod goal;
mod scores;

use super::kind::{self, Presentation, Submit};
use super::screens;
use crate::app::decks::DeckCommand;
use crate::app::goals::GoalCommand;
use crate::app::study::{ActiveCard, SessionState, Stage, StudyCommand};
use crate::app::{App, Command, Screen, Setting, today};
use crate::domain::day::StudyDay;
use crate::domain::event::Confidence;
use crate::domain::rating::Rating;
pub(in crate::ui) use digits::DIGITS;

/// What the keys of this frame do.
#[derive(Debug, Default)]
pub struct KeyActions {
    /// The commands, in the order to be applied.
    pub commands: Vec<Command>,
    /// Whether to show or hide the command palette.
    pub toggle_palette: bool,
    /// The gap of a cloze to put the cursor into.
    pub focus_gap: Option<usize>,
}

/// The keys that move from row to row of a list, each with its step in rows; `page` is the step of the page keys.
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

/// Reads and consumes the keys of this frame. `had_text_focus` says whether a text field had the focus when the last
/// frame ended: then Esc only leaves the field.
pub fn read(ctx: &Context, app: &App, today: StudyDay, had_text_focus: bool) -> KeyActions {
    let mut actions = KeyActions::default();
    drop_key_repeats(ctx);
    if app.decks().dialog().is_some() && app.active_session().is_none() && app.screen() == Screen::Decks {
        // A dialog has the keyboard to itself.
        if ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            actions.commands.push(Command::Deck(DeckCommand::CloseDialog));
        }
        return actions;
    }
    let typing = ctx.text_edit_focused();
    let focused = ctx.memory(|memory| memory.focused());
    global_keys(ctx, app, &mut actions);
    // Letters belong to the answer even while its field has lost the focus: they must not suspend a card.
    let letters_are_text = typing || app.active_card().is_some_and(ActiveCard::is_typing_answer);
    let mut keys = KeyReader { ctx, is_typing: letters_are_text, is_on_widget: focused.is_some() && !typing };
    if !keys.is_typing && keys.consume_plain_or_alt(Key::Questionmark) {
        actions.toggle_palette = true;
    }
    if app.active_session().is_some() && !had_text_focus && keys.consume_plain(Key::Escape) {
        actions.commands.push(Command::Study(StudyCommand::EndSession));
    }
    match app.active_session().map(|study| (study, study.state())) {
        Some((_, SessionState::Card(card))) => card_keys(&mut keys, card, &mut actions),
        Some((_, state @ (SessionState::Waiting(_) | SessionState::Finished))) => {
            if keys.consume_confirm() {
                actions.commands.push(Command::Study(StudyCommand::EndSession));
            }
            if matches!(state, SessionState::Finished) {
                for command in today::commands_after_session(app) {
                    if letter_key(command.key()).is_some_and(|key| keys.consume_plain_or_alt(key)) {
                        actions.commands.push(command);
                    }
                }
            }
        }
        None if app.tests().is_active() => {
            if let Some(active) = app.tests().active() {
                attempt::read_active(&mut keys, active, had_text_focus, &mut actions);
            }
        }
        None if let Some(page) = app.about() => about::read(&mut keys, page, had_text_focus, &mut actions),
        None if app.screen() == Screen::Test => {
            attempt::read_screen(&mut keys, app, had_text_focus, &mut actions)
        }
        None if app.goals().page().is_some() => {
            if let Some(page) = app.goals().page() {
                goal::read(&mut keys, app, page, today, had_text_focus, &mut actions);
            }
        }
        None if app.screen() == Screen::Today => today_keys(&mut keys, app, today, &mut actions),
        None if app.screen() == Screen::Decks => decks::read(&mut keys, app, had_text_focus, &mut actions),
        None if app.screen() == Screen::Scores => scores::read(&mut keys, app, today, &mut actions),
        None => {}
    }
    if !actions.commands.is_empty() || actions.toggle_palette || actions.focus_gap.is_some() {
        // The letter of a key that did something must not also be typed into a field that gets the focus in this frame.
        ctx.input_mut(|input| input.events.retain(|event| !matches!(event, Event::Text(_))));
    }
    actions
}

/// The keys that work on every screen.
fn global_keys(ctx: &Context, app: &App, actions: &mut KeyActions) {
    let percent = app.settings().text_percent;
    let undo_is_free = !ctx.text_edit_focused() || !field_can_undo(ctx, app);
    ctx.input_mut(|input| {
        let mut command = |input: &mut InputState, modifiers: Modifiers, key: Key, command: Command| {
            if digits::consume(input, modifiers, key) {
                actions.commands.push(command);
            }
        };
        // Before plus and minus, which are on digit keys on some keyboard layouts.
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
        if undo_is_free {
            command(input, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z, Command::Redo);
            command(input, Modifiers::COMMAND, Key::Y, Command::Redo);
            command(input, Modifiers::COMMAND, Key::Z, Command::Undo);
        }
        command(input, Modifiers::COMMAND, Key::Q, Command::Quit);
        if input.consume_key(Modifiers::COMMAND, Key::K) {
            actions.toggle_palette = true;
        }
    });
}

/// Whether the focused field has an edit of its own to undo. If not, Ctrl+Z undoes the last answer.
fn field_can_undo(ctx: &Context, app: &App) -> bool {
    // Outside of a session undo keys always belong to the field.
    let Some(study) = app.active_session() else { return true };
    let Some(card) = study.active_card() else { return false };
    !card.is_restored() && kind::can_undo_text(ctx, card)
}

/// Drops the repetitions of held keys: a book lying on the space bar must not rate cards. Keys that move or delete may
/// repeat.
pub(super) fn drop_key_repeats(ctx: &Context) {
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

fn today_keys(keys: &mut KeyReader<'_>, app: &App, today: StudyDay, actions: &mut KeyActions) {
    if app.next_exam(today).is_some() && keys.consume_plain_or_alt(Key::G) {
        actions.commands.push(screens::goal::open(app, today));
    }
    if app.goals().asks_minutes() && keys.consume_plain(Key::Escape) {
        actions.commands.push(Command::Goal(GoalCommand::AskMinutes));
    }
    if let Some(exam) = app.imminent_exam(today) {
        goal::time_keys(keys, app, &exam, actions);
    }
    let primary = today::primary(app);
    if let Some(primary) = &primary {
        for secondary in today::secondary(app, primary) {
            if letter_key(screens::today::key_of(&secondary))
                .is_some_and(|key| keys.consume_plain_or_alt(key))
            {
                actions.commands.push(secondary);
            }
        }
    }
    if let Some(primary) = primary
        && keys.consume_confirm()
    {
        actions.commands.push(primary);
    }
    if let Some(read) = today::read_source(app)
        && keys.consume_plain_or_alt(Key::R)
    {
        actions.commands.push(read);
    }
}

fn card_keys(keys: &mut KeyReader<'_>, card: &ActiveCard, actions: &mut KeyActions) {
    let deck = &card.deck;
    let out = &mut actions.commands;
    match &card.stage {
        Stage::Answering => {
            question_keys(keys, card, actions);
            return;
        }
        Stage::Revealed { .. } | Stage::Graded { .. } => {
            if card.can_set_confidence() {
                confidence_keys(keys, out);
            }
            for (key, rating) in DIGITS.into_iter().zip(Rating::ALL) {
                if keys.consume_plain_or_alt(key) {
                    out.push(Command::Study(StudyCommand::Rate(rating)));
                }
            }
            if !card.acceptable_answers().is_empty() && keys.consume_plain_or_alt(Key::A) {
                out.push(Command::Study(StudyCommand::AcceptAnswer));
            }
            if card.can_resolve_slip() {
                for (key, command) in [
                    (Key::A, Command::Study(StudyCommand::AcceptSlip)),
                    (Key::X, Command::Study(StudyCommand::RejectSlip)),
                ] {
                    if keys.consume_plain_or_alt(key) {
                        out.push(command);
                    }
                }
            }
            // Before the self-grade of a Recall card, G means a confidence of "guess". The code above has consumed
            // it then, so it does not mark a guess here.
            for (key, command) in [
                (Key::G, Command::Study(StudyCommand::MarkGuessed)),
                (Key::W, Command::Study(StudyCommand::ToggleReason)),
            ] {
                if keys.consume_plain_or_alt(key) {
                    out.push(command);
                }
            }
            if keys.consume_confirm() {
                out.push(Command::Study(StudyCommand::Continue));
            }
            if let Some(url) = deck.source.as_ref().and_then(|source| source.url.clone())
                && keys.consume_plain_or_alt(Key::R)
            {
                out.push(Command::OpenLink(url));
            }
        }
    }
    suspend_or_bury_keys(keys, out);
}

/// The keys that set the confidence before the verdict.
fn confidence_keys(keys: &mut KeyReader<'_>, out: &mut Vec<Command>) {
    for command in Confidence::ALL.map(StudyCommand::SetConfidence).map(Command::Study) {
        if letter_key(command.key()).is_some_and(|key| keys.consume_plain_or_alt(key)) {
            out.push(command);
        }
    }
}

fn suspend_or_bury_keys(keys: &mut KeyReader<'_>, out: &mut Vec<Command>) {
    for (key, command) in
        [(Key::S, Command::Study(StudyCommand::Suspend)), (Key::B, Command::Study(StudyCommand::Bury))]
    {
        if keys.consume_plain_or_alt(key) {
            out.push(command);
        }
    }
}

fn question_keys(keys: &mut KeyReader<'_>, card: &ActiveCard, actions: &mut KeyActions) {
    let out = &mut actions.commands;
    if keys.consume_plain_or_alt(Key::H) {
        out.push(Command::Study(StudyCommand::ShowHint));
    }
    if keys.consume_plain_or_alt(Key::X) {
        out.push(Command::Study(StudyCommand::GiveUp));
    }
    confidence_keys(keys, out);
    suspend_or_bury_keys(keys, out);
    if card.is_typing_answer() {
        actions.focus_gap = kind::next_field(keys, card);
    }
    out.extend(kind::keys(keys, card).into_iter().map(Command::Study));
    let submit = match Presentation::of(&card.task.form).submit {
        Submit::OneClick => None,
        Submit::ShowAnswer => keys.consume_confirm().then_some(StudyCommand::ShowAnswer),
        Submit::Check => keys.consume_plain_off_widget(Key::Enter).then_some(StudyCommand::Check),
    };
    out.extend(submit.map(Command::Study));
}

/// The key for a key cap of one letter; `None` for any other label.
fn letter_key(cap: &str) -> Option<Key> {
    (cap.chars().count() == 1).then(|| Key::from_name(cap)).flatten()
}

/// Consumes the keys of a frame, as far as the focused widget does not need them.
pub(super) struct KeyReader<'a> {
    pub(super) ctx: &'a Context,
    /// Keys without modifiers are typed into a text field. With Alt they are shortcuts.
    is_typing: bool,
    /// Another widget than a text field has the focus: Space and Enter click it.
    pub(super) is_on_widget: bool,
}

impl KeyReader<'_> {
    /// Consumes every press of the key with these modifiers; returns whether there was one.
    pub(super) fn consume(&self, modifiers: Modifiers, key: Key) -> bool {
        self.ctx.input_mut(|input| digits::consume(input, modifiers, key))
    }

    /// The key without modifiers unless a text is typed, or the key with Alt, which works inside a text field too.
    pub(super) fn consume_plain_or_alt(&self, key: Key) -> bool {
        let alt = self.consume(Modifiers::ALT, key);
        alt || (!self.is_typing && self.consume_plain(key))
    }

    fn consume_plain(&self, key: Key) -> bool {
        self.consume(Modifiers::NONE, key)
    }

    /// The key without modifiers, unless another widget than a text field has the focus.
    pub(super) fn consume_plain_off_widget(&self, key: Key) -> bool {
        !self.is_on_widget && self.consume_plain(key)
    }

    /// The digits pressed, 1 to 9 in order, with or without Alt.
    pub(super) fn consume_digits(&self) -> Vec<usize> {
        let mut digits = Vec::new();
        self.ctx.input_mut(|input| {
            input.events.retain(|event| match event {
                Event::Key { pressed: true, modifiers, .. } if !modifiers.command => {
                    let digit = digits::digit_of(event);
                    digits.extend(digit);
                    digit.is_none()
                }
                _ => true,
            });
        });
        digits
    }

    /// Space or Enter, unless a widget has the focus, which they would click.
    pub(super) fn consume_confirm(&self) -> bool {
        if self.is_on_widget || self.is_typing {
            return false;
        }
        // Both are consumed, so that pressing them together acts once.
        let space = self.consume_plain(Key::Space);
        let enter = self.consume_plain(Key::Enter);
        space || enter
    }
}
