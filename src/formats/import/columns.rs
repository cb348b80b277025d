//! The roles of a table's columns, and guesses at them.

use super::anki::ImportHeader;

/// What the cells of a column are used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ColumnRole {
    /// The question's prompt.
    Prompt,
    /// The answer.
    Answer,
    /// The name of the topic.
    Topic,
    /// Tags, separated by commas or semicolons, or else by spaces.
    Tags,
    /// The explanation, shown with the verdict.
    Explanation,
    /// The hint, shown on request.
    Hint,
    /// The question's id, under which its progress is stored.
    Id,
    /// The answer kind by name, or Anki's note type.
    Kind,
    /// Not imported.
    Ignore,
}

impl ColumnRole {
    /// All roles, in the order of the documentation.
    pub const ALL: [ColumnRole; 9] = [
        ColumnRole::Prompt,
        ColumnRole::Answer,
        ColumnRole::Topic,
        ColumnRole::Tags,
        ColumnRole::Explanation,
        ColumnRole::Hint,
        ColumnRole::Id,
        ColumnRole::Kind,
        ColumnRole::Ignore,
    ];

    /// The name used on the command line and in exported tables.
    pub fn name(self) -> &'static str {
        match self {
            ColumnRole::Prompt => "prompt",
            ColumnRole::Answer => "answer",
            ColumnRole::Topic => "topic",
            ColumnRole::Tags => "tags",
            ColumnRole::Explanation => "explanation",
            ColumnRole::Hint => "hint",
            ColumnRole::Id => "id",
            ColumnRole::Kind => "kind",
            ColumnRole::Ignore => "ignore",
        }
    }

    /// The role with this name; see [`ColumnRole::name`].
    pub fn from_name(name: &str) -> Option<ColumnRole> {
        ColumnRole::ALL.into_iter().find(|role| role.name() == name)
    }

    /// The role that a column heading suggests, in English or Korean.
    fn from_heading(heading: &str) -> Option<ColumnRole> {
        let heading = heading.trim().to_lowercase();
        Some(match heading.as_str() {
            "prompt" | "front" | "question" | "questions" | "q" | "term" | "word" | "text" | "앞면"
            | "질문" | "문제" | "용어" | "단어" => ColumnRole::Prompt,
            "answer" | "answers" | "back" | "a" | "definition" | "meaning" | "translation" | "뒷면"
            | "답" | "정답" | "뜻" | "정의" | "의미" => ColumnRole::Answer,
            "topic" | "chapter" | "unit" | "category" | "section" | "deck" | "주제" | "단원" | "분류" => {
                ColumnRole::Topic
            }
            "tag" | "tags" | "label" | "labels" | "태그" => ColumnRole::Tags,
            "explanation" | "explain" | "extra" | "back extra" | "note" | "notes" | "comment" | "설명"
            | "해설" | "비고" => ColumnRole::Explanation,
            "hint" | "힌트" => ColumnRole::Hint,
            "id" | "guid" | "key" => ColumnRole::Id,
            "kind" | "type" | "notetype" | "note type" => ColumnRole::Kind,
            _ => return None,
        })
    }
}

/// Language names, as headings of word lists. They mark a heading row, but say nothing about the role: the order of
/// the columns decides which one is the prompt.
const LANGUAGES: [&str; 20] = [
    "english",
    "korean",
    "japanese",
    "chinese",
    "french",
    "german",
    "spanish",
    "italian",
    "russian",
    "latin",
    "영어",
    "한국어",
    "일본어",
    "중국어",
    "프랑스어",
    "독일어",
    "스페인어",
    "deutsch",
    "français",
    "español",
];

/// Whether a row contains column headings: at least two different roles, one of them prompt or answer; or nothing but
/// headings, at least one of which is a language.
pub(super) fn is_heading_row(cells: &[impl AsRef<str>]) -> bool {
    let roles: Vec<ColumnRole> =
        cells.iter().filter_map(|cell| ColumnRole::from_heading(cell.as_ref())).collect();
    let is_language = |cell: &str| LANGUAGES.contains(&cell.trim().to_lowercase().as_str());
    let languages = cells.iter().filter(|cell| is_language(cell.as_ref())).count();
    if languages > 0 && cells.len() > 1 && languages + roles.len() == cells.len() {
        return true;
    }
    let roles_differ = roles.iter().any(|role| *role != roles[0]);
    let has_question = roles.contains(&ColumnRole::Prompt) || roles.contains(&ColumnRole::Answer);
    has_question && roles_differ
}

/// Guesses the role of each of `count` columns from the header, the headings and some of the first rows.
pub(super) fn guess_roles(
    header: &ImportHeader,
    headings: &[String],
    rows: &[Vec<String>],
    count: usize,
) -> Vec<ColumnRole> {
    let mut roles: Vec<Option<ColumnRole>> = vec![None; count];
    let is_free = |roles: &[Option<ColumnRole>], role| !roles.contains(&Some(role));
    for (at, role) in &header.roles {
        if let Some(assigned) = roles.get_mut(*at) {
            *assigned = Some(*role);
        }
    }
    for (at, heading) in headings.iter().enumerate().take(count) {
        let role = ColumnRole::from_heading(heading).filter(|role| is_free(&roles, *role));
        if let (None, Some(role)) = (roles[at], role) {
            roles[at] = Some(role);
        }
    }
    let cells = |at: usize| rows.iter().filter_map(move |row| row.get(at)).map(|cell| cell.trim());
    let is_used = |at: usize| rows.is_empty() || cells(at).any(|cell| !cell.is_empty());
    for role in [ColumnRole::Prompt, ColumnRole::Answer] {
        if is_free(&roles, role)
            && let Some(at) = (0..count).find(|at| roles[*at].is_none() && is_used(*at))
        {
            roles[at] = Some(role);
        }
    }
    // If there are headings and none was recognized, a third column may be anything and stays ignored.
    if headings.is_empty() && is_free(&roles, ColumnRole::Explanation) {
        let third = (0..count).find(|at| roles[*at].is_none() && is_used(*at));
        if let Some(at) = third {
            let mut distinct: Vec<&str> = cells(at).collect();
            distinct.sort_unstable();
            distinct.dedup();
            let repeats =
                distinct.len() * 2 <= rows.len() && cells(at).all(|cell| cell.chars().count() <= 60);
            let is_topic = repeats && is_free(&roles, ColumnRole::Topic);
            roles[at] = Some(if is_topic { ColumnRole::Topic } else { ColumnRole::Explanation });
        }
    }
    roles.into_iter().map(|role| role.unwrap_or(ColumnRole::Ignore)).collect()
}
