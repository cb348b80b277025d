//! Every mistake that a person makes in a deck is reported at its place and with a remedy, and costs no more than its
//! own question.

use linchpin::domain::diagnostic::Severity;
use linchpin::formats::ron_deck::{decode, parse};
use proptest::prelude::*;

/// A mistake and the diagnostic that it must get.
struct Case {
    /// The faulty text.
    text: &'static str,
    code: &'static str,
    line: u32,
    /// Must be part of the message or of the help.
    says: &'static str,
    /// Questions that can still be used.
    sound: usize,
    /// Number of all errors: a mistake must not cause further ones.
    errors: usize,
}

const fn case(
    text: &'static str,
    code: &'static str,
    line: u32,
    says: &'static str,
    sound: usize,
    errors: usize,
) -> Case {
    Case { text, code, line, says, sound, errors }
}

const HEADER: &str = r#"Deck(
    format: 1, id: "d", title: "D",
    source: Source(title: "S", passages: {"p1": "One", "p2": "Two"}),
    topics: {"t": "T", "war": "The war"},
    questions: [
"#;
const FIRST: &str = r#"(id: "first", topic: "t", prompt: "First?", answer: Recall("1"), explain: "E", cite: ["p1"]),
"#;
const LAST: &str = r#"
(id: "last", topic: "war", prompt: "Last?", answer: Recall("2"), explain: "E", cite: ["p2"]),
],)
"#;

/// The mistake between two sound questions; it begins on line 7.
fn between(text: &str) -> String {
    format!("{HEADER}{FIRST}{text}{LAST}")
}

/// How the diagnostics differ from those of the case; None where they agree.
fn mismatch(text: &str, case: &Case) -> Option<String> {
    let parsed = parse(text);
    let reported: Vec<String> = parsed.diagnostics.iter().map(|d| format!("  [{}] {d}", d.code)).collect();
    let errors = parsed.diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
    let sound = parsed.deck.map_or(0, |deck| deck.questions.len());
    let found = parsed.diagnostics.iter().find(|d| d.code == case.code && d.line == case.line);
    let words = found.map(|d| format!("{} {}", d.message, d.help.as_deref().unwrap_or("")));
    let wrong = match words {
        None => format!("no {} on line {}", case.code, case.line),
        Some(words) if !words.contains(case.says) => format!("does not say {:?}", case.says),
        _ if errors != case.errors => format!("{errors} errors, not {}", case.errors),
        _ if sound != case.sound => format!("{sound} sound questions, not {}", case.sound),
        _ if parsed.diagnostics.iter().any(|d| d.message.ends_with('.')) => "a full stop".to_owned(),
        _ if !parsed.diagnostics.is_sorted_by_key(|d| (d.line, d.column)) => "not in order".to_owned(),
        _ => return None,
    };
    Some(format!("{wrong}:\n{}\n{}\n", case.text, reported.join("\n")))
}

