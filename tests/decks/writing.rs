//! What is written as a deck reads back as the same deck.

use linchpin::formats::ron_deck::{parse, write};
use linchpin::library::SHIPPED;

#[test]
fn shipped_decks_written_anew_read_as_they_were() {
    for (name, text) in SHIPPED {
        let deck = parse(text).deck.expect("a deck");
        let written = write::deck(&deck);
        let again = parse(&written);
        assert!(again.diagnostics.is_empty(), "{name}: {:?}", again.diagnostics);
        let again = again.deck.expect("a deck");
        assert_eq!(again.questions, deck.questions, "{name}");
        assert_eq!((again.id, again.title, again.topics), (deck.id, deck.title, deck.topics));
        assert_eq!((again.description, again.source), (deck.description, deck.source));
    }
}
