//! About: what the program is, and the licences of what it is built from.

use eframe::egui::{self, Id, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use crate::app::about::{AboutCommand, AboutPage};
use crate::app::licences::{Licences, LinkedPart};
use crate::app::{App, Command};
use crate::text;
use crate::ui::icons;
use crate::ui::theme::{COLUMN_WIDTH, TextSize, Tokens};
use crate::ui::widgets::button::{Button, focus_ring};
use crate::ui::widgets::column;
use crate::ui::widgets::field::TextField;
use crate::ui::widgets::label::truncated;
use crate::ui::widgets::list::List;

/// Height of one entry of the list, in points.
const ROW: f32 = 52.0;

/// Space above the first entry and below the last one, in points.
const EDGE_OF_LIST: f32 = 4.0;

/// The id of the field that searches the list of parts.
pub fn search_id() -> Id {
    Id::unique("search parts")
}

/// The id of a part's entry. `part` is its index in [`Licences::parts`].
pub fn row_id(part: usize) -> Id {
    Id::unique(("part", part))
}

/// Draws the page: the licence of the part that is open, else what the program is and the list of parts.
pub fn show(ui: &mut Ui, tokens: &Tokens, app: &App, page: &AboutPage) -> Option<Command> {
    let licences = Licences::embedded();
    let part = page.part.and_then(|index| licences.parts().get(index));
    let place = format!("about {:?}", page.part);
    let top = column::top_space(ui, 28.0);
    column::centred(ui, &place, COLUMN_WIDTH, top, |ui| match part {
        Some(part) => licence(ui, tokens, licences, part),
        None => overview(ui, tokens, app, licences, page),
    })
}

fn overview(
    ui: &mut Ui,
    tokens: &Tokens,
    app: &App,
    licences: &Licences,
    page: &AboutPage,
) -> Option<Command> {
    let mut command = back(ui, tokens, app.screen().label());
    ui.label(TextSize::Title.strong(text::about::TITLE, tokens.ink));
    ui.label(TextSize::Body.text(text::about::version(env!("CARGO_PKG_VERSION")), tokens.muted));
    ui.add_space(8.0);
    for paragraph in [text::about::WHAT_IT_IS, text::about::OUR_LICENCE] {
        ui.add(egui::Label::new(TextSize::Body.text(paragraph, tokens.ink)).wrap());
    }
    ui.add_space(16.0);
    ui.add(egui::Label::new(TextSize::Lead.strong(text::about::PARTS, tokens.ink)).wrap());
    let found = &page.found;
    let mut search = page.search.clone();
    TextField::new(search_id(), text::about::SEARCH)
        .hide_label()
        .hint_text(text::about::SEARCH_HINT)
        .icon(icons::SEARCH)
        .show(ui, tokens, &mut search);
    if search != page.search {
        command = Some(Command::About(AboutCommand::Search(search)));
    }
    let count = text::about::found(found.len(), licences.parts().len());
    ui.label(TextSize::Caption.text(count, tokens.muted));
    if found.is_empty() {
        return command;
    }
    let list = List { header: EDGE_OF_LIST, row: ROW, footer: EDGE_OF_LIST, rows: found.len() };
    list.show(
        ui,
        tokens,
        |position| row_id(found[position]),
        |ui, position, rect| {
            let index = found[position];
            if row(ui, tokens, &licences.parts()[index], row_id(index), rect) {
                command = Some(Command::About(AboutCommand::Show(index)));
            }
        },
    );
    command
}

/// Draws one entry of the list. Returns whether it was clicked.
fn row(ui: &Ui, tokens: &Tokens, part: &LinkedPart, id: Id, rect: Rect) -> bool {
    let response = ui.interact(rect, id, Sense::click());
    let name = in_words(part);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, text::about::part(&name, part.licence)));
    if response.hovered() {
        ui.painter().rect_filled(rect.shrink(1.0), 0, tokens.accent.gamma_multiply(0.05));
    }
    focus_ring(ui, &response, rect.shrink(4.0), 4, tokens);
    let inside = rect.shrink2(vec2(16.0, 0.0));
    let write = |top: f32, text: &str, size: TextSize, color| {
        // A click on the entry shows a licence whole that is cut off here.
        let galley = truncated(ui, text, size.regular(), color, inside.width());
        ui.painter().galley(inside.left_top() + vec2(0.0, top), galley, color);
    };
    write(5.0, &name, TextSize::Body, tokens.ink);
    write(28.0, part.licence, TextSize::Caption, tokens.muted);
    response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
}

/// The page of one part: its licence, the link to its source, and the texts of the licence.
fn licence(ui: &mut Ui, tokens: &Tokens, licences: &Licences, part: &LinkedPart) -> Option<Command> {
    let mut command = back(ui, tokens, text::about::TITLE);
    ui.add(egui::Label::new(TextSize::Title.strong(in_words(part), tokens.ink)).wrap());
    ui.add(egui::Label::new(TextSize::Body.text(part.licence, tokens.muted)).wrap());
    if !part.source.is_empty() && Button::link(part.source).show(ui, tokens).clicked() {
        command = Some(Command::OpenLink(part.source.to_owned()));
    }
    for text in licences.texts(part) {
        ui.add_space(16.0);
        for paragraph in text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
            ui.add(egui::Label::new(TextSize::Body.text(rewrapped(paragraph), tokens.ink)).wrap());
        }
    }
    command
}

/// Joins the lines that were broken only to fit the width of a terminal. A line that is short was meant to end there:
/// it is a heading, or one of a list of authors.
fn rewrapped(paragraph: &str) -> String {
    const SHORT: usize = 50;
    let mut text = String::new();
    let mut is_wrapped = false;
    for line in paragraph.lines().map(str::trim) {
        if !text.is_empty() {
            text.push(if is_wrapped { ' ' } else { '\n' });
        }
        text.push_str(line);
        is_wrapped = line.chars().count() >= SHORT;
    }
    text
}

fn back(ui: &mut Ui, tokens: &Tokens, to: &str) -> Option<Command> {
    let text = format!("{} {to}", icons::BACK);
    let response = Button::link(&text).show(ui, tokens);
    response.clicked().then_some(Command::About(AboutCommand::Back))
}

/// "egui 0.37.0", or the name alone.
fn in_words(part: &LinkedPart) -> String {
    format!("{} {}", part.name, part.version).trim_end().to_owned()
}
