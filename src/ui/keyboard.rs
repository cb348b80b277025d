//! Corrects keyboard events before any widget reads them.
//!
//! The release of a key always names the key that was pressed, even when Shift was released first. And events that
//! move the focus out of a text field (Tab, Enter, a click) wait for text that is still on its way into the field: the
//! letters of the same frame, and a syllable that an input method (IME) is still composing.

use std::collections::{HashMap, VecDeque};

use eframe::egui::{Context, Event, ImeEvent, Key, Plugin, RawInput};

/// For how many frames Tab and Enter wait for a syllable. The input method gets these keys as well and answers within
/// one or two frames.
const FRAMES_FOR_KEYS: u32 = 12;
/// For how many frames a click waits. The input method does not see clicks, so there is little to wait for; the
/// unfinished syllable stays in the field.
const FRAMES_FOR_CLICKS: u32 = 3;
/// For how many frames after the end of a composition its text may still arrive.
const FRAMES_UNTIL_COMMIT: u32 = 4;

/// A press of a held key later than this many seconds is a new press, not a repetition: no system waits so long before
/// it repeats a key.
const LONGEST_REPEAT_SECONDS: f64 = 1.2;

/// The egui plugin that corrects the events.
#[derive(Debug, Default)]
pub struct KeyboardPlugin {
    /// Each key that is held, by its physical position.
    held: HashMap<Key, HeldKey>,
    /// The physical position of the key that was pressed last. Only this one is repeated by the system.
    last_pressed: Option<Key>,
    /// Events that wait for a later frame.
    queue: VecDeque<Event>,
    composing: Composing,
    /// For how many more frames an event that leaves the field waits; `None` while none does.
    frames_left: Option<u32>,
    /// The unfinished text at the moment when an event waited no longer. It stays in the field that was left. When the
    /// input method commits it later, it must not be inserted into the next field.
    abandoned_text: Option<String>,
}

/// A key that is held.
#[derive(Debug)]
struct HeldKey {
    /// The logical key when it was pressed.
    key: Key,
    /// When it was pressed or repeated last, in seconds of egui's clock.
    at_seconds: f64,
}

/// State of the input method's composition.
#[derive(Debug, Default, PartialEq, Eq)]
enum Composing {
    /// Nothing is composed.
    #[default]
    Idle,
    /// This unfinished text is shown in the field.
    Text(String),
    /// The composition ended without text so far. Its text may still arrive within this many frames.
    Ended(u32),
}

impl Plugin for KeyboardPlugin {
    fn debug_name(&self) -> &'static str {
        "keyboard"
    }

    fn input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        let events = self.restore_logical_keys(std::mem::take(&mut input.events), input.time.unwrap_or(0.0));
        self.composing = match std::mem::take(&mut self.composing) {
            _ if !ctx.text_edit_focused() => Composing::Idle,
            Composing::Ended(0) => Composing::Idle,
            Composing::Ended(frames) if self.frames_left.is_none() => Composing::Ended(frames - 1),
            unchanged => unchanged,
        };
        self.queue.extend(events);
        input.events = self.events_for_frame();
        if !self.queue.is_empty() {
            ctx.request_repaint();
        }
    }
}

impl KeyboardPlugin {
    /// Gives each release, and each repetition, the logical key of its press. When Shift is released first, the key
    /// reports another logical key, and the release of the first one would never arrive. A missing release (some input
    /// methods consume it) is added.
    fn restore_logical_keys(&mut self, events: Vec<Event>, now: f64) -> Vec<Event> {
        let mut corrected = Vec::with_capacity(events.len());
        for mut event in events {
            match &mut event {
                Event::Key { key, physical_key: Some(position), pressed: true, modifiers, .. } => {
                    let (position, modifiers) = (*position, *modifiers);
                    let is_repeat = |held: &HeldKey| {
                        self.last_pressed == Some(position) && now - held.at_seconds < LONGEST_REPEAT_SECONDS
                    };
                    match self.held.get(&position) {
                        Some(held) if is_repeat(held) => *key = held.key,
                        // It was released without an event.
                        Some(held) => corrected.push(Event::Key {
                            key: held.key,
                            physical_key: Some(position),
                            pressed: false,
                            repeat: false,
                            modifiers,
                        }),
                        None => {}
                    }
                    self.held.insert(position, HeldKey { key: *key, at_seconds: now });
                    self.last_pressed = Some(position);
                }
                Event::Key { key, physical_key: Some(position), pressed: false, .. } => {
                    *key = self.held.remove(position).map_or(*key, |held| held.key);
                }
                // Another key was pressed, and the input method consumed it.
                Event::Ime(ImeEvent::Preedit { text, .. }) if !text.is_empty() => self.last_pressed = None,
                Event::WindowFocused(false) => self.held.clear(),
                _ => {}
            }
            corrected.push(event);
        }
        corrected
    }