fn check_all(cases: &[Case], text: impl Fn(&str) -> String) {
    let wrong: Vec<String> = cases.iter().filter_map(|case| mismatch(&text(case.text), case)).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// A deck in which one question has this answer.
fn answer(answer: &str) -> String {
    between(&format!(r#"(id: "q", topic: "t", prompt: "Q?", answer: {answer}, explain: "E", cite: ["p1"]),"#))
}

#[test]
fn an_answer_that_nobody_can_see_is_reported_where_it_stands() {
    for c in ["200C", "200B", "AD", "2060", "FE0F", "FEFF"] {
        let visible = format!("a\\u{{{c}}}b");
        for answer in
            ["Typed(\"X\")", "Typed([\"right\",\n \"X\"])", "Typed(accepted: [\"X\"], strict: true)"]
        {
            let text = |word: &str| {
                let answer = answer.replace('X', word);
                between(&format!(
                    "(id: \"b\", topic: \"t\", prompt: \"P?\", explain: \"E\", answer: {answer}),"
                ))
            };
            let parsed = parse(&text(&format!("\\u{{{c}}}")));
            let errors: Vec<_> =
                parsed.diagnostics.iter().filter(|found| found.severity == Severity::Error).collect();
            let line = if answer.contains('\n') { 8 } else { 7 };
            assert_eq!(
                (errors.len(), errors[0].code, errors[0].line),
                (1, "empty-text", line),
                "{c} {answer}"
            );
            assert_eq!(parsed.deck.unwrap().questions.len(), 2);
            assert_eq!(parse(&text(&visible)).deck.unwrap().questions.len(), 3, "{c} {answer}");
        }
        let gap = between(&format!("(topic: \"t\", prompt: \"A {{{{\\u{{{c}}}}}}} gap\", answer: Cloze),"));
        assert!(parse(&gap).diagnostics.iter().any(|found| found.code == "empty-gap"), "{c}");
    }
}

#[test]
fn every_mistake_of_notation_is_reported() {
    #[rustfmt::skip]
    let cases = [
        // A comma forgotten at the end of a line, and within one.
        case("(id: \"q\", topic: \"t\",\n prompt: \"Q?\"\n answer: Recall(\"x\")),", "missing-comma", 8, "before answer", 2, 1),
        case("(id: \"q\" topic: \"t\", prompt: \"Q?\", answer: Recall(\"x\")),", "missing-comma", 7, "before topic", 2, 1),
        case("(id: \"q\", topic: \"t\", prompt: \"Q?\", answer: Choice(right: \"a\", wrong: [\"b\" \"c\"])),", "missing-comma", 7, "comma", 2, 1),
        // Between two questions: both are whole.
        case("(id: \"q\", topic: \"t\", prompt: \"Q?\", answer: Recall(\"x\"))", "missing-comma", 7, "comma is missing", 3, 1),
        // A text that never closes.
        case("(id: \"q\", topic: \"t\",\n prompt: \"In which year?,\n answer: Number(1953),\n explain: \"Because\"),", "unclosed-text", 8, "never closed", 2, 1),
        case("(id: \"q\", topic: \"t\", prompt: \"Q?\",\n answer: Recall(\"x),\n explain: \"Because\"),", "unclosed-text", 8, "write \" where", 2, 1),
        case("(id: \"q\", topic: \"t\", prompt: \"Q (in all)?, answer: Recall(\"x\")),", "inner-quote", 7, "quotation mark", 2, 1),
        case("(id: \"q\", topic: \"t\", prompt: \"Q?\", answer: Recall(\"x)),", "unclosed-text", 7, "never closed", 2, 1),
        case("(id: \"q\", topic: \"t\",\n prompt: \"Who?”,\n answer: Recall(\"x\")),", "unclosed-text", 8, "straight quotation mark", 2, 1),
        case("(id: \"q\", topic: \"t\", prompt: r#\"Q?\", answer: Recall(\"x\")),", "unclosed-text", 7, "\"#", 2, 2),
        // A quotation in a text.
        case("(id: \"q\", topic: \"t\", prompt: \"Who said \"never\" first?\", answer: Recall(\"x\")),", "inner-quote", 7, "\\\"", 2, 1),
        case("(id: \"q\", topic: \"t\", prompt: \"Who said \"\"never\"\"?\", answer: Recall(\"x\")),", "inner-quote", 7, "\\\"", 2, 1),
        // A word processor's quotes, and other programs' ones.
        case("(id: \"q\", topic: \"t\", prompt: “Who?”, answer: Recall(\"x\")),", "smart-quotes", 7, "straight", 2, 1),
        case("(id: \"q\", topic: \"t\", prompt: “Who said ‘a’ or “b”, then?”, answer: Recall(“x”)),", "smart-quotes", 7, "straight", 2, 2),
        case("(id: \"q\", topic: \"t\", prompt: 'Who?', answer: Recall(\"x\")),", "single-quotes", 7, "straight", 2, 1),
        case("(id: \"q\", topic: \"t\", prompt: \"Q?\", answer: Recall('x')),", "wrong-type", 7, "\"x\"", 2, 1),
        // No quotes at all.
        case("(id: \"q\", topic: \"t\", prompt: Which year?, answer: Recall(\"x\")),", "unquoted-text", 7, "double quotes", 2, 1),
        case("(id: \"q\", topic: t, prompt: \"Q?\", answer: Recall(\"x\")),", "wrong-type", 7, "write t in double quotes", 2, 1),
        // Brackets.
        case("(id: \"q\", topic: \"t\", prompt: \"Q?\",\n answer: Recall(\"x\",\n explain: \"E\"),", "unclosed-bracket", 8, "before explain", 2, 1),
        case("(id: \"q\", topic: \"t\", prompt: \"Q?\",\n answer: Choice(right: \"a\", wrong: [\"b\"],\n explain: \"E\"),", "unclosed-bracket", 8, "not closed before explain", 2, 1),
        case("(id: \"q\", topic: \"t\", prompt: \"Q?\",\n answer: Choice(right: \"a\", wrong: [\"b\", \"c\"),\n explain: \"E\"),", "unclosed-bracket", 8, "write ]", 2, 1),
        case("(id: \"q\", topic: \"t\", prompt: \"Q?\",\n answer: Order([\"b\", \"c\"),\n explain: \"E\"),", "unclosed-bracket", 8, "write ]", 2, 1),
        case("(id: \"q\", topic: \"t\", prompt: \"Q?\", answer: Recall(\"x\"),", "unclosed-bracket", 7, "write )", 2, 1),
        case("(id: \"q\", topic: \"t\", prompt: \"Q?\", answer: Recall(\"x\")),\n explain: \"E\"),", "stray-field", 8, "closed too early", 2, 1),
        case("(id: \"q\", topic: \"t\", prompt: \"Q?\", answer: Recall(\"x\"))),", "stray-bracket", 7, "remove it", 2, 1),
        case("(id: \"q\", topic: \"t\", prompt: \"Q?\", answer: Typed[\"x\"]),", "wrong-bracket", 7, "Typed([", 2, 1),
        case("(id: \"q\", topic: \"t\", prompt: \"Q?\", answer: Recall(\"x\")],", "wrong-bracket", 7, "write )", 2, 1),
        // Other notations.
        case("(id = \"q\", topic: \"t\", prompt: \"Q?\", answer: Recall(\"x\")),", "equals-sign", 7, "write id: …", 2, 1),
        case("(\"id\": \"q\", \"topic\": \"t\", prompt: \"Q?\", answer: Recall(\"x\")),", "quoted-field", 7, "write id: …", 2, 2),
        case("{id: \"q\", topic: \"t\", prompt: \"Q?\", answer: Recall(\"x\")},", "curly-brackets", 7, "write (", 2, 1),
        case("{\"id\": \"q\", \"topic\": \"t\"},", "wrong-type", 7, "round brackets", 2, 1),
        case("(id: \"q\", topic: \"t\", prompt: \"Q?\"; answer: Recall(\"x\")),", "odd-punctuation", 7, "plain ,", 2, 1),
        case("(id： \"q\"， topic: \"t\", prompt: \"Q?\", answer: Recall(\"x\")),", "odd-punctuation", 7, "plain :", 2, 2),
        case("(id: \"q\", topic \"t\", prompt: \"Q?\", answer: Recall(\"x\")),", "missing-colon", 7, "write topic: …", 2, 1),
        case("(id: \"q\", topic: \"t\", prompt: , answer: Recall(\"x\")),", "missing-value", 7, "value is missing", 2, 1),
        case("(id: \"q\", topic: \"t\",, prompt: \"Q?\", answer: Recall(\"x\")),", "stray-comma", 7, "remove it", 2, 1),
        case("(id: \"q\", topic: \"t\", prompt: \"C:\\files\", answer: Recall(\"x\")),", "bad-escape", 7, "\\f", 2, 1),
        case("(id: \"q\", topic: \"t\", prompt: \"Q?\", answer: Date(2023-04-26)),", "bad-number", 7, "write a date in quotes", 2, 1),
        case("(id: \"q\", topic: \"t\", prompt: \"Q?\", answer: Number(1950s)),", "bad-number", 7, "1950s is not a number", 2, 1),
        case("(id: \"q\", topic: \"t\", prompt: \"Q?\", answer: Number(12%)),", "unquoted-text", 7, "% cannot stand here", 2, 1),
        case("- (id: \"q\", topic: \"t\", prompt: \"Q?\", answer: Recall(\"x\")),", "unexpected", 7, "- cannot begin", 3, 1),
        case("# a comment\n", "odd-comment", 7, "write //", 2, 1),
        case("/* a comment", "unclosed-comment", 7, "*/", 2, 1),
    ];
    check_all(&cases, between);
}

#[test]
fn every_mistake_in_a_question_is_reported() {
    #[rustfmt::skip]
    let cases = [
        case("(id: \"q\", topic: \"t\", promt: \"Q?\", answer: Recall(\"x\")),", "unknown-field", 7, "did you mean prompt?", 2, 1),
        case("(id: \"q\", topic: \"t\", prompt: \"Q?\", answer: Recall(\"x\"),\n explanation: \"E\"),", "unknown-field", 8, "did you mean explain?", 2, 1),
        case("(id: \"q\", topic: \"t\", prompt: \"Q?\", answer: Recall(\"x\"), zzz: 1),", "unknown-field", 7, "there are: id, topic", 2, 1),
        case("(id: \"q\", topic: \"waar\", prompt: \"Q?\", answer: Recall(\"x\")),", "unknown-topic", 7, "did you mean war?", 2, 1),
        case("(id: \"q\", topic: \"The war\", prompt: \"Q?\", answer: Recall(\"x\")),", "unknown-topic", 7, "\"war\"", 2, 1),
        case("(id: \"q\", topic: \"t\", prompt: \"Q?\", answer: Recall(\"x\"), cite: [\"p1\", \"p3\"]),", "unknown-passage", 7, "did you mean p", 2, 1),
        case("(id: \"q\", topic: \"t\", prompt: \"Q?\", answer: Recall(\"x\"), cite: \"p1\"),", "wrong-type", 7, "[\"p1\"]", 2, 1),
        case("(id: \"q\", prompt: \"Q?\", answer: Recall(\"x\")),", "missing-field", 7, "no topic", 2, 1),
        case("(id: \"q\", topic: \"t\",\n prompt: \"Q?\",\n),", "missing-field", 7, "no answer", 2, 1),
        case("(id: \"q\", topic: \"t\", prompt: \"Q?\", prompt: \"Q?\", answer: Recall(\"x\")),", "duplicate-field", 7, "prompt is given twice", 2, 1),
        case("(id: \"first\", topic: \"t\", prompt: \"Q?\", answer: Recall(\"x\")),", "duplicate-id", 7, "\"first\" is used twice", 2, 1),
        case("(id: \"my id\", topic: \"t\", prompt: \"Q?\", answer: Recall(\"x\")),", "bad-id", 7, "\"my-id\"", 2, 1),
        case("(id: \"a/b\", topic: \"t\", prompt: \"Q?\", answer: Recall(\"x\")),", "bad-id", 7, "\"a-b\"", 2, 1),
        case("(topic: \"t\", prompt: \"Q?\", answer: Recall(\"x\")),\n(topic: \"t\", prompt: \" Q? \", answer: Recall(\"y\")),", "duplicate-prompt", 8, "give both an id", 3, 1),
        case("(id: \"q\", topic: \"t\", prompt: \" \", answer: Recall(\"x\")),", "empty-text", 7, "the prompt is empty", 2, 1),
        case("(id: \"q\", topic: \"t\", prompt: \"Q?\", answer: \"x\"),", "wrong-type", 7, "Recall(\"x\")", 2, 1),
        case("(id: \"q\", topic: \"t\", prompt: \"Q?\", answer: 1953),", "wrong-type", 7, "Number(1953)", 2, 1),
        case("(id: \"q\", topic: \"t\", prompt: \"Q?\", answer: Recall(\"x\"), formerly: [\"old\"]),", "bad-formerly", 7, "deck-id/question-id", 2, 1),
        case("\"What is this?\",", "wrong-type", 7, "topic: \"…\"", 2, 1),
        case("(id: \"q\", topic: \"t\", prompt: \"No gap\", answer: Cloze),", "cloze-without-gap", 7, "{{answer}}", 2, 1),
        case("(id: \"q\", topic: \"t\", prompt: \"A {{gap\", answer: Cloze),", "unclosed-gap", 7, "write }}", 2, 1),
        case("(id: \"q\", topic: \"t\", prompt: \"A {{}}\", answer: Cloze),", "empty-gap", 7, "between {{ and }}", 2, 1),
        // Lints: the question can be used.
        case("(id: \"q\", topic: \"t\", prompt: \"A {{gap}}\", answer: Recall(\"x\")),", "gap-without-cloze", 7, "answer: Cloze", 3, 0),
        case("(id: \"q\", topic: \"t\", prompt: \"first\", answer: Recall(\"x\")),", "alike-prompts", 7, "sets it apart", 3, 0),
        case("(id: \"q\", topic: \"t\", prompt: \"Q?\", answer: Recall(\"x\")),", "no-explanation", 7, "explain", 3, 0),
        case("(id: \"q\", topic: \"t\", prompt: \"Q?\", answer: Recall(\"x\")),", "no-citation", 7, "cite", 3, 0),
        case("(id: \"q\", topic: \"t\", prompt: \"Q?\", answer: Recall(back: \"x\", reverse: true)),\n(id: \"r\", topic: \"t\", prompt: \"R?\", answer: Recall(back: \"X\", reverse: true)),", "alike-reverse-prompts", 8, "two answers", 4, 0),
    ];
    check_all(&cases, between);
}

#[test]
fn every_mistake_in_an_answer_is_reported() {
    #[rustfmt::skip]
    let cases = [
        case("Number(\"1953\")", "wrong-type", 7, "write 1953 without quotes", 2, 1),
        case("Number(\"1,953\")", "wrong-type", 7, "write 1953 without quotes", 2, 1),
        case("Number(1,953)", "wrong-form", 7, "without commas", 2, 1),
        case("Number(inf)", "number-out-of-range", 7, "finite", 2, 1),
        case("Number(value: 5, within: -NaN)", "number-out-of-range", 7, "finite", 2, 1),
        case("Number(value: 1953, within: -2)", "number-out-of-range", 7, "write 2", 2, 1),
        case("Number(value: 1953, tolerance: 2)", "unknown-field", 7, "did you mean within?", 2, 1),
        case("Number(within: 2)", "missing-field", 7, "Number has no value", 2, 1),
        case("Number", "wrong-form", 7, "Number(1953)", 2, 1),
        case("Number(1953 years)", "unquoted-text", 7, "years cannot stand here", 2, 1),
        case("Number(1953, unit: \"years\")", "mixed-form", 7, "name every entry", 2, 1),
        case("Date(\"2023-02-30\")", "bad-date", 7, "no day 2023-02-30", 2, 1),
        case("Date(\"26 April 2023\")", "bad-date", 7, "2023-04-26", 2, 1),
        case("Date(value: \"2023-04-26\", within_days: 1.5)", "number-out-of-range", 7, "whole", 2, 1),
        case("Date(\"-0043-02-30\")", "bad-date", 7, "no day -0043-02-30", 2, 1),
        case("Date(\"44 BC-03-15\")", "bad-date", 7, "2023-04-26", 2, 1),
        case("Date(\"-43-03-15\")", "bad-date", 7, "four", 2, 1),
        case("Typed([(\"a\", \"b\", \"c\")])", "wrong-form", 7, "how it is read aloud", 2, 1),
        case("Typed([(\"a\", 1)])", "wrong-type", 7, "double quotes", 2, 1),
        case("Typed(accepted: [(\"a\", \"x\")], reading: \"y\")", "two-readings", 7, "keep one", 2, 1),
        case("Typed(accepted: [\"a\"], pronunciation: \"y\")", "unknown-field", 7, "did you mean reading?", 2, 1),
        case("Typed(accepted: [(\"a\", \"x\")], also_reverse: [(\"a\", \"y\")])", "two-readings", 7, "“a”", 2, 1),
        case("Bool(\"true\")", "wrong-type", 7, "write true without quotes", 2, 1),
        case("Bool(True)", "wrong-type", 7, "small letters", 2, 1),
        case("choice(right: \"a\", wrong: [\"b\"])", "unknown-kind", 7, "did you mean Choice?", 2, 1),
        case("MultipleChoice(right: \"a\", wrong: [\"b\"])", "unknown-kind", 7, "did you mean Choice?", 2, 1),
        case("Choice(right: \"a\", wrong: [])", "no-wrong-option", 7, "at least one", 2, 1),
        case("Choice(right: \"a\", wrong: [\"b\", \" a \"])", "wrong-equals-right", 7, "both right and wrong", 2, 1),
        case("Choice(right: \"a\", wrong: [\"b\", (\"b\", \"why\")])", "duplicate-option", 7, "twice", 2, 1),
        case("Choice(right: \"a\", wrong: [\"b\", \"\"])", "empty-text", 7, "is empty", 2, 1),
        case("Choice(right: [\"a\", \"c\"], wrong: [\"b\"])", "wrong-type", 7, "Choices", 2, 1),
        case("Choice(right: \"a\", worng: [\"b\"])", "unknown-field", 7, "did you mean wrong?", 2, 1),
        case("Choice(\"a\", \"b\")", "wrong-form", 7, "Choice(right: ", 2, 1),
        case("Choices(right: [], wrong: [\"b\"])", "no-answer", 7, "no right option", 2, 1),
        case("Choices(right: \"a\", wrong: [\"b\"])", "wrong-type", 7, "[\"a\"]", 2, 1),
        case("Typed([])", "no-answer", 7, "at least one", 2, 1),
        case("Typed(\"a\", \"b\")", "wrong-form", 7, "Typed([", 2, 1),
        case("Typed([1953])", "wrong-type", 7, "write 1953 in double quotes", 2, 1),
        case("Typed(accepted: [\"a\"], strikt: true)", "unknown-field", 7, "did you mean strict?", 2, 1),
        case("Recall(reverse: true)", "missing-field", 7, "Recall has no back", 2, 1),
        case("Recall()", "wrong-form", 7, "Recall(\"…\")", 2, 1),
        case("Cloze(\"a\")", "wrong-form", 7, "stands alone", 2, 1),
        case("Order([\"a\"])", "too-few", 7, "at least two items", 2, 1),
        case("Order([\"a\", \"b\", \"a\"])", "duplicate-item", 7, "twice", 2, 1),
        case("Order(\"a\", \"b\")", "wrong-form", 7, "Order([", 2, 1),
        case("Match([(\"a\", \"1\")])", "too-few", 7, "at least two pairs", 2, 1),
        case("Match([(\"a\", \"1\"), (\"b\", \"1\")])", "duplicate-right", 7, "twice", 2, 1),
        case("Match([(\"a\", \"1\"), (\"a\", \"2\")])", "duplicate-left", 7, "twice", 2, 1),
        case("Match([(\"a\", \"1\"), \"b\"])", "wrong-type", 7, "(\"left\", \"right\")", 2, 1),
        case("Match({\"a\": \"1\", \"b\": \"2\"})", "wrong-type", 7, "square brackets", 2, 1),
        case("Sort({\"x\": [\"a\"]})", "too-few", 7, "at least two bins", 2, 1),
        case("Sort({\"x\": [], \"y\": []})", "too-few", 7, "no item", 2, 1),
        case("Sort({\"x\": [\"a\"], \"x\": [\"b\"]})", "duplicate-key", 7, "twice", 2, 1),
        case("Sort({\"x\": [\"a\"], \"y\": [\"a\"]})", "duplicate-item", 7, "twice", 2, 1),
        case("Sort({x: [\"a\"], y: [\"b\"]})", "unquoted-key", 7, "write \"x\"", 2, 4),
        // Lints.
        case("Choice(right: \"a\", wrong: [\"b\", \"All of the above.\"])", "catch-all-option", 7, "shuffled", 3, 0),
        case("Typed([\"NATO\", \"nato\"])", "repeated-answer", 7, "twice", 3, 0),
        case("Number(value: 1953, within: 11)", "wide-tolerance", 7, "at most 10", 3, 0),
        case("Number(value: 50, within: 6, unit: \"km\")", "wide-tolerance", 7, "at most 5", 3, 0),
        case("Recall(back: \"a\", reverse_prompt: \"b\")", "unused-reverse-prompt", 7, "reverse: true", 3, 0),
    ];
    check_all(&cases, answer);
}

/// A deck in which one question has these fields after its prompt.
fn after_prompt(prompt: &str, rest: &str) -> String {
    between(&format!(
        "(id: \"q\", topic: \"t\", prompt: \"{prompt}\", {rest}, explain: \"E\", cite: [\"p1\"]),"
    ))
}

#[test]
fn every_mistake_in_confusable_words_is_reported() {
    #[rustfmt::skip]
    let cases = [
        case("answer: Typed([\"afferent\"]), confusable: [\"Afferent \"]", "confusable-is-right", 7, "both accepted", 2, 1),
        case("answer: Typed(accepted: [\"a\"], also_reverse: [\"b\"]), confusable: [\"b\"]", "confusable-is-right", 7, "“b”", 2, 1),
        case("answer: Choice(right: \"r\", wrong: [\"w\"]), typed: [\"s\"], confusable: [(\"s\", \"why\")]", "confusable-is-right", 7, "“s”", 2, 1),
        case("answer: Typed([\"a\"]), confusable: [\"b\", (\"b\", \"why\")]", "duplicate-item", 7, "twice", 2, 1),
        case("answer: Typed([\"a\"]), confusable: \"b\"", "wrong-type", 7, "[\"b\"]", 2, 1),
        case("answer: Typed([\"a\"]), confusable: [(\"b\", \"c\", \"d\")]", "wrong-form", 7, "why it is something else", 2, 1),
        case("answer: Typed([\"a\"]), confusible: [\"b\"]", "unknown-field", 7, "did you mean confusable?", 2, 1),
        case("answer: Typed([\"a\"]), confusable: [\"\"]", "empty-text", 7, "is empty", 2, 1),
        case("answer: Bool(true), confusable: [\"b\"]", "unused-confusable", 7, "typed", 3, 0),
        case("answer: Choice(right: \"r\", wrong: [\"w\"]), confusable: [\"s\"]", "unused-confusable", 7, "typed", 3, 0),
    ];
    check_all(&cases, |rest| after_prompt("P", rest));
    // A wrong option may be a confusable word, and so may a word that only looks like the answer.
    for rest in [
        "answer: Choice(right: \"r\", wrong: [\"w\"]), typed: [\"r\"], confusable: [\"w\"]",
        "answer: Typed([\"afferent\"]), confusable: [\"efferent\", (\"aferent\", \"Two f.\")]",
    ] {
        assert_eq!(parse(&after_prompt("P", rest)).diagnostics, [], "{rest}");
    }
}

#[test]
fn a_lint_suggests_any_order_for_gaps_in_a_list() {
    let is_reported = |prompt: &str, answer: &str| {
        let text = after_prompt(prompt, &format!("answer: {answer}"));
        let parsed = parse(&text);
        let lint = parsed.diagnostics.iter().find(|lint| lint.code == "list-of-gaps");
        lint.map(|lint| {
            assert_eq!(lint.severity, Severity::Lint);
            let fix = lint.fix.as_ref().expect("a fix");
            let fixed = parse(&fix.edit.apply(&text));
            assert_eq!(fixed.diagnostics, [], "{prompt}");
        })
        .is_some()
    };
    for prompt in [
        "{{North Korea}} and {{South Korea}} signed.",
        "{{a}}, {{b}} and {{c}} are letters.",
        "It borders on {{a}}, {{b}}, and {{c}}",
        "{{a}} / {{b}}",
        "{{서울}}과 {{평양}}",
        "{{Rot}} und {{Blau}}",
    ] {
        assert!(is_reported(prompt, "Cloze"), "{prompt}");
        assert!(!is_reported(prompt, "Cloze(any_order: true)"), "{prompt}");
    }
    for prompt in [
        "{{a}} comes after {{b}}.",
        "From {{1950}} to {{1953}}.",
        "{{North}} Korea and {{South}} Korea.",
        "The capitals are {{Seoul}} and {{Pyongyang}}, respectively.",
        "{{begin:a}} and {{end:b}}",
        "{{a::the older}} and {{b::the younger}}",
        "{{a}}{{b}}",
        "Only {{a}}.",
        "In {{1953}} {{a}} and {{b}} met.",
    ] {
        assert!(!is_reported(prompt, "Cloze"), "{prompt}");
    }
    let faulty = after_prompt("{{a}} and {{b}}", "answer: Cloze(any_oder: true)");
    let diagnostic = &parse(&faulty).diagnostics[0];
    assert_eq!(
        (diagnostic.code, diagnostic.help.as_deref()),
        ("unknown-field", Some("did you mean any_order?"))
    );
}

#[test]
fn every_mistake_in_the_header_is_reported() {
    let q = r#"(id: "q", topic: "t", prompt: "Q?", answer: Recall("x"))"#;
    #[rustfmt::skip]
    let cases = [
        case("", "empty-file", 1, "Deck(format: 1", 0, 1),
        case("// nothing but a comment\n", "empty-file", 1, "Deck(format: 1", 0, 1),
        case("What is a deck?", "not-a-deck", 1, "begins with Deck(", 0, 1),
        case("{\"format\": 1, \"id\": \"d\"}", "not-a-deck", 1, "JSON", 0, 1),
        case("format: 1,\nid: \"d\"", "not-a-deck", 1, "Deck(", 0, 1),
        case("Deck(format: 2, id: 7, wings: true)", "newer-format", 1, "needs a newer Linchpin", 0, 1),
        case("Deck(format: 0, id: \"d\", title: \"D\", topics: {\"t\": \"T\"}, questions: [@])", "bad-format", 1, "format: 1", 0, 1),
        case("Deck(\nid: \"d\", title: \"D\", topics: {\"t\": \"T\"}, questions: [@])", "missing-field", 1, "add format: 1", 0, 1),
        case("Deck(format: \"1\", id: \"d\", title: \"D\", topics: {\"t\": \"T\"}, questions: [@])", "wrong-type", 1, "1 without quotes", 0, 1),
        case("Deck(format: 1, title: \"D\", topics: {\"t\": \"T\"}, questions: [@])", "missing-field", 1, "the deck has no id", 0, 1),
        case("Deck(format: 1,\nid: \"\", title: \"D\", topics: {\"t\": \"T\"}, questions: [@])", "empty-text", 2, "id is empty", 0, 1),
        case("Deck(format: 1,\nid: \"my deck\", title: \"D\", topics: {\"t\": \"T\"}, questions: [@])", "bad-id", 2, "\"my-deck\"", 0, 1),
        case("Deck(format: 1, id: \"d\", topics: {\"t\": \"T\"}, questions: [@])", "missing-field", 1, "no title", 0, 1),
        case("Deck(format: 1, id: \"d\", title: \"D\", questions: [@])", "missing-field", 1, "no topics", 1, 1),
        case("Deck(format: 1, id: \"d\", title: \"D\", topics: [\"t\"], questions: [@])", "wrong-type", 1, "{\"key\": \"Name\"}", 1, 1),
        case("Deck(format: 1, id: \"d\", title: \"D\", topics: {t: \"T\"}, questions: [@])", "unquoted-key", 1, "\"t\"", 1, 1),
        case("Deck(format: 1, id: \"d\", title: \"D\", topics: {\"t\": \"T\", \"t\": \"U\"}, questions: [@])", "duplicate-key", 1, "twice", 1, 1),
        case("Deck(format: 1, id: \"d\", title: \"D\", topics: {\"t\": \"T\"},\nquestions: [])", "no-questions", 2, "the first one", 0, 0),
        case("Deck(format: 1, id: \"d\", title: \"D\", topics: {\"t\": \"T\"})", "missing-field", 1, "no questions", 0, 1),
        case("Deck(format: 1, id: \"d\", title: \"D\", topics: {\"t\": \"T\",\nquestions: [@])", "unclosed-bracket", 1, "write }", 1, 1),
        case("Deck(format: 1, id: \"d\", titel: \"D\", topics: {\"t\": \"T\"}, questions: [@])", "unknown-field", 1, "did you mean title?", 1, 1),
        case("Dekc(format: 1, id: \"d\", title: \"D\", topics: {\"t\": \"T\"}, questions: [@])", "unknown-name", 1, "write Deck(", 1, 1),
        case("Deck(format: 1, id: \"d\", title: \"D\" topics: {\"t\": \"T\"}, questions: [@])", "missing-comma", 1, "before topics", 1, 1),
        case("Deck(format: 1, id: \"d\", title: \"D,\ntopics: {\"t\": \"T\"}, questions: [@])", "unclosed-text", 1, "never closed", 1, 1),
        case("Deck(format: 1, id: \"d\", title: \"D\", source: \"A book\", topics: {\"t\": \"T\"}, questions: [@])", "wrong-type", 1, "Source(title:", 1, 1),
        case("Deck(format: 1, id: \"d\", title: \"D\", source: Source(autor: \"A\", title: \"T\"), topics: {\"t\": \"T\"}, questions: [@])", "unknown-field", 1, "author", 1, 1),
        case("Deck(format: 1, id: \"d\", title: \"D\", topics: {\"t\": \"T\"}, questions: [@]) and more", "trailing-text", 1, "ended before", 1, 1),
        case("Deck(format: 1, id: \"d\", title: \"D\", topics: {\"t\": \"T\"}, questions: [@]", "unclosed-bracket", 1, "end of the file", 1, 1),
        case("Deck(format: 1, id: \"d\", title: \"D\", topics: {\"t\": \"T\"}, questions: [@", "unclosed-bracket", 1, "write ]", 1, 1),
        case("Deck(format: 1, id: \"d\", title: \"D\", topics: {\"t\": \"T\"}, questions: [@)", "unclosed-bracket", 1, "write ]", 1, 1),
        case("Deck(format: 1, id: \"d\", title: \"D\", topics: {\"t\": \"T\"}, questions: [@, (id: \"r\", topic: \"t\", pro", "unclosed-bracket", 1, "end of the file", 1, 1),
        case("Deck(format: 1, id: \"d\", title: \"D\", topics: {\"t\": \"T\", \"u\": \"U\"}, questions: [@])", "unused-topic", 1, "\"u\"", 1, 0),
        case("Deck(format: 1, id: \"d\", title: \"D\", source: Source(title: \"S\", passages: {\"p\": \"P\"}), topics: {\"t\": \"T\"}, questions: [@])", "unused-passage", 1, "\"p\"", 1, 0),
        case("Deck(format: 1, id: \"d\", title: \"D\", source: Source(title: \"S\", published: \"May 2023\"), topics: {\"t\": \"T\"}, questions: [@])", "odd-date", 1, "2023-04", 1, 0),
    ];
    check_all(&cases, |text| text.replace('@', q));
    let deep = format!(
        "Deck(format: 1, id: \"d\", title: \"D\", topics: {{\"t\": \"T\"}}, questions: [{q}, (id: \"r\", tags: {}",
        "[".repeat(100_000)
    );
    check_all(&[case("deep", "too-deep", 1, "64 levels", 1, 2)], |_| deep.clone());
}

#[test]
fn one_pass_reports_every_error_with_its_place() {
    let text = between(
        "(id: \"a\", topic: \"tt\",\n  prompt: \"조약?\", answer: Number(\"1953\")),\n\
         (id: \"b\", topic: \"t\", prompt: \"Unclosed, answer: Recall(\"x\")),\n\
         (id: \"first\", topic: \"t\", prompt: \"Q?\", answer: Typed([]), hnt: \"H\"),",
    );
    let parsed = parse(&text);
    let reported: Vec<(&str, u32, u32, &str)> = parsed
        .diagnostics
        .iter()
        .filter(|d| d.severity == Severity::Error)
        .map(|d| (d.code, d.line, d.column, &text[d.span.clone()]))
        .collect();
    assert_eq!(
        reported,
        [
            ("unknown-topic", 7, 18, "\"tt\""),
            ("wrong-type", 8, 33, "\"1953\""),
            ("inner-quote", 9, 58, "x"),
            ("duplicate-id", 10, 6, "\"first\""),
            ("no-answer", 10, 55, "[]"),
            ("unknown-field", 10, 60, "hnt"),
        ]
    );
    let duplicate = parsed.diagnostics.iter().find(|d| d.code == "duplicate-id");
    assert_eq!(duplicate.and_then(|d| d.related.clone()), Some((6, "first used here".to_owned())));
}

#[test]
fn an_error_inside_a_prompt_is_located_to_the_letter() {
    let text = between("(id: \"q\", topic: \"t\", prompt: \"조약 {{}} of\", answer: Cloze),");
    let parsed = parse(&text);
    let gap = parsed.diagnostics.iter().find(|d| d.code == "empty-gap").expect("reported");
    assert_eq!((&text[gap.span.clone()], gap.column), ("{{", 35));
}

#[test]
fn a_lint_reports_right_options_that_are_mostly_the_longest() {
    let choice = |n: usize, right: &str| {
        format!(
            "(id: \"q{n}\", topic: \"t\", prompt: \"Q{n}?\", answer: Choice(right: \"{right}\", wrong: [\"four\", \"f\"])),\n"
        )
    };
    let lint_count = |longest: usize, others: usize| {
        let mut text: String = (0..longest).map(|n| choice(n, "longer")).collect();
        text.extend(
            (longest..longest + others).map(|n| choice(n, "four!")).map(|q| q.replace("four!", "one")),
        );
        parse(&between(&text)).diagnostics.iter().filter(|d| d.code == "longest-is-right").count()
    };
    assert_eq!(lint_count(4, 0), 0, "four choices prove nothing");
    assert_eq!(lint_count(5, 0), 1);
    assert_eq!(lint_count(3, 2), 0, "60 % is not more than 60 %");
    assert_eq!(lint_count(4, 2), 1);
}

#[test]
fn of_a_thousand_errors_two_hundred_are_listed_and_the_rest_counted() {
    let faulty: String =
        (0..1000).map(|n| format!("(id: \"q{n}\", topic: \"t\", prompt: \"Q{n}?\"),\n")).collect();
    let parsed = parse(&between(&faulty));
    assert_eq!(parsed.diagnostics.len(), 201);
    let last = parsed.diagnostics.last().expect("one");
    assert_eq!((last.code, last.message.as_str()), ("more", "and 800 more"));
    // Errors come before lints: two hundred lints do not hide the one error after them.
    let sound: String = (0..1000)
        .map(|n| format!("(id: \"q{n}\", topic: \"t\", prompt: \"Q{n}?\", answer: Bool(true)),\n"))
        .collect();
    let parsed =
        parse(&between(&format!("{sound}(id: \"x\", topic: \"t\", prompt: \"X\", answer: Bool(maybe)),")));
    assert_eq!(parsed.diagnostics.iter().filter(|d| d.severity == Severity::Error).count(), 1);
}

#[test]
fn bytes_that_are_not_text_are_refused_with_advice() {
    let error = decode(b"Deck(\n  title: \"caf\xE9\"").expect_err("Latin-1");
    assert_eq!((error.code, error.line, error.column, error.span), ("not-text", 2, 14, 19..20));
    assert!(error.help.is_some_and(|help| help.contains("UTF-8")));
    let bare: Vec<u8> = "Deck(format: 1)".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(decode(&bare).map_err(|error| error.code), Err("not-text"), "UTF-16 without its mark");
    assert_eq!(decode(b"\xFF\xFED\0e").map_err(|error| error.code), Err("not-text"), "half a character");
    assert_eq!(decode(&[0xFE, 0xFF, 0xD8, 0x00]).map_err(|error| error.code), Err("not-text"), "half a pair");
    assert_eq!(decode(&vec![b' '; (64 << 20) + 1]).map_err(|error| error.code), Err("too-large"));
    assert_eq!(parse(&" ".repeat((64 << 20) + 1)).diagnostics[0].code, "too-large");
}

/// Asserts the laws that hold for any text.
fn assert_parser_laws(text: &str) {
    let parsed = parse(text);
    for d in &parsed.diagnostics {
        assert!(text.get(d.span.clone()).is_some(), "span {:?} of {} in {text:?}", d.span, d.code);
        assert!(d.line >= 1 && d.column >= 1);
        assert!(!d.message.is_empty());
    }
    assert!(parsed.diagnostics.is_sorted_by_key(|d| d.span.start), "{:?}", parsed.diagnostics);
    let has_errors = parsed.diagnostics.iter().any(|d| d.severity == Severity::Error);
    assert!(parsed.deck.is_some() || has_errors, "no deck and no error: {text:?}");
    if let Some(deck) = parsed.deck {
        assert!(!deck.questions.is_empty() || !has_errors);
        for question in deck.questions.iter() {
            assert!(deck.topics.is_empty() || has_errors || deck.topics.contains_key(&question.topic));
        }
    }
}

const SAMPLE: &str = r##"#![enable(implicit_some)]
Deck( // 조약
    format: 1, id: "d", title: "D", language: "ko",
    source: Source(title: "S", published: "2023-04-28", passages: {"p1": "One", "p2": "Two"}),
    topics: {"t": "T", "war": "The \"war\""},
    questions: [
        (id: "a", topic: "t", prompt: "동맹?", answer: Choice(right: "a", wrong: ["b", ("c", "why")]), cite: ["p1"]),
        (id: "b", topic: "war", prompt: r#"A {{g:gap::hint}} "q""#, answer: Cloze, hint: None, explain: Some("E\n")),
        (topic: "t", prompt: "Sort", answer: Sort({"x": ["1", "2"], "y": ["3\u{AC00}"]}), tags: ["u"]), /* so */
        (topic: "t", prompt: "Pairs", answer: Match([("l", "r"), ("m", "s")]), formerly: ["d/o"]),
        (id: "n", topic: "t", prompt: "Year", answer: Number(value: 1_953, within: 2.0, unit: "y")),
        (id: "t", topic: "t", prompt: "Type", answer: Typed(accepted: ["가"], strict: true, also_reverse: ["ga"])),
        (id: "o", topic: "t", prompt: "Order", answer: Order(["a", ("b", "note")])),
        (id: "e", topic: "t", prompt: "Day", answer: Date("2023-04-26")),
    ],
)
"##;

#[test]
fn a_deck_cut_or_damaged_anywhere_is_parsed_as_far_as_possible() {
    assert_eq!(parse(SAMPLE).deck.map(|deck| deck.questions.len()), Some(8));
    let whole = parse(SAMPLE).diagnostics;
    assert!(whole.iter().all(|d| d.severity == Severity::Lint), "{whole:?}");
    let places: Vec<usize> = SAMPLE.char_indices().map(|(at, _)| at).collect();
    for at in places {
        let (before, after) = SAMPLE.split_at(at);
        assert_parser_laws(before);
        assert_parser_laws(after);
        let mut rest = after.chars();
        rest.next();
        let damaged = format!("{before}{}", rest.as_str());
        assert_parser_laws(&damaged);
        for mark in ["\"", "(", ")", "]", "}", ",", "“", "\\", "'", "\0"] {
            assert_parser_laws(&format!("{before}{mark}{after}"));
        }
        // One lost character inside one question costs that question, and its neighbour at most.
        let line = before.lines().count();
        if (7..=14).contains(&line) && !before.ends_with('\n') {
            let sound = parse(&damaged).deck.map_or(0, |deck| deck.questions.len());
            assert!(
                sound >= 6,
                "{sound} sound questions without byte {at}:\n{damaged}\n{:#?}",
                parse(&damaged).diagnostics
            );
        }
    }
    let lines: Vec<&str> = SAMPLE.lines().collect();
    for at in 0..lines.len() {
        let mut doubled = lines.clone();
        doubled.insert(at, lines[at]);
        assert_parser_laws(&doubled.join("\r\n"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 400,
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(7),
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_bytes_are_decoded_or_refused_with_a_place(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        match decode(&bytes) {
            Ok(text) => assert_parser_laws(&text),
            Err(error) => prop_assert!(bytes.get(error.span).is_some()),
        }
    }

    #[test]
    fn any_text_parses_without_a_panic(text in "\\PC{0,200}") {
        assert_parser_laws(&text);
        assert_parser_laws(&between(&text));
    }

    #[test]
    fn any_tokens_parse_without_a_panic(tokens in proptest::collection::vec(proptest::sample::select(vec![
        "(", ")", "[", "]", "{", "}", ",", ":", "=", "\"", "'", "\\", "\n", " ", "r#\"", "\"#", "“", "”", "//", "/*", "*/",
        "id", "topic", "prompt", "answer", "questions", "Choice", "Sort", "Deck", "None", "Some", "1", "-", "0x", "1e5", "가",
        "\"t\"", "(id: \"x\"", "#", ".", "{{", "}}",
    ]), 0..60)) {
        let text = tokens.concat();
        assert_parser_laws(&text);
        assert_parser_laws(&between(&text));
        assert_parser_laws(&answer(&text));
    }
}
