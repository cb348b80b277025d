//! A written deck parses back to the same deck.

use linchpin::formats::ron_deck::{parse, write};
use linchpin::library::SHIPPED;

#[test]
fn a_written_shipped_deck_parses_to_the_same_deck() {
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
