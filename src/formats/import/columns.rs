//! What the columns of a table hold.

use super::anki::ImportHeader;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ColumnRole {
    /// What is asked.
    Prompt,
    /// What answers it.
    Answer,
    /// The topic, by its name.
    Topic,
    /// Tags, parted by spaces, commas or semicolons.
    Tags,
    /// Shown with the verdict.
    Explanation,
    /// Shown on request.
    Hint,
    /// A name that stays: progress is kept under it.
    Id,
    /// The kind of answer by name, or the note type of Anki.
    Kind,
    /// Nothing that is wanted.
    Ignore,
}

impl ColumnRole {
    /// Every role, in the order of the documentation.
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

    /// The name on the command line, and in tables that Linchpin writes.
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

    /// The role of that name.
    pub fn from_name(name: &str) -> Option<ColumnRole> {
        ColumnRole::ALL.into_iter().find(|role| role.name() == name)
    }

    /// The role that the heading of a column stands for.
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

/// Languages head the columns of word lists; which of them is asked, the order says.
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

/// Whether a row names the columns: two of its cells do, each something else; or all do, and some a language.
pub(super) fn is_heading_row(cells: &[impl AsRef<str>]) -> bool {
    let roles: Vec<ColumnRole> =
        cells.iter().filter_map(|cell| ColumnRole::from_heading(cell.as_ref())).collect();
    let is_language = |cell: &str| LANGUAGES.contains(&cell.trim().to_lowercase().as_str());
    let languages = cells.iter().filter(|cell| is_language(cell.as_ref())).count();
    if languages > 0 && cells.len() > 1 && languages + roles.len() == cells.len() {
        return true;
    }
    let differ = roles.iter().any(|role| *role != roles[0]);
    let asks = roles.contains(&ColumnRole::Prompt) || roles.contains(&ColumnRole::Answer);
    asks && differ
}

/// A likely role for each of `count` columns. `rows` are some of the first ones.
pub(super) fn guess_roles(
    head: &ImportHeader,
    headings: &[String],
    rows: &[Vec<String>],
    count: usize,
) -> Vec<ColumnRole> {
    let mut roles: Vec<Option<ColumnRole>> = vec![None; count];
    let is_free = |roles: &[Option<ColumnRole>], role| !roles.contains(&Some(role));
    for (at, role) in &head.roles {
        if let Some(place) = roles.get_mut(*at) {
            *place = Some(*role);
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
    // With headings of which none says so, a third column may be anything.
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
