//! The command palette: every command that is available now, with its key. Typing searches it, Enter or a click runs
//! a command.

use eframe::egui::{self, Align2, Id, Key, Modifiers, Role, Sense, TextEdit, Ui, WidgetInfo, vec2};

use super::theme::{TextSize, Tokens};
use super::widgets::button::focus_ring;
use super::widgets::keycap::Keycap;
use crate::app::about::AboutCommand;
use crate::app::history_export::HistoryTable;
use crate::app::study::{SessionState, Stage, StudyCommand};
use crate::app::{App, Command, Screen, Setting, today};
use crate::domain::event::Confidence;
use crate::domain::rating::Rating;
use crate::domain::task::TaskForm;

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
        let query = self.search.trim().to_lowercase();
        let commands: Vec<Command> = available_commands(app)
            .into_iter()
            .filter(|command| command.info().is_some_and(|info| info.label.to_lowercase().contains(&query)))
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
            return commands.get(self.chosen).cloned().map_or(PaletteOutcome::Closed, PaletteOutcome::Run);
        }
        // The links of the Scores screen may have keys that work only there.
        let is_at_scores = app.active_session().is_none()
            && app.screen() == Screen::Scores
            && app.goals().page().is_none()
            && app.about().is_none()
            && !app.tests().is_active();
        let screen_links = match is_at_scores {
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
                    .font(TextSize::Lead.regular())
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
                        let key =
                            screen_links.iter().find(|link| link.command == *command).map(|link| link.key);
                        if command_row(ui, tokens, command, key, index == self.chosen) {
                            outcome = PaletteOutcome::Run(command.clone());
                        }
                    }
                    if commands.is_empty() {
                        ui.label(TextSize::Body.text("Nothing here is called that.", tokens.muted));
                    }
                });
            });
        if modal.backdrop_response.clicked() {
            return PaletteOutcome::Closed;
        }
        outcome
    }
}

/// Draws one command and returns whether it was clicked. `key` replaces the command's own key on a screen where it
/// has another one.
fn command_row(ui: &mut Ui, tokens: &Tokens, command: &Command, key: Option<&str>, chosen: bool) -> bool {
    let Some(info) = command.info() else { return false };
    let key = key.unwrap_or(info.key);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 44.0), Sense::click());
    let accessible_label = format!("{} ({})", info.label, info.help);
    response.widget_info(|| WidgetInfo::selected(Role::MenuItem, true, chosen, &accessible_label));
    if chosen || response.hovered() {
        ui.painter().rect_filled(rect, 6, if chosen { tokens.accent_fill } else { tokens.soft });
    }
    if chosen {
        response.scroll_to_me(None);
    }
    focus_ring(ui, &response, rect, 6, tokens);
    let label = ui.painter().layout_no_wrap(info.label.to_owned(), TextSize::Body.regular(), tokens.ink);
    let help = ui.painter().layout_no_wrap(info.help.to_owned(), TextSize::Caption.regular(), tokens.muted);
    ui.painter().galley(rect.min + vec2(10.0, 3.0), label, tokens.ink);
    ui.painter().galley(rect.min + vec2(10.0, 23.0), help, tokens.muted);
    if !key.is_empty() {
        let cap = Keycap::new(ui, key);
        let at = egui::pos2(rect.right() - 10.0 - cap.size().x, rect.center().y - cap.size().y / 2.0);
        cap.paint(ui, at, tokens.muted, tokens.line, tokens.card);
    }
    response.clicked()
}

/// Every command that is available now, the screen's own ones first.
fn available_commands(app: &App) -> Vec<Command> {
    let mut commands = Vec::new();
    match app.active_session().map(crate::app::ActiveSession::state) {
        Some(SessionState::Card(card)) => {
            if card.can_set_confidence() {
                commands.extend(
                    Confidence::ALL.map(StudyCommand::SetConfidence).map(Command::Study).into_iter().rev(),
                );
            }
            match &card.stage {
                Stage::Answering => {
                    if !matches!(
                        card.task.form,
                        TaskForm::Bool { .. } | TaskForm::Choice { .. } | TaskForm::Recall { .. }
                    ) {
                        commands.push(Command::Study(StudyCommand::Check));
                    }
                    commands.extend([
                        Command::Study(StudyCommand::GiveUp),
                        Command::Study(StudyCommand::ShowHint),
                    ]);
                }
                Stage::Revealed { .. } | Stage::Graded { .. } => {
                    commands.push(Command::Study(StudyCommand::Continue));
                    commands.extend(Rating::ALL.map(StudyCommand::Rate).map(Command::Study));
                    if !card.acceptable_answers().is_empty() {
                        commands.push(Command::Study(StudyCommand::AcceptAnswer));
                    }
                    if card.can_resolve_slip() {
                        commands.extend([
                            Command::Study(StudyCommand::AcceptSlip),
                            Command::Study(StudyCommand::RejectSlip),
                        ]);
                    }
                    if matches!(card.stage, Stage::Graded { .. }) {
                        commands.push(Command::Study(StudyCommand::MarkGuessed));
                    }
                    commands.push(Command::Study(StudyCommand::ToggleReason));
                }
            }
            commands.extend([
                Command::Study(StudyCommand::Suspend),
                Command::Study(StudyCommand::Bury),
                Command::Study(StudyCommand::EndSession),
            ]);
        }
        Some(SessionState::Waiting(_)) => commands.push(Command::Study(StudyCommand::EndSession)),
        Some(SessionState::Finished) => {
            commands.push(Command::Study(StudyCommand::EndSession));
            commands.extend(today::commands_after_session(app));
        }
        None if app.about().is_some() => commands.push(Command::About(AboutCommand::Back)),
        None if app.tests().is_active() || app.screen() == Screen::Test => {
            commands.extend(super::screens::attempt::primary(app).filter(|_| !app.tests().is_active()));
            commands.extend(super::screens::attempt::commands(app));
        }
        None if let Some(page) = app.goals().page() => {
            let day = app.figures().day;
            commands.extend(super::screens::goal::primary(app, day));
            commands.extend(
                page.goal_index
                    .and_then(|at| app.imminent_exam_at(at, day))
                    .and_then(|exam| exam.ask_minutes()),
            );
            commands.extend(super::screens::goal::secondary(app));
        }
        None if app.screen() == Screen::Decks => commands.extend(super::screens::decks::commands(app)),
        None if app.screen() == Screen::Scores => commands.extend(super::screens::scores::commands(app)),
        None => {
            commands.extend(app.imminent_exam(app.figures().day).and_then(|exam| exam.ask_minutes()));
            if let Some(primary) = today::primary(app) {
                commands.extend(today::secondary(app, &primary));
                commands.insert(0, primary);
            }
            commands.extend(
                today::commands_after_session(app)
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
    commands.extend(today::read_source(app));
    let everywhere = [
        super::screens::goal::open(app, app.figures().day),
        Command::Set(Setting::AskConfidence(!app.settings().ask_confidence)),
        Command::ExportHistory(HistoryTable::Reviews),
        Command::ExportHistory(HistoryTable::Scores),
    ];
    // Some screens list some of these themselves.
    for command in everywhere {
        if !commands.contains(&command) {
            commands.push(command);
        }
    }
    if app.active_session().is_none() && !app.tests().is_active() {
        commands.push(Command::About(AboutCommand::Open));
    }
    commands.extend([Command::OpenDataFolder, Command::BackUp, Command::Quit]);
    commands
}