    /// The queued events that may be handled in this frame, in order.
    fn events_for_frame(&mut self) -> Vec<Event> {
        let mut due = Vec::new();
        let (mut has_written, mut has_left) = (false, false);
        while let Some(event) = self.queue.pop_front() {
            let writes = self.changes_text(&event);
            if leaves_field(&event) {
                if has_written || !self.may_leave_field(&event, &mut due) {
                    self.queue.push_front(event);
                    break;
                }
                has_left = true;
            } else if writes && has_left {
                // This text is meant for the widget that gets the focus next.
                self.queue.push_front(event);
                break;
            }
            has_written |= writes;
            if self.track_composition(&event) {
                due.push(event);
            }
        }
        due
    }

    /// Whether the focus may leave the field now. If not, events that end the composition are moved into `due`, when
    /// they have arrived.
    fn may_leave_field(&mut self, by: &Event, due: &mut Vec<Event>) -> bool {
        if self.composing == Composing::Idle {
            self.frames_left = None;
            return true;
        }
        let frames = if is_click(by) { FRAMES_FOR_CLICKS } else { FRAMES_FOR_KEYS };
        let patience = self.frames_left.get_or_insert(frames);
        let is_over = *patience == 0;
        *patience = patience.saturating_sub(1);
        if self.pass_composition_end(due) {
            return false;
        }
        if is_over {
            self.frames_left = None;
            if let Composing::Text(text) = std::mem::take(&mut self.composing) {
                self.abandoned_text = Some(text);
            }
        }
        is_over
    }

    /// Moves the events that end the composition into `due`, ahead of the events that wait for it; returns whether
    /// there were any.
    fn pass_composition_end(&mut self, due: &mut Vec<Event>) -> bool {
        let is_next =
            |event: &Event| matches!(event, Event::Ime(ImeEvent::Preedit { text, .. }) if !text.is_empty());
        let end = self.queue.iter().position(is_next).unwrap_or(self.queue.len());
        let mut has_passed = false;
        let mut at = 0;
        for _ in 0..end {
            let is_of_syllable = matches!(self.queue.get(at), Some(Event::Ime(_)));
            if !is_of_syllable || self.composing == Composing::Idle {
                at += 1;
                continue;
            }
            if let Some(event) = self.queue.remove(at)
                && self.track_composition(&event)
            {
                due.push(event);
                has_passed = true;
            }
        }
        has_passed
    }

    /// Updates the state of the composition; returns whether the event is passed on to egui.
    fn track_composition(&mut self, event: &Event) -> bool {
        match event {
            Event::Ime(ImeEvent::Preedit { text, .. }) if text.is_empty() => {
                if matches!(self.composing, Composing::Text(_)) {
                    self.composing = Composing::Ended(FRAMES_UNTIL_COMMIT);
                }
            }
            Event::Ime(ImeEvent::Preedit { text, .. }) => {
                self.composing = Composing::Text(text.clone());
                self.abandoned_text = None;
            }
            Event::Ime(ImeEvent::Commit(text)) => {
                self.composing = Composing::Idle;
                return self.abandoned_text.take().is_none_or(|given_up| given_up != *text);
            }
            Event::Text(_) => self.abandoned_text = None,
            Event::WindowFocused(false) => self.composing = Composing::Idle,
            _ => {}
        }
        true
    }

    /// Whether the event changes the text of the focused field.
    fn changes_text(&self, event: &Event) -> bool {
        match event {
            Event::Text(_) | Event::Paste(_) => true,
            // Some systems report an empty composition all the time.
            Event::Ime(ImeEvent::Preedit { text, .. }) => {
                !text.is_empty() || matches!(self.composing, Composing::Text(_))
            }
            Event::Ime(_) => true,
            Event::Key { key, pressed: true, .. } => matches!(key, Key::Backspace | Key::Delete),
            _ => false,
        }
    }
}

/// Whether the event may take the focus from a field, or submit what is in it.
fn leaves_field(event: &Event) -> bool {
    let by_key = |key: &Key| matches!(key, Key::Tab | Key::Enter | Key::PageUp | Key::PageDown);
    is_click(event) || matches!(event, Event::Key { key, pressed: true, .. } if by_key(key))
}

fn is_click(event: &Event) -> bool {
    matches!(event, Event::PointerButton { pressed: true, .. })
}
