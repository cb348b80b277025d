//! A session in the terminal, driven through pipes.

use std::io::Write;
use std::process::Stdio;

use crate::fixtures::{CliFixture, CliSession, MONDAY, answer_all, total, until, verdicts};

#[test]
fn every_kind_is_shown_answered_and_given_a_verdict() {
    let cli = CliFixture::with_every_kind();
    let mut session = cli.study(&["every-kind", "--at", MONDAY]);
    assert!(session.screen.contains("1 of 11 · Words · recall, then check"), "{}", session.screen);
    let (answered, record) = answer_all(&mut session, |_| false);
    // Every card comes twice; true or false comes once more, because guessing it is right half of the time.
    assert_eq!((answered, verdicts(&record)), (23, 23));
    assert!(record.contains("✓ Right\n"), "{record}");
    assert!(record.contains("  It holds a wheel on its axle.\n"), "{record}");
    assert!(record.contains("  Passage 1 · Where it all is told · A. Writer, 2020\n"), "{record}");
    assert!(record.contains("  1 Again 1 min · 2 Hard 6 min · [3 Good 10 min] · 4 Easy "), "{record}");
    let run = session.end();
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(run.out.contains("Done."), "{}", run.out);
    assert!(run.out.contains("23 of 23 right in this session\n  Words: 10 of 10\n"), "{}", run.out);

    let stats = cli.json(&["stats", "--json", "--at", MONDAY]);
    let all = total(&stats, "every-kind");
    assert_eq!((&all["answers"], &all["right"], &all["seen"]), (&23.into(), &23.into(), &11.into()));
    assert_eq!((&all["accuracy"], &all["new"], &all["due"]), (&1.0.into(), &0.into(), &0.into()));
    assert_eq!(all["last_studied"], "2026-11-23");
}

#[test]
fn days_later_only_due_cards_are_shown() {
    let cli = CliFixture::with_every_kind();
    let mut session = cli.study(&["every-kind", "--at", MONDAY]);
    answer_all(&mut session, |question| question.contains("· Picks ·"));
    assert_eq!(session.end().code, 0);

    let due_on = |day: u32| {
        let at = format!("2026-11-{day}");
        let due = total(&cli.json(&["stats", "--json", "--at", &at]), "every-kind")["due"].as_u64().unwrap();
        (at, usize::try_from(due).unwrap())
    };
    let (at, due) = (24..=30).map(due_on).find(|(_, due)| *due > 0).expect("they come back within a week");
    assert!(due < 11, "the easy ones come later");
    let mut session = cli.study(&["every-kind", "--at", &at]);
    let (answered, _) = answer_all(&mut session, |_| false);
    assert_eq!(answered, due);
    assert!(session.end().out.contains("Done."));
    let mut again = cli.study(&["every-kind", "--at", &at]);
    assert!(
        again.is_over && again.screen.contains("There is nothing to study here now."),
        "{}",
        again.screen
    );
    again.is_over = true;
    assert_eq!(again.end().code, 0);
}

#[test]
fn input_that_is_no_answer_is_explained_and_asked_for_again() {
    let cli = CliFixture::with_every_kind();
    let mut session = cli.study(&["every-kind", "--at", MONDAY]);
    assert!(session.send("an end").contains("Press Enter to see the answer"));
    session.send("");
    for line in ["", "5", "good"] {
        assert!(session.send(line).contains("Type 1 (forgotten)"), "{}", session.screen);
    }
    assert!(session.send("2").contains("✓ Hard: back in 6 min."), "{}", session.screen);
    let refused = [
        ("lynchpin", "", "Type the answer"),
        ("lynchpin", ":what", "is not a command"),
        ("war end", "late", "Type a number"),
        ("they meet", "1953", "Type a date"),
        ("Seoul", "3", "t or 1 for true"),
        ("is red", "5", "1 to 4"),
        ("is red", "1 2", "1 to 4"),
        ("even", "1 9", "1 to 4"),
        ("Smallest", "1 2", "all 3 numbers"),
        ("Smallest", "1 2 2", "2 appears twice"),
        ("Who lives", "1-1 2-1 3-2", "1 on the right appears twice"),
        ("Who lives", "1-1", "has no match yet"),
        ("What is it?", "1 1 2", "3 of 4"),
    ];
    for (prompt, line, why) in refused {
        until(&mut session, prompt);
        let question = session.screen.clone();
        assert!(session.send(line).contains(why), "{}", session.screen);
        assert_eq!(verdicts(&session.screen), 0, "{}", session.screen);
        // The question is not printed again, because it is still on the screen.
        session.screen = question;
    }
    until(&mut session, "The [1: a paper]");
    session.send("");
    assert!(session.send("").contains("Fill in at least one gap"), "{}", session.screen);
    session.send("treaty");
    assert!(session.send(":u").ends_with("[1] > "), "the last gap is taken back: {}", session.screen);
    session.send("treety");
    assert!(session.send("").contains("≈ ") || session.screen.contains("✗ "), "{}", session.screen);
    let right_answers =
        total(&cli.json(&["stats", "--json", "--at", MONDAY]), "every-kind")["right"].as_u64();
    let run = session.end();
    assert_eq!(run.code, 0);
    let summary = run.out.lines().find(|line| line.ends_with("right in this session")).unwrap().to_owned();
    assert!(summary.starts_with(&format!("{} of ", right_answers.unwrap())), "{summary}");
}

