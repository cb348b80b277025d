//! The calendar of days with answers: a strip for a few days, else a column for each week.

use eframe::egui::{self, Color32, CornerRadius, Rect, Stroke, StrokeKind, Ui, pos2, vec2};

use super::{ChartContext, GAP, PAD, SUMMARY_GAP, draw_card, heading_height, time};
use crate::domain::day::StudyDay;
use crate::domain::score::charts::StudiedDay;
use crate::text;
use crate::ui::theme::{TextSize, Tokens};
use crate::ui::widgets::button::focus_ring;
use crate::ui::widgets::chart;

/// Height of the labels above the weeks or below the days, in points.
const LABEL_HEIGHT: f32 = 20.0;
/// Most days that are drawn as one strip.
const MAX_STRIP_DAYS: u32 = 31;
/// Most years that are drawn below each other.
const MAX_YEARS: usize = 10;
/// Weeks in the block of a year.
const YEAR_WEEKS: usize = 53;
/// How many shades a day with answers can have.
const SHADES: usize = 4;
/// Width for the names of the weekdays, in points.
const WEEKDAY_NAMES_WIDTH: f32 = 34.0;

/// Draws the calendar in its card.
pub fn show(ui: &mut Ui, tokens: &Tokens, context: ChartContext<'_>) {
    let (first, days) = time::span(context);
    let width = ui.available_width();
    let summary = summary(context, days);
    let inner = width - 2.0 * PAD;
    let layout = CalendarLayout::new(inner, first, days, context.data.today);
    let chart =
        super::ChartCard { title: text::scores::CALENDAR, summary, height: layout.height(), graph: None };
    let heading = heading_height(ui, &chart, width);
    let height = PAD + heading + SUMMARY_GAP + layout.height() + PAD - 4.0;
    let (rect, _) = ui.allocate_exact_size(vec2(width, height), egui::Sense::hover());
    draw_card(ui, tokens, rect, text::scores::CALENDAR, &chart.summary, heading, |ui| {
        draw(ui, tokens, context, &layout, &chart.summary);
    });
}

fn summary(context: ChartContext<'_>, days: u32) -> String {
    let studied: Vec<&StudiedDay> =
        context.data.days.iter().filter(|studied| studied.accuracy.answers > 0).collect();
    let answers: usize = studied.iter().map(|studied| studied.accuracy.answers).sum();
    match studied.first() {
        None => text::scores::NO_STUDY_DAY.to_owned(),
        Some(oldest) => {
            let since = context.period.days().is_none().then_some(oldest.day);
            text::scores::calendar(studied.len(), days, since, answers)
        }
    }
}

/// Size and position of the days.
struct CalendarLayout {
    today: StudyDay,
    /// The first day that is shown.
    first: StudyDay,
    /// How many days are shown, today included.
    days: u32,
    /// Side of a day's square, in points.
    cell: f32,
    /// Distance from one square to the next, in points.
    step: f32,
    /// Weeks side by side; 0 for a strip.
    weeks: usize,
    /// Blocks of weeks below each other.
    blocks: usize,
}

impl CalendarLayout {
    fn new(width: f32, first: StudyDay, days: u32, today: StudyDay) -> Self {
        if days <= MAX_STRIP_DAYS {
            let step = ((width + 4.0) / days as f32).floor().min(40.0);
            let cell = step - 4.0;
            // If the squares would become too small to see, fewer days are shown.
            let fits = if cell >= 6.0 { days } else { (width / 10.0) as u32 };
            let first = StudyDay(today.0 - fits.cast_signed() + 1);
            return Self {
                today,
                first,
                days: fits,
                cell: cell.max(6.0),
                step: step.max(10.0),
                weeks: 0,
                blocks: 1,
            };
        }
        let room = width - WEEKDAY_NAMES_WIDTH;
        let weeks = YEAR_WEEKS.min((room / 10.0) as usize).max(4);
        let step = (room / weeks as f32).floor().min(17.0);
        let needed = (weekday(first) + days as usize).div_ceil(7);
        // A short history begins at the left, beside the names of the weekdays.
        let weeks = weeks.min(needed);
        let blocks = needed.div_ceil(weeks).clamp(1, if weeks == YEAR_WEEKS { MAX_YEARS } else { 1 });
        let shown = ((blocks * weeks - 1) * 7 + weekday(today) + 1) as u32;
        let days = days.min(shown);
        let first = StudyDay(today.0 - days.cast_signed() + 1);
        Self { today, first, days, cell: step - if step > 12.0 { 3.0 } else { 2.0 }, step, weeks, blocks }
    }

