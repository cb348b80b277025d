//! The table of a deck's questions, with search and filters. Only the rows in sight are drawn.

use eframe::egui::{
    Align2, Color32, CornerRadius, FontId, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use crate::app::Command;
use crate::app::decks::table::{
    QuestionColumn, QuestionRow, QuestionStatus, QuestionTableView, StatusFilter,
};
use crate::app::decks::{DeckCommand, DeckPage, SelectionChange};
use crate::app::kind::MENU;
use crate::domain::cloze::{ClozePiece, Gap};
use crate::domain::day::Moment;
use crate::domain::deck::Deck;
use crate::domain::event::Due;
use crate::domain::question::{Answer, Kind, Question};
use crate::formats::markdown;
use crate::text::{self, words};
use crate::ui::icons;
use crate::ui::theme::{CARD_RADIUS, TextSize, Tokens};
use crate::ui::widgets::button::focus_ring;
use crate::ui::widgets::field::TextField;
use crate::ui::widgets::label::truncated;
use crate::ui::widgets::menu_button::{MenuChoice, menu_button};

const ROW_HEIGHT: f32 = 42.0;
const HEADER_HEIGHT: f32 = 36.0;
const PAD: f32 = 12.0;

/// Position and width of each column, in points from the left end of the row. `None` for a column without room.
struct QuestionColumns {
    question: (f32, f32),
    topic: Option<(f32, f32)>,
    kind: Option<(f32, f32)>,
    recall: Option<(f32, f32)>,
    due: (f32, f32),
}

impl QuestionColumns {
    fn for_width(width: f32) -> Self {
        let mut right = width - PAD;
        let mut take = |points: f32, when: bool| {
            when.then(|| {
                right -= points;
                (right, points)
            })
        };
        let due = take(104.0, true).unwrap_or_default();
        let recall = take(72.0, width >= 460.0);
        let kind = take(128.0, width >= 700.0);
        let topic = take(176.0, width >= 560.0);
        Self { question: (PAD, right - 2.0 * PAD), topic, kind, recall, due }
    }
}

/// Draws search, filters and table.
pub fn show(ui: &mut Ui, tokens: &Tokens, page: &DeckPage, deck: &Deck, now: &Moment) -> Option<Command> {
    let mut command = filters(ui, tokens, page, deck);
    let shown = page.table.visible();
    ui.add_space(4.0);
    if shown.is_empty() {
        ui.add_space(16.0);
        ui.label(TextSize::Body.text(text::decks::NO_MATCH, tokens.muted));
        return command;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let width = ui.available_width();
    let columns = QuestionColumns::for_width(width);
    let height = HEADER_HEIGHT + ROW_HEIGHT * shown.len() as f32;
    let (all, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    let visible = ui.clip_rect().intersect(all);
    let radius = CornerRadius::same(CARD_RADIUS);
    // Only the part in sight: a rectangle of 100,000 rows is too large for the painter.
    let card = all.intersect(ui.clip_rect().expand(40.0));
    ui.painter().rect(card, radius, tokens.card, Stroke::new(1.0, tokens.line), StrokeKind::Inside);
    command = header(ui, tokens, page, &columns, all).or(command);

    let rows_top = all.top() + HEADER_HEIGHT;
    let first = ((visible.top() - rows_top) / ROW_HEIGHT).floor().max(0.0) as usize;
    let last = (((visible.bottom() - rows_top) / ROW_HEIGHT).ceil().max(0.0) as usize).min(shown.len());
    for (position, index) in shown.iter().enumerate().take(last).skip(first) {
        let index = *index as usize;
        let (Some(question), Some(row)) = (deck.questions.get(index), page.table.row(index)) else {
            continue;
        };
        let top = rows_top + position as f32 * ROW_HEIGHT;
        let rect = Rect::from_min_size(pos2(all.left(), top), vec2(width, ROW_HEIGHT));
        let is_current = page.current.as_ref() == Some(&question.id);
        let line = QuestionRowView {
            deck,
            question,
            row,
            is_selected: page.selected.contains(&question.id),
            is_current,
        };
        command = line.show(ui, tokens, &columns, rect, now).or(command);
    }
    scroll_to_current(ui, page, deck, all, rows_top);
    command
}

fn filters(ui: &mut Ui, tokens: &Tokens, page: &DeckPage, deck: &Deck) -> Option<Command> {
    let view = &page.view;
    let mut new: Option<QuestionTableView> = None;
    let mut search = view.search.clone();
    let hint = text::decks::search(deck.questions.len());
    let wide = ui.available_width() >= 720.0;
    let field = |ui: &mut Ui, search: &mut String, width: f32| {
        TextField::new(super::search_id(), text::decks::SEARCH)
            .hide_label()
            .hint_text(&hint)
            .icon(icons::SEARCH)
            .width(width)
            .show(ui, tokens, search);
    };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
        let width = if wide { 380.0 } else { ui.available_width() };
        field(ui, &mut search, width);
        let mut topics = vec![MenuChoice::new(None, text::decks::ALL_TOPICS)];
        topics.extend(deck.topics.iter().map(|(key, name)| MenuChoice::new(Some(key.clone()), name)));
        let label = view.topic.as_ref().map_or(text::decks::ALL_TOPICS, |key| deck.topic_name(key));
        if let Some(topic) = menu_button(ui, tokens, text::decks::TOPIC, label, view.topic.is_some(), &topics)
        {
            new = Some(QuestionTableView { topic, ..view.clone() });
        }
        let mut kinds = vec![MenuChoice::new(None, text::decks::ALL_KINDS)];
        kinds.extend(MENU.map(|kind| MenuChoice::new(Some(kind), kind.label())));
        let label = view.kind.map_or(text::decks::ALL_KINDS, Kind::label);
        if let Some(kind) = menu_button(ui, tokens, text::decks::KIND, label, view.kind.is_some(), &kinds) {
            new = Some(QuestionTableView { kind, ..view.clone() });
        }
        let mut statuses = vec![MenuChoice::new(None, text::decks::ANY_STATE)];
        statuses.extend(StatusFilter::ALL.map(|each| MenuChoice::new(Some(each), each.label())));
        let label = view.status.map_or(text::decks::ANY_STATE, StatusFilter::label);
        if let Some(status) =
            menu_button(ui, tokens, text::decks::STATE, label, view.status.is_some(), &statuses)
        {
            new = Some(QuestionTableView { status, ..view.clone() });
        }
        if !view.is_unfiltered() {
            let found = text::decks::found(page.table.visible().len());
            ui.label(TextSize::Caption.text(found, tokens.muted));
        }
    });
    if search != view.search {
        new = Some(QuestionTableView { search, ..new.unwrap_or_else(|| view.clone()) });
    }
    new.map(|view| Command::Deck(DeckCommand::SetView(view)))
}

fn header(
    ui: &mut Ui,
    tokens: &Tokens,
    page: &DeckPage,
    columns: &QuestionColumns,
    all: Rect,
) -> Option<Command> {
    let view = &page.view;
    let mut command = None;
    let rect = Rect::from_min_size(all.min, vec2(all.width(), HEADER_HEIGHT));
    let mut cell = |ui: &mut Ui, column: Option<(f32, f32)>, name: &str, by: QuestionColumn, right: bool| {
        let Some((left, width)) = column else { return };
        let cell_rect = Rect::from_min_size(pos2(rect.left() + left, rect.top()), vec2(width, HEADER_HEIGHT));
        let response = ui.interact(cell_rect, ui.scope_id().with(("sort", name)), Sense::click());
        let sorted = view.sort == by;
        let label = text::general::sort_heading(name, sorted.then_some(view.descending));
        response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, &label));
        let arrow = match (sorted, view.descending) {
            (true, false) => format!(" {}", icons::UP),
            (true, true) => format!(" {}", icons::DOWN),
            (false, _) => String::new(),
        };
        let ink = if sorted || response.hovered() { tokens.ink } else { tokens.muted };
        let (at, align) = if right {
            (cell_rect.right_center(), Align2::RIGHT_CENTER)
        } else {
            (cell_rect.left_center(), Align2::LEFT_CENTER)
        };
        ui.painter().text(at, align, format!("{name}{arrow}"), TextSize::Caption.regular(), ink);
        focus_ring(ui, &response, cell_rect.shrink(4.0), 4, tokens);
        if response.clicked() {
            // The third click on a heading restores the order of the file.
            let (sort, descending) = match (sorted, view.descending) {
                (true, false) => (by, true),
                (true, true) => (QuestionColumn::FileOrder, false),
                (false, _) => (by, false),
            };
            command = Some(Command::Deck(DeckCommand::SetView(QuestionTableView {
                sort,
                descending,
                ..view.clone()
            })));
        }
    };
    cell(ui, Some(columns.question), text::decks::QUESTION, QuestionColumn::Question, false);
    cell(ui, columns.topic, text::decks::TOPIC, QuestionColumn::Topic, false);
    cell(ui, columns.kind, text::decks::KIND, QuestionColumn::Kind, false);
    cell(ui, columns.recall, text::decks::RECALL, QuestionColumn::Recall, true);
    cell(ui, Some(columns.due), text::decks::DUE, QuestionColumn::Due, true);
    command
}

