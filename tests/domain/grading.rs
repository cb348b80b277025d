//! Grading, kind by kind, as tables of responses and their scores.

use indexmap::IndexMap;
use jiff::civil::date;
use linchpin::domain::cloze::Cloze;
use linchpin::domain::deck::Deck;
use linchpin::domain::grade::date::{format_date, parse_dates};
use linchpin::domain::grade::number::{format_number, parse_number};
use linchpin::domain::grade::typed::normalise;
use linchpin::domain::grade::{
    Correctness, Marks, OptionMark, Verdict, grade, right_response, self_grade_score,
};
use linchpin::domain::ids::Facet;
use linchpin::domain::question::{
    Answer, Bin, ChoiceAnswer, ChoicesAnswer, DateAnswer, NumberAnswer, OrderItem, Question, RecallAnswer,
    TypedAnswer, WrongOption,
};
use linchpin::domain::rating::Rating;
use linchpin::domain::task::{MatchTask, Response, Task, TaskForm};

use crate::fixtures::question;

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn typed(accepted: &[&str], strict: bool) -> Answer {
    Answer::Typed(TypedAnswer {
        accepted: words(accepted),
        strict,
        reading: None,
        readings: Default::default(),
        also_reverse: Vec::new(),
    })
}

/// The task of the first of the answers, in a deck that has them all.
fn task_among(answers: Vec<Answer>) -> Task {
    let questions =
        answers.into_iter().enumerate().map(|(at, answer)| question(&format!("q{at}"), answer)).collect();
    let deck = Deck::new("deck", "Deck".to_owned(), None, "en".to_owned(), None, IndexMap::new(), questions);
    Task::new(&deck, &deck.questions[0], &Facet::Front, 7, false)
}

fn task(answer: Answer) -> Task {
    task_among(vec![answer])
}

fn text(task: &Task, typed: &str) -> Verdict {
    grade(task, &Response::Typed(typed.to_owned()))
}

/// Checks rows of (what is typed, its score, its headline).
#[track_caller]
fn assert_verdicts(task: &Task, rows: &[(&str, f64, &str)]) {
    for (typed, score, headline) in rows {
        let verdict = text(task, typed);
        assert_eq!((verdict.score, verdict.headline.as_str()), (*score, *headline), "{typed:?}");
    }
}

/// The letters, with wrong ones in brackets.
fn with_brackets(marks: &[(String, bool)]) -> String {
    marks
        .iter()
        .map(|(letter, agrees)| if *agrees { letter.clone() } else { format!("[{letter}]") })
        .collect()
}

#[track_caller]
fn bracketed_marks(verdict: &Verdict) -> (String, String) {
    match &verdict.marks {
        Marks::Typed(marks) => (with_brackets(&marks.typed), with_brackets(&marks.expected)),
        marks => panic!("no text marks: {marks:?}"),
    }
}

const RIGHT: &str = "Right";

/// The front of one question alone in its deck.
fn task_of(question: Question, by_typing: bool) -> Task {
    let deck = Deck::new("d", String::new(), None, "en".to_owned(), None, IndexMap::new(), vec![question]);
    Task::new(&deck, &deck.questions[0], &Facet::Front, 0, by_typing)
}

#[test]
fn typed_answers_ignore_case_space_punctuation_and_articles() {
    for (accepted, typed) in [
        ("blood alliance", "Blood-Alliance"),
        ("blood alliance", " the  blood\u{a0}alliance. "),
        ("The Mutual Defense Treaty", "mutual defense treaty"),
        ("상호방위조약", "상호 방위 조약"),
        ("인도·태평양", "인도태평양"),
        ("인도·태평양", "인도ㆍ태평양"),
        ("6·25전쟁", "625전쟁"),
        ("6·25전쟁", "6.25 전쟁"),
        ("6·25전쟁", "6-25전쟁"),
        ("don't", "don’t"),
        ("don't", "don´t"),
        ("“Washington” Declaration", "(Washington) 'declaration'"),
        ("café", "cafe\u{301}"),
        ("straße", "STRASSE"),
        ("ΟΔΟΣ", "οδος"),
        ("A-bomb", "A bomb"),
        ("U.S.", "US"),
        ("28,500 troops", "28500 troops"),
        ("1950–53", "1950-53"),
        ("ＮＣＧ", "ncg"),
        ("an", "An"),
        ("!", "!"),
    ] {
        let verdict = text(&task(typed_one(accepted)), typed);
        assert_eq!((verdict.score, verdict.headline.as_str()), (1.0, RIGHT), "{typed:?} for {accepted:?}");
        let (given, expected) = bracketed_marks(&verdict);
        assert_eq!((given.as_str(), expected.as_str()), (typed.trim(), accepted));
    }
}

fn typed_one(accepted: &str) -> Answer {
    typed(&[accepted], false)
}

