//! Texts of the editor of a question: the fields of each kind, what is wrong with them, the preview.

use crate::domain::question::Kind;

// The page

/// The title for a question of a built-in deck.
pub const READ_ONLY_TITLE: &str = "Question";
/// The title for a question that is there.
pub const EDIT_TITLE: &str = "Edit question";
/// The title for one that is not saved yet.
pub const NEW_TITLE: &str = "New question";
/// The title while the deck's file is missing, and what that means for what was written.
pub const FILE_GONE: &str = "This deck’s file is missing";
/// Below [`FILE_GONE`].
pub const FILE_GONE_HELP: &str = "What you wrote is kept here. The form comes back when the file does.";
/// Above both versions of a question.
pub const CONFLICT: &str = "This question was also changed in the file";
/// The version in the file.
pub const THEIRS: &str = "In the file";
/// The version in the form.
pub const MINE: &str = "Yours";
/// Instead of the version in the form, while something is missing in it.
pub const NOT_FINISHED: &str = "(not finished yet)";
/// Above the preview.
pub const PREVIEW: &str = "Preview: try it";
/// Instead of the preview.
pub const NO_PREVIEW: &str = "The question appears here once it has a prompt and an answer.";
/// Answers the preview again.
pub const TRY_AGAIN: &str = "Try again";

// The fields of every kind

/// The menu of kinds.
pub const KIND: &str = "Kind of question";
/// The menu of topics.
pub const TOPIC: &str = "Topic";
/// The field of the prompt.
pub const PROMPT: &str = "Question";
/// The field of the explanation.
pub const EXPLANATION: &str = "Explanation, shown after the answer";
/// The link to the fields that are seldom needed.
pub const MORE_FIELDS: &str = "More fields: hint, tags, picture, ID, passages";
/// The link that hides them.
pub const FEWER_FIELDS: &str = "Fewer fields";
/// The words that are easily confused with the answer.
pub const CONFUSABLE: &str = "Easily confused with (never accepted as a slip)";
/// Why such a word is not the answer.
pub const WHY_DIFFERENT: &str = "why it is not the answer (optional)";
/// The field of the hint.
pub const HINT: &str = "Hint, shown on request";
/// The field of the tags.
pub const TAGS: &str = "Tags, separated by commas";
/// The field of the picture's file.
pub const IMAGE: &str = "Picture: a file next to the deck’s, or drop one here";
/// In that field while it is empty.
pub const IMAGE_EXAMPLE: &str = "such as map.png";
/// Chooses the file.
pub const CHOOSE: &str = "Choose…";
/// The field of the picture's description.
pub const IMAGE_DESCRIPTION: &str = "What the picture shows, for people who can’t see it";
/// The field of the id.
pub const ID: &str = "ID (keeps your progress when you reword the question)";
/// In that field while it is empty.
pub const ID_FROM_PROMPT: &str = "made from the question";
/// Above the passages of the source.
pub const PASSAGES: &str = "Passages it comes from";

/// In the empty field of the prompt.
pub fn prompt_hint(kind: Kind) -> &'static str {
    if kind == Kind::Cloze { "The treaty was signed in {{1953}}." } else { "What is asked" }
}

/// A passage of the source; `number` counts from 1.
pub fn passage(number: usize, gist: &str) -> String {
    format!("{number}. {gist}")
}

/// A field of a list, for screen readers; `number` counts from 1.
pub fn field_number(list: &str, number: usize) -> String {
    format!("{list}, {number}")
}

/// Moves an item of a list; `number` counts from 1.
pub fn move_up(number: usize) -> String {
    format!("Move item {number} up")
}

/// Moves an item of a list; `number` counts from 1.
pub fn move_down(number: usize) -> String {
    format!("Move item {number} down")
}

/// What a kind asks for, below its name in the menu.
pub fn kind_help(kind: Kind) -> &'static str {
    match kind {
        Kind::Recall => "Think of the answer, then grade yourself.",
        Kind::Typed => "A word or a phrase; small slips are forgiven.",
        Kind::Number => "A number or a year, exact or approximate.",
        Kind::Date => "A calendar date.",
        Kind::Bool => "Is the sentence true?",
        Kind::Choice => "Pick the one right option.",
        Kind::Choices => "Pick every right option.",
        Kind::Cloze => "Fill the gaps in a sentence: {{answer}}.",
        Kind::Order => "Put things in order.",
        Kind::Match => "Find what belongs together.",
        Kind::Sort => "Sort things into groups.",
    }
}

// The answer: a field or a list of each kind, and what stands in it while it is empty

