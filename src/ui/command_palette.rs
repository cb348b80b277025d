//! The command palette: every command that is available now, with its key. Typing searches it, Enter or a click runs
//! a command.

use eframe::egui::{self, Id, Key, Modifiers, Response, Role, Sense, TextEdit, Ui, WidgetInfo, vec2};

use super::theme::{TextSize, Tokens};
use super::widgets::button::focus_ring;
use super::widgets::column;
use super::widgets::keycap::Keycap;
use crate::app::command_info::{AvailableCommand, CommandInfo};
use crate::app::{App, Command, Shortcut};
use crate::text;

/// The keys that show and hide the palette: alone where no text is typed, and everywhere.
pub const SHORTCUTS: [Shortcut; 2] = [Shortcut::Char('?'), Shortcut::Ctrl('K')];

/// The open palette.
#[derive(Clone, Debug, Default)]
pub struct CommandPalette {
    search: String,
    /// Index of the highlighted command among those that match the search.
    chosen: usize,
}

/// What the user did with the palette in this frame.
pub enum PaletteOutcome {
    /// It stays open.
    Open,
    /// It was closed without a command.
    Closed,
    /// It was closed with this command, which is to be run.
    Run(Command),
}

/// The id under which a screen stores `true` in egui's memory to open the palette in the next frame.
pub fn request_id() -> Id {
    Id::unique("open the list of keys")
}

impl CommandPalette {
    /// Draws the palette over the window and reads its keys.
    pub fn show(&mut self, ui: &mut Ui, tokens: &Tokens, app: &App) -> PaletteOutcome {
        let mut outcome = PaletteOutcome::Open;
        let ctx = ui.ctx().clone();
        if ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            return PaletteOutcome::Closed;
        }
        let commands = found_commands(app, &self.search);
        self.chosen = self.chosen.min(commands.len().saturating_sub(1));
        let chosen_before = self.chosen;
        ctx.input_mut(|input| {
            if input.consume_key(Modifiers::NONE, Key::ArrowDown) {
                self.chosen = (self.chosen + 1).min(commands.len().saturating_sub(1));
            }
            if input.consume_key(Modifiers::NONE, Key::ArrowUp) {
                self.chosen = self.chosen.saturating_sub(1);
            }
        });
        if ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter)) {
            let chosen = commands.get(self.chosen).map(|item| item.command.clone());
            return chosen.map_or(PaletteOutcome::Closed, PaletteOutcome::Run);
        }
        // Only then: otherwise the wheel could not scroll away from the chosen row.
        let scrolls_to_chosen = self.chosen != chosen_before;
        let screen = ctx.content_rect();
        let list_height = screen.height() * 0.6;
        let modal = column::modal(&ctx, tokens, Id::unique("all keys"), 12, 16);
        let modal = modal.show(&ctx, |ui| {
            ui.set_width((screen.width() - 64.0).min(520.0));
            let field = TextEdit::singleline(&mut self.search)
                .id(Id::unique("search commands"))
                .font(TextSize::Lead.regular())
                .hint_text(egui::RichText::new(text::general::PALETTE_HINT).color(tokens.muted))
                .frame(egui::Frame::NONE)
                .desired_width(f32::INFINITY);
            let response = ui.add(field);
            ctx.accesskit_node_builder(response.id, |node| node.set_label(text::general::SEARCH_COMMANDS));
            response.request_focus();
            ui.add_space(8.0);
            // The window remembers its size: without a least height, a list that was short once would stay so.
            let list = egui::ScrollArea::vertical().max_height(list_height).min_scrolled_height(list_height);
            list.show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                for (index, item) in commands.iter().enumerate() {
                    let is_chosen = index == self.chosen;
                    let row = command_row(ui, tokens, item, is_chosen);
                    if is_chosen && scrolls_to_chosen {
                        row.scroll_to_me(None);
                    }
                    if row.clicked() {
                        outcome = PaletteOutcome::Run(item.command.clone());
                    }
                }
                if commands.is_empty() {
                    ui.label(TextSize::Body.text(text::general::NO_COMMANDS, tokens.muted));
                }
            });
        });
        if modal.backdrop_response.clicked() {
            return PaletteOutcome::Closed;
        }
        outcome
    }
}

/// The commands that are available now and whose label or synonyms contain the search, those found by label first.
fn found_commands(app: &App, search: &str) -> Vec<AvailableCommand<Command>> {
    let search = search.trim().to_lowercase();
    let (mut by_label, mut by_synonym) = (Vec::new(), Vec::new());
    for item in Command::available(app) {
        let Some(CommandInfo { text, .. }) = item.command.info().filter(|_| item.is_listed) else { continue };
        if text.label.to_lowercase().contains(&search) {
            by_label.push(item);
        } else if text.synonyms.iter().any(|synonym| synonym.contains(&search)) {
            by_synonym.push(item);
        }
    }
    by_label.append(&mut by_synonym);
    by_label
}

/// Draws one command.
fn command_row(ui: &mut Ui, tokens: &Tokens, item: &AvailableCommand<Command>, chosen: bool) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 44.0), Sense::click());
    let Some(CommandInfo { text, .. }) = item.command.info() else { return response };
    let accessible_label = format!("{} ({})", text.label, text.help);
    response.widget_info(|| WidgetInfo::selected(Role::MenuItem, true, chosen, &accessible_label));
    if chosen || response.hovered() {
        ui.painter().rect_filled(rect, 6, if chosen { tokens.accent_fill } else { tokens.soft });
    }
    focus_ring(ui, &response, rect, 6, tokens);
    let label = ui.painter().layout_no_wrap(text.label.to_owned(), TextSize::Body.regular(), tokens.ink);
    let help = ui.painter().layout_no_wrap(text.help.to_owned(), TextSize::Caption.regular(), tokens.muted);
    ui.painter().galley(rect.min + vec2(10.0, 3.0), label, tokens.ink);
    ui.painter().galley(rect.min + vec2(10.0, 23.0), help, tokens.muted);
    if let Some(key) = item.shortcuts.first() {
        let cap = Keycap::new(ui, key);
        let at = egui::pos2(rect.right() - 10.0 - cap.size().x, rect.center().y - cap.size().y / 2.0);
        cap.paint(ui, at, tokens.muted, tokens.line, tokens.card);
    }
    response
}
