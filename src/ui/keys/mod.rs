//! The keyboard: every key that is not handled by a text field or a focused button.
//!
//! [`read`] runs before anything is drawn and consumes the keys it uses, so that no widget handles them a second time.
//! The keys of commands are those of [`Command::of_page`]; written by hand is only what is no command with a key of its
//! own: the digits of an answer, the rows of a list, the search of a page.

use eframe::egui::{Context, Event, FocusDirection, Id, Key, Modifiers, Popup};

mod about;
pub(super) mod attempt;
pub(super) mod decks;
mod digits;
pub(super) mod scores;

use super::widgets::list::focused_row;
use super::{command_palette, kind, screens};
use crate::app::about::AboutCommand;
use crate::app::attempt::TestCommand;
use crate::app::command_info::AvailableCommand;
use crate::app::decks::DeckCommand;
use crate::app::scores::ScoresCommand;
use crate::app::study::{ActiveCard, Stage};
use crate::app::{App, Command, Screen, Setting, Shortcut};
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

/// Reads and consumes the keys of this frame. `had_text_focus` says whether a text field had the focus when the last
/// frame ended: then Esc only leaves the field.
pub fn read(ctx: &Context, app: &App, had_text_focus: bool) -> KeyActions {
    let mut actions = KeyActions::default();
    drop_key_repeats(ctx);
    if !ctx.input(|input| input.events.iter().any(|event| matches!(event, Event::Key { pressed: true, .. })))
    {
        return actions;
    }
    if app.decks().dialog().is_some() && app.active_session().is_none() && app.screen() == Screen::Decks {
        // A dialog has the keyboard to itself.
        if ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            actions.commands.push(Command::Deck(DeckCommand::CloseDialog));
        }
        return actions;
    }
    let typing = ctx.text_edit_focused();
    let focused = ctx.memory(|memory| memory.focused());
    let keys = KeyReader {
        ctx,
        // Letters belong to the answer even while its field has lost the focus: they must not suspend a card.
        is_typing: typing || app.active_card().is_some_and(ActiveCard::is_typing_answer),
        is_on_widget: focused.is_some() && !typing,
        leaves_field: had_text_focus,
    };
    global_keys(&keys, app, &mut actions);
    // An open menu has the other keys to itself; but the menu of a deck shows keys, and they work.
    if !Popup::is_any_open(ctx) || app.screen() == Screen::Decks {
        page_keys(&keys, app, &mut actions);
    }
    if !actions.commands.is_empty() || actions.toggle_palette || actions.focus_gap.is_some() {
        // The letter of a key that did something must not also be typed into a field that gets the focus in this frame.
        ctx.input_mut(|input| input.events.retain(|event| !matches!(event, Event::Text(_))));
    }
    actions
}

/// The keys that work on every screen.
fn global_keys(keys: &KeyReader<'_>, app: &App, actions: &mut KeyActions) {
    // Before plus and minus, which are on digit keys on some keyboard layouts.
    let mut commands: Vec<Command> = Screen::ALL.map(Command::Go).into();
    if !keys.ctx.text_edit_focused() || !field_can_undo(keys.ctx, app) {
        // Redo first: Ctrl Z also matches with Shift held.
        commands.extend([Command::Redo, Command::Undo]);
    }
    commands.push(Command::Quit);
    let commands: Vec<AvailableCommand<Command>> = commands.into_iter().map(AvailableCommand::from).collect();
    keys.listen(&commands, false, &mut actions.commands);
    let percent = app.settings().text_percent;
    let larger = percent.saturating_add(10);
    let smaller = percent.saturating_sub(10);
    for (key, percent) in
        [(Key::Plus, larger), (Key::Equals, larger), (Key::Minus, smaller), (Key::Num0, 100)]
    {
        if keys.consume(Modifiers::COMMAND, key) {
            actions.commands.push(Command::Set(Setting::TextPercent(percent)));
        }
    }
    let [plain, with_ctrl] = command_palette::SHORTCUTS;
    if keys.consume_shortcut(with_ctrl) || (!keys.is_typing && keys.consume_shortcut(plain)) {
        actions.toggle_palette = true;
    }
}

/// The keys of what is on screen: those of its commands, and those written by hand between them. Keys that submit come
/// last, so that what was entered in the same frame counts.
fn page_keys(keys: &KeyReader<'_>, app: &App, actions: &mut KeyActions) {
    let commands = Command::of_page(app);
    let from = actions.commands.len();
    keys.listen(&commands, false, &mut actions.commands);
    if let Some(session) = app.active_session() {
        if let Some(card) = session.active_card() {
            answer_keys(keys, card, actions);
        }
    } else if let Some(active) = app.tests().active() {
        attempt::read_active(keys, active, actions);
    } else if let Some(page) = app.about() {
        about::read(keys, page);
    } else if app.goals().page().is_none() || app.screen() == Screen::Test {
        (screens::view(app.screen()).keys)(keys, app, actions);
    }
    keys.listen(&commands, true, &mut actions.commands);
    if let Some(id) = actions.commands[from..].iter().find_map(|command| focus_after(app, command)) {
        keys.ctx.memory_mut(|memory| memory.request_focus(id));
    }
}

/// The keys that give an answer in a session.
fn answer_keys(keys: &KeyReader<'_>, card: &ActiveCard, actions: &mut KeyActions) {
    if !matches!(card.stage, Stage::Answering) {
        return;
    }
    if card.is_typing_answer() {
        actions.focus_gap = kind::next_field(keys, card);
    }
    actions.commands.extend(kind::keys(keys, card).into_iter().map(Command::Study));
}