/// A row of the table, ready to be drawn.
struct QuestionRowView<'a> {
    deck: &'a Deck,
    question: &'a Question,
    row: &'a QuestionRow,
    is_selected: bool,
    /// Whether it is the row that keys act on.
    is_current: bool,
}

impl QuestionRowView<'_> {
    fn show(
        &self,
        ui: &mut Ui,
        tokens: &Tokens,
        columns: &QuestionColumns,
        rect: Rect,
        now: &Moment,
    ) -> Option<Command> {
        let id = &self.question.id;
        let response = ui.interact(rect, ui.scope_id().with(("row", id)), Sense::click());
        let prompt = prompt_of(self.question);
        let due = due_text(self.row, now);
        let label = format!("{prompt}, {}, {due}", self.deck.topic_name(&self.question.topic));
        response.widget_info(|| WidgetInfo::selected(Role::Row, true, self.is_selected, &label));
        let inside = rect.shrink2(vec2(1.0, 0.0));
        if self.is_selected {
            ui.painter().rect_filled(inside, 0, tokens.accent_fill);
        } else if response.hovered() {
            ui.painter().rect_filled(inside, 0, tokens.accent.gamma_multiply(0.05));
        }
        ui.painter().hline(inside.x_range(), rect.top(), Stroke::new(1.0, tokens.line));
        if self.is_current {
            let mark = Rect::from_min_size(inside.min, vec2(3.0, ROW_HEIGHT));
            ui.painter().rect_filled(mark, 0, tokens.accent);
        }
        focus_ring(ui, &response, rect.shrink(4.0), 4, tokens);
        let is_set_aside = self.row.status == QuestionStatus::Suspended;
        let ink = if is_set_aside { tokens.muted } else { tokens.ink };
        let painter = ui.painter();
        let cell = |(left, width): (f32, f32), text: String, font: FontId, ink: Color32, right: bool| {
            let galley = truncated(ui, text, font, ink, width - 8.0);
            let x = rect.left() + left + if right { width - galley.size().x } else { 0.0 };
            painter.galley(pos2(x, rect.center().y - galley.size().y / 2.0), galley, ink);
        };
        let body = TextSize::Body.regular();
        cell(columns.question, prompt, body.clone(), ink, false);
        if let Some(place) = columns.topic {
            let topic = self.deck.topic_name(&self.question.topic).to_owned();
            cell(place, topic, body.clone(), tokens.muted, false);
        }
        if let Some(place) = columns.kind {
            cell(place, self.question.answer.kind().label().to_owned(), body.clone(), tokens.muted, false);
        }
        if let Some(place) = columns.recall {
            let recall = self.row.recall.map_or("–".to_owned(), |recall| words::percent(f64::from(recall)));
            match self.row.is_being_learned {
                true => cell(
                    place,
                    text::decks::LEARNING.to_owned(),
                    TextSize::Caption.regular(),
                    tokens.muted,
                    true,
                ),
                false => cell(place, recall, body.clone(), ink, true),
            }
        }
        let due_ink = if self.row.status == QuestionStatus::Due { tokens.accent } else { ink };
        cell(columns.due, due, body, due_ink, true);

        let pick = |pick: SelectionChange| Some(Command::Deck(DeckCommand::Select(pick)));
        if response.double_clicked() {
            return Some(Command::Deck(DeckCommand::Edit(id.clone())));
        }
        if !response.clicked() {
            return None;
        }
        let modifiers = ui.input(|input| input.modifiers);
        if modifiers.command {
            pick(SelectionChange::Toggle(id.clone()))
        } else if modifiers.shift {
            pick(SelectionChange::To(id.clone()))
        } else {
            pick(SelectionChange::Only(id.clone()))
        }
    }
}

