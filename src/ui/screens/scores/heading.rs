//! The top of the Scores screen: the title, a summary, the filters for deck and period, and links.

use eframe::egui::{self, Align, Layout, Ui, vec2};

use crate::app::offers;
use crate::app::scores::{self, ScoresCommand, ScoresPage};
use crate::app::{App, AvailableCommand, Command};
use crate::domain::day::StudyDay;
use crate::domain::score::Period;
use crate::text::scores as text;
use crate::ui::theme::{TextSize, Tokens};
use crate::ui::widgets::chip::Chip;
use crate::ui::widgets::keycap;
use crate::ui::widgets::menu_button::{self, MenuChoice};

/// Height of the line with the title, in points.
const TITLE_HEIGHT: f32 = 44.0;
/// Space between two chips, in points.
const GAP: f32 = 4.0;
/// Space after the chip with the deck, in points.
const DECK_GAP: f32 = 8.0;
/// Narrowest content with the chips beside the title, in points.
const ONE_LINE_MIN_WIDTH: f32 = 720.0;

/// Draws title, summary, chips and links.
pub fn show(ui: &mut Ui, tokens: &Tokens, app: &App, today: StudyDay) -> Option<Command> {
    ui.spacing_mut().item_spacing.y = 4.0;
    let mut command = None;
    let is_wide = ui.available_width() >= ONE_LINE_MIN_WIDTH;
    let title = TextSize::Title.strong(text::TITLE, tokens.ink);
    if is_wide {
        title_with_chips(
            ui,
            |ui| drop(ui.label(title)),
            chips(ui, app, true),
            |ui, chips| {
                command = draw_chips(ui, tokens, app, chips);
            },
        );
    } else {
        ui.label(title);
    }
    sentence(ui, tokens, app, today);
    if !is_wide {
        ui.add_space(6.0);
        let chips = chips(ui, app, true);
        ui.horizontal_wrapped(|ui| command = draw_chips(ui, tokens, app, chips));
    }
    links(ui, tokens, app, today).or(command)
}

/// Draws a title at the left, and chips at the right of the same line.
pub fn title_with_chips(
    ui: &mut Ui,
    left: impl FnOnce(&mut Ui),
    chips: Chips,
    draw: impl FnOnce(&mut Ui, Chips),
) {
    let width = ui.available_width();
    ui.allocate_ui_with_layout(vec2(width, TITLE_HEIGHT), Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_height(TITLE_HEIGHT);
        ui.spacing_mut().item_spacing.x = GAP;
        left(ui);
        ui.add_space((ui.available_width() - chips.width()).max(0.0));
        draw(ui, chips);
    });
}

/// The chips of a page, laid out but not drawn yet.
pub struct Chips {
    deck: Option<Chip>,
    periods: Vec<(Period, Chip)>,
}

impl Chips {
    fn width(&self) -> f32 {
        let deck = self.deck.as_ref().map_or(0.0, |chip| chip.width() + GAP + DECK_GAP);
        deck + self.periods.iter().map(|(_, chip)| chip.width() + GAP).sum::<f32>() - GAP
    }
}

/// Lays out the chips: the deck, if `with_deck` and there are several, and the periods.
pub fn chips(ui: &Ui, app: &App, with_deck: bool) -> Chips {
    let scores = app.scores();
    let several = app.library().decks().len() > 1;
    let title = scores.deck().and_then(|id| app.library().deck(id)).map(|loaded| loaded.deck.title.as_str());
    let deck = (with_deck && several)
        .then(|| Chip::menu(ui, text::DECK, title.unwrap_or(text::ALL_DECKS), Some(super::DECK_CHOOSER)));
    let periods = Period::EACH.map(|period| {
        let key = Command::Scores(ScoresCommand::SetPeriod(period)).key();
        (period, Chip::option(ui, period.label(), key, period == scores.period()))
    });
    Chips { deck, periods: periods.into() }
}

