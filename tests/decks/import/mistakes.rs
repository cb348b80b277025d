//! Files that are broken, strange, or something else altogether.

use linchpin::formats::import::{ImportError, ImportLayout, read, sniff};

use super::{import, import_bytes, left_out, question_lines};

#[test]
fn a_quotation_mark_that_never_closes_costs_one_row() {
    let mut text = String::from("question,answer\n\"open,1\n");
    for number in 3..=1000 {
        text.push_str(&format!("\"q{number}?\",\"a, {number}\"\n"));
    }
    let imported = import("a.csv", &text);
    assert_eq!(imported.questions.len(), 998);
    assert_eq!(left_out(&imported), ["line 2: a quotation mark is never closed"]);
    assert_eq!(imported.skipped.rows[0].excerpt, "\"open,1");
}

#[test]
fn bad_rows_are_listed_up_to_a_few_hundred_and_all_counted() {
    let mut text = String::from("front,back\n,no prompt\nno answer,\nlonely\n");
    text.push_str(&"same,1\n".repeat(5000));
    let imported = import("a.csv", &text);
    assert_eq!(imported.questions.len(), 1);
    assert_eq!((imported.skipped.rows.len(), imported.skipped.total), (300, 5002));
    assert_eq!(
        left_out(&imported)[..4],
        [
            "line 2: the question is empty",
            "line 3: the answer is empty",
            "line 4: there is only 1 column, but 2 are needed",
            "line 6: line 5 asks the same"
        ]
    );
}

#[test]
fn a_list_of_one_column_makes_no_question_and_reports_why() {
    let imported = import("words.txt", "동맹\n조약\n");
    assert!(imported.questions.is_empty());
    assert_eq!(left_out(&imported)[0], "line 1: there is only 1 column, but 2 are needed");
    assert!(import("head.csv", "front,back\n").questions.is_empty());
    assert_eq!(import("head.csv", "front,back\n").skipped.total, 0);
}

#[test]
fn a_very_long_line_is_skipped_and_the_rest_is_imported() {
    let text = format!("{}\tx\nshort?\t1\n", "가나다 ".repeat(750_000));
    let imported = import("a.txt", &text);
    assert_eq!(question_lines(&imported), ["short? = Typed: 1"]);
    assert_eq!(left_out(&imported), ["line 1: a cell is longer than 100,000 characters"]);
    let one_line = import("b.txt", &"x".repeat(3_000_000));
    assert_eq!((one_line.questions.len(), one_line.skipped.total), (0, 1));
}

#[test]
fn invisible_characters_are_dropped() {
    let imported = import("a.csv", "nul\0here?,a\u{7}b\nc?,\u{1b}\0\n");
    assert_eq!(question_lines(&imported), ["nulhere? = Typed: ab"]);
    assert_eq!(left_out(&imported), ["line 2: the answer is empty"]);
}

#[test]
fn a_file_given_by_mistake_gets_advice() {
    let zip = b"PK\x03\x04\x14\0\0\0";
    for (name, bytes, expected) in [
        ("deck.apkg", &zip[..], ImportError::AnkiPackage),
        ("collection.anki2", b"SQLite format 3\0\x10\0", ImportError::AnkiPackage),
        ("list.xlsx", zip, ImportError::Spreadsheet),
        ("text.docx", zip, ImportError::Document),
        ("things.zip", zip, ImportError::Archive),
        ("a.json", b"{\"a\": [1, 2", ImportError::Json),
        ("a.txt", b"[{\"front\": \"a\"}]", ImportError::Json),
        ("page.html", b"<!DOCTYPE html><table>", ImportError::WebPage),
        ("deck.ron", b"Deck(format: 1)", ImportError::Deck),
        ("nothing.csv", b" \n\n", ImportError::Empty),
        ("latin.csv", b"a,b\nc,caf\xe9\n", ImportError::NotText { line: 2, column: 6 }),
    ] {
        assert_eq!(import_bytes(name, bytes).map(|it| it.title), Err(expected), "{name}");
    }
    assert!(ImportError::AnkiPackage.to_string().contains("Notes in Plain Text"));
    // Brackets alone are not JSON.
    assert_eq!(question_lines(&import("a.txt", "[a]\tb\n[c]\td\n")).len(), 2);
}

#[test]
fn reading_can_be_cancelled_and_reports_its_progress() {
    let text: String = (0..5000).map(|number| format!("q{number}\ta{number}\n")).collect();
    let sniffed = sniff("a.txt", text.as_bytes()).unwrap();
    let mut shares = Vec::new();
    let all = read(&sniffed, &sniffed.options, &mut |share| {
        shares.push(share);
        true
    });
    assert_eq!(all.unwrap().questions.len(), 5000);
    assert!(
        shares.len() > 10 && shares.is_sorted() && shares.iter().all(|share| (0.0..=1.0).contains(share))
    );
    let cancelled = read(&sniffed, &sniffed.options, &mut |share| share < 0.5);
    assert_eq!(cancelled.map(|it| it.title), Err(ImportError::Cancelled));
    assert_eq!(sniffed.options.layout, ImportLayout::Table);
}
