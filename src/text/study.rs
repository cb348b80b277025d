//! Texts of studying: the card, its verdict, sessions.

/// The commands, as buttons, the command palette and the terminal call them.
pub mod commands {
    use crate::text::CommandText;

    /// Starts a session of all decks.
    pub const START: CommandText =
        CommandText::new("Start studying", "Due cards and today's new ones, of every deck.")
            .synonyms(&["review", "learn", "session"]);
    /// Starts a session of one deck or topic.
    pub const START_SOME: CommandText = CommandText::new("Study", "Due cards and today's new ones.")
        .synonyms(&["review", "learn", "session"]);
    /// Starts a session of the most valuable cards.
    pub const START_MOST_VALUABLE: CommandText =
        CommandText::new("Start with what matters most", "The due cards that you gain most from.")
            .synonyms(&["study", "review", "backlog"]);
    /// Starts a session of the weakest cards of an exam.
    pub const START_WEAKEST: CommandText = CommandText::new(
        "Go through the weakest once more",
        "What you know least of the exam, weakest first, due or not.",
    )
    .synonyms(&["study", "cram"]);
    /// Starts a session of cards that need not be due.
    pub const START_AHEAD: CommandText =
        CommandText::new("Study these", "Its cards, due or not.").synonyms(&["review", "cram", "ahead"]);
    /// Starts a session of new cards beyond the daily number.
    pub const START_EXTRA_NEW: CommandText =
        CommandText::new("Learn 10 more", "New cards beyond today's number.")
            .synonyms(&["new cards", "extra"]);
    /// Starts a session that is not scheduled.
    pub const START_PRACTICE: CommandText =
        CommandText::new("Practise without scheduling", "Anything seen so far; the schedule stays as it is.")
            .synonyms(&["practice", "cram"]);
    /// Ends the session.
    pub const END_SESSION: CommandText = CommandText::new("End session", "Every answer is kept.")
        .synonyms(&["stop", "leave", "quit"])
        .in_terminal("So does Ctrl+D; every answer is kept.");
    /// Submits the answer.
    pub const CHECK: CommandText =
        CommandText::new("Check", "Gives the answer.").synonyms(&["submit", "answer"]);
    /// Shows the answer of a card to recall.
    pub const SHOW_ANSWER: CommandText =
        CommandText::new("Show answer", "Shows what is right.").synonyms(&["reveal", "flip"]);
    /// Gives the card up.
    pub const GIVE_UP: CommandText =
        CommandText::new("I don’t know", "Shows the answer; the card comes back soon.").synonyms(&[
            "give up",
            "i don't know",
            "skip",
        ]);
    /// Goes on with the proposed rating.
    pub const CONTINUE: CommandText =
        CommandText::new("Continue", "On to the next card.").synonyms(&["next", "go on"]);
    /// Rates an answer Again.
    pub const AGAIN: CommandText =
        CommandText::new("Again", "Forgotten: it comes back soon.").synonyms(&["rate", "forgot", "wrong"]);
    /// Rates an answer Hard.
    pub const HARD: CommandText = CommandText::new("Hard", "Recalled with trouble.").synonyms(&["rate"]);
    /// Rates an answer Good.
    pub const GOOD: CommandText = CommandText::new("Good", "Recalled.").synonyms(&["rate"]);
    /// Rates an answer Easy.
    pub const EASY: CommandText = CommandText::new("Easy", "Recalled at once.").synonyms(&["rate"]);
    /// Says before the verdict that the learner is sure.
    pub const SURE: CommandText =
        CommandText::new("Sure", "Says before the verdict how sure you are.").synonyms(&["confidence"]);
    /// Says before the verdict that the learner thinks so.
    pub const THINK_SO: CommandText =
        CommandText::new("Think so", "Says before the verdict how sure you are.").synonyms(&["confidence"]);
    /// Says before the verdict that the answer is a guess.
    pub const GUESS: CommandText =
        CommandText::new("Guess", "Says so before the verdict; a right guess comes back soon.")
            .synonyms(&["confidence"]);
    /// Says after the verdict that the answer was a guess.
    pub const MARK_GUESSED: CommandText =
        CommandText::new("I guessed", "A right answer that was a guess comes back soon.");
    /// Makes the deck accept the answer.
    pub const ACCEPT_ANSWER: CommandText =
        CommandText::new("Accept my answer", "It counts as right, and your deck accepts it from now on.")
            .synonyms(&["right", "also correct"]);
    /// Resolves a slip as meant.
    pub const ACCEPT_SLIP: CommandText =
        CommandText::new("That is what I meant", "A slip of the fingers: it counts as right.")
            .synonyms(&["typo", "right"]);
    /// Resolves a slip as not meant.
    pub const REJECT_SLIP: CommandText =
        CommandText::new("I didn’t know it", "It counts as wrong, and the card comes back soon.")
            .synonyms(&["i didn't know it", "wrong"]);
    /// Shows the hint.
    pub const SHOW_HINT: CommandText =
        CommandText::new("Hint", "Shows the author's hint.").synonyms(&["help", "clue"]);
    /// Shows or hides the explanation of the interval.
    pub const TOGGLE_REASON: CommandText =
        CommandText::new("Why this interval?", "The figures behind the next date.")
            .synonyms(&["schedule", "explain"]);
    /// Suspends the card.
    pub const SUSPEND: CommandText = CommandText::new("Suspend", "Never asks this card until resumed.")
        .synonyms(&["hide", "disable", "never ask"]);
    /// Buries the card.
    pub const BURY: CommandText =
        CommandText::new("Bury", "Asks this card tomorrow.").synonyms(&["postpone", "tomorrow", "skip"]);
    /// Resumes the suspended cards of a deck.
    pub const RESUME_ALL: CommandText =
        CommandText::new("Resume them", "Asks the suspended cards of this deck again.")
            .synonyms(&["unsuspend"]);
    /// Suspends chosen cards.
    pub const SUSPEND_CARDS: CommandText =
        CommandText::new("Suspend", "Never asks these cards until resumed.").synonyms(&["hide", "disable"]);
    /// Resumes chosen cards.
    pub const RESUME_CARDS: CommandText =
        CommandText::new("Resume", "Asks these cards again.").synonyms(&["unsuspend"]);
    /// Makes chosen cards new.
    pub const RESET_CARDS: CommandText =
        CommandText::new("Reset progress", "Makes these cards new; their answers stay in the log.")
            .synonyms(&["forget"]);
}