#[test]
fn hangul_is_the_same_in_any_normal_form() {
    let decomposed = "\u{1109}\u{1161}\u{11bc}\u{1112}\u{1169}";
    assert_eq!(normalise(decomposed), normalise("상호"));
    assert_eq!(text(&task(typed(&["상호"], true)), decomposed).score, 1.0);
    // Half-width and compatibility letters, as old keyboards send them.
    assert_eq!(normalise("ㄱㅏ"), normalise("가"));
}

const ALMOST: &str = "Almost: one letter";

#[test]
fn a_typing_slip_is_almost_right() {
    assert_verdicts(
        &task(typed_one("alliance")),
        &[
            ("aliance", 0.5, ALMOST),
            ("allaince", 0.5, "Almost: two letters"),
            ("alliancee", 0.5, ALMOST),
            ("alliamce", 0.5, ALMOST),
            // Not a neighbouring key; two slips; the first letter.
            ("alliagce", 0.0, "Wrong"),
            ("aliace", 0.0, "Wrong"),
            ("lliance", 0.0, "Wrong"),
            ("", 0.0, "No answer"),
            (" \u{200b} ", 0.0, "No answer"),
        ],
    );
    assert_verdicts(
        &task(typed_one("Mutual Defense Treaty")),
        &[
            ("mutual defence treaty", 1.0, RIGHT),
            ("mutal defence treaty", 0.5, "Almost: two letters"),
            ("mutualdefense treatyy", 0.5, ALMOST),
            ("mutal defence treatey", 0.0, "Wrong"),
        ],
    );
    let verdict = text(&task(typed_one("Mutual Defense Treaty")), "mutal defense treaty");
    assert_eq!(verdict.correctness(), Correctness::Almost);
    assert_eq!(
        bracketed_marks(&verdict),
        ("mutal defense treaty".to_owned(), "Mut[u]al Defense Treaty".to_owned())
    );
}

#[test]
fn a_hangul_word_may_slip_by_one_jamo() {
    let verdict = text(&task(typed_one("상호방위조약")), "상호 방의조약");
    assert_eq!((verdict.score, verdict.headline.as_str()), (0.5, ALMOST));
    assert_eq!(bracketed_marks(&verdict), ("상호 방[의]조약".to_owned(), "상호방[위]조약".to_owned()));
    assert_verdicts(&task(typed_one("한국전쟁")), &[("한국전젱", 0.5, ALMOST), ("한국잔젱", 0.0, "Wrong")]);
    // A short word is another word.
    assert_verdicts(&task(typed_one("동맹")), &[("동멩", 0.0, "Wrong"), ("동 맹", 1.0, RIGHT)]);
    // So is one with another word in front.
    assert_verdicts(&task(typed_one("정전협정")), &[("종전협정", 0.0, "Wrong")]);
}

#[test]
fn a_slip_is_wrong_where_spelling_counts() {
    let strict = |accepted: &str| task(typed(&[accepted], true));
    for (accepted, typed) in [
        ("상호방위조약", "상호 방의조약"),
        ("deterrence", "deterence"),
        ("Iran", "Iraq"),
        ("affect", "effect"),
        ("million", "billion"),
        ("안정", "안전"),
        ("café", "cafe"),
        ("colour", "color"),
    ] {
        let verdict = text(&strict(accepted), typed);
        assert_eq!((verdict.score, verdict.headline.as_str()), (0.0, "Wrong"), "{typed} for {accepted}");
    }
    // The letters are marked all the same, and a note says why it is wrong.
    let verdict = text(&strict("deterrence"), "deterence");
    assert_eq!(bracketed_marks(&verdict), ("deterence".to_owned(), "dete[r]rence".to_owned()));
    assert_eq!(verdict.note.as_deref(), Some("Spelling counts here: one letter differs."));
    for (accepted, typed) in [("동맹", "동 맹"), ("well-being", "Wellbeing"), ("the war", "war")] {
        assert_eq!(text(&strict(accepted), typed).score, 1.0, "{typed} for {accepted}");
    }
}

#[test]
fn strict_spelling_never_scores_higher() {
    for (accepted, typed) in [
        ("deterrence", "deterence"),
        ("Iran", "Iraq"),
        ("endothermic", "exothermic"),
        ("well-being", "wellbeing"),
        ("안정", "안전"),
        ("café", "cafe"),
        ("10²", "102"),
    ] {
        let loose = text(&task(typed_one(accepted)), typed).score;
        let strict = text(&task(self::typed(&[accepted], true)), typed).score;
        assert!(strict <= loose, "{typed} for {accepted}: {strict} and {loose}");
    }
}

