//! A deck with a question of every kind, and how to answer each.

use super::Talk;

pub const ID: &str = "every-kind";

pub const DECK: &str = r#"Deck(
    format: 1, id: "every-kind", title: "Every kind", language: "en",
    source: Source(title: "A book", author: "A. Writer", published: "2020", passages: { "one": "Where it all is told" }),
    topics: { "words": "Words", "picks": "Picks", "places": "Places" },
    questions: [
        (id: "recall", topic: "words", prompt: "What is an armistice?", answer: Recall("An end of the fighting"),
         explain: "It is no peace.", cite: ["one"]),
        (id: "typed", topic: "words", prompt: "Which word means a lynchpin?", answer: Typed(["linchpin"]),
         hint: "It holds a wheel", explain: "It holds a wheel on its axle.", cite: ["one"]),
        (id: "number", topic: "words", prompt: "When did the war end?", answer: Number(value: 1953, unit: "AD"),
         explain: "In July.", cite: ["one"]),
        (id: "date", topic: "words", prompt: "When did they meet?", answer: Date("2023-04-26"),
         explain: "In spring.", cite: ["one"]),
        (id: "bool", topic: "picks", prompt: "Seoul is in Korea.", answer: Bool(true),
         explain: "Its capital.", cite: ["one"]),
        (id: "choice", topic: "picks", prompt: "Which one is red?", answer: Choice(right: "blood", wrong: [("grass", "Grass is green."), "sky", "coal"]),
         explain: "As ever.", cite: ["one"]),
        (id: "choices", topic: "picks", prompt: "Which are even?", answer: Choices(right: ["two", "four"], wrong: ["three", "five"]),
         explain: "By halves.", cite: ["one"]),
        (id: "cloze", topic: "words", prompt: "The {{treaty::a paper}} was signed in *{{Washington}}*.", answer: Cloze,
         explain: "In autumn.", cite: ["one"]),
        (id: "order", topic: "places", prompt: "Smallest first.", answer: Order(["mouse", "cat", "horse"]),
         explain: "By size.", cite: ["one"]),
        (id: "match", topic: "places", prompt: "Who lives where?", answer: Match([("bee", "hive"), ("fox", "den"), ("bird", "nest")]),
         explain: "At home.", cite: ["one"]),
        (id: "sort", topic: "places", prompt: "What is it?", answer: Sort({"animal": ["ox", "hen"], "plant": ["oak", "fern"]}),
         explain: "By nature.", cite: ["one"]),
    ],
)"#;

/// Answers the question on the screen rightly, up to its verdict.
pub fn answer_rightly(talk: &mut Talk) {
    let screen = talk.screen.clone();
    let asks = |prompt: &str| screen.contains(prompt);
    let numbers = |options: &[&str]| {
        options.iter().map(|it| talk.number_of(it).to_string()).collect::<Vec<_>>().join(" ")
    };
    let line = if asks("armistice") {
        assert!(talk.say("").contains("An end of the fighting"));
        "3".to_owned()
    } else if asks("lynchpin") {
        "Linchpin".to_owned()
    } else if asks("war end") {
        "1,953".to_owned()
    } else if asks("they meet") {
        "26 April 2023".to_owned()
    } else if asks("Seoul") {
        "t".to_owned()
    } else if asks("is red") {
        numbers(&["blood"])
    } else if asks("even") {
        numbers(&["four", "two"])
    } else if asks("The [1: a paper] was signed in [2].") {
        talk.say("treaty");
        "washington".to_owned()
    } else if asks("Smallest") {
        numbers(&["mouse", "cat", "horse"])
    } else if asks("Who lives") {
        numbers(&["hive", "den", "nest"])
    } else {
        assert!(asks("What is it?"), "no question: {screen}");
        let items = screen.lines().filter_map(|line| line.strip_prefix("  –  "));
        let bin = |item: &str| if ["ox", "hen"].contains(&item) { "animal" } else { "plant" };
        items.map(|item| talk.number_of(bin(item)).to_string()).collect::<Vec<_>>().join(" ")
    };
    talk.say(&line);
}

/// Answers everything rightly to the end; how many questions that were, and everything printed from here on.
/// `easy` tells, by the screen, which answers were easy.
pub fn answer_all(talk: &mut Talk, easy: impl Fn(&str) -> bool) -> (usize, String) {
    let (mut asked, mut record) = (0, String::new());
    while !talk.is_over && !talk.is_at_its_end() {
        let question = talk.screen.clone();
        assert!(talk.is_asking(), "{question}");
        asked += 1;
        answer_rightly(talk);
        record.push_str(&talk.screen);
        if talk.screen.contains("Enter goes on") {
            talk.say(if easy(&question) { "4" } else { "" });
            record.push_str(&talk.screen);
        }
        assert!(asked < 100, "it does not end");
    }
    (asked, record)
}

/// Goes past the first questions, answering them rightly, until the screen shows `prompt`.
pub fn until(talk: &mut Talk, prompt: &str) {
    while !talk.screen.contains(prompt) {
        answer_rightly(talk);
        if talk.screen.contains("Enter goes on") {
            talk.say("");
        }
    }
}
