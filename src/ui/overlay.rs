//! Everything that can be done now, with its key: searched by typing, done by Enter or a click.

use eframe::egui::{self, Align2, Id, Key, Modifiers, Role, Sense, TextEdit, Ui, WidgetInfo, vec2};

use super::screens::{study, today};
use super::theme::{Tokens, Type};
use super::widgets::button::focus_ring;
use super::widgets::keycap::Keycap;
use crate::app::about::AboutCommand;
use crate::app::exporting::HistoryTable;
use crate::app::study::{Place, Stage};
use crate::app::{App, Command, Screen, Setting};
use crate::domain::event::Confidence;
use crate::domain::rating::Rating;
use crate::domain::task::Form;

/// The open list.
#[derive(Clone, Debug, Default)]
pub struct Overlay {
    search: String,
    chosen: usize,
}

/// What became of the list in this frame.
pub enum Outcome {
    /// It stays open.
    Open,
    /// It is closed.
    Closed,
    /// It is closed, and this is to be done.
    Do(Command),
}

/// Where a screen leaves its wish to open the list.
pub fn request_id() -> Id {
    Id::unique("open the list of keys")
}

impl Overlay {
    /// Draws the list over the window.
    pub fn show(&mut self, ui: &mut Ui, tokens: &Tokens, app: &App) -> Outcome {
        let mut outcome = Outcome::Open;
        let ctx = ui.ctx().clone();
        if ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            return Outcome::Closed;
        }
        let wanted = self.search.trim().to_lowercase();
        let commands: Vec<Command> = available(app)
            .into_iter()
            .filter(|command| command.face().is_some_and(|face| face.label.to_lowercase().contains(&wanted)))
            .collect();
        self.chosen = self.chosen.min(commands.len().saturating_sub(1));
        ctx.input_mut(|input| {
            if input.consume_key(Modifiers::NONE, Key::ArrowDown) {
                self.chosen = (self.chosen + 1).min(commands.len().saturating_sub(1));
            }
            if input.consume_key(Modifiers::NONE, Key::ArrowUp) {
                self.chosen = self.chosen.saturating_sub(1);
            }
        });
        if ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter)) {
            return commands.get(self.chosen).cloned().map_or(Outcome::Closed, Outcome::Do);
        }
        // A screen's own links may have keys that hold there alone.
        let is_at_scores = app.study().is_none()
            && app.screen() == Screen::Scores
            && app.goals().page().is_none()
            && app.about().is_none()
            && !app.tests().is_running();
        let here = match is_at_scores {
            true => super::screens::scores::links(app, app.figures().day),
            false => Vec::new(),
        };
        let screen = ctx.content_rect();
        let modal = egui::Modal::new(Id::unique("all keys"))
            .area(
                egui::Modal::default_area(Id::unique("all keys"))
                    .anchor(Align2::CENTER_TOP, vec2(0.0, (screen.height() * 0.1).min(96.0))),
            )
            .frame(
                egui::Frame::new()
                    .fill(tokens.card)
                    .stroke(egui::Stroke::new(1.0, tokens.line))
                    .corner_radius(12)
                    .inner_margin(16),
            )
            .show(&ctx, |ui| {
                ui.set_width((screen.width() - 64.0).min(520.0));
                let field = TextEdit::singleline(&mut self.search)
                    .id(Id::unique("search commands"))
                    .font(Type::Lead.regular())
                    .hint_text(egui::RichText::new("What do you want to do?").color(tokens.muted))
                    .frame(egui::Frame::NONE)
                    .desired_width(f32::INFINITY);
                let response = ui.add(field);
                ctx.accesskit_node_builder(response.id, |node| node.set_label("Search commands"));
                response.request_focus();
                ui.add_space(8.0);
                egui::ScrollArea::vertical().max_height(screen.height() * 0.6).show(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = 2.0;
                    for (index, command) in commands.iter().enumerate() {
                        let key = here.iter().find(|link| link.command == *command).map(|link| link.key);
                        if line(ui, tokens, command, key, index == self.chosen) {
                            outcome = Outcome::Do(command.clone());
                        }
                    }
                    if commands.is_empty() {
                        ui.label(Type::Body.text("Nothing here is called that.", tokens.muted));
                    }
                });
            });
        if modal.backdrop_response.clicked() {
            return Outcome::Closed;
        }
        outcome
    }
}

