//! Decides which signs of a text carry meaning, from the characters around them.

use super::fold::{Ambiguity, Letter, TextOrigin, WordBreak};

/// How a sign is folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// It is a letter or a digit, or a combining mark.
    Letter,
    /// It carries meaning, and is kept as this character.
    Kept(char),
    /// A decimal point without a digit before it: .5 is 0.5.
    LeadingZero,
    /// It makes no difference and is dropped.
    Dropped,
    /// It can be read in several ways.
    Ambiguous {
        /// The character to keep when the reading contains an ambiguity (`None`: it is dropped); the first
        /// that is contained applies.
        readings: &'static [(Ambiguity, Option<char>)],
        /// The character to keep otherwise; `None`: it is dropped.
        otherwise: Option<char>,
    },
    /// "&" between words, which is read as "and".
    And,
    /// It separates words.
    Separator(WordBreak),
}

/// A text with the context that its signs need.
pub(super) struct SignContext<'a> {
    letters: &'a [Letter],
    origin: TextOrigin,
    /// For each letter, whether it is a bracket that carries meaning.
    is_formula_bracket: Vec<bool>,
    /// For each letter, whether it is inside such brackets.
    is_in_formula: Vec<bool>,
    strict: bool,
    /// Whether the text is code or a formula, in which every sign carries meaning.
    is_code: bool,
}

/// Words that become another word with an apostrophe: its and it's.
const OTHERS_WITH_APOSTROPHE: [&str; 13] =
    ["cant", "hed", "hell", "id", "ill", "its", "lets", "shed", "shell", "wed", "well", "were", "wont"];

impl<'a> SignContext<'a> {
    pub(super) fn new(letters: &'a [Letter], origin: TextOrigin, strict: bool) -> Self {
        let mut context = Self {
            letters,
            origin,
            is_formula_bracket: vec![false; letters.len()],
            is_in_formula: vec![false; letters.len()],
            strict,
            is_code: is_code(letters),
        };
        let mut open: Vec<usize> = Vec::new();
        for (at, letter) in letters.iter().enumerate() {
            match letter.c {
                '(' | '[' | '{' => open.push(at),
                ')' | ']' | '}' => {
                    let Some(start) = open.pop() else { continue };
                    if context.is_formula(start, at) {
                        (context.is_formula_bracket[start], context.is_formula_bracket[at]) = (true, true);
                        context.is_in_formula[start..at].fill(true);
                    }
                }
                _ => {}
            }
        }
        context
    }

    /// Whether brackets carry meaning: they follow a word directly, or contain only digits, signs and single
    /// letters.
    fn is_formula(&self, start: usize, end: usize) -> bool {
        let single =
            |at: usize| self.run_before(at) + self.run_after(at) == 0 || self.letters[at].c.is_numeric();
        let is_word = |at: &usize| self.letters[*at].c.is_alphabetic() && !single(*at);
        self.run_before(start) > 0 || !(start + 1..end).any(|at| is_word(&at))
    }

    fn char_at(&self, at: Option<usize>) -> Option<char> {
        at.and_then(|at| self.letters.get(at)).map(|letter| letter.c)
    }

    fn before(&self, at: usize) -> Option<char> {
        self.char_at(at.checked_sub(1))
    }

    fn after(&self, at: usize) -> Option<char> {
        self.char_at(Some(at + 1))
    }

    /// The number of consecutive letters and digits directly before.
    fn run_before(&self, at: usize) -> usize {
        self.letters[..at].iter().rev().take_while(|letter| letter.c.is_alphanumeric()).count()
    }

    /// The number of consecutive letters and digits directly after.
    fn run_after(&self, at: usize) -> usize {
        self.letters[at + 1..].iter().take_while(|letter| letter.c.is_alphanumeric()).count()
    }

    fn digits_before(&self, at: usize) -> usize {
        self.letters[..at].iter().rev().take_while(|letter| letter.c.is_numeric()).count()
    }