/// The same rules hold for texts of any length, except that a long one is not searched for slips.
#[test]
fn a_long_text_is_right_where_a_short_one_is() {
    let rest = " and so on".repeat(60);
    for (accepted, typed) in [
        // Right unless strict: accents, ß, spellings, apostrophes.
        ("café", "cafe"),
        ("naïve", "naive"),
        ("Maße", "Masse"),
        ("Øresund", "Oresund"),
        ("colour", "color"),
        ("centre", "center"),
        ("farmers' market", "farmers market"),
        // Right in any case.
        ("well-being", "Wellbeing"),
        ("the war", "war"),
        ("동맹", "동 맹"),
        ("“Treaty”", "treaty"),
        // Wrong in any case.
        ("deterrence", "war"),
        ("pêcher", "pécher"),
        ("notable", "not able"),
        ("atheist", "a theist"),
        ("Co", "CO"),
        ("x₂", "x²"),
        ("10²", "102"),
    ] {
        for strict in [false, true] {
            let is_right = |accepted: &str, typed: &str| {
                text(&task(self::typed(&[accepted], strict)), typed).score.total_cmp(&1.0).is_eq()
            };
            assert_eq!(
                is_right(&format!("{accepted}{rest}"), &format!("{typed}{rest}")),
                is_right(accepted, typed),
                "{typed} for {accepted}, strict: {strict}"
            );
        }
    }
}

#[test]
fn another_number_in_a_text_is_never_a_slip() {
    assert_verdicts(
        &task(typed_one("the 38th parallel line")),
        &[
            ("38th paralel line", 0.5, ALMOST),
            ("39th parallel line", 0.0, "Wrong"),
            ("8th parallel line", 0.0, "Wrong"),
            ("83th parallel line", 0.0, "Wrong"),
        ],
    );
    for (accepted, typed) in [
        ("$1.5 billion in aid", "$15 billion in aid"),
        ("World War II", "World War I"),
        ("World War I", "World War"),
        ("Louis XVIII", "Louis XVII"),
        ("eight soldiers", "eighty soldiers"),
        ("the seventeenth parallel", "the seventieth parallel"),
        ("−40 degrees", "40 degrees"),
        ("9/11", "911"),
    ] {
        assert_eq!(text(&task(typed_one(accepted)), typed).score, 0.0, "{typed:?} for {accepted:?}");
    }
    assert_verdicts(
        &task(typed_one("World War II")),
        &[("World War 2", 1.0, RIGHT), ("world war ii", 1.0, RIGHT), ("World War II!", 1.0, RIGHT)],
    );
    assert_verdicts(&task(typed_one("n!")), &[("n", 0.0, "Wrong"), ("n!!", 0.0, "Wrong")]);
}

#[test]
fn another_word_is_never_a_slip() {
    for (accepted, typed) in [
        ("hepatitis B", "hepatitis C"),
        ("hepatitis B", "hepatitis"),
        ("US-ROK alliance", "UK-ROK alliance"),
        ("southern hemisphere", "northern hemisphere"),
        ("asymmetric", "symmetric"),
        ("atheist", "a theist"),
        ("notable", "not able"),
    ] {
        assert_eq!(text(&task(typed_one(accepted)), typed).score, 0.0, "{typed:?} for {accepted:?}");
    }
}

/// In a question of any kind: another answer of the deck, an option, an item, a word of the prompt.
#[test]
fn another_text_of_the_deck_is_not_a_slip() {
    let choice = Answer::Choice(ChoiceAnswer { right: "x".to_owned(), wrong: wrong(&["the alliamce"]) });
    let items = |texts: &[&str]| {
        texts.iter().map(|text| OrderItem { text: (*text).to_owned(), note: None }).collect::<Vec<_>>()
    };
    let bin = |items: &[&str]| Bin { name: "bin".to_owned(), items: words(items) };
    for elsewhere in [
        typed_one("alliamce"),
        typed_one("an alliamce of two"),
        Answer::Cloze(Cloze::parse("{{alliamce}}").expect("cloze")),
        choice,
        Answer::Order(items(&["alliamce", "x"])),
        Answer::Match(vec![("x".to_owned(), "alliamce".to_owned()), ("y".to_owned(), "z".to_owned())]),
        Answer::Sort(vec![bin(&["alliamce"]), bin(&["x"])]),
    ] {
        let verdict = text(&task_among(vec![typed_one("alliance"), elsewhere.clone()]), "alliamce");
        assert_eq!((verdict.score, verdict.headline.as_str()), (0.0, "Wrong"), "{elsewhere:?}");
        assert_eq!(verdict.note.as_deref(), Some("“alliamce” is another answer of this deck."));
    }
    let mut question = question("q", typed_one("alliance"));
    question.prompt = "Not the alliamce, but …?".to_owned();
    assert_verdicts(&task_of(question, false), &[("alliamce", 0.0, "Wrong"), ("aliance", 0.5, ALMOST)]);
}

#[test]
fn other_answers_are_recognised_whatever_their_capitals_and_accents() {
    for (answer, other, typed) in [
        ("Программа", "Програма", "програма"),
        ("Φαινόμενο", "Φαινόμενοο", "φαινόμενοο"),
        ("أمريكيون", "امريكيونن", "امريكيونن"),
    ] {
        let task = task_among(vec![typed_one(answer), typed_one(other)]);
        let verdict = text(&task, typed);
        assert_eq!((verdict.score, verdict.headline.as_str()), (0.0, "Wrong"), "{typed} for {answer}");
    }
}

