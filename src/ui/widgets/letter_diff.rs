//! Two texts held against each other, letter by letter.

use eframe::egui::{Color32, Stroke, text::LayoutJob, text::TextFormat};

use crate::ui::theme::{TextSize, Tokens};

/// Letters that agree in ink, the others in `colour` and underlined: never by colour alone.
pub fn job(letters: &[(String, bool)], size: TextSize, colour: Color32, tokens: &Tokens) -> LayoutJob {
    let mut job = LayoutJob::default();
    append(&mut job, letters, size, false, colour, tokens);
    job
}

/// The same, semibold.
pub fn strong_job(letters: &[(String, bool)], size: TextSize, colour: Color32, tokens: &Tokens) -> LayoutJob {
    let mut job = LayoutJob::default();
    append(&mut job, letters, size, true, colour, tokens);
    job
}

/// Adds such letters to a text.
pub fn append(
    job: &mut LayoutJob,
    letters: &[(String, bool)],
    size: TextSize,
    strong: bool,
    colour: Color32,
    tokens: &Tokens,
) {
    for (letter, agrees) in letters {
        let (ink, underline) =
            if *agrees { (tokens.ink, Stroke::NONE) } else { (colour, Stroke::new(2.0, colour)) };
        let format = TextFormat {
            font_id: if strong { size.semibold() } else { size.regular() },
            line_height: Some(size.line_height()),
            color: ink,
            underline,
            ..TextFormat::default()
        };
        job.append(letter, 0.0, format);
    }
}