    fn digits_after(&self, at: usize) -> usize {
        self.letters[at + 1..].iter().take_while(|letter| letter.c.is_numeric()).count()
    }

    /// Whether a mark separates groups of three digits: 1,500.
    fn is_group_separator(&self, at: usize) -> bool {
        let before = self.digits_before(at);
        (1..=3).contains(&before)
            && self.digits_after(at) == 3
            && !self.is_alphabetic(at.checked_sub(before + 1))
    }

    fn is_alphabetic(&self, at: Option<usize>) -> bool {
        self.char_at(at).is_some_and(char::is_alphabetic)
    }

    /// Whether it is one of several group separators of one number: 300,000,000.
    fn is_one_of_several(&self, at: usize) -> bool {
        let mark = self.letters[at].c;
        let before = at.checked_sub(self.digits_before(at) + 1);
        let after = at + self.digits_after(at) + 1;
        let same = |at: usize| self.char_at(Some(at)) == Some(mark) && self.is_group_separator(at);
        before.is_some_and(same) || (after < self.letters.len() && same(after))
    }

    /// Whether these are at least two letters, all in lower case.
    fn is_small_word(&self, letters: &[Letter]) -> bool {
        letters.len() > 1 && letters.iter().all(|letter| letter.c.is_alphabetic() && !letter.is_capital)
    }

    /// How the sign at an index is folded.
    pub(super) fn sign_at(&self, at: usize) -> Sign {
        let c = self.letters[at].c;
        if c.is_alphanumeric() || is_mark(c) {
            return Sign::Letter;
        }
        let (before, after) = (self.before(at), self.after(at));
        let is_digit = |c: Option<char>| c.is_some_and(char::is_numeric);
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        let is_alnum = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let is_open = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let between_digits = is_digit(before) && is_digit(after);
        let between_single = self.run_before(at) == 1 && self.run_after(at) == 1;
        if self.is_code {
            return self.code_sign(at);
        }
        match c {
            c if c.is_whitespace() => match self.is_group_separator(at) {
                true => Sign::Dropped,
                false => Sign::Separator(WordBreak::Space),
            },
            '\'' => self.apostrophe(at),
            '"' if is_digit(before) && self.count('"') % 2 == 1 => Sign::Kept(c),
            '-' => self.dash(at),
            '.' if self.is_path(at) => Sign::Kept(c),
            // "git add ."
            '.' if is_open(before) && is_open(after) => self.optional_sign(c),
            '.' if between_digits => Sign::Kept(c),
            '.' if is_digit(after) && !is_alnum(before) => Sign::LeadingZero,
            '.' if is_letter(before) && is_letter(after) => match self.joins_small_words(at) {
                true => self.optional_sign(c),
                false => Sign::Dropped,
            },
            '.' if is_alnum(before) && is_alnum(after) => Sign::Separator(WordBreak::Hyphen),
            '.' if is_open(before) && is_alnum(after) => Sign::Kept(c),
            ',' if self.is_group_separator(at) && self.is_one_of_several(at) => Sign::Dropped,
            ',' if self.is_in_formula[at] => Sign::Kept(c),
            ',' if self.is_group_separator(at) => {
                Sign::Ambiguous { readings: &[(Ambiguity::DecimalPoint, Some('.'))], otherwise: None }
            }
            ',' if between_digits => Sign::Kept('.'),
            ',' if between_single => Sign::Kept(c),
            ':' if between_digits && self.digits_after(at) == 2 && self.digits_before(at) <= 2 => {
                match self.origin {
                    TextOrigin::Author => {
                        Sign::Ambiguous { readings: &[(Ambiguity::TimePoint, Some('.'))], otherwise: Some(c) }
                    }
                    TextOrigin::Learner => Sign::Kept(c),
                }
            }
            ':' if (is_alnum(before) || before == Some(':')) && (is_alnum(after) || after == Some(':')) => {
                Sign::Kept(c)
            }
            ':' if is_alnum(before) && after == Some('/') => Sign::Kept(c),
            '!' if after == Some('=') || (is_open(before) && is_alnum(after)) => Sign::Kept(c),
            '!' if self.is_factorial(at) => Sign::Kept(c),
            '?' if self.run_before(at) == 1 && !self.letters.iter().any(|it| it.c.is_whitespace()) => {
                Sign::Kept(c)
            }
            '?' | ':' if is_open(before) && is_open(after) && self.is_between_singles(at) => Sign::Kept(c),
            '_' if is_open(before) && is_alnum(after) && self.count('_') == 1 => Sign::Kept(c),
            '_' if self.is_identifier_char(before) && self.is_identifier_char(after) => Sign::Kept(c),
            '·' if between_digits => Sign::Ambiguous {
                readings: &[(Ambiguity::DroppedMark, Some('-')), (Ambiguity::DecimalPoint, Some('.'))],
                otherwise: None,
            },
            '&' if before != Some('&') && after != Some('&') && self.has_both_sides(at) => Sign::And,
            '(' | ')' | '[' | ']' | '{' | '}' if self.is_formula_bracket[at] => Sign::Kept(c),
            '×' => Sign::Kept('x'),
            '.' | '!' | '?' | '"' | '¡' | '¿' | '_' => Sign::Dropped,
            c if is_word_separator(c) => Sign::Separator(WordBreak::Hyphen),
            c => Sign::Kept(c),
        }
    }

