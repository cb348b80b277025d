//! The pictures of a question: in its texts, and in its field `image`.
//!
//! The field holds a path, `"map.png"`, or a picture in CommonMark, `"![The 38th parallel](map.png)"`, which also
//! says what it shows. Both are a text, so that the field is what it always was in format 1, and a lint asks for
//! the second form.

use super::markdown;
use crate::domain::picture::Picture;
use crate::domain::question::{Answer, Question};

/// The picture that a field `image` means.
pub fn in_field(text: &str) -> Picture {
    let text = text.trim();
    if text.starts_with("![")
        && let [picture] = markdown::pictures(text).as_slice()
    {
        return picture.clone();
    }
    // A name with a space wants < > around it in CommonMark; here nothing else can be meant.
    if let Some((alt, file)) =
        text.strip_prefix("![").and_then(|rest| rest.strip_suffix(')')?.split_once("]("))
    {
        return Picture { file: file.trim().to_owned(), alt: alt.trim().to_owned() };
    }
    Picture { file: text.to_owned(), alt: String::new() }
}

/// The field `image` for a picture: what [`in_field`] reads back.
pub fn field(picture: &Picture) -> String {
    if picture.alt.is_empty() {
        return picture.file.clone();
    }
    let escaped = |text: &str, marks: &[char]| {
        let mut escaped = String::with_capacity(text.len());
        for c in text.chars() {
            if marks.contains(&c) {
                escaped.push('\\');
            }
            escaped.push(c);
        }
        escaped
    };
    let alt = escaped(&picture.alt, &['\\', '[', ']', '*', '_', '`', '<', '&', '!', '~']);
    let file = &picture.file;
    if file.contains(|c: char| c.is_whitespace() || "()<>\\&".contains(c)) {
        format!("![{alt}](<{}>)", escaped(file, &['\\', '<', '>', '&']))
    } else {
        format!("![{alt}]({file})")
    }
}

/// The picture of a question's field `image`.
pub fn of_field(question: &Question) -> Option<Picture> {
    question.image.as_deref().map(in_field)
}

/// Every picture in a question's texts, its field `image` left out.
pub fn in_texts(question: &Question) -> Vec<Picture> {
    let mut pictures = Vec::new();
    each_text(question, |text| pictures.append(&mut markdown::pictures(text)));
    pictures
}

/// Every text of a question that is CommonMark.
pub(super) fn each_text(question: &Question, mut look: impl FnMut(&str)) {
    look(&question.prompt);
    match &question.answer {
        Answer::Recall { back, reverse_prompt, .. } => {
            look(back);
            reverse_prompt.iter().for_each(|text| look(text));
        }
        Answer::Choice { right, wrong } => {
            look(right);
            for option in wrong {
                look(&option.text);
                option.why.iter().for_each(|text| look(text));
            }
        }
        Answer::Choices { right, wrong } => {
            right.iter().for_each(|text| look(text));
            for option in wrong {
                look(&option.text);
                option.why.iter().for_each(|text| look(text));
            }
        }
        Answer::Order(items) => {
            for item in items {
                look(&item.text);
                item.note.iter().for_each(|text| look(text));
            }
        }
        Answer::Match(pairs) => pairs.iter().for_each(|(left, right)| {
            look(left);
            look(right);
        }),
        Answer::Sort(bins) => bins.iter().for_each(|bin| {
            look(&bin.name);
            bin.items.iter().for_each(|text| look(text));
        }),
        Answer::Typed { .. }
        | Answer::Number { .. }
        | Answer::Date { .. }
        | Answer::Bool(_)
        | Answer::Cloze(_) => {}
    }
    question.hint.iter().for_each(|text| look(text));
    question.explain.iter().for_each(|text| look(text));
}