/// A command; `key` is the one that holds here, if it is another than its own.
fn line(ui: &mut Ui, tokens: &Tokens, command: &Command, key: Option<&str>, chosen: bool) -> bool {
    let Some(face) = command.face() else { return false };
    let key = key.unwrap_or(face.key);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 44.0), Sense::click());
    let told = format!("{} ({})", face.label, face.help);
    response.widget_info(|| WidgetInfo::selected(Role::MenuItem, true, chosen, &told));
    if chosen || response.hovered() {
        ui.painter().rect_filled(rect, 6, if chosen { tokens.accent_fill } else { tokens.soft });
    }
    if chosen {
        response.scroll_to_me(None);
    }
    focus_ring(ui, &response, rect, 6, tokens);
    let label = ui.painter().layout_no_wrap(face.label.to_owned(), Type::Body.regular(), tokens.ink);
    let help = ui.painter().layout_no_wrap(face.help.to_owned(), Type::Caption.regular(), tokens.muted);
    ui.painter().galley(rect.min + vec2(10.0, 3.0), label, tokens.ink);
    ui.painter().galley(rect.min + vec2(10.0, 23.0), help, tokens.muted);
    if !key.is_empty() {
        let cap = Keycap::new(ui, key);
        let at = egui::pos2(rect.right() - 10.0 - cap.size().x, rect.center().y - cap.size().y / 2.0);
        cap.paint(ui, at, tokens.muted, tokens.line, tokens.card);
    }
    response.clicked()
}

/// What can be done now.
fn available(app: &App) -> Vec<Command> {
    let mut commands = Vec::new();
    match app.study().map(crate::app::Study::place) {
        Some(Place::Card(asked)) => {
            if asked.may_say_confidence() {
                commands.extend(Confidence::ALL.map(Command::SayConfidence).into_iter().rev());
            }
            match &asked.stage {
                Stage::Asking => {
                    if !matches!(
                        asked.task.form,
                        Form::Bool { .. } | Form::Pick { many: false, .. } | Form::Reveal { .. }
                    ) {
                        commands.push(Command::Check);
                    }
                    commands.extend([Command::GiveUp, Command::ShowHint]);
                }
                Stage::Revealed { .. } | Stage::Judged { .. } => {
                    commands.push(Command::Continue);
                    commands.extend(Rating::ALL.map(Command::Rate));
                    if !asked.acceptable().is_empty() {
                        commands.push(Command::AcceptAnswer);
                    }
                    if asked.may_decide() {
                        commands.extend([Command::MeantIt, Command::DidNotKnowIt]);
                    }
                    if matches!(asked.stage, Stage::Judged { .. }) {
                        commands.push(Command::Guessed);
                    }
                    commands.push(Command::ToggleReason);
                }
            }
            commands.extend([Command::Suspend, Command::Bury, Command::EndSession]);
        }
        Some(Place::Waiting(_)) => commands.push(Command::EndSession),
        Some(Place::Finished) => {
            commands.push(Command::EndSession);
            commands.extend(study::after_the_end(app));
        }
        None if app.about().is_some() => commands.push(Command::About(AboutCommand::Back)),
        None if app.tests().is_running() || app.screen() == Screen::Test => {
            commands.extend(super::screens::test::primary(app).filter(|_| !app.tests().is_running()));
            commands.extend(super::screens::test::commands(app));
        }
        None if let Some(page) = app.goals().page() => {
            let day = app.figures().day;
            commands.extend(super::screens::goal::primary(app, day));
            commands.extend(page.at.and_then(|at| app.soon(at, day)).and_then(|soon| soon.less_time()));
            commands.extend(super::screens::goal::others(app));
        }
        None if app.screen() == Screen::Decks => commands.extend(super::screens::decks::commands(app)),
        None if app.screen() == Screen::Scores => commands.extend(super::screens::scores::commands(app)),
        None => {
            commands.extend(app.exam_soon(app.figures().day).and_then(|soon| soon.less_time()));
            if let Some(primary) = today::primary(app) {
                commands.extend(today::others(app, &primary));
                commands.insert(0, primary);
            }
            commands.extend(
                study::after_the_end(app)
                    .into_iter()
                    .filter(|command| !commands.contains(command))
                    .collect::<Vec<_>>(),
            );
        }
    }
    let (can_undo, can_redo) = app.can_undo_redo();
    if can_undo {
        commands.push(Command::Undo);
    }
    if can_redo {
        commands.push(Command::Redo);
    }
    commands.extend(Screen::ALL.map(Command::Go));
    commands.extend(today::read_the_article(app));
    let everywhere = [
        super::screens::goal::open(app, app.figures().day),
        Command::Set(Setting::AskConfidence(!app.settings().ask_confidence)),
        Command::ExportHistory(HistoryTable::Reviews),
        Command::ExportHistory(HistoryTable::Scores),
    ];
    // Some screens offer some of these themselves.
    for command in everywhere {
        if !commands.contains(&command) {
            commands.push(command);
        }
    }
    if app.study().is_none() && !app.tests().is_running() {
        commands.push(Command::About(AboutCommand::Open));
    }
    commands.extend([Command::OpenDataFolder, Command::BackUp, Command::Quit]);
    commands
}
