//! Texts of the screen Today.

use super::scores::{known_of_seen, seen_but_not_known};
use super::words::{count, percent};
use crate::domain::deck::Deck;
use crate::domain::question::{Answer, TypedAnswer};
use crate::domain::score::Score;

/// "3 cards are due tomorrow."
pub fn comes_back_tomorrow(cards: usize) -> String {
    match cards {
        0 => "Nothing is due tomorrow.".to_owned(),
        1 => "1 card is due tomorrow.".to_owned(),
        cards => format!("{cards} cards are due tomorrow."),
    }
}

/// "95 questions in 8 topics · E-International Relations".
pub fn deck_summary(deck: &Deck) -> String {
    let mut summary =
        format!("{} in {}", count(deck.questions.len(), "question"), count(deck.topics.len(), "topic"));
    if deck.language.as_deref().is_some_and(|language| !is_english(language)) {
        let examples: Vec<&str> = deck
            .questions
            .iter()
            .filter_map(|question| match &question.answer {
                Answer::Typed(TypedAnswer { accepted, .. }) => accepted.first().map(String::as_str),
                _ => None,
            })
            .take(3)
            .collect();
        let cards = deck.questions.iter().map(|question| question.each_facet().count()).sum();
        return format!("{} · {}", examples.join(" · "), count(cards, "card"));
    }
    if let Some(publisher) = deck.source.as_ref().and_then(|source| source.publisher.as_ref()) {
        summary.push_str(" · ");
        summary.push_str(publisher);
    }
    summary
}

fn is_english(language: &str) -> bool {
    language.split(['-', '_']).next().is_some_and(|first| first.eq_ignore_ascii_case("en"))
}

// The heading.

/// The title without any deck.
pub const NO_DECK: &str = "No deck to study";
/// The title before anything was studied.
pub const WELCOME: &str = "Read it once, keep it";
/// The title when a backlog has gathered.
pub const WELCOME_BACK: &str = "Welcome back";
/// The title when nothing is left today.
pub const DONE: &str = "Done for today";

/// What to do without any deck; `folder` is that of the learner's decks.
pub fn put_a_deck_into(folder: &str) -> String {
    format!("Put a deck file in {folder}.")
}

/// What to begin with before anything was studied.
pub fn first_session(new_cards: usize, minutes: u32) -> String {
    format!(
        "Read the article first, or start right away: {} today, {}",
        count(new_cards, "new card"),
        about_minutes(minutes).to_lowercase()
    )
}

/// How long the cards of today take.
pub fn about_minutes(minutes: u32) -> String {
    match minutes {
        0 | 1 => "About a minute.".to_owned(),
        minutes => format!("About {minutes} minutes."),
    }
}

/// How many cards are put off, and by what; empty for none.
pub fn postponed(cards: usize, by_daily_time: bool) -> String {
    match cards {
        0 => String::new(),
        cards if by_daily_time => format!("{cards} more can wait: they go beyond your daily limit."),
        cards => format!("{cards} more can wait: your exam plan spreads them out."),
    }
}

/// Why a session of the most valuable cards is offered.
pub fn backlog(cards: usize) -> String {
    format!("Cards have piled up. You don’t have to do them all today: the first {cards} help most.")
}

/// The title that counts what is to do; one of the numbers is not 0.
pub fn cards_today(to_review: usize, to_learn: usize) -> String {
    match (to_review, to_learn) {
        (0, learn) => format!("{learn} new"),
        (review, 0) => format!("{review} to review"),
        (review, learn) => format!("{review} to review, {learn} new"),
    }
}

/// When the only card, which is being learned, comes back; `when` is such as "in 8 min".
pub fn next_card(when: &str) -> String {
    format!("Next card {when}.")
}

/// What is known of the cards seen, in sentences; empty where nothing was seen.
pub fn known(score: &Score) -> String {
    known_of_seen(score).map_or_else(String::new, |known| {
        format!("{known}. {}", seen_but_not_known(score)).trim_end().to_owned()
    })
}

// The buttons.

/// Starts the session of a learner with a backlog.
pub fn start_with_most_valuable(cards: usize) -> String {
    format!("Start with the {cards} that matter most")
}

/// Starts the first session of all.
pub fn start_with(cards: usize) -> String {
    format!("Start with {cards}")
}

/// Starts all cards of today, where the primary button starts those that fit into the daily time.
pub const WITH_NEW_CARDS: &str = "Include new cards";
/// Starts all cards of today, where the primary button starts fewer.
pub const ALL_CARDS: &str = "Study all";
/// Opens the source of the first deck.
pub const READ_SOURCE: &str = "Read the article";
/// Opens the page of the exam that is today or tomorrow.
pub const EXAM_DETAILS: &str = "Exam details";

/// The button that continues a paused test; `label` is that of its command.
pub fn continue_test(label: &str, answered: usize, questions: usize) -> String {
    format!("{label} ({answered} of {questions} answered)")
}

// The decks.

/// The heading of the list of decks.
pub const DECKS: &str = "Decks";
/// The link below the decks.
pub const ADD_DECKS: &str = "Add your own decks";
/// The unit below a deck's number of due cards.
pub const DUE: &str = "due";
/// The unit below a deck's number of new cards.
pub const NEW: &str = "new";

/// What the ring of a deck shows; `share` is from 0 to 1.
pub fn mastered(share: f64) -> String {
    format!("{} mastered", percent(share))
}

/// A deck's row, for screen readers.
pub fn study_deck(title: &str, due: usize, new: usize) -> String {
    format!("Study {title}: {due} due, {new} new")
}

// The topic that needs most.

/// The heading of a topic whose cards are being learned.
pub const WEAKEST_TOPIC: &str = "Weakest topic";
/// The heading of a topic whose recall falls.
pub const FADING_TOPIC: &str = "Fading";

/// How a topic's recall falls; shares are from 0 to 1.
pub fn fading(cards: usize, recall_now: f64, recall_tomorrow: f64) -> String {
    let (now, tomorrow) = (percent(recall_now), percent(recall_tomorrow));
    format!("{} · recall {now} now, {tomorrow} tomorrow", count(cards, "card"))
}

/// What the bar beside a topic shows, for screen readers.
pub fn recall_of(topic: &str) -> String {
    format!("Recall of {topic}")
}
