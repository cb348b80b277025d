//! A session in the terminal, driven through pipes.

use std::io::Write;
use std::process::Stdio;

use crate::every_kind::{DECK, ID};
use crate::program::{Home, MONDAY, Talk, answer_all, total, until, verdicts};

fn home() -> Home {
    let home = Home::new();
    home.add_deck("every-kind.ron", DECK);
    home
}

#[test]
fn every_kind_is_asked_answered_and_told() {
    let home = home();
    let mut talk = home.study(&[ID, "--at", MONDAY]);
    assert!(talk.screen.contains("1 of 11 · Words · recall, then check"), "{}", talk.screen);
    let (asked, record) = answer_all(&mut talk, |_| false);
    // Twice each, the true or false once more, because it is right by chance every other time.
    assert_eq!((asked, verdicts(&record)), (23, 23));
    assert!(record.contains("✓ Right\n"), "{record}");
    assert!(record.contains("  It holds a wheel on its axle.\n"), "{record}");
    assert!(record.contains("  Passage 1 · Where it all is told · A. Writer, 2020\n"), "{record}");
    assert!(record.contains("  1 Again 1 min · 2 Hard 6 min · [3 Good 10 min] · 4 Easy "), "{record}");
    let run = talk.end();
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(run.out.contains("Done."), "{}", run.out);
    assert!(run.out.contains("23 of 23 right in this session\n  Words: 10 of 10\n"), "{}", run.out);

    let stats = home.json(&["stats", "--json", "--at", MONDAY]);
    let all = total(&stats, ID);
    assert_eq!((&all["answers"], &all["right"], &all["seen"]), (&23.into(), &23.into(), &11.into()));
    assert_eq!((&all["accuracy"], &all["new"], &all["due"]), (&1.0.into(), &0.into(), &0.into()));
    assert_eq!(all["last_studied"], "2026-11-23");
}

#[test]
fn days_later_just_the_due_ones_are_asked() {
    let home = home();
    let mut talk = home.study(&[ID, "--at", MONDAY]);
    answer_all(&mut talk, |question| question.contains("· Picks ·"));
    assert_eq!(talk.end().code, 0);

    let due_on = |day: u32| {
        let at = format!("2026-11-{day}");
        let due = total(&home.json(&["stats", "--json", "--at", &at]), ID)["due"].as_u64().unwrap();
        (at, usize::try_from(due).unwrap())
    };
    let (at, due) = (24..=30).map(due_on).find(|(_, due)| *due > 0).expect("they come back within a week");
    assert!(due < 11, "the easy ones come later");
    let mut talk = home.study(&[ID, "--at", &at]);
    let (asked, _) = answer_all(&mut talk, |_| false);
    assert_eq!(asked, due);
    assert!(talk.end().out.contains("Done."));
    let mut again = home.study(&[ID, "--at", &at]);
    assert!(again.is_over && again.screen.contains("Nothing to ask here now."), "{}", again.screen);
    again.is_over = true;
    assert_eq!(again.end().code, 0);
}

#[test]
fn what_is_no_answer_is_explained_and_asked_again() {
    let home = home();
    let mut talk = home.study(&[ID, "--at", MONDAY]);
    assert!(talk.say("an end").contains("Press Enter to see the answer"));
    talk.say("");
    for line in ["", "5", "good"] {
        assert!(talk.say(line).contains("Type 1 (forgotten)"), "{}", talk.screen);
    }
    assert!(talk.say("2").contains("✓ Hard: back in 6 min."), "{}", talk.screen);
    let refused = [
        ("lynchpin", "", "Type the answer"),
        ("lynchpin", ":what", "is no command"),
        ("war end", "late", "Type a number"),
        ("they meet", "1953", "Type a date"),
        ("Seoul", "3", "t or 1 for true"),
        ("is red", "5", "1 to 4"),
        ("is red", "1 2", "1 to 4"),
        ("even", "1 9", "1 to 4"),
        ("Smallest", "1 2", "all 3 numbers"),
        ("Smallest", "1 2 2", "2 is there twice"),
        ("Who lives", "1-1 2-1 3-2", "1 on the right is there twice"),
        ("Who lives", "1-1", "has no partner yet"),
        ("What is it?", "1 1 2", "3 of 4"),
    ];
    for (prompt, line, why) in refused {
        until(&mut talk, prompt);
        let question = talk.screen.clone();
        assert!(talk.say(line).contains(why), "{}", talk.screen);
        assert_eq!(verdicts(&talk.screen), 0, "{}", talk.screen);
        // The question is not repeated, but still on the screen of who answers.
        talk.screen = question;
    }
    until(&mut talk, "The [1: a paper]");
    talk.say("");
    assert!(talk.say("").contains("Fill at least one gap"), "{}", talk.screen);
    talk.say("treaty");
    assert!(talk.say(":u").ends_with("[1] > "), "the last gap is taken back: {}", talk.screen);
    talk.say("treety");
    assert!(talk.say("").contains("≈ ") || talk.screen.contains("✗ "), "{}", talk.screen);
    let asked_right = total(&home.json(&["stats", "--json", "--at", MONDAY]), ID)["right"].as_u64();
    let run = talk.end();
    assert_eq!(run.code, 0);
    let summary = run.out.lines().find(|line| line.ends_with("right in this session")).unwrap().to_owned();
    assert!(summary.starts_with(&format!("{} of ", asked_right.unwrap())), "{summary}");
}