/// Draws the chips. Returns the filter that was chosen.
pub fn draw_chips(ui: &mut Ui, tokens: &Tokens, app: &App, chips: Chips) -> Option<Command> {
    let mut command = None;
    ui.spacing_mut().item_spacing = vec2(GAP, GAP);
    if let Some(chip) = chips.deck {
        let response = chip.show(ui, tokens);
        open_by_key(ui, &response);
        let mut choices = vec![MenuChoice::new(None, text::ALL_DECKS)];
        let decks = app.library().decks().iter().map(|loaded| &loaded.deck);
        choices.extend(decks.map(|deck| MenuChoice::new(Some(deck.id.clone()), &deck.title)));
        if let Some(deck) = menu_button::list(ui, tokens, &response, &choices) {
            command = Some(Command::Scores(ScoresCommand::SetDeck(deck)));
        }
        ui.add_space(DECK_GAP);
    }
    for (period, chip) in chips.periods {
        if chip.show(ui, tokens).clicked() {
            command = Some(Command::Scores(ScoresCommand::SetPeriod(period)));
        }
    }
    command
}

/// Opens the list of a chip if its key was pressed.
pub fn open_by_key(ui: &Ui, response: &egui::Response) {
    if ui.data_mut(|data| data.remove_temp::<bool>(super::deck_chooser_id())).unwrap_or(false) {
        menu_button::open(ui, response);
    }
}

fn sentence(ui: &mut Ui, tokens: &Tokens, app: &App, today: StudyDay) {
    let Some(table) = app.scores().table() else { return };
    let score = &table.total.score;
    if score.seen == 0 {
        let text = if score.cards == 0 { text::NO_CARDS } else { text::NOTHING_ANSWERED };
        ui.label(TextSize::Body.text(text, tokens.muted));
        return;
    }
    if score.recall_now().is_none() {
        ui.label(TextSize::Body.text(text::ONLY_TESTED, tokens.muted));
        return;
    }
    let mut job = egui::text::LayoutJob::default();
    let mut add = |text: &str, font: egui::FontId, color: egui::Color32| {
        let line_height = Some(TextSize::Body.line_height());
        job.append(text, 0.0, egui::TextFormat { font_id: font, color, line_height, ..Default::default() });
    };
    let [before, stressed, after] = text::summary(score, today);
    add(&before, TextSize::Body.regular(), tokens.muted);
    add(&stressed, TextSize::Body.semibold(), tokens.ink);
    add(&after, TextSize::Body.regular(), tokens.muted);
    ui.label(job);
    if let Some(known) = text::known_sentences(score) {
        ui.label(TextSize::Body.text(known, tokens.muted));
    }
}

/// Draws the links of the page on one line.
fn links(ui: &mut Ui, tokens: &Tokens, app: &App, today: StudyDay) -> Option<Command> {
    let mut command = None;
    ui.add_space(2.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(16.0, 4.0);
        for AvailableCommand { command: link, shortcuts, .. } in offers::scores::links(app) {
            let (label, Some(key)) = (super::link_label(app, &link, today), shortcuts.first()) else {
                continue;
            };
            if keycap::key_hint(ui, tokens, *key, &label).on_hover_text(link.help()).clicked() {
                command = Some(link);
            }
        }
    });
    command
}

/// Draws "Scores · a deck". The first part goes back.
pub fn breadcrumb(ui: &mut Ui, tokens: &Tokens, deck: &str) -> Option<Command> {
    let mut command = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let back = Command::Scores(ScoresCommand::Back);
        let response = back.key().map(|key| keycap::key_hint(ui, tokens, key, text::TITLE));
        if response.is_some_and(|response| response.on_hover_text(back.label()).clicked()) {
            command = Some(back);
        }
        let text = TextSize::Caption.text(format!("· {deck}"), tokens.muted);
        ui.add(egui::Label::new(text).truncate());
    });
    command
}

/// A chip to choose one of the decks with passages. Draws nothing if there are fewer than two.
pub fn source_chooser(
    ui: &mut Ui,
    tokens: &Tokens,
    app: &App,
    deck: &crate::domain::deck::Deck,
) -> Option<Command> {
    let decks = app.library().decks().iter().map(|loaded| &loaded.deck);
    let with_source: Vec<_> = decks.filter(|deck| scores::has_passages(deck)).collect();
    if with_source.len() < 2 {
        return None;
    }
    let response = Chip::menu(ui, text::SOURCE, &deck.title, Some(super::DECK_CHOOSER)).show(ui, tokens);
    open_by_key(ui, &response);
    let choices: Vec<_> =
        with_source.iter().map(|deck| MenuChoice::new(deck.id.clone(), &deck.title)).collect();
    let chosen = menu_button::list(ui, tokens, &response, &choices)?;
    Some(Command::Scores(ScoresCommand::Open(ScoresPage::Passages(chosen))))
}
