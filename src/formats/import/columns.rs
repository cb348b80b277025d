//! What the columns of a table hold.

use super::anki::Head;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
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

impl Role {
    /// Every role, in the order of the documentation.
    pub const ALL: [Role; 9] = [
        Role::Prompt,
        Role::Answer,
        Role::Topic,
        Role::Tags,
        Role::Explanation,
        Role::Hint,
        Role::Id,
        Role::Kind,
        Role::Ignore,
    ];

    /// The name on the command line, and in tables that Linchpin writes.
    pub fn name(self) -> &'static str {
        match self {
            Role::Prompt => "prompt",
            Role::Answer => "answer",
            Role::Topic => "topic",
            Role::Tags => "tags",
            Role::Explanation => "explanation",
            Role::Hint => "hint",
            Role::Id => "id",
            Role::Kind => "kind",
            Role::Ignore => "ignore",
        }
    }

    /// The role of that name.
    pub fn from_name(name: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.name() == name)
    }

    /// The role that the heading of a column stands for.
    fn of_heading(heading: &str) -> Option<Role> {
        let heading = heading.trim().to_lowercase();
        Some(match heading.as_str() {
            "prompt" | "front" | "question" | "questions" | "q" | "term" | "word" | "text" | "앞면"
            | "질문" | "문제" | "용어" | "단어" => Role::Prompt,
            "answer" | "answers" | "back" | "a" | "definition" | "meaning" | "translation" | "뒷면"
            | "답" | "정답" | "뜻" | "정의" | "의미" => Role::Answer,
            "topic" | "chapter" | "unit" | "category" | "section" | "deck" | "주제" | "단원" | "분류" => {
                Role::Topic
            }
            "tag" | "tags" | "label" | "labels" | "태그" => Role::Tags,
            "explanation" | "explain" | "extra" | "back extra" | "note" | "notes" | "comment" | "설명"
            | "해설" | "비고" => Role::Explanation,
            "hint" | "힌트" => Role::Hint,
            "id" | "guid" | "key" => Role::Id,
            "kind" | "type" | "notetype" | "note type" => Role::Kind,
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
pub(super) fn is_heading(cells: &[impl AsRef<str>]) -> bool {
    let roles: Vec<Role> = cells.iter().filter_map(|cell| Role::of_heading(cell.as_ref())).collect();
    let is_language = |cell: &str| LANGUAGES.contains(&cell.trim().to_lowercase().as_str());
    let languages = cells.iter().filter(|cell| is_language(cell.as_ref())).count();
    if languages > 0 && cells.len() > 1 && languages + roles.len() == cells.len() {
        return true;
    }
    let differ = roles.iter().any(|role| *role != roles[0]);
    let asks = roles.contains(&Role::Prompt) || roles.contains(&Role::Answer);
    asks && differ
}

/// A likely role for each of `count` columns. `rows` are some of the first ones.
pub(super) fn guess(head: &Head, headings: &[String], rows: &[Vec<String>], count: usize) -> Vec<Role> {
    let mut roles: Vec<Option<Role>> = vec![None; count];
    let is_free = |roles: &[Option<Role>], role| !roles.contains(&Some(role));
    for (at, role) in &head.roles {
        if let Some(place) = roles.get_mut(*at) {
            *place = Some(*role);
        }
    }
    for (at, heading) in headings.iter().enumerate().take(count) {
        let role = Role::of_heading(heading).filter(|role| is_free(&roles, *role));
        if let (None, Some(role)) = (roles[at], role) {
            roles[at] = Some(role);
        }
    }
    let cells = |at: usize| rows.iter().filter_map(move |row| row.get(at)).map(|cell| cell.trim());
    let is_used = |at: usize| rows.is_empty() || cells(at).any(|cell| !cell.is_empty());
    for role in [Role::Prompt, Role::Answer] {
        if is_free(&roles, role)
            && let Some(at) = (0..count).find(|at| roles[*at].is_none() && is_used(*at))
        {
            roles[at] = Some(role);
        }
    }
    // With headings of which none says so, a third column may be anything.
    if headings.is_empty() && is_free(&roles, Role::Explanation) {
        let third = (0..count).find(|at| roles[*at].is_none() && is_used(*at));
        if let Some(at) = third {
            let mut distinct: Vec<&str> = cells(at).collect();
            distinct.sort_unstable();
            distinct.dedup();
            let repeats =
                distinct.len() * 2 <= rows.len() && cells(at).all(|cell| cell.chars().count() <= 60);
            let is_topic = repeats && is_free(&roles, Role::Topic);
            roles[at] = Some(if is_topic { Role::Topic } else { Role::Explanation });
        }
    }
    roles.into_iter().map(|role| role.unwrap_or(Role::Ignore)).collect()
}