    fn block_height(&self) -> f32 {
        if self.weeks == 0 { self.cell + LABEL_HEIGHT } else { LABEL_HEIGHT + 7.0 * self.step }
    }

    fn height(&self) -> f32 {
        self.blocks as f32 * self.block_height() + (self.blocks - 1) as f32 * GAP
    }

    /// The block of a day, counted from the top, and its week in the block, counted from the left. The top block is the
    /// newest and ends today.
    fn week(&self, day: StudyDay) -> (usize, usize) {
        let monday = |day: StudyDay| day.0 - weekday(day) as i32;
        let back = usize::try_from((monday(self.today) - monday(day)) / 7).unwrap_or(0);
        (back / self.weeks, self.weeks - 1 - back % self.weeks)
    }

    fn rect(&self, at: egui::Pos2, day: StudyDay) -> Rect {
        let place = if self.weeks == 0 {
            at + vec2(day.days_since(self.first) as f32 * self.step, 0.0)
        } else {
            let (block, week) = self.week(day);
            let top = block as f32 * (self.block_height() + GAP) + LABEL_HEIGHT;
            at + vec2(WEEKDAY_NAMES_WIDTH + week as f32 * self.step, top + weekday(day) as f32 * self.step)
        };
        Rect::from_min_size(place, vec2(self.cell, self.cell))
    }

    fn iter_days(&self) -> impl Iterator<Item = StudyDay> {
        let first = self.first;
        (0..self.days).map(move |ahead| first.plus(ahead))
    }
}

/// Days since Monday, 0 to 6.
fn weekday(day: StudyDay) -> usize {
    usize::try_from(day.date().weekday().to_monday_zero_offset()).unwrap_or(0)
}

fn draw(ui: &mut Ui, tokens: &Tokens, context: ChartContext<'_>, layout: &CalendarLayout, summary: &str) {
    let days = &context.data.days;
    let studied_day =
        |day: StudyDay| days.binary_search_by_key(&day, |studied| studied.day).ok().map(|at| &days[at]);
    let size = vec2(ui.available_width(), layout.height());
    let (rect, response) = chart::allocate(ui, size, || {
        let day_texts =
            days.iter().map(|studied| text::scores::calendar_day(studied.day, Some(studied), layout.today));
        format!("{}. {summary} {}", text::scores::CALENDAR, day_texts.collect::<Vec<_>>().join("; "))
    });
    if !ui.is_rect_visible(rect) {
        return;
    }
    let full = full_shade_answers(days);
    let pointer = ui.input(|input| input.pointer.hover_pos()).filter(|_| response.contains_pointer());
    let stepped = chart::step_by_keys(ui, &response, layout.days as usize);
    let mut highlighted = stepped.map(|ahead| layout.first.plus(ahead as u32));
    for day in layout.iter_days() {
        let cell = layout.rect(rect.min, day);
        let answers = studied_day(day).map_or(0, |studied| studied.accuracy.answers);
        let radius = CornerRadius::same(if layout.cell > 14.0 { 4 } else { 2 });
        ui.painter().rect_filled(cell, radius, shade(tokens, answers, full));
        if pointer.is_some_and(|pointer| cell.expand(1.5).contains(pointer)) {
            highlighted = Some(day);
        }
        if day == layout.today {
            ui.painter().rect_stroke(cell, radius, Stroke::new(1.0, tokens.ink), StrokeKind::Outside);
        }
    }
    labels(ui, tokens, layout, rect);
    if let Some(day) = highlighted {
        let cell = layout.rect(rect.min, day);
        ui.painter().rect_stroke(cell, 2, Stroke::new(2.0, tokens.ink), StrokeKind::Outside);
        chart::show_tooltip(
            ui,
            &response,
            cell.center_top(),
            &text::scores::calendar_day(day, studied_day(day), layout.today),
        );
    }
    focus_ring(ui, &response, rect, 4, tokens);
}

