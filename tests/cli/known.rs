//! `stats` and `decks` count no card that is still being learned as known.

use crate::fixtures::{CliFixture, MONDAY, total};

const ALLIANCE: &str = "rok-us-alliance";

#[test]
fn stats_and_decks_count_nothing_as_known_after_six_failures_out_of_six() {
    let cli = CliFixture::new();
    let mut session = cli.study(&[ALLIANCE, "--at", MONDAY]);
    for _ in 0..6 {
        session.send(":x");
        if session.screen.contains("How well did you know it") {
            session.send("1");
        } else {
            session.send("");
        }
    }
    assert_eq!(session.end().code, 0);

    let stats = cli.json(&["stats", "--json", "--at", MONDAY]);
    let all = total(&stats, ALLIANCE);
    assert_eq!((&all["seen"], &all["right"]), (&6.into(), &0.into()));
    assert_eq!(
        (&all["known"], &all["being_learned"], &all["recall_now"]),
        (&0.into(), &6.into(), &0.0.into())
    );
    assert_eq!(stats["recall"][0]["cards"], 6);
    let deck = stats["decks"].as_array().unwrap().iter().find(|deck| deck["id"] == ALLIANCE).unwrap();
    for part in ["topics", "passages"] {
        for it in deck[part].as_array().unwrap() {
            assert!(it["recall_now"].is_null() || it["recall_now"] == 0.0, "{it}");
            assert_eq!(it["known"], 0, "{it}");
        }
    }

    let decks = cli.json(&["decks", "--json", "--at", MONDAY]);
    let deck = decks["decks"].as_array().unwrap().iter().find(|deck| deck["id"] == ALLIANCE).unwrap();
    assert_eq!((&deck["seen"], &deck["known"], &deck["being_learned"]), (&6.into(), &0.into(), &6.into()));
    for command in ["stats", "decks"] {
        let run = cli.run(&[command, "--at", MONDAY]);
        assert!(run.out.contains("0 known, 6 being learned, of 6 seen"), "{}", run.out);
    }
}
