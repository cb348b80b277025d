//! Shows where a text differs from another one, letter by letter.

use eframe::egui::{Color32, Stroke, text::LayoutJob, text::TextFormat};

use crate::ui::theme::{TextSize, Tokens};

/// The letters (each with whether it agrees with the other text) as one text. Letters that differ have `colour` and an
/// underline, so that the difference never shows by colour alone.
pub fn job(letters: &[(String, bool)], size: TextSize, colour: Color32, tokens: &Tokens) -> LayoutJob {
    let mut job = LayoutJob::default();
    append(&mut job, letters, size, false, colour, tokens);
    job
}

/// The same in semibold.
pub fn strong_job(letters: &[(String, bool)], size: TextSize, colour: Color32, tokens: &Tokens) -> LayoutJob {
    let mut job = LayoutJob::default();
    append(&mut job, letters, size, true, colour, tokens);
    job
}

/// Appends such letters to a text.
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