/// How many answers give a day the strongest shade. It is the 90th percentile, not the maximum, so that one long day
/// does not make all others pale.
fn full_shade_answers(days: &[StudiedDay]) -> usize {
    let mut answers: Vec<usize> =
        days.iter().map(|studied| studied.accuracy.answers).filter(|answers| *answers > 0).collect();
    answers.sort_unstable();
    answers.get(answers.len() * 9 / 10).or(answers.last()).copied().unwrap_or(1)
}

fn shade(tokens: &Tokens, answers: usize, full: usize) -> Color32 {
    if answers == 0 {
        return if tokens.dark { tokens.line } else { tokens.soft };
    }
    let shade = (answers * SHADES).div_ceil(full.max(1)).clamp(1, SHADES);
    tokens.card.lerp_to_gamma(tokens.accent, 0.1 + 0.9 * shade as f32 / SHADES as f32)
}

fn labels(ui: &Ui, tokens: &Tokens, layout: &CalendarLayout, rect: Rect) {
    let font = TextSize::Caption.regular();
    let text = |at: egui::Pos2, align: egui::Align2, words: String| {
        ui.painter().text(at, align, words, font.clone(), tokens.muted);
    };
    if layout.weeks == 0 {
        let format = if layout.days <= 7 { "%a" } else { "%-d %b" };
        // From the right, so that the label of today has room.
        let mut free = rect.right();
        let days: Vec<StudyDay> =
            layout.iter_days().filter(|day| layout.days <= 7 || weekday(*day) == 0).collect();
        for day in days.into_iter().rev() {
            let words = day.date().strftime(format).to_string();
            let width = chart::label_width(ui, &words);
            let cell = layout.rect(rect.min, day);
            let left = cell.left().min(rect.right() - width);
            if left + width <= free {
                text(pos2(left, cell.bottom() + 3.0), egui::Align2::LEFT_TOP, words);
                free = left - 8.0;
            }
        }
        return;
    }
    for block in 0..layout.blocks {
        let top = rect.top() + block as f32 * (layout.block_height() + GAP);
        if layout.step >= 10.0 {
            for (row, name) in text::scores::WEEKDAYS {
                let y = top + LABEL_HEIGHT + f32::from(row) * layout.step + layout.cell / 2.0;
                text(pos2(rect.left(), y), egui::Align2::LEFT_CENTER, name.to_owned());
            }
        }
    }
    let mut last_end = (usize::MAX, f32::MIN);
    for day in layout.iter_days().filter(|day| day.date().day() == 1) {
        let (block, week) = layout.week(day);
        let left = rect.left() + WEEKDAY_NAMES_WIDTH + week as f32 * layout.step;
        let top = rect.top() + block as f32 * (layout.block_height() + GAP);
        let format = if day.date().month() == 1 { "%b %Y" } else { "%b" };
        let words = day.date().strftime(format).to_string();
        let width = chart::label_width(ui, &words);
        let is_free = last_end.0 != block || last_end.1 + 8.0 <= left;
        if is_free && left + width <= rect.right() {
            text(pos2(left, top), egui::Align2::LEFT_TOP, words);
            last_end = (block, left + width);
        }
    }
}
