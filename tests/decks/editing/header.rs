//! Title, description and topics.

use indexmap::IndexMap;
use linchpin::formats::ron_deck::edit::{
    EditError, insert_questions, rename_topic_key, set_description, set_title, set_topics,
};
use proptest::prelude::*;

use super::messy::{DeckGenerator, TOPICS};
use super::{cases, checked, notes, questions_of, sound};

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn an_edit_of_title_or_description_changes_nothing_else(seed in any::<u64>()) {
        let mut generator = DeckGenerator::new(seed);
        let text = generator.deck();
        let deck = sound(&text);
        let title = generator.text();
        let edit = set_title(&text, &deck, &title).expect("an edit");
        let (text, deck) = checked(&text, &deck, &edit);
        prop_assert_eq!(&deck.title, &title);
        let all = notes(&text);
        let words = generator.text();
        let edit = set_description(&text, &deck, Some(&words)).expect("an edit");
        let (with, deck) = checked(&text, &deck, &edit);
        prop_assert_eq!(deck.description.as_deref(), Some(words.as_str()));
        let edit = set_description(&with, &deck, None).expect("an edit");
        let (without, deck) = checked(&with, &deck, &edit);
        prop_assert_eq!(deck.description, None);
        prop_assert_eq!(notes(&without), all, "{}\n------\n{}", text, without);
    }

    #[test]
    fn topics_are_added_renamed_reordered_and_removed(seed in any::<u64>()) {
        let mut generator = DeckGenerator::new(seed);
        let text = generator.deck();
        let deck = sound(&text);
        let mut topics = deck.topics.clone();
        for _ in 0..1 + generator.below(3) {
            match generator.below(4) {
                0 => {
                    let key = generator.text();
                    topics.insert(key, generator.text());
                }
                1 => topics[generator.below(3)] = generator.text(),
                2 => topics.reverse(),
                _ => { topics.shift_remove("unused"); }
            }
        }
        let edit = set_topics(&text, &deck, &topics).expect("an edit");
        let (after, changed) = checked(&text, &deck, &edit);
        prop_assert!(changed.topics.iter().eq(topics.iter()), "{}", after);
        prop_assert_eq!(questions_of(&changed), questions_of(&deck));
    }

    #[test]
    fn a_topic_key_is_renamed_everywhere(seed in any::<u64>()) {
        let mut generator = DeckGenerator::new(seed);
        let text = generator.deck();
        let deck = sound(&text);
        let key = TOPICS[generator.below(3)];
        let edit = rename_topic_key(&text, &deck, key, "새 주제").expect("an edit");
        let (after, changed) = checked(&text, &deck, &edit);
        prop_assert_eq!(changed.topics.get_index_of("새 주제"), deck.topics.get_index_of(key));
        let mut expected = questions_of(&deck);
        expected.iter_mut().filter(|it| it.topic == key).for_each(|it| it.topic = "새 주제".to_owned());
        prop_assert_eq!(questions_of(&changed), expected);
        prop_assert_eq!(notes(&text), notes(&after));
        let taken = rename_topic_key(&text, &deck, key, "unused");
        prop_assert_eq!(taken, Err(EditError::DuplicateTopicKey("unused".to_owned())));
    }

    #[test]
    fn questions_are_inserted_into_a_deck_without_any(seed in any::<u64>()) {
        let mut generator = DeckGenerator::new(seed);
        let text = generator.deck_of(&[]);
        let deck = sound(&text);
        let new = [generator.question(), generator.question()];
        let edit = insert_questions(&text, &deck, 0, &new).unwrap_or_else(|error| panic!("{error:?}\n{text}"));
        let (after, changed) = checked(&text, &deck, &edit);
        prop_assert_eq!(questions_of(&changed), new.to_vec(), "{}", after);
        prop_assert_eq!(notes(&text), notes(&after));
    }
}

#[test]
fn a_topic_with_questions_cannot_be_removed() {
    let text = DeckGenerator::new(5).deck();
    let deck = sound(&text);
    let topics: IndexMap<String, String> = [("other".to_owned(), "Other".to_owned())].into_iter().collect();
    assert!(matches!(set_topics(&text, &deck, &topics), Err(EditError::TopicInUse(_))));
    let mut topics = deck.topics.clone();
    topics.insert(" ".to_owned(), "Nothing".to_owned());
    assert_eq!(set_topics(&text, &deck, &topics), Err(EditError::Empty("a topic")));
    assert_eq!(deck.topics.len(), TOPICS.len());
}
