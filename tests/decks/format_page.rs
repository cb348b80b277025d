//! The page about the deck format: its examples parse, and it explains every diagnostic code.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use linchpin::domain::diagnostic::Severity;
use linchpin::domain::question::Kind;
use linchpin::formats::ron_deck::parse;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn page() -> String {
    fs::read_to_string(root().join("docs/deck-format.md")).expect("the page").replace("\r\n", "\n")
}

/// Every example as a whole deck.
fn examples() -> Vec<String> {
    let page = page();
    let blocks = page.split("```ron\n").skip(1).filter_map(|rest| rest.split("\n```").next());
    let whole = |block: &str| match block.contains("Deck(") {
        true => block.to_owned(),
        false => format!(
            "Deck(format: 1, id: \"d\", title: \"D\", topics: {{\"t\": \"T\"}}, \
             source: Source(title: \"S\", passages: {{\"p1\": \"P\", \"p2\": \"Q\"}}), questions: [{block}])"
        ),
    };
    blocks.map(whole).collect()
}

#[test]
fn every_example_has_no_errors_and_every_kind_and_field_has_one() {
    let mut kinds = HashSet::new();
    let examples = examples();
    for example in &examples {
        let parsed = parse(example);
        let errors: Vec<_> =
            parsed.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{errors:#?}\n{example}");
        kinds.extend(parsed.deck.expect("a deck").questions.iter().map(|question| question.answer.kind()));
    }
    assert_eq!(kinds, HashSet::from(Kind::ALL));
    let all = examples.concat();
    let fields = [
        "description",
        "language",
        "author",
        "publisher",
        "published",
        "url",
        "passages",
        "hint",
        "explain",
        "cite",
        "tags",
        "image",
        "typed",
        "formerly",
        "confusable",
        "any_order",
        "reverse",
        "reverse_prompt",
        "strict",
        "reading",
        "also_reverse",
        "within",
        "unit",
        "within_days",
    ];
    for field in fields {
        assert!(all.contains(&format!("{field}: ")), "{field} has no example");
    }
}

#[test]
fn every_diagnostic_code_is_explained() {
    let page = page();
    for entry in fs::read_dir(root().join("tests/faulty_decks")).expect("the folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "snap") {
            continue;
        }
        let snapshot = fs::read_to_string(&path).expect("a snapshot");
        let lines = snapshot
            .lines()
            .filter(|line| [": error: ", ": lint: ", ": fixed: "].iter().any(|it| line.contains(it)));
        for code in lines.filter_map(|line| line.strip_suffix(']')?.rsplit('[').next()) {
            assert!(page.contains(&format!("`{code}`")), "{code} of {}", path.display());
        }
    }
}

#[test]
fn every_diagnostic_code_of_images_is_explained() {
    let page = page();
    for source in ["src/domain/image.rs", "src/library/images.rs", "src/formats/ron_deck/images.rs"] {
        let text = fs::read_to_string(root().join(source)).expect("a source file");
        let codes = text.split('"').filter(|word| word.starts_with("picture-") || *word == "no-alt-text");
        for code in codes {
            assert!(page.contains(&format!("`{code}`")), "{code} of {source}");
        }
    }
}