/// The reverse card shows the accepted answer as its prompt, and its confusable words are not those of the front.
#[test]
fn the_reverse_card_has_its_own_prompt() {
    let mut question = question("q", typed_one("동맹"));
    question.prompt = "an allience, as its author spells it".to_owned();
    question.confusable = vec![WrongOption { text: "allianse".to_owned(), why: None }];
    if let Answer::Typed(TypedAnswer { also_reverse, .. }) = &mut question.answer {
        *also_reverse = words(&["alliances of states"]);
    }
    let deck = Deck::new("d", String::new(), None, None, None, IndexMap::new(), vec![question]);
    let task = Task::new(&deck, &deck.questions[0], &Facet::Reverse, 0, false);
    assert_verdicts(&task, &[("aliances of states", 0.5, ALMOST), ("alliances of states", 1.0, RIGHT)]);
    let TaskForm::Typed(form) = &task.form else { panic!("typed") };
    assert_eq!((form.prompt.as_str(), form.confusable.len()), ("동맹", 0));
}

/// "I did not know it" lowers the gaps with a slip; the others keep their score.
#[test]
fn resolving_a_slip_changes_the_score_of_its_gap_only() {
    let cloze = Cloze::parse("{{alliance}}, {{treaty}}, {{armistice}} and {{deterrence}}").expect("cloze");
    let task = task(Answer::Cloze(cloze));
    let gaps = words(&["alliance", "treaty", "armistice", "deterence"]);
    let verdict = grade(&task, &Response::Cloze(gaps));
    assert_eq!((verdict.score, verdict.correctness()), (0.875, Correctness::Almost));
    let accepted = verdict.clone().resolve_slip(true);
    assert_eq!((accepted.score, accepted.correctness()), (1.0, Correctness::Right));
    let rejected = verdict.resolve_slip(false);
    assert_eq!((rejected.score, rejected.headline.as_str()), (0.75, "3 of 4 gaps"));
    let Marks::Cloze(marks) = rejected.marks else { panic!("gap marks") };
    assert!(marks.iter().all(|mark| !mark.almost));
}

/// A choice becomes a typed question once it is learned.
#[test]
fn a_wrong_option_is_wrong_when_it_is_typed() {
    let wrong = vec![
        WrongOption { text: "efferent neurons".to_owned(), why: Some("They carry signals away.".to_owned()) },
        WrongOption { text: "interneurons".to_owned(), why: None },
    ];
    let mut question =
        question("q", Answer::Choice(ChoiceAnswer { right: "afferent neurons".to_owned(), wrong }));
    question.typed = words(&["afferent neurons"]);
    let task = task_of(question, true);
    for (typed, note) in [
        ("efferent neurons", "They carry signals away."),
        ("the efferent neurons", "They carry signals away."),
        ("Interneurons", "That is one of the wrong options."),
    ] {
        let verdict = text(&task, typed);
        assert_eq!((verdict.score, verdict.note.as_deref()), (0.0, Some(note)), "{typed}");
    }
    assert_verdicts(&task, &[("afferent neurons", 1.0, RIGHT), ("aferent neurons", 0.5, ALMOST)]);
}

#[test]
fn a_confusable_word_is_wrong_and_says_why() {
    let why = |text: &str| WrongOption { text: text.to_owned(), why: Some(format!("Not {text}.")) };
    let mut question = question("q", typed_one("martial law"));
    question.confusable = vec![why("martail"), why("civil law")];
    let task = task_of(question, false);
    for (typed, note) in [("martail law", "Not martail."), ("the Civil Law", "Not civil law.")] {
        let verdict = text(&task, typed);
        assert_eq!((verdict.score, verdict.note.as_deref()), (0.0, Some(note)), "{typed}");
    }
}

#[test]
fn one_text_may_hold_several_answers() {
    for (accepted, right, other) in [
        ("film / movie", &["film", "movie", "film / movie", "movie or film"][..], "film / cinema"),
        ("happy; glad", &["happy", "glad", "glad, happy"], "happy, sad"),
        ("colour (color)", &["colour", "color", "colour (color)"], "colour (couleur)"),
        ("to take (a photo)", &["take", "to take a photo"], "a photo"),
        ("National Security Council (NSC)", &["NSC", "the National Security Council"], "NCS"),
        ("Mercury (planet)", &["Mercury", "mercury (planet)"], "planet"),
        ("m/s", &["m/s", "m / s"], "ms"),
    ] {
        let task = task(typed_one(accepted));
        for typed in right {
            assert_eq!(text(&task, typed).score, 1.0, "{typed:?} for {accepted:?}");
        }
        assert_eq!(text(&task, other).score, 0.0, "{other:?} for {accepted:?}");
    }
    // An alternative typed with the right answer must be right too.
    for typed in ["Iran / Iraq", "Iran or Iraq", "Iran (Iraq)", "Iran; Iraq"] {
        assert_eq!(text(&task(typed_one("Iran")), typed).score, 0.0, "{typed}");
    }
}

