//! Question files in Markdown.

use linchpin::domain::question::Answer;
use linchpin::formats::import::{ImportAs, ImportLayout, sniff};

use super::{import, import_with, left_out, question_lines};

const CELLS: &str = "---\nname = \"Cell \\\"Biology\\\"\"\n---\n\n# Cells\n\nQ: What is a neuron?\nA: A cell.\n\nWith:\n- an axon\n---\n\
    C: The [left] hemisphere, \\[not\\] the [right: one] ![pic](a.png) [link](b)\n\n\
    Q: Lost\n\nA: found\nA: stray\nC: no gap\nC: A single\n[gap [with] brackets].\nQ: no answer\n---\nQ:\nA: x\n";

#[test]
fn every_kind_of_block_is_read() {
    let imported = import("cells.md", CELLS);
    assert_eq!(imported.title, "Cell \"Biology\"");
    assert_eq!(
        question_lines(&imported),
        [
            "What is a neuron? = Recall: A cell.\n\nWith:\n- an axon",
            "The {{g1:left}} hemisphere, \\[not\\] the {{g2:right\\: one}} ![pic](a.png) [link](b) = Cloze",
            "Lost = Recall: found",
            "A single\n{{gap [with] brackets}}. = Cloze",
        ]
    );
    assert_eq!(
        left_out(&imported),
        [
            "line 18: there is no question before this answer",
            "line 19: there is no gap: write the answer as [answer]",
            "line 22: the answer is empty",
            "line 24: the question is empty",
        ]
    );
    let Answer::Cloze(cloze) = &imported.questions[1].answer else { panic!("a cloze") };
    assert_eq!(cloze.gaps().nth(1).map(|gap| &*gap.accepted[0]), Some("right: one"));
}

#[test]
fn a_question_file_may_have_other_line_ends_and_become_another_kind() {
    let imported = import("cells.md", &CELLS.replace('\n', "\r\n"));
    assert_eq!(imported.questions.len(), 4);
    assert_eq!(imported.skipped.rows[0].line, 18);
    let typed = import_with("a.md", "Q: one?\nA: 1\n", |_, options| options.import_as = ImportAs::Typed);
    assert_eq!(question_lines(&typed), ["one? = Typed: 1"]);
}

#[test]
fn a_table_is_not_mistaken_for_a_question_file() {
    let layout = |name, text: &str| sniff(name, text.as_bytes()).unwrap().options.layout;
    assert_eq!(layout("a.txt", "Question\tAnswer\nQ: is it?\tyes\n"), ImportLayout::Table);
    assert_eq!(layout("a.txt", "Q: is it?\nA: yes\n"), ImportLayout::Hashcards);
    assert_eq!(layout("a.md", "C: [x] is\n"), ImportLayout::Hashcards);
    // A horizontal rule that does not begin a header.
    assert_eq!(import("a.md", "---\nQ: is it?\nA: yes\n").questions.len(), 1);
}