#[test]
fn wrong_answers_undo_redo_hint_and_guess() {
    let home = home();
    let stats = || home.json(&["stats", "--json", "--at", MONDAY]);
    let mut talk = home.study(&[ID, "--at", MONDAY]);
    let question = talk.screen.clone();
    assert!(talk.say(":u").contains("Nothing to undo."));
    assert!(talk.say(":r").contains("Nothing to redo."));
    assert!(talk.say(":h").contains("This question has no hint."));
    assert!(talk.say(":w").contains("There is no interval before the answer."));
    assert!(talk.say(":?").contains(":x  I don't know"));
    talk.screen = question;
    until(&mut talk, "lynchpin");
    assert!(talk.say(":h").contains("Hint: It holds a wheel"));
    assert!(talk.say("::axle").contains("✗ Wrong\n  Right answer: linchpin\n"), "{}", talk.screen);
    assert!(talk.screen.contains("[1 Again 1 min]"), "{}", talk.screen);
    assert!(talk.say("g").contains("It was not right"));
    assert!(talk.say("7").contains("Enter goes on"));
    assert!(talk.say(":w").contains("This was the first answer to this card."), "{}", talk.screen);
    assert_eq!(total(&stats(), ID)["answers"], 2);

    // Back, forward, back again, and answered anew.
    assert!(talk.say(":u").contains("Taken back"));
    assert!(talk.screen.contains("lynchpin"), "{}", talk.screen);
    assert_eq!(total(&stats(), ID)["answers"], 1);
    assert!(talk.say(":r").contains("Done again."));
    assert!(talk.screen.contains("war end"), "{}", talk.screen);
    assert_eq!(total(&stats(), ID)["answers"], 2);
    talk.say(":u");
    assert!(talk.say("linchpim").contains("≈ Almost: one letter"), "{}", talk.screen);
    assert!(talk.screen.contains("You typed: linchpi[m]\n  Right answer: linchpi[n]\n"), "{}", talk.screen);
    assert!(talk.say("g").contains("Again: back in 1 min."), "{}", talk.screen);
    assert!(talk.say("g").contains("That is noted."), "{}", talk.screen);
    talk.say("");

    assert!(talk.say("1954").contains("✗ "), "{}", talk.screen);
    assert!(talk.screen.contains("1953"), "{}", talk.screen);
    assert!(talk.say("2").contains("Hard: back in 6 min."), "{}", talk.screen);
    assert!(talk.say(":x").contains("✗ Not known\n  Right answer: 26 April 2023\n"), "{}", talk.screen);
    talk.say("");
    assert!(talk.say(":s").contains("Suspended: not asked any more."), "{}", talk.screen);
    assert!(talk.screen.contains("is red"), "{}", talk.screen);
    let grass = talk.number_of("grass");
    assert!(
        talk.say(&grass.to_string()).contains("grass (picked)\n      Grass is green.\n"),
        "{}",
        talk.screen
    );
    talk.say("");
    assert!(talk.say(":b").contains("Put off until tomorrow."), "{}", talk.screen);
    assert!(talk.say(":q").contains("right in this session"), "{}", talk.screen);
    assert!(talk.is_over);
    assert_eq!(talk.end().code, 0);
    assert_eq!(total(&stats(), ID)["suspended"], 1);
}