#[test]
fn an_answer_is_compared_with_the_nearest_accepted_one() {
    let task = task(typed(&["동맹국", "맹방", "allied country"], false));
    assert_verdicts(&task, &[("맹방", 1.0, RIGHT), ("allied contry", 0.5, ALMOST), ("xyz", 0.0, "Wrong")]);
    let (given, expected) = bracketed_marks(&text(&task, "Allied contry"));
    assert_eq!((given.as_str(), expected.as_str()), ("Allied contry", "allied co[u]ntry"));
}

#[test]
fn a_missing_answer_is_marked_letter_by_letter() {
    let task = task(typed_one("NCG"));
    for response in [Response::GaveUp, Response::Typed(String::new())] {
        assert_eq!(bracketed_marks(&grade(&task, &response)), (String::new(), "[N][C][G]".to_owned()));
    }
    assert_eq!(text(&task, &"x".repeat(100_000)).score, 0.0);
}

#[test]
fn a_number_is_parsed_in_every_common_notation() {
    for (typed, value) in [
        ("1953", 1953.0),
        (" 1,234.5 ", 1234.5),
        ("1.234,5", 1234.5),
        ("1,5", 1.5),
        ("1,234", 1234.0),
        ("1.234", 1.234),
        ("0,123", 0.123),
        ("1234,567", 1234.567),
        ("1.234.567", 1_234_567.0),
        ("1,234,567", 1_234_567.0),
        ("1'234’567", 1_234_567.0),
        ("28 500", 28_500.0),
        ("28\u{202f}500", 28_500.0),
        ("28_500", 28_500.0),
        ("１９５３", 1953.0),
        ("−5", -5.0),
        ("- 5", -5.0),
        ("+5", 5.0),
        (".5", 0.5),
        ("5.", 5.0),
        ("-0", 0.0),
        ("three", 3.0),
        ("Seventy", 70.0),
        ("seventy-one", 71.0),
        ("ninety nine", 99.0),
    ] {
        assert_eq!(parse_number(typed, None), Some(value), "{typed:?}");
    }
    for typed in [
        "",
        " ",
        "-",
        ".",
        ",",
        "--5",
        "1953 1954",
        "1,23,4",
        "12,34.5,6",
        "1.2.3",
        "1 2",
        "inf",
        "NaN",
        "five years",
        "5%",
        "5 years",
        "x5",
        "seventy eleven",
        "twenty zero",
        "9".repeat(500).as_str(),
        "1,234 567",
    ] {
        assert_eq!(parse_number(typed, None), None, "{typed:?}");
    }
    for (typed, unit, value) in [
        ("1953년", "년", Some(1953.0)),
        ("70 Years", "year", Some(70.0)),
        ("1 year", "years", Some(1.0)),
        ("50 %", "%", Some(50.0)),
        ("$5", "$", Some(5.0)),
        ("-$5", "$", Some(-5.0)),
        ("$-5", "$", Some(-5.0)),
        ("5 m²", "m2", Some(5.0)),
        ("5 us dollars", "US dollars", Some(5.0)),
        ("seventy years", "year", Some(70.0)),
        ("5", "km", Some(5.0)),
        ("5 m", "km", None),
        ("5 m", "ms", None),
        ("km", "km", None),
    ] {
        assert_eq!(parse_number(typed, Some(unit)), value, "{typed:?} {unit}");
    }
}

#[test]
fn a_number_is_formatted_plainly() {
    for (value, text) in
        [(1953.0, "1953"), (2.5, "2.5"), (-0.0, "0"), (-3.0, "-3"), (28_500.0, "28500"), (0.1, "0.1")]
    {
        assert_eq!(format_number(value), text);
    }
}

#[test]
fn a_number_within_its_tolerance_is_right() {
    let exact = task(Answer::Number(NumberAnswer { value: 1953.0, within: 0.0, unit: None }));
    assert_verdicts(
        &exact,
        &[
            ("1953", 1.0, RIGHT),
            ("1,953", 1.0, RIGHT),
            ("1954", 0.0, "Wrong: the answer is 1953"),
            ("1953.0001", 0.0, "Wrong: the answer is 1953"),
            ("fifty-three", 0.0, "Wrong: the answer is 1953"),
            ("the year", 0.0, "That is not a number: write it in digits, such as 42"),
            ("", 0.0, "No answer"),
        ],
    );
    let near = task(Answer::Number(NumberAnswer { value: 2.5, within: 0.1, unit: Some("km".to_owned()) }));
    assert_verdicts(
        &near,
        &[
            ("2.6 km", 1.0, "Right: the exact answer is 2.5"),
            ("2,4", 1.0, "Right: the exact answer is 2.5"),
            ("2.61", 0.0, "Wrong: the answer is 2.5"),
        ],
    );
    for value in [f64::NAN, f64::INFINITY] {
        let task = task(Answer::Number(NumberAnswer { value, within: f64::INFINITY, unit: None }));
        assert_eq!(grade(&task, &right_response(&task)).score, 0.0);
        assert_eq!(text(&task, "5").score, 0.0);
    }
}