/// The prompt on one line, without Markdown. Gaps show their first answer in brackets.
pub fn prompt_of(question: &Question) -> String {
    prompt_with_gaps(question, |_| true)
}

/// Like [`prompt_of`], with brackets only around the gaps for which `is_asked` holds.
pub fn prompt_with_gaps(question: &Question, is_asked: impl Fn(&Gap) -> bool) -> String {
    let Answer::Cloze(cloze) = &question.answer else { return markdown::plain_line(&question.prompt) };
    let pieces = cloze.pieces.iter().map(|piece| match piece {
        ClozePiece::Text(text) => text.clone(),
        ClozePiece::Gap(gap) => {
            let answer = gap.accepted.first().map_or("", String::as_str);
            if is_asked(gap) { format!("[{answer}]") } else { answer.to_owned() }
        }
    });
    markdown::plain_line(&pieces.collect::<String>())
}

fn due_text(row: &QuestionRow, now: &Moment) -> String {
    match (row.status, row.due) {
        (QuestionStatus::Suspended, _) => text::decks::SUSPENDED.to_owned(),
        (QuestionStatus::New, _) => text::decks::NEW.to_owned(),
        (QuestionStatus::Due, _) => text::decks::TODAY.to_owned(),
        (_, Some(Due::At(ms))) if ms <= now.ms() => text::decks::NOW.to_owned(),
        (_, Some(due)) => match words::interval(due, now) {
            text if text == text::decks::TODAY => text,
            text => text::decks::due_in(&text),
        },
        (_, None) => "–".to_owned(),
    }
}

/// Scrolls to the current row when the keys have moved to another.
fn scroll_to_current(ui: &Ui, page: &DeckPage, deck: &Deck, all: Rect, rows_top: f32) {
    let memory = ui.scope_id().with("current row");
    let last: Option<std::sync::Arc<str>> = ui.data(|data| data.get_temp(memory));
    if last == page.current {
        return;
    }
    if let Some(current) = page.current.clone() {
        ui.data_mut(|data| data.insert_temp(memory, current));
    }
    if let Some(position) = page.current_row(deck) {
        let top = rows_top + position as f32 * ROW_HEIGHT;
        let rect = Rect::from_min_size(pos2(all.left(), top), vec2(all.width(), ROW_HEIGHT));
        ui.scroll_to_rect(rect.expand2(vec2(0.0, ROW_HEIGHT)), None);
    }
}
