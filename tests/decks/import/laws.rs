//! Laws that hold for every table and every text. The cases are random, with a fixed seed.

use linchpin::formats::import::{ColumnRole, ImportAs, ImportLayout, read, sniff};
use linchpin::formats::{export, markdown};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::fuzz_corpus::import_laws::becomes_a_sound_deck;

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(0x6c69_6e63_6870_696e),
        ..ProptestConfig::default()
    }
}

/// Cells with text that could be mistaken for notation.
fn cell() -> impl Strategy<Value = String> {
    let nasty = prop::sample::select(vec![
        "{{c1::a::b}}",
        "{{",
        "}}",
        "}}}",
        "{{x}}",
        "{{c2::",
        "::",
        "\\",
        "\"",
        "\"\"",
        "<b>",
        "</b>",
        "<br>",
        "<li>",
        "<pre>",
        "<img src=x>",
        "&amp;",
        "&#x0;",
        "[sound:a]",
        "[",
        "](",
        "\n",
        "\r",
        "\0",
        "\u{FEFF}",
        "\u{2028}",
        "동맹",
        "Q:",
        "C: [a]",
        "#html:true",
        "a/b c",
        " ",
        ",",
        "\t",
    ]);
    let part = prop_oneof![2 => nasty.prop_map(str::to_owned), 1 => "\\PC{0,6}", 1 => any::<String>().prop_map(|text| text.chars().take(8).collect())];
    prop::collection::vec(part, 0..5).prop_map(|parts| parts.concat())
}

fn role() -> impl Strategy<Value = ColumnRole> {
    prop::sample::select(ColumnRole::ALL.to_vec())
}

fn target() -> impl Strategy<Value = ImportAs> {
    prop::sample::select(vec![ImportAs::ByLength, ImportAs::Typed, ImportAs::Recall, ImportAs::Both])
}

proptest! {
    #![proptest_config(cases(1500))]

    /// Any table of any text, with any column roles, becomes a deck file that reads back as the same questions.
    #[test]
    fn an_imported_table_becomes_a_sound_deck_file(
        rows in prop::collection::vec(prop::collection::vec(cell(), 1..5), 1..8),
        separator in prop::sample::select(vec!["\t", ",", " - ", "::"]),
        roles in prop::collection::vec(role(), 1..6),
        (html, quoted, target) in (any::<bool>(), any::<bool>(), target()),
    ) {
        let cell = |cell: &String| match quoted {
            true => format!("\"{}\"", cell.replace('"', "\"\"")),
            false => cell.clone(),
        };
        let rows: Vec<String> =
            rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join(separator)).collect();
        let text = rows.join("\n");
        if let Ok(sniffed) = sniff("any.txt", text.as_bytes()) {
            let guessed = read(&sniffed, &sniffed.options, &mut |_| true).expect("not cancelled");
            becomes_a_sound_deck(guessed);
            let mut options = sniffed.with_separator(&sniffed.options, separator, None);
            options.layout = ImportLayout::Table;
            options.roles = roles;
            options.is_html = html;
            options.import_as = target;
            becomes_a_sound_deck(read(&sniffed, &options, &mut |_| true).expect("not cancelled"));
        }
    }

    /// The same law for question files.
    #[test]
    fn an_imported_question_file_becomes_a_sound_deck_file(parts in prop::collection::vec(
        prop_oneof![
            prop::sample::select(vec!["\nQ: ", "\nA: ", "\nC: ", "\n---\n", "[", "]", "\\[", "![", "{{", "}}", "{", "}", "\\", "name = \"x\""])
                .prop_map(str::to_owned),
            cell(),
        ],
        1..20,
    )) {
        let text = format!("C: [a]{}", parts.concat());
        if let Ok(sniffed) = sniff("any.md", text.as_bytes()) {
            becomes_a_sound_deck(read(&sniffed, &sniffed.options, &mut |_| true).expect("not cancelled"));
        }
    }

    /// Any bytes, without a panic.
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), name in "[a-z]{0,3}\\.(csv|txt|md|apkg)") {
        if let Ok(sniffed) = sniff(&name, &bytes) {
            becomes_a_sound_deck(read(&sniffed, &sniffed.options, &mut |_| true).expect("not cancelled"));
        }
    }

    /// Text in HTML is the same text in Markdown.
    #[test]
    fn plain_text_is_never_mistaken_for_markup(words in "[a-z*_`#+\\[\\]()<>&\\\\~=!|.0-9-]{1,8}( [a-z*_`#+\\[\\]()<>&\\\\~=!|.0-9-]{1,8}){0,4}") {
        let html = words.replace('&', "&amp;").replace('<', "&lt;");
        let text = format!("#html:true\n#separator:tab\n#guid column:1\nx1\t{html}\treply\n");
        let sniffed = sniff("a.txt", text.as_bytes()).expect("a table");
        let imported = read(&sniffed, &sniffed.options, &mut |_| true).expect("not cancelled");
        prop_assert_eq!(markdown::plain(&imported.questions[0].prompt), words);
    }

    /// A table exported by us reads back as the questions that it came from.
    #[test]
    fn an_exported_table_reads_back(rows in prop::collection::vec(("[a-z가-힣\"', \n]{1,9}[?]", "[a-z가-힣\"', ]{0,9}[a-z]", "[a-z가]{1,4}", "[a-z]{0,3}"), 1..9)) {
        let text: String = rows
            .iter()
            .map(|(prompt, answer, topic, tag)| {
                let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
                format!("{},{},{topic},{tag}\n", quoted(prompt), quoted(answer))
            })
            .collect();
        let sniffed = sniff("a.csv", format!("prompt,answer,topic,tags\n{text}").as_bytes()).expect("a table");
        let first = read(&sniffed, &sniffed.options, &mut |_| true).expect("not cancelled");
        let questions = first.questions.clone();
        let table = export::csv::table(&first.into_deck("deck", "A deck", None));
        let sniffed = sniff("b.csv", table.as_bytes()).expect("a table");
        let again = read(&sniffed, &sniffed.options, &mut |_| true).expect("not cancelled");
        prop_assert_eq!(again.questions, questions);
        prop_assert_eq!(again.skipped.total, 0);
    }
}