#[test]
fn a_date_is_parsed_in_every_common_notation() {
    let day = date(2023, 4, 26);
    for typed in [
        "2023-04-26",
        "2023/4/26",
        "2023.04.26",
        "26.4.2023",
        "26. 4. 2023",
        "26/4/2023",
        "4/26/2023",
        "26 April 2023",
        "April 26, 2023",
        "26 Apr 2023",
        "apr. 26 2023",
        "26-Apr-2023",
        "2023 April 26",
        "2023년 4월 26일",
        "2023年4月26日",
        "20230426",
        "２０２３－０４－２６",
        "Wednesday, 26th of April, 2023",
        "2023–04–26",
        "2023. 4. 26.",
    ] {
        assert_eq!(parse_dates(typed), [day], "{typed:?}");
    }
    assert_eq!(parse_dates("5/4/2023"), [date(2023, 4, 5), date(2023, 5, 4)]);
    assert_eq!(parse_dates("24 August 79 AD"), [date(79, 8, 24)]);
    assert_eq!(parse_dates("15 March 44 BC"), [date(-43, 3, 15)]);
    assert_eq!(parse_dates("1 January 10000 BC"), [date(-9999, 1, 1)]);
    for typed in [
        "",
        "26/4/23",
        "26 April 23",
        "April 2023",
        "2023",
        "2023-02-30",
        "2023-13-32",
        "26 Aprilis 2023",
        "-2023-04-26",
        "2023-04-26 12:00",
        "1 2 3 2023",
        "26 April May 2023",
        "99999999999-1-1",
        "ma 3 2023",
        "2023-4-256",
        "0 BC 1 May",
    ] {
        assert_eq!(parse_dates(typed), [], "{typed:?}");
    }
}

#[test]
fn a_date_within_its_tolerance_is_right() {
    let exact = task(Answer::Date(DateAnswer { value: date(1953, 10, 1), within_days: 0 }));
    assert_verdicts(
        &exact,
        &[
            ("10/1/1953", 1.0, RIGHT),
            ("1/10/1953", 1.0, RIGHT),
            ("2 October 1953", 0.0, "Wrong: 1 day too late, the answer is 1 October 1953"),
            ("29 Sept 1953", 0.0, "Wrong: 2 days too early, the answer is 1 October 1953"),
            ("1 October 1954", 0.0, "Wrong: the answer is 1 October 1953"),
            ("1953", 0.0, "That is not a date: write it as 1999-12-31 or 31 December 1999"),
            ("  ", 0.0, "No answer"),
        ],
    );
    let near = task(Answer::Date(DateAnswer { value: date(1953, 10, 1), within_days: 3 }));
    assert_verdicts(&near, &[("1953-09-28", 1.0, "Right: the exact answer is 1 October 1953")]);
    assert_eq!(format_date(date(2023, 4, 26)), "26 April 2023");
    assert_eq!(format_date(date(-43, 3, 15)), "15 March 44 BC");
}

fn options(task: &Task) -> Vec<String> {
    task.shown_options()
}

/// The indices as shown of the parts with these texts.
fn indices(shown: &[String], texts: &[&str]) -> Vec<usize> {
    texts.iter().map(|text| shown.iter().position(|each| each == text).expect("shown")).collect()
}

fn wrong(texts: &[&str]) -> Vec<WrongOption> {
    texts.iter().map(|text| WrongOption { text: (*text).to_owned(), why: None }).collect()
}

#[test]
fn a_bool_answer_is_wholly_right_or_wrong() {
    let task = task(Answer::Bool(false));
    let right = grade(&task, &Response::Bool(false));
    assert_eq!((right.score, right.headline.as_str()), (1.0, RIGHT));
    assert_eq!(right.marks, Marks::Options(vec![OptionMark::CorrectRejection, OptionMark::Hit]));
    let wrong = grade(&task, &Response::Bool(true));
    assert_eq!((wrong.score, wrong.headline.as_str()), (0.0, "Wrong"));
    assert_eq!(wrong.marks, Marks::Options(vec![OptionMark::FalseAlarm, OptionMark::Miss]));
}

