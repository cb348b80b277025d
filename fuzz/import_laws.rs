//! What holds for every file that anyone might import: it becomes a sound deck, or it is refused.

use linchpin::domain::diagnostic::Severity;
use linchpin::formats::import::{ColumnRole, ImportAs, ImportLayout, ImportedQuestions, read, sniff};
use linchpin::formats::{export, markdown, ron_deck};

/// The names that a file may have; the guess of its layout looks at the ending.
const NAMES: [&str; 6] = ["a.csv", "a.tsv", "a.txt", "a.md", "a", "a.tab"];

/// The deck file reads back as the same questions, and everything made from them can be made.
pub fn becomes_a_sound_deck(imported: ImportedQuestions) {
    let questions = imported.questions.clone();
    let written = imported.to_text("deck", "A deck", None);
    let deck = imported.into_deck("deck", "A deck", None);
    assert_eq!(written, ron_deck::write::deck(&deck));
    let parsed = ron_deck::parse(&written);
    let errors: Vec<_> =
        parsed.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}\n{written}");
    let back: Vec<_> = parsed.deck.expect("a deck").questions.iter().map(|it| (**it).clone()).collect();
    assert_eq!(back, questions, "{written}");

    let page = export::quiz_html(&deck, 1).to_lowercase();
    assert!(!page.contains("<script") && !page.contains("<img src=\"http"), "{page}");
    for question in &questions {
        drop(markdown::plain(&question.prompt));
    }
    // Other programs quote a cell as we do, so our own table has to come back.
    let table = export::csv::table(&deck);
    if !questions.is_empty() {
        let again = sniff("b.csv", table.as_bytes()).expect("our own table");
        read(&again, &again.options, &mut |_| true).expect("not cancelled");
    }
}

/// Any bytes under any name, with the options that are guessed, and with others: the first two bytes choose these.
pub fn list(input: &[u8]) {
    let [name, choice, bytes @ ..] = input else { return };
    let (name, choice) = (*name, *choice);
    let Ok(sniffed) = sniff(NAMES[usize::from(name) % NAMES.len()], bytes) else { return };
    drop(sniffed.preview_rows(&sniffed.options, 20));
    becomes_a_sound_deck(read(&sniffed, &sniffed.options, &mut |_| true).expect("not cancelled"));
    let choice = usize::from(choice);
    let separator = ["\t", ",", ";", " - ", "::", "|"][choice % 6];
    let mut options = sniffed.with_separator(&sniffed.options, separator, None);
    options.layout = ImportLayout::Table;
    options.is_html = !options.is_html;
    options.import_as =
        [ImportAs::ByLength, ImportAs::Typed, ImportAs::Recall, ImportAs::Both][choice / 6 % 4];
    let columns = options.roles.len().max(1);
    options.roles.rotate_left(choice / 24 % columns);
    if choice > 200 {
        options.roles = vec![ColumnRole::Prompt, ColumnRole::Answer];
        options.row_end = Some(";".to_owned());
    }
    becomes_a_sound_deck(read(&sniffed, &options, &mut |_| true).expect("not cancelled"));
}

/// Two cells of HTML, as Anki writes them, with a line of hyphens between them.
pub fn html_cells(text: &str) {
    let (prompt, answer) = text.split_once("\n---\n").unwrap_or((text, "an answer"));
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let text = format!("#separator:tab\n#html:true\n{}\t{}\n", quoted(prompt), quoted(answer));
    if let Ok(sniffed) = sniff("a.txt", text.as_bytes()) {
        becomes_a_sound_deck(read(&sniffed, &sniffed.options, &mut |_| true).expect("not cancelled"));
    }
}

/// A file of questions in Markdown.
pub fn markdown_questions(text: &str) {
    let Ok(sniffed) = sniff("a.md", text.as_bytes()) else { return };
    let mut options = sniffed.options.clone();
    options.layout = ImportLayout::Hashcards;
    becomes_a_sound_deck(read(&sniffed, &options, &mut |_| true).expect("not cancelled"));
}