/// Recall.
pub const ANSWER: &str = "Answer";
/// Recall: whether there is a reverse card.
pub const BOTH_WAYS: &str = "Also ask it the other way round";
/// Recall.
pub const REVERSE_PROMPT: &str = "Prompt for the other way round";
/// In [`REVERSE_PROMPT`].
pub const REVERSE_PROMPT_EMPTY: &str = "if empty, the answer";
/// Typed.
pub const ACCEPTED: &str = "Accepted answers (the first is shown)";
/// Typed.
pub const STRICT: &str = "Spelling must be exact";
/// Typed: the answers of the reverse card.
pub const ALSO_REVERSE: &str = "Accepted answers the other way round (makes a second card)";
/// Typed.
pub const READING: &str = "Pronunciation of the answer";
/// In [`READING`].
pub const READING_EXAMPLE: &str = "such as a romanisation";
/// Number.
pub const NUMBER: &str = "Number";
/// In [`NUMBER`].
pub const NUMBER_EXAMPLE: &str = "such as 1953 or 3.5";
/// Number.
pub const WITHIN: &str = "How far off still counts as right";
/// Number.
pub const UNIT: &str = "Unit, shown after the field";
/// In [`UNIT`].
pub const UNIT_EXAMPLE: &str = "such as km (optional)";
/// Date.
pub const DATE: &str = "Date";
/// In [`DATE`].
pub const DATE_EXAMPLE: &str = "such as 1953-07-27";
/// Date.
pub const WITHIN_DAYS: &str = "How many days off still count as right";
/// Bool: above True and False.
pub const THE_SENTENCE_IS: &str = "The sentence is";
/// Choice.
pub const RIGHT_OPTION: &str = "Right option";
/// Choices.
pub const RIGHT_OPTIONS: &str = "Right options";
/// Choice and Choices.
pub const WRONG_OPTIONS: &str = "Wrong options";
/// Beside each of [`WRONG_OPTIONS`].
pub const WHY_WRONG: &str = "why it is wrong (optional)";
/// Choice: the accepted answers once the card is learned.
pub const TYPED_LATER: &str = "Once learned, ask for it typed: accepted answers (optional)";
/// Cloze.
pub const CLOZE_HELP: &str = "Put the answer in double braces in the question: “The treaty was signed in {{1953}}.” \
    {{answer|other}} accepts either, {{answer::hint}} shows a hint in the gap, and names, as in {{a:answer}}, make a \
    card for each name.";
/// Cloze.
pub const ANY_ORDER: &str = "Accept the gaps in any order";
/// Order.
pub const ITEMS: &str = "Items in the right order";
/// Beside each of [`ITEMS`].
pub const NOTE: &str = "note, shown after the answer (optional)";
/// Match.
pub const PAIRS: &str = "Pairs";
/// Beside each of [`PAIRS`].
pub const PARTNER: &str = "its match";
/// Sort: in the field of a group.
pub const GROUP_NAME: &str = "name";
/// Sort.
pub const GROUP_ITEMS: &str = "Items in this group";

/// Typed: one of several answers.
pub fn reading_of(word: &str) -> String {
    format!("Pronunciation of “{word}”")
}

/// Sort: `number` counts from 1.
pub fn group(number: usize) -> String {
    format!("Group {number}")
}

/// What is missing or wrong, below the field that it is about.
pub mod problem {
    /// Without a prompt.
    pub const NO_PROMPT: &str = "Enter the question.";
    /// Without a topic.
    pub const NO_TOPIC: &str = "Choose a topic.";
    /// The id cannot be used.
    pub const BAD_ID: &str = "An ID can’t contain spaces or a /.";
    /// Recall.
    pub const NO_ANSWER: &str = "Enter the answer.";
    /// Typed.
    pub const NOTHING_ACCEPTED: &str = "Enter at least one accepted answer.";
    /// Number.
    pub const NO_NUMBER: &str = "Enter the number, such as 1953 or 3.5.";
    /// Number: the text is no number.
    pub const BAD_WITHIN: &str = "Enter how far off it may be as a number, such as 2.";
    /// Number.
    pub const NEGATIVE_WITHIN: &str = "How far off it may be can’t be negative.";
    /// Number: the text can be read in two ways.
    pub const TWO_NUMBERS: &str = "This could be two numbers: write 1500 without a separator, or 1.5.";
    /// Date.
    pub const NO_DATE: &str = "Enter the date as year-month-day, such as 1953-07-27.";
    /// Date: the text is no number.
    pub const BAD_WITHIN_DAYS: &str = "Enter how many days off it may be as a whole number.";
    /// Choice.
    pub const SEVERAL_RIGHT: &str =
        "Only one option can be right here; for several, choose “Multiple answers”.";
    /// Choice and Choices.
    pub const NOTHING_RIGHT: &str = "Enter what is right.";
    /// Choice and Choices.
    pub const NOTHING_WRONG: &str = "Add at least one wrong option.";
    /// Cloze.
    pub const NO_GAP: &str =
        "Put the answer in double braces in the question: The treaty was signed in {{1953}}.";
    /// Cloze.
    pub const UNCLOSED_GAP: &str = "A gap starts with {{ and never ends: add }}.";
    /// Cloze.
    pub const EMPTY_GAP: &str = "A gap is empty: put its answer between {{ and }}.";
    /// Order.
    pub const FEW_ITEMS: &str = "Add at least two items, in the right order.";
    /// Match.
    pub const HALF_PAIR: &str = "Every pair needs both sides.";
    /// Match.
    pub const FEW_PAIRS: &str = "Add at least two pairs.";
    /// Sort.
    pub const FEW_GROUPS: &str = "Name at least two groups.";
    /// Sort.
    pub const NAMELESS_GROUP: &str = "A group has items but no name.";
    /// Sort.
    pub const NO_GROUP_ITEMS: &str = "Add items to the groups.";
}