#[test]
fn a_choice_needs_exactly_the_right_option() {
    let task = task(Answer::Choice(ChoiceAnswer { right: "a".to_owned(), wrong: wrong(&["b", "c"]) }));
    let a = indices(&options(&task), &["a"])[0];
    for (picks, score, headline) in [
        (vec![a], 1.0, RIGHT),
        (vec![a, a], 1.0, RIGHT),
        (vec![(a + 1) % 3], 0.0, "Wrong"),
        (vec![a, (a + 1) % 3], 0.0, "Wrong"),
        (vec![99], 0.0, "Wrong"),
        (vec![], 0.0, "No answer"),
    ] {
        let verdict = grade(&task, &Response::Choice(picks.clone()));
        assert_eq!((verdict.score, verdict.headline.as_str()), (score, headline), "{picks:?}");
    }
}

#[test]
fn wrong_picks_cost_as_much_as_right_ones_earn() {
    let task = task(Answer::Choices(ChoicesAnswer {
        right: words(&["a", "b", "c", "d"]),
        wrong: wrong(&["x", "y", "z"]),
    }));
    for (picks, score, headline) in [
        (&["a", "b", "c", "d"][..], 1.0, RIGHT),
        (&["a", "b", "c"], 0.75, "3 of 4"),
        (&["a", "b", "c", "c", "x"], 0.5, "3 of 4, one wrong pick"),
        (&["a", "b", "c", "d", "x", "y", "z"], 0.25, "4 of 4, three wrong picks"),
        (&["a", "x", "y"], 0.0, "1 of 4, two wrong picks"),
        (&[], 0.0, "No answer"),
    ] {
        let verdict = grade(&task, &Response::Choice(indices(&options(&task), picks)));
        assert_eq!((verdict.score, verdict.headline.as_str()), (score, headline), "{picks:?}");
    }
    assert_eq!(grade(&task, &Response::Choice(vec![0, 0, usize::MAX])).score.max(0.25), 0.25);
}

#[test]
fn every_gap_has_an_equal_share_of_the_score() {
    let cloze = Cloze::parse("{{Truman}} met {{Rhee|Syngman Rhee}} in {{1953}}.").expect("cloze");
    let task = task(Answer::Cloze(cloze));
    for (gaps, score, headline) in [
        (&["truman", "Syngman Rhee", "1953"][..], 1.0, RIGHT),
        (&["Truman", "Sygnman Rhee", "1953"], 2.5 / 3.0, "Almost: two letters"),
        (&["Trumann", "Sygnman Rhee", "1953"], 2.0 / 3.0, "Almost: two slips"),
        (&["Trumann", "Sygnman Rhee", "1954"], 1.0 / 3.0, "0 of 3 gaps"),
        (&["Truman", "Rhee", "1954"], 2.0 / 3.0, "2 of 3 gaps"),
        (&["Truman"], 1.0 / 3.0, "1 of 3 gaps"),
        (&["", "", "x"], 0.0, "0 of 3 gaps"),
        (&[], 0.0, "No answer"),
        (&["Truman", "Rhee", "1953", "more"], 1.0, RIGHT),
    ] {
        let verdict = grade(&task, &Response::Cloze(words(gaps)));
        assert_eq!((verdict.score, verdict.headline.as_str()), (score, headline), "{gaps:?}");
        let Marks::Cloze(marks) = verdict.marks else { panic!("gap marks") };
        assert_eq!(marks.len(), 3);
    }
}

fn order(texts: &[&str]) -> Task {
    task(Answer::Order(texts.iter().map(|text| OrderItem { text: (*text).to_owned(), note: None }).collect()))
}

#[test]
fn an_order_is_scored_by_its_pairs() {
    let task = order(&["a", "b", "c", "d"]);
    for (given, score, headline, places) in [
        (["a", "b", "c", "d"], 1.0, RIGHT, vec![0, 1, 2, 3]),
        (["b", "a", "c", "d"], 5.0 / 6.0, "5 of 6 pairs in order", vec![1, 0, 2, 3]),
        (["d", "c", "b", "a"], 0.0, "0 of 6 pairs in order", vec![3, 2, 1, 0]),
    ] {
        let verdict = grade(&task, &Response::Order(indices(&options(&task), &given)));
        assert_eq!((verdict.score, verdict.headline.as_str()), (score, headline), "{given:?}");
        assert_eq!(verdict.marks, Marks::Order(places));
    }
    for given in [vec![0, 1, 2], vec![0, 0, 1, 2], vec![0, 1, 2, 9], vec![0, 1, 2, 3, 0], vec![]] {
        let verdict = grade(&task, &Response::Order(given));
        assert_eq!((verdict.score, verdict.marks), (0.0, Marks::Order(Vec::new())));
    }
    // Equal items are interchangeable.
    let task = order(&["war", "truce", "war"]);
    let mut given = match right_response(&task) {
        Response::Order(given) => given,
        response => panic!("{response:?}"),
    };
    given.swap(0, 2);
    assert_eq!(grade(&task, &Response::Order(given)).score, 1.0);
}

