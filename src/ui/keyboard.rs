//! What comes from the keyboard is put right before anything reads it. A key that is let go is the key that was
//! pressed, whatever it would write by now. And what leaves a field (Tab, Enter, a click) waits for the text that is
//! on its way into it: the letters of the same frame, and a syllable that is still being composed.

use std::collections::{HashMap, VecDeque};

use eframe::egui::{Context, Event, ImeEvent, Key, Plugin, RawInput};

/// Frames that Tab and Enter wait for a syllable: the input method has them too, and answers within one or two.
const FRAMES_FOR_KEYS: u32 = 12;
/// Frames that a click waits: the input method hears nothing of it, and what is composed stands in the field.
const FRAMES_FOR_CLICKS: u32 = 3;
/// Frames after the end of composing in which its text may still come.
const FRAMES_UNTIL_COMMIT: u32 = 4;

/// Seconds after which a press of a key that is held is a press: no system waits so long before it repeats a key.
const LONGEST_REPEAT_SECONDS: f64 = 1.2;

/// Sits between the window system and the window.
#[derive(Debug, Default)]
pub struct KeyboardPlugin {
    /// By its place each key that is held.
    held: HashMap<Key, HeldKey>,
    /// The place of the key that was pressed last, and that alone would be repeated.
    last_pressed: Option<Key>,
    /// What has come and waits for its frame.
    queue: VecDeque<Event>,
    composing: Composing,
    /// Frames that what leaves the field waits on; `None` while nothing does.
    frames_left: Option<u32>,
    /// What was in the making when waiting was given up: it stands in the field that was left, and must not be written
    /// into the next one when it comes after all.
    abandoned_text: Option<String>,
}

/// A key that is held.
#[derive(Debug)]
struct HeldKey {
    /// What it wrote when it was pressed.
    key: Key,
    /// When it was pressed or repeated last, in seconds.
    at_seconds: f64,
}

/// How far a syllable is.
#[derive(Debug, Default, PartialEq, Eq)]
enum Composing {
    /// There is none.
    #[default]
    Idle,
    /// This text is in the making, and shows in the field.
    Text(String),
    /// It is no more, and was not written yet: what it became may come within so many frames.
    Ended(u32),
}

impl Plugin for KeyboardPlugin {
    fn debug_name(&self) -> &'static str {
        "keyboard"
    }

    fn input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        let events = self.name_by_pressed_key(std::mem::take(&mut input.events), input.time.unwrap_or(0.0));
        self.composing = match std::mem::take(&mut self.composing) {
            _ if !ctx.text_edit_focused() => Composing::Idle,
            Composing::Ended(0) => Composing::Idle,
            Composing::Ended(frames) if self.frames_left.is_none() => Composing::Ended(frames - 1),
            as_it_was => as_it_was,
        };
        self.queue.extend(events);
        input.events = self.events_for_frame();
        if !self.queue.is_empty() {
            ctx.request_repaint();
        }
    }
}

impl KeyboardPlugin {
    /// Shift may be let go before the key that it was held for. That key writes something else then, and the release
    /// of what it wrote at first would never come. Nor does it where an input method keeps it to itself.
    fn name_by_pressed_key(&mut self, events: Vec<Event>, now: f64) -> Vec<Event> {
        let mut named = Vec::with_capacity(events.len());
        for mut event in events {
            match &mut event {
                Event::Key { key, physical_key: Some(place), pressed: true, modifiers, .. } => {
                    let (place, modifiers) = (*place, *modifiers);
                    let is_repeat = |held: &HeldKey| {
                        self.last_pressed == Some(place) && now - held.at_seconds < LONGEST_REPEAT_SECONDS
                    };
                    match self.held.get(&place) {
                        Some(held) if is_repeat(held) => *key = held.key,
                        // It was let go, and nobody said so.
                        Some(held) => named.push(Event::Key {
                            key: held.key,
                            physical_key: Some(place),
                            pressed: false,
                            repeat: false,
                            modifiers,
                        }),
                        None => {}
                    }
                    self.held.insert(place, HeldKey { key: *key, at_seconds: now });
                    self.last_pressed = Some(place);
                }
                Event::Key { key, physical_key: Some(place), pressed: false, .. } => {
                    *key = self.held.remove(place).map_or(*key, |held| held.key);
                }
                // Another key was pressed, and the input method took it.
                Event::Ime(ImeEvent::Preedit { text, .. }) if !text.is_empty() => self.last_pressed = None,
                Event::WindowFocused(false) => self.held.clear(),
                _ => {}
            }
            named.push(event);
        }
        named
    }

    /// What is for this frame, in order.
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
                // This is for whatever has the focus then.
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

    /// Whether the field may be left now. Where not, the end of the syllable is let past into `due`, if it has come.
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

    /// What ends the syllable overtakes what waits for it; whether there was anything.
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

    /// Follows what is composed; whether the event is still wanted.
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

    /// Whether it changes the text of the field that has the focus.
    fn changes_text(&self, event: &Event) -> bool {
        match event {
            Event::Text(_) | Event::Paste(_) => true,
            // Some systems say all the time that nothing is composed.
            Event::Ime(ImeEvent::Preedit { text, .. }) => {
                !text.is_empty() || matches!(self.composing, Composing::Text(_))
            }
            Event::Ime(_) => true,
            Event::Key { key, pressed: true, .. } => matches!(key, Key::Backspace | Key::Delete),
            _ => false,
        }
    }
}

/// Whether it may take the focus from a field, or judge what is in it.
fn leaves_field(event: &Event) -> bool {
    let by_key = |key: &Key| matches!(key, Key::Tab | Key::Enter | Key::PageUp | Key::PageDown);
    is_click(event) || matches!(event, Event::Key { key, pressed: true, .. } if by_key(key))
}

fn is_click(event: &Event) -> bool {
    matches!(event, Event::PointerButton { pressed: true, .. })
}