#[test]
fn wrong_answers_undo_redo_hints_and_guesses_work() {
    let cli = CliFixture::with_every_kind();
    let stats = || cli.json(&["stats", "--json", "--at", MONDAY]);
    let mut session = cli.study(&["every-kind", "--at", MONDAY]);
    let question = session.screen.clone();
    assert!(session.send(":u").contains("Nothing to undo."));
    assert!(session.send(":r").contains("Nothing to redo."));
    assert!(session.send(":h").contains("This question has no hint."));
    assert!(session.send(":w").contains("There is no interval before you answer."));
    assert!(session.send(":?").contains(":x  I don't know"));
    session.screen = question;
    until(&mut session, "lynchpin");
    assert!(session.send(":h").contains("Hint: It holds a wheel"));
    assert!(session.send("::axle").contains("✗ Wrong\n  Right answer: linchpin\n"), "{}", session.screen);
    assert!(session.screen.contains("[1 Again 1 min]"), "{}", session.screen);
    assert!(session.send("g").contains("It was wrong"));
    assert!(session.send("7").contains("Enter goes on"));
    assert!(session.send(":w").contains("This was your first answer to this card."), "{}", session.screen);
    assert_eq!(total(&stats(), "every-kind")["answers"], 2);

    // Undo, redo, undo, and another answer.
    assert!(session.send(":u").contains("Undone"));
    assert!(session.screen.contains("lynchpin"), "{}", session.screen);
    assert_eq!(total(&stats(), "every-kind")["answers"], 1);
    assert!(session.send(":r").contains("Redone."));
    assert!(session.screen.contains("war end"), "{}", session.screen);
    assert_eq!(total(&stats(), "every-kind")["answers"], 2);
    session.send(":u");
    assert!(session.send("linchpim").contains("≈ Almost: one letter"), "{}", session.screen);
    assert!(
        session.screen.contains("You typed: linchpi[m]\n  Right answer: linchpi[n]\n"),
        "{}",
        session.screen
    );
    assert!(session.send("g").contains("Again: back in 1 min."), "{}", session.screen);
    assert!(session.send("g").contains("It is already marked as a guess."), "{}", session.screen);
    session.send("");

    assert!(session.send("1954").contains("✗ "), "{}", session.screen);
    assert!(session.screen.contains("1953"), "{}", session.screen);
    assert!(session.send("2").contains("Hard: back in 6 min."), "{}", session.screen);
    assert!(
        session.send(":x").contains("✗ Didn’t know\n  Right answer: 26 April 2023\n"),
        "{}",
        session.screen
    );
    session.send("");
    assert!(session.send(":s").contains("Suspended until you resume it."), "{}", session.screen);
    assert!(session.screen.contains("is red"), "{}", session.screen);
    let grass = session.option_number("grass");
    assert!(
        session.send(&grass.to_string()).contains("grass (picked)\n      Grass is green.\n"),
        "{}",
        session.screen
    );
    session.send("");
    assert!(session.send(":b").contains("Buried until tomorrow."), "{}", session.screen);
    assert!(session.send(":q").contains("right in this session"), "{}", session.screen);
    assert!(session.is_over);
    assert_eq!(session.end().code, 0);
    assert_eq!(total(&stats(), "every-kind")["suspended"], 1);
}

#[test]
fn the_end_of_the_input_ends_the_session_at_any_prompt() {
    let cli = CliFixture::with_every_kind();
    // Before any input, at a question, at a revealed answer, at a verdict, and between two gaps.
    for lines in [
        "",
        "\n",
        "\n3\n",
        "\n3\nlinchpin\n",
        "\n3\nlinchpin",
        "\n3\n:x\n\n:x\n\n:x\n\n:x\n\n:x\n\n:x\n\ntreaty",
    ] {
        let mut child = cli
            .command(&["study", "every-kind", "--at", MONDAY])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
        let run = crate::fixtures::CliOutput::from(child.wait_with_output().unwrap());
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{lines:?}");
        assert_eq!(verdicts(&run.out) > 0, run.out.contains("right in this session"), "{}", run.out);
        std::fs::remove_file(cli.path().join("progress.db")).unwrap();
        if cli.path().join("backups").exists() {
            std::fs::remove_dir_all(cli.path().join("backups")).unwrap();
        }
    }
}