#[test]
fn a_match_is_scored_by_its_pairs() {
    let pairs = |pairs: &[(&str, &str)]| {
        task(Answer::Match(pairs.iter().map(|(l, r)| ((*l).to_owned(), (*r).to_owned())).collect()))
    };
    let given = |task: &Task, rights: &[&str]| {
        let picked = indices(&options(task), rights).into_iter().map(Some).collect();
        grade(task, &Response::Match(picked))
    };
    let abc = pairs(&[("a", "1"), ("b", "2"), ("c", "3")]);
    assert_eq!(given(&abc, &["1", "2", "3"]).headline, RIGHT);
    let verdict = given(&abc, &["1", "1", "3"]);
    assert_eq!((verdict.score, verdict.headline.as_str()), (2.0 / 3.0, "2 of 3 pairs"));
    assert_eq!(verdict.marks, Marks::Parts(vec![true, false, true]));
    assert_eq!(given(&abc, &["1"]).score, 1.0 / 3.0);
    for nothing in [vec![], vec![None; 3], vec![Some(9)]] {
        assert_eq!(grade(&abc, &Response::Match(nothing)).headline, "No answer");
    }
    // Equal right sides are interchangeable, but each belongs to one left side only.
    let alike = pairs(&[("a", "x"), ("b", "x"), ("c", "y")]);
    let TaskForm::Match(MatchTask { right_of, .. }) = &alike.form else { panic!("pairs") };
    let swapped = vec![Some(right_of[1]), Some(right_of[0]), Some(right_of[2])];
    assert_eq!(grade(&alike, &Response::Match(swapped)).score, 1.0);
    let twice = vec![Some(right_of[0]), Some(right_of[0]), Some(right_of[2])];
    assert_eq!(grade(&alike, &Response::Match(twice)).score, 2.0 / 3.0);
    // So are equal left sides.
    assert_eq!(given(&pairs(&[("a", "1"), ("a", "2"), ("b", "3")]), &["2", "1", "3"]).score, 1.0);
}

#[test]
fn a_sort_is_scored_by_its_items() {
    let bin = |name: &str, items: &[&str]| Bin { name: name.to_owned(), items: words(items) };
    let task = task(Answer::Sort(vec![bin("North", &["a", "b", "both"]), bin("South", &["c", "both"])]));
    let sorted = |bin_of: &dyn Fn(&str, usize) -> Option<usize>| {
        let bins = options(&task).iter().enumerate().map(|(at, text)| bin_of(text, at)).collect();
        let verdict = grade(&task, &Response::Sort(bins));
        (verdict.score, verdict.headline)
    };
    let firsts = |text: &str| indices(&options(&task), &[text])[0];
    // Either "both" may be the northern one.
    for north in [true, false] {
        let right = |text: &str, at: usize| match text {
            "a" | "b" => Some(0),
            "c" => Some(1),
            _ => Some(usize::from((at == firsts("both")) != north)),
        };
        assert_eq!(sorted(&right), (1.0, RIGHT.to_owned()));
    }
    assert_eq!(sorted(&|_, _| Some(0)), (0.0, "3 of 5 in the right group".to_owned()));
    assert_eq!(sorted(&|_, _| None), (0.0, "No answer".to_owned()));
    assert_eq!(sorted(&|_, _| Some(2)), (0.0, "No answer".to_owned()));
}

#[test]
fn giving_up_marks_the_right_answer() {
    let give_up = |answer| grade(&task(answer), &Response::GaveUp);
    let bool = give_up(Answer::Bool(true));
    assert_eq!((bool.score, bool.headline.as_str()), (0.0, "Not known"));
    assert_eq!(bool.marks, Marks::Options(vec![OptionMark::Miss, OptionMark::CorrectRejection]));
    let pairs =
        give_up(Answer::Match(vec![("a".to_owned(), "1".to_owned()), ("b".to_owned(), "2".to_owned())]));
    assert_eq!(pairs.marks, Marks::Parts(vec![false, false]));
    let Marks::Cloze(gaps) = give_up(Answer::Cloze(Cloze::parse("{{a}} and {{b}}").expect("cloze"))).marks
    else {
        panic!("gap marks")
    };
    assert_eq!((gaps[1].letters.typed.len(), with_brackets(&gaps[1].letters.expected).as_str()), (0, "[b]"));
    let number = give_up(Answer::Number(NumberAnswer { value: 1.0, within: 0.0, unit: None }));
    assert_eq!((number.headline.as_str(), number.marks), ("Not known", Marks::None));
}

#[test]
fn a_recalled_answer_is_scored_by_its_self_grade() {
    assert_eq!(Rating::ALL.map(self_grade_score), [0.0, 1.0, 1.0, 1.0]);
    let task =
        task(Answer::Recall(RecallAnswer { back: "b".to_owned(), reverse: false, reverse_prompt: None }));
    for response in [Response::Recall, Response::GaveUp] {
        assert_eq!(grade(&task, &response), Verdict::new(0.0, "", Marks::None));
    }
}