    fn is_identifier_char(&self, c: Option<char>) -> bool {
        c.is_some_and(|c| c.is_alphanumeric() || c == '_')
    }

    fn has_both_sides(&self, at: usize) -> bool {
        let is_word = |letter: &Letter| letter.c.is_alphanumeric();
        self.letters[..at].iter().any(is_word) && self.letters[at + 1..].iter().any(is_word)
    }

    /// How a sign of code is folded: only white space, and a full stop at the very end, make no difference.
    fn code_sign(&self, at: usize) -> Sign {
        let c = self.letters[at].c;
        let is_last = at + 1 == self.letters.len();
        match c {
            c if c.is_whitespace() => Sign::Separator(WordBreak::Space),
            ',' if self.is_group_separator(at) => Sign::Dropped,
            '.' if is_last && self.before(at).is_some_and(|c| c.is_alphanumeric() || c == ')') => {
                Sign::Dropped
            }
            '×' => Sign::Kept('x'),
            c => Sign::Kept(c),
        }
    }

    /// Whether the case of a letter counts: in code, after a backslash or a percent sign, and inside of
    /// square brackets.
    pub(super) fn case_matters(&self, at: usize) -> bool {
        let is_within = || {
            let open = self.letters[..at].iter().rposition(|letter| matches!(letter.c, '[' | ']'));
            open.is_some_and(|open| self.letters[open].c == '[')
        };
        self.is_code && (matches!(self.before(at), Some('\\' | '%')) || is_within())
    }

    fn count(&self, sign: char) -> usize {
        self.letters.iter().filter(|letter| letter.c == sign).count()
    }

    /// A sign that is kept when an author wrote it; a learner may or may not have meant it.
    fn optional_sign(&self, c: char) -> Sign {
        match (self.origin, c) {
            (TextOrigin::Author, c) => Sign::Kept(c),
            (TextOrigin::Learner, '-') => {
                Sign::Ambiguous { readings: &[(Ambiguity::DroppedMark, None)], otherwise: Some('-') }
            }
            (TextOrigin::Learner, _) => {
                Sign::Ambiguous { readings: &[(Ambiguity::DroppedMark, None)], otherwise: Some('.') }
            }
        }
    }

    /// Whether a full stop is one of several that carry meaning: a..b, ../x. Three of them in prose only mark
    /// an omission.
    fn is_path(&self, at: usize) -> bool {
        let is_dot = |letter: &&Letter| letter.c == '.';
        let first = at - self.letters[..at].iter().rev().take_while(is_dot).count();
        let last = at + self.letters[at + 1..].iter().take_while(is_dot).count();
        let (before, after) = (self.before(first), self.after(last));
        let is_alnum = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let is_open = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let count = last - first + 1;
        after == Some('/')
            || before == Some('/')
            || (count > 1 && is_alnum(before) && is_alnum(after))
            || (count == 2 && is_open(before) && is_open(after))
    }