/// The widget that gets the focus when a key leaves a page: the one that opened it.
fn focus_after(app: &App, command: &Command) -> Option<Id> {
    match command {
        Command::About(AboutCommand::Back) => app.about()?.part.map(screens::about::row_id),
        Command::Scores(ScoresCommand::Back) => scores::row_of_page(app),
        Command::Test(TestCommand::CloseReport) => {
            app.tests().report().map(|report| screens::attempt::row_id(report.id))
        }
        _ => None,
    }
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

/// Step of a page key in [`move_in_list`], in rows.
const PAGE_ROWS: isize = 10;

/// The keys that move the focus from row to row of a list with `rows` rows.
fn move_in_list(keys: &KeyReader<'_>, rows: usize, row_id: impl Fn(usize) -> Id) {
    let Some(last) = rows.checked_sub(1) else { return };
    let focused = keys.ctx.memory(|memory| memory.focused());
    let here = focused_row(keys.ctx, rows, &row_id);
    if focused.is_some() && here.is_none() {
        // Another widget has the focus: a chart, a header of the table.
        return;
    }
    for (key, step) in row_steps(PAGE_ROWS) {
        let to = match here {
            Some(0) if step < 0 => continue,
            Some(row) => row.saturating_add_signed(step).min(last),
            None if key == Key::ArrowDown => 0,
            // While no row has the focus the other keys scroll the page.
            None => continue,
        };
        if keys.consume_plain(key) {
            keys.move_focus(row_id(to));
            return;
        }
    }
}

/// Consumes the keys of a frame, as far as the focused widget does not need them.
pub(super) struct KeyReader<'a> {
    pub(super) ctx: &'a Context,
    /// Keys without modifiers are typed into a text field. With Alt they are shortcuts.
    is_typing: bool,
    /// Another widget than a text field has the focus: Space and Enter click it.
    pub(super) is_on_widget: bool,
    /// A text field had the focus when the last frame ended: Esc only leaves it.
    leaves_field: bool,
}

impl KeyReader<'_> {
    /// Collects the commands whose keys were pressed: those keys that submit (see [`Shortcut::submits`]), or the others.
    fn listen(&self, commands: &[AvailableCommand<Command>], submitting: bool, out: &mut Vec<Command>) {
        for AvailableCommand { command, shortcuts, .. } in commands {
            let mut is_pressed = false;
            // All are consumed, so that pressing two of them together acts once.
            for shortcut in shortcuts.iter().filter(|shortcut| shortcut.submits() == submitting) {
                is_pressed |= self.consume_shortcut(*shortcut);
            }
            if is_pressed {
                out.push(command.clone());
            }
        }
    }

    /// Consumes every press of a shortcut; returns whether there was one.
    fn consume_shortcut(&self, shortcut: Shortcut) -> bool {
        match shortcut {
            Shortcut::Char(character) => key_of(character).is_some_and(|key| self.consume_plain_or_alt(key)),
            Shortcut::AltChar(character) => self.consume_char(Modifiers::ALT, character),
            Shortcut::Ctrl(character) => self.consume_char(Modifiers::COMMAND, character),
            Shortcut::CtrlShift(character) => {
                self.consume_char(Modifiers::COMMAND | Modifiers::SHIFT, character)
            }
            Shortcut::CtrlEnter => self.consume(Modifiers::COMMAND, Key::Enter),
            Shortcut::Space => self.consume_confirm(),
            Shortcut::Enter => self.consume_plain_off_widget(Key::Enter),
            Shortcut::Escape => !self.leaves_field && self.consume_plain(Key::Escape),
            Shortcut::Delete => !self.is_typing && self.consume_plain(Key::Delete),
            Shortcut::PageUp => self.consume_plain(Key::PageUp),
            Shortcut::PageDown => self.consume_plain(Key::PageDown),
            Shortcut::ArrowLeft => self.is_free() && self.consume_plain(Key::ArrowLeft),
            Shortcut::ArrowRight => self.is_free() && self.consume_plain(Key::ArrowRight),
            Shortcut::AltUp => self.is_free() && self.consume(Modifiers::ALT, Key::ArrowUp),
            Shortcut::AltDown => self.is_free() && self.consume(Modifiers::ALT, Key::ArrowDown),
        }
    }

    fn consume_char(&self, modifiers: Modifiers, character: char) -> bool {
        key_of(character).is_some_and(|key| self.consume(modifiers, key))
    }

    /// Whether neither a text field nor another widget has the focus.
    fn is_free(&self) -> bool {
        !self.is_typing && !self.is_on_widget
    }

    /// Moves the focus, which egui would otherwise move once more with the same key.
    fn move_focus(&self, to: Id) {
        self.ctx.memory_mut(|memory| {
            memory.move_focus(FocusDirection::None);
            memory.request_focus(to);
        });
    }

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
    fn consume_confirm(&self) -> bool {
        if !self.is_free() {
            return false;
        }
        // Both are consumed, so that pressing them together acts once.
        let space = self.consume_plain(Key::Space);
        let enter = self.consume_plain(Key::Enter);
        space || enter
    }
}

/// The key that types a character.
fn key_of(character: char) -> Option<Key> {
    Key::from_name(character.encode_utf8(&mut [0; 4]))
}