#[test]
fn the_end_of_the_input_ends_the_session_at_any_prompt() {
    let home = home();
    // Before anything, at a question, at a revealed answer, at a verdict, in the middle of the gaps.
    for lines in [
        "",
        "\n",
        "\n3\n",
        "\n3\nlinchpin\n",
        "\n3\nlinchpin",
        "\n3\n:x\n\n:x\n\n:x\n\n:x\n\n:x\n\n:x\n\ntreaty",
    ] {
        let mut child = home
            .command(&["study", ID, "--at", MONDAY])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
        let run = crate::program::Run::from(child.wait_with_output().unwrap());
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{lines:?}");
        assert_eq!(verdicts(&run.out) > 0, run.out.contains("right in this session"), "{}", run.out);
        std::fs::remove_file(home.path().join("progress.db")).unwrap();
    }
}

#[test]
fn a_session_with_only_timed_cards_says_when_and_ends() {
    let home = home();
    home.set("(new_cards_a_day: 1)");
    let mut talk = home.study(&[ID, "--at", "2026-11-23T12:00"]);
    talk.say("");
    talk.say("1");
    assert_eq!(talk.end().code, 0);
    let run = home.run(&["study", ID, "--at", "2026-11-23T11:00"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(run.out.contains("the next one comes in 6"), "{}", run.out);
}

#[test]
fn the_last_answer_of_a_session_can_be_taken_back() {
    let home = home();
    home.set("(new_cards_a_day: 1)");
    let answers = || total(&home.json(&["stats", "--json", "--at", MONDAY]), ID)["answers"].as_u64();
    let mut talk = home.study(&[ID, "--at", MONDAY]);
    talk.say("");
    talk.say("4");
    assert!(talk.screen.contains("Done.") && talk.is_at_its_end(), "{}", talk.screen);
    assert_eq!(answers(), Some(1));
    assert!(talk.say(":y").contains(":u takes the last answer back"), "{}", talk.screen);
    assert!(talk.say(":u").contains("Taken back"), "{}", talk.screen);
    assert!(talk.is_asking() && talk.screen.contains("armistice"), "{}", talk.screen);
    assert_eq!(answers(), Some(0));
    assert!(talk.say(":r").contains("Done again."), "{}", talk.screen);
    assert!(talk.is_at_its_end(), "{}", talk.screen);
    assert_eq!(answers(), Some(1));
    talk.say(":u");
    talk.say("");
    talk.say("4");
    assert!(talk.say("").contains("right in this session") && talk.is_over, "{}", talk.screen);
    assert_eq!(talk.end().code, 0);
    assert_eq!(answers(), Some(1));
}

#[test]
fn a_topic_and_more_new_cards_can_be_asked_for() {
    let home = home();
    let talk = home.study(&[ID, "--topic", "places", "--at", MONDAY]);
    assert!(talk.screen.contains("1 of 3 · Places"), "{}", talk.screen);
    talk.end();
    let talk = home.study(&["--topic", "picks", "--new", "2", "--at", MONDAY]);
    assert!(talk.screen.contains("1 of 2 · Picks"), "{}", talk.screen);
    talk.end();
    for (args, why) in
        [(["nope", "--topic", "x"], "no deck"), ([ID, "--topic", "x"], "no topic"), ([ID, "--new", "0"], "0")]
    {
        let run = home.run(&[&["study"][..], &args].concat());
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.err.contains(why), "{run:?}");
    }
}

#[test]
fn lines_that_are_no_text_and_an_output_that_goes_away_do_no_harm() {
    let home = home();
    let mut command = home.command(&["study", ID, "--at", MONDAY]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut lines = b"\n3\n\xff\xfe\n".to_vec();
    lines.extend(vec![b'a'; 200_000]);
    lines.extend(b"\nlinchpin\r\n");
    child.stdin.take().unwrap().write_all(&lines).unwrap();
    let run = crate::program::Run::from(child.wait_with_output().unwrap());
    assert!(run.out.contains("not text in UTF-8"), "{}", run.out);
    assert!(run.out.contains("too long"), "{}", run.out);
    assert_eq!((run.code, verdicts(&run.out)), (0, 2), "{}", run.out);

    for args in [&["study", ID, "--at", MONDAY][..], &["stats"], &["decks", "--json"], &["--help"]] {
        let mut child = home
            .command(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        // It may be gone before it reads.
        let _ = child.stdin.take().unwrap().write_all(b":x\n\n:x\n\n");
        let run = crate::program::Run::from(child.wait_with_output().unwrap());
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{args:?}");
    }
}

const WORDS: &str = r#"Deck(format: 1, id: "words", title: "Words", topics: {"t": "T"}, questions: [
    (id: "wheel", topic: "t", prompt: "What holds a wheel?", answer: Typed(["linchpin", "wheel pin"])),
    (id: "gap", topic: "t", prompt: "Peace needs a {{treaty|pact}} and a {{signature}}.", answer: Cloze),
    (id: "bool", topic: "t", prompt: "It is so.", answer: Bool(true)),
    (id: "nerve", topic: "t", prompt: "Which nerves lead to the brain?",
     answer: Typed(["afferent"]), confusable: [("efferent", "Efferent nerves lead away from it.")]),
])"#;

/// A session at the verdict on a slip of the fingers.
fn slipped(home: &Home) -> Talk {
    home.add_deck("words.ron", WORDS);
    let mut talk = home.study(&["words", "--at", MONDAY]);
    assert!(talk.say("linchpim").contains("≈ Almost: one letter\n"), "{}", talk.screen);
    talk
}

#[test]
fn a_slip_is_decided_by_a_and_x_and_the_grades_still_work() {
    for (typed, told, accuracy) in [
        ("a", "Good: back in", 1.0),
        ("X", "Again: back in", 0.0),
        ("2", "Hard: back in", 0.0),
        ("", "", 0.0),
    ] {
        let home = Home::new();
        let mut talk = slipped(&home);
        assert!(talk.screen.contains("[2 Hard"), "{}", talk.screen);
        let hint = "a if that is what you meant, x if you did not know it.";
        assert!(talk.screen.replace('\n', " ").contains(hint), "{}", talk.screen);
        assert!(talk.say(typed).contains(told), "{}", talk.screen);
        assert!(talk.screen.contains("[1]"), "it goes on: {}", talk.screen);
        let stats = home.json(&["stats", "--json", "--at", MONDAY]);
        let all = total(&stats, "words");
        assert_eq!((&all["answers"], &all["accuracy"]), (&1.into(), &accuracy.into()), "{typed:?}");
        assert!(
            talk.say(":u").contains("What holds a wheel?"),
            "one undo takes all of it back: {}",
            talk.screen
        );
        let stats = home.json(&["stats", "--json", "--at", MONDAY]);
        assert_eq!(total(&stats, "words")["answers"], 0);
        talk.end();
    }
}

#[test]
fn a_and_x_say_nothing_of_an_answer_that_is_no_slip() {
    let home = Home::new();
    home.add_deck("words.ron", WORDS);
    let mut talk = home.study(&["words", "--at", MONDAY]);
    assert!(talk.say("linchpin").contains("✓ Right\n"), "{}", talk.screen);
    for line in ["a", "x"] {
        assert!(talk.say(line).contains("Enter goes on"), "{}", talk.screen);
    }
    talk.end();
}

#[test]
fn the_main_answer_and_all_others_are_told_whatever_was_typed() {
    let home = Home::new();
    home.add_deck("words.ron", WORDS);
    let mut talk = home.study(&["words", "--at", MONDAY]);
    for (typed, accepts) in [("wheel pin", false), ("axle", false), (":x", false), ("axle nail", true)] {
        talk.say(typed);
        if accepts {
            talk.say("a");
            talk.say(":u");
            talk.say(":u");
            continue;
        }
        let screen = talk.screen.clone();
        assert!(screen.contains("  Right answer: linchpin\n"), "{screen}");
        let other = if typed == "wheel pin" { "You typed" } else { "Also accepted" };
        assert!(screen.contains(&format!("  {other}: wheel pin\n")), "{screen}");
        talk.say(":u");
    }
    talk.say(":x");
    talk.say("");
    talk.say("pact");
    talk.say("signatrue");
    let screen = &talk.screen;
    assert!(screen.contains("  ✓ 1  treaty (typed: pact)"), "{screen}");
    assert!(screen.contains("  ≈ 2  signat[ur]e (typed: signat[ru]e)"), "{screen}");
    talk.end();
}

#[test]
fn why_a_word_is_another_one_is_said() {
    let home = Home::new();
    home.add_deck("words.ron", WORDS);
    let mut talk = home.study(&["words", "--at", MONDAY]);
    while !talk.screen.contains("Which nerves") {
        talk.say(":b");
    }
    assert!(talk.say("efferent").contains("✗ Wrong\n"), "{}", talk.screen);
    assert!(talk.screen.contains("  Efferent nerves lead away from it.\n"), "{}", talk.screen);
    talk.end();
}