    /// Whether a full stop joins two words in lower case, as in os.path, and not the letters of an
    /// abbreviation such as e.g.
    fn joins_small_words(&self, at: usize) -> bool {
        let (before, after) = (self.run_before(at), self.run_after(at));
        let is_small = |letters: &[Letter]| self.is_small_word(letters);
        is_small(&self.letters[at - before..at]) && is_small(&self.letters[at + 1..=at + after])
    }

    /// Whether an exclamation mark, or one of several, is a factorial: it follows a lower-case letter, a
    /// number of up to three digits, or a bracket. n!!, but not "World War I!" or "1953!".
    fn is_factorial(&self, at: usize) -> bool {
        let base = at - self.letters[..at].iter().rev().take_while(|letter| letter.c == '!').count();
        let run = self.run_before(base);
        let word = &self.letters[base - run..base];
        let is_alone = self.letters.len() == run + self.count('!');
        let is_letter = run == 1 && (is_alone || !word[0].is_capital);
        let is_number = run <= 3 && word.iter().any(|letter| letter.c.is_numeric());
        is_letter || is_number || self.before(base) == Some(')')
    }

    /// Whether the words on both sides are single letters or digits: a ? b : c
    fn is_between_singles(&self, at: usize) -> bool {
        let is_solid = |at: &usize| !self.letters[*at].c.is_whitespace();
        let left = (0..at).rev().find(is_solid);
        let right = (at + 1..self.letters.len()).find(is_solid);
        left.is_some_and(|at| self.run_before(at) == 0) && right.is_some_and(|at| self.run_after(at) == 0)
    }

    fn apostrophe(&self, at: usize) -> Sign {
        const KEPT: Sign = Sign::Kept('\'');
        let (before, after) = (self.run_before(at), self.run_after(at));
        let digit = |c: Option<char>| c.is_some_and(char::is_numeric);
        if digit(self.before(at)) && digit(self.after(at)) {
            return if self.is_group_separator(at) { Sign::Dropped } else { KEPT };
        }
        if before == 0 || after == 0 {
            return if self.is_prime(at) { KEPT } else { Sign::Dropped };
        }
        // A'B has a prime; O'Brien has more letters after the apostrophe.
        if before == 1 && after == 1 && self.letters[at - 1].is_capital {
            return KEPT;
        }
        let word: String = self.letters[at - before..=at + after]
            .iter()
            .filter(|letter| letter.c.is_alphanumeric())
            .map(|letter| letter.c)
            .collect();
        let is_other = OTHERS_WITH_APOSTROPHE.contains(&word.as_str());
        let is_possessive = after == 1 && self.after(at) == Some('s');
        match (self.strict, self.origin) {
            (true, _) if is_other || is_possessive => KEPT,
            // Without the apostrophe the learner is understood; with it the other word is meant.
            (false, TextOrigin::Author) if is_other => {
                Sign::Ambiguous { readings: &[(Ambiguity::DroppedMark, None)], otherwise: Some('\'') }
            }
            (false, TextOrigin::Learner) if is_other => KEPT,
            _ => Sign::Dropped,
        }
    }

    /// Whether an apostrophe is a prime: f' and 5', but not the end of 'f' or of students'.
    fn is_prime(&self, at: usize) -> bool {
        let primes = self.letters[..at].iter().rev().take_while(|letter| letter.c == '\'').count();
        let base = at - primes;
        let run = self.run_before(base);
        let is_quoted = self.char_at((base - run).checked_sub(1)) == Some('\'');
        !is_quoted && (run == 1 || (run > 0 && self.digits_before(base) == run))
    }