#[test]
fn a_session_with_only_cards_on_learning_steps_says_when_they_are_due_and_ends() {
    let cli = CliFixture::with_every_kind();
    cli.write("settings.ron", "(new_cards_a_day: 1)");
    let mut session = cli.study(&["every-kind", "--at", "2026-11-23T12:00"]);
    session.send("");
    session.send("1");
    assert_eq!(session.end().code, 0);
    let run = cli.run(&["study", "every-kind", "--at", "2026-11-23T11:00"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(run.out.contains("the next one comes back in 6"), "{}", run.out);
}

#[test]
fn the_last_answer_of_a_session_can_be_undone() {
    let cli = CliFixture::with_every_kind();
    cli.write("settings.ron", "(new_cards_a_day: 1)");
    let answers = || total(&cli.json(&["stats", "--json", "--at", MONDAY]), "every-kind")["answers"].as_u64();
    let mut session = cli.study(&["every-kind", "--at", MONDAY]);
    session.send("");
    session.send("4");
    assert!(session.screen.contains("Done.") && session.is_at_end(), "{}", session.screen);
    assert_eq!(answers(), Some(1));
    assert!(session.send(":y").contains("type :u to undo the last answer"), "{}", session.screen);
    assert!(session.send(":u").contains("Undone"), "{}", session.screen);
    assert!(session.is_asking() && session.screen.contains("armistice"), "{}", session.screen);
    assert_eq!(answers(), Some(0));
    assert!(session.send(":r").contains("Redone."), "{}", session.screen);
    assert!(session.is_at_end(), "{}", session.screen);
    assert_eq!(answers(), Some(1));
    session.send(":u");
    session.send("");
    session.send("4");
    assert!(session.send("").contains("right in this session") && session.is_over, "{}", session.screen);
    assert_eq!(session.end().code, 0);
    assert_eq!(answers(), Some(1));
}

#[test]
fn a_session_can_be_limited_to_a_topic_or_to_more_new_cards() {
    let cli = CliFixture::with_every_kind();
    let session = cli.study(&["every-kind", "--topic", "places", "--at", MONDAY]);
    assert!(session.screen.contains("1 of 3 · Places"), "{}", session.screen);
    session.end();
    let session = cli.study(&["--topic", "picks", "--new", "2", "--at", MONDAY]);
    assert!(session.screen.contains("1 of 2 · Picks"), "{}", session.screen);
    session.end();
    for (args, why) in [
        (["nope", "--topic", "x"], "no deck"),
        (["every-kind", "--topic", "x"], "no topic"),
        (["every-kind", "--new", "0"], "0"),
    ] {
        let run = cli.run(&[&["study"][..], &args].concat());
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.err.contains(why), "{run:?}");
    }
}

#[test]
fn input_that_is_no_text_and_a_closed_output_do_no_harm() {
    let cli = CliFixture::with_every_kind();
    let mut command = cli.command(&["study", "every-kind", "--at", MONDAY]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut lines = b"\n3\n\xff\xfe\n".to_vec();
    lines.extend(vec![b'a'; 200_000]);
    lines.extend(b"\nlinchpin\r\n");
    child.stdin.take().unwrap().write_all(&lines).unwrap();
    let run = crate::fixtures::CliOutput::from(child.wait_with_output().unwrap());
    assert!(run.out.contains("not UTF-8 text"), "{}", run.out);
    assert!(run.out.contains("too long"), "{}", run.out);
    assert_eq!((run.code, verdicts(&run.out)), (0, 2), "{}", run.out);

    for args in [&["study", "every-kind", "--at", MONDAY][..], &["stats"], &["decks", "--json"], &["--help"]]
    {
        let mut child = cli
            .command(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        // The reader may have ended already.
        let _ = child.stdin.take().unwrap().write_all(b":x\n\n:x\n\n");
        let run = crate::fixtures::CliOutput::from(child.wait_with_output().unwrap());
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

/// A session at the verdict on a typing slip.
fn after_a_slip(cli: &CliFixture) -> CliSession {
    cli.write_deck("words.ron", WORDS);
    let mut session = cli.study(&["words", "--at", MONDAY]);
    assert!(session.send("linchpim").contains("≈ Almost: one letter\n"), "{}", session.screen);
    session
}

#[test]
fn a_slip_is_resolved_by_a_and_x_or_graded() {
    for (typed, expected, accuracy) in [
        ("a", "Good: back in", 1.0),
        ("X", "Again: back in", 0.0),
        ("2", "Hard: back in", 0.0),
        ("", "", 0.0),
    ] {
        let cli = CliFixture::new();
        let mut session = after_a_slip(&cli);
        assert!(session.screen.contains("[2 Hard"), "{}", session.screen);
        let hint = "a says that you meant the right answer, x that you did not know it.";
        assert!(session.screen.replace('\n', " ").contains(hint), "{}", session.screen);
        assert!(session.send(typed).contains(expected), "{}", session.screen);
        assert!(session.screen.contains("[1]"), "the next question shows: {}", session.screen);
        let stats = cli.json(&["stats", "--json", "--at", MONDAY]);
        let all = total(&stats, "words");
        assert_eq!((&all["answers"], &all["accuracy"]), (&1.into(), &accuracy.into()), "{typed:?}");
        assert!(
            session.send(":u").contains("What holds a wheel?"),
            "one undo removes the whole answer: {}",
            session.screen
        );
        let stats = cli.json(&["stats", "--json", "--at", MONDAY]);
        assert_eq!(total(&stats, "words")["answers"], 0);
        session.end();
    }
}

#[test]
fn a_and_x_change_nothing_for_an_answer_that_is_no_slip() {
    let cli = CliFixture::with_deck("words.ron", WORDS);
    let mut session = cli.study(&["words", "--at", MONDAY]);
    assert!(session.send("linchpin").contains("✓ Right\n"), "{}", session.screen);
    for line in ["a", "x"] {
        assert!(session.send(line).contains("Enter goes on"), "{}", session.screen);
    }
    session.end();
}

#[test]
fn the_main_answer_and_all_others_are_printed_whatever_was_typed() {
    let cli = CliFixture::with_deck("words.ron", WORDS);
    let mut session = cli.study(&["words", "--at", MONDAY]);
    for (typed, accepts) in [("wheel pin", false), ("axle", false), (":x", false), ("axle nail", true)] {
        session.send(typed);
        if accepts {
            session.send("a");
            session.send(":u");
            session.send(":u");
            continue;
        }
        let screen = session.screen.clone();
        assert!(screen.contains("  Right answer: linchpin\n"), "{screen}");
        let other = if typed == "wheel pin" { "You typed" } else { "Also accepted" };
        assert!(screen.contains(&format!("  {other}: wheel pin\n")), "{screen}");
        session.send(":u");
    }
    session.send(":x");
    session.send("");
    session.send("pact");
    session.send("signatrue");
    let screen = &session.screen;
    assert!(screen.contains("  ✓ 1  treaty (typed: pact)"), "{screen}");
    assert!(screen.contains("  ≈ 2  signat[ur]e (typed: signat[ru]e)"), "{screen}");
    session.end();
}

#[test]
fn the_verdict_says_why_a_confusable_word_is_another_one() {
    let cli = CliFixture::with_deck("words.ron", WORDS);
    let mut session = cli.study(&["words", "--at", MONDAY]);
    while !session.screen.contains("Which nerves") {
        session.send(":b");
    }
    assert!(session.send("efferent").contains("✗ Wrong\n"), "{}", session.screen);
    assert!(session.screen.contains("  Efferent nerves lead away from it.\n"), "{}", session.screen);
    session.end();
}

#[test]
fn answers_of_a_clock_that_was_ahead_are_told_and_counted_as_given_today() {
    let cli = CliFixture::with_every_kind();
    let mut session = cli.study(&["every-kind", "--at", "2036-11-23T10:00"]);
    let (answered, _) = answer_all(&mut session, |_| false);
    session.end();

    let mut session = cli.study(&["every-kind", "--at", MONDAY]);
    let told = session.screen.split_whitespace().collect::<Vec<_>>().join(" ");
    let newest = "carry a date in the future (newest: 23 November 2036).";
    assert!(told.contains(&format!("{answered} answers {newest}")), "{told}");
    assert!(told.contains("If today is not 23 November 2026, set the clock first. Type :today"), "{told}");
    assert!(session.is_asking(), "without that too the cards are asked");
    let said = session.send(":today").to_owned();
    assert!(said.contains(&format!("{answered} answers counted as given today. :u to undo.")), "{said}");
    session.end();

    let session = cli.study(&["every-kind", "--at", MONDAY]);
    assert!(!session.screen.contains("in the future"), "{}", session.screen);
    assert!(!session.is_asking(), "{}", session.screen);
    session.end();
    assert_eq!(total(&cli.json(&["stats", "--json", "--at", MONDAY]), "every-kind")["due"], 0);
}