    fn dash(&self, at: usize) -> Sign {
        const KEPT: Sign = Sign::Kept('-');
        const PARTS: Sign = Sign::Separator(WordBreak::Hyphen);
        let optional = |kept_by_author: bool| match self.origin {
            TextOrigin::Author if !kept_by_author => PARTS,
            _ => self.optional_sign('-'),
        };
        let (run_before, run_after) = (self.run_before(at), self.run_after(at));
        let digit = |at: Option<usize>| self.char_at(at).is_some_and(char::is_numeric);
        let is_solid = |at: &usize| !self.letters[*at].c.is_whitespace();
        let (left, right) = ((0..at).rev().find(is_solid), (at + 1..self.letters.len()).find(is_solid));
        if self.before(at) == Some('^') || (digit(left) && digit(right)) {
            return KEPT;
        }
        match (run_before > 0, run_after > 0) {
            (true, true) => {
                let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
                let (before, after) = (is_letter(self.before(at)), is_letter(self.after(at)));
                match (before, after) {
                    (true, true) if run_before == 1 && run_after == 1 => KEPT,
                    // x-1, but not F-16.
                    (true, false) if run_before == 1 && !self.letters[at - 1].is_capital => optional(true),
                    _ => PARTS,
                }
            }
            // A charge or a grade: Cl-, A-. But pre- is a prefix.
            (true, false) => match self.is_small_word(&self.letters[at - run_before..at]) {
                true => optional(false),
                false => KEPT,
            },
            // A sign or an option: -x, -l. But -itis is a suffix.
            (false, true) => {
                let word = &self.letters[at + 1..=at + run_after];
                let is_all = at == 0 && at + run_after + 1 == self.letters.len();
                match is_all && self.is_small_word(word) {
                    true => optional(false),
                    false if word.len() > 1 && left.is_some() => optional(true),
                    false => KEPT,
                }
            }
            (false, false) => {
                let single = |side: Option<usize>, run: &dyn Fn(usize) -> usize| {
                    side.is_some_and(|at| self.letters[at].c.is_alphanumeric() && run(at) == 0)
                };
                let is_option = self.after(at) == Some('-') && self.run_after(at + 1) > 0;
                let is_difference =
                    single(left, &|at| self.run_before(at)) && single(right, &|at| self.run_after(at));
                let is_single = single(right, &|at| self.run_after(at));
                let is_negative = left.is_none() && (digit(right) || is_single);
                match right {
                    // "cd -"
                    None if self.before(at) == Some(' ') && left.is_some() => self.optional_sign('-'),
                    _ if is_option || is_difference || is_negative => KEPT,
                    _ => PARTS,
                }
            }
        }
    }
}

/// Whether a text contains signs that prose does not have.
fn is_code(letters: &[Letter]) -> bool {
    letters.iter().enumerate().any(|(at, letter)| {
        let next = letters.get(at + 1).map(|next| next.c);
        match letter.c {
            '\\' | '*' | '=' | '<' | '>' | '#' | '|' | '~' | '@' | '[' | '{' => true,
            // An amount of dollars is prose.
            '$' => !next.is_some_and(char::is_numeric),
            '(' => matches!(next, Some(')' | '?')),
            ':' | '&' | '?' => next == Some(letter.c),
            '.' => matches!(next, Some('*' | '+')),
            '+' => next == Some('?'),
            _ => false,
        }
    })
}

/// Combining marks are part of their letter.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// Punctuation that separates words.
fn is_word_separator(c: char) -> bool {
    matches!(c, ',' | ':' | ';' | '(' | ')' | '[' | ']' | '{' | '}' | '·'
        // Armenian, Arabic and Devanagari punctuation.
        | '\u{55a}'..='\u{55f}' | '\u{60c}' | '\u{61b}' | '\u{61f}' | '\u{964}' | '\u{965}'
        // General punctuation but per mille; supplemental; CJK brackets and stops.
        | '\u{2010}'..='\u{202f}' | '\u{2032}'..='\u{205e}' | '\u{2e00}'..='\u{2e7f}'
        | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}')
}
